"""An exhibit: why it stands in its room, its notes in order, and taking it out again."""

from __future__ import annotations

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.core.access import Audience, audience
from shop.core.i18n import localized
from shop.exhibitions.actions.editing import edit_exhibit, marks_of
from shop.exhibitions.actions.ordering import reorder
from shop.exhibitions.actions.removal import remove_exhibit
from shop.exhibitions.actions.rooms import ExhibitDetails
from shop.exhibitions.actions.sounds import sounds_of
from shop.exhibitions.artefact_list import artefact_by_slug
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import (
    details_in_order,
    draft,
    exhibit_of,
    pictures_of,
    room_of,
)
from shop.exhibitions.gaps import gaps_of
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room
from shop.office.forms.exhibitions import EmptyForm, ExhibitForm, record
from shop.office.forms.sounds import SoundForm
from shop.office.views.base import blueprint
from shop.office.views.gallery.base import (
    Refusal,
    asked_order,
    attempt,
    back,
    preview_address,
    saving,
)
from shop.office.views.gallery.gaps import told
from shop.office.views.gallery.rooms import ROOM

WATCHED = ["text_vi", "text_en", "simple_vi", "simple_en", "certainty", "source"]
EXHIBIT = f"{ROOM}/exhibits/<exhibit_slug>"
Place = tuple[Exhibition, Room, Exhibit]


def found(slug: str, room_slug: str, exhibit_slug: str) -> Place:
    """Raises Missing."""
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    return exhibition, room, exhibit_of(room, exhibit_slug)


@blueprint.get(EXHIBIT)
@audience(Audience.OFFICER)
def gallery_exhibit(slug: str, room_slug: str, exhibit_slug: str) -> str:
    return exhibit_page(found(slug, room_slug, exhibit_slug))


def exhibit_page(
    place: Place,
    *,
    form: ExhibitForm | None = None,
    refusal: Refusal | None = None,
    sound: SoundForm | None = None,
    notice: str = "",
) -> str:
    exhibition, room, exhibit = place
    form = form or ExhibitForm(formdata=None, obj=exhibit)
    form.seen.data = marks_of(exhibit, WATCHED)
    tree = compose(exhibition)
    gaps = [g for g in gaps_of(tree) if (g.room, g.exhibit) == (room.slug, exhibit.slug)]
    artefact = artefact_by_slug(exhibit.artefact.slug)
    return render_template(
        "office/gallery/exhibit.html",
        exhibition=exhibition,
        room=room,
        exhibit=exhibit,
        artefact=artefact,
        links=pictures_of(artefact),
        details=details_in_order(exhibit),
        form=form,
        refusal=refusal,
        gaps=told(exhibition, tree, gaps),
        sounds=sounds_of(exhibit),
        sound=sound or SoundForm(formdata=None, prefix="sound-"),
        preview=preview_address(exhibition),
        notice=notice,
    )


@blueprint.post(EXHIBIT)
@audience(Audience.OFFICER)
def save_gallery_exhibit(slug: str, room_slug: str, exhibit_slug: str) -> ResponseReturnValue:
    at = slug, room_slug, exhibit_slug
    found(*at)
    form = ExhibitForm()
    refusal = attempt(form, lambda: _save(at, form))
    if refusal:
        return exhibit_page(found(*at), form=form, refusal=refusal), refusal.status
    flash(gettext("Saved."))
    values = {"slug": slug, "room_slug": room_slug, "exhibit_slug": exhibit_slug}
    return back("office.gallery_exhibit", **values)


def _save(at: tuple[str, str, str], form: ExhibitForm) -> None:
    _exhibition, _room, shown = found(*at)
    summary = gettext("Texts of “%(name)s”", name=localized(shown.artefact, "name"))
    with saving(at[0], summary):
        exhibit = found(*at)[2]
        edit_exhibit(exhibit, record(form, ExhibitDetails), seen=typed(form.seen))


@blueprint.post(f"{EXHIBIT}/removal")
@audience(Audience.OFFICER)
def remove_gallery_exhibit(slug: str, room_slug: str, exhibit_slug: str) -> ResponseReturnValue:
    place = found(slug, room_slug, exhibit_slug)
    if not EmptyForm().validate_on_submit():
        return exhibit_page(place, notice=gettext("Please try again.")), 422
    name = localized(place[2].artefact, "name")
    with saving(slug, gettext("“%(name)s” taken out", name=name)):
        remove_exhibit(found(slug, room_slug, exhibit_slug)[2])
    flash(gettext("It is out of the room. Artefact and last saves keep what was written."))
    return back("office.gallery_room", "exhibits", slug=slug, room_slug=room_slug)


@blueprint.post(f"{EXHIBIT}/details/order")
@audience(Audience.OFFICER)
def order_gallery_details(slug: str, room_slug: str, exhibit_slug: str) -> ResponseReturnValue:
    place = found(slug, room_slug, exhibit_slug)
    asked = asked_order()
    if not EmptyForm().validate_on_submit() or asked is None:
        return exhibit_page(place, notice=gettext("Please try again.")), 422
    name = localized(place[2].artefact, "name")
    with saving(slug, gettext("Order of the notes on “%(name)s”", name=name)):
        details = details_in_order(found(slug, room_slug, exhibit_slug)[2])
        reorder(details, [str(each.id) for each in details], asked)
    values = {"slug": slug, "room_slug": room_slug, "exhibit_slug": exhibit_slug}
    return back("office.gallery_exhibit", f"detail-{asked[0]}", **values)
