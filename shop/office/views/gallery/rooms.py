"""A room: its texts, its panorama and view, and what stands in it, in order."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.core.access import Audience, audience
from shop.core.changes import take_over
from shop.core.errors import Missing
from shop.exhibitions.actions.beginning import place
from shop.exhibitions.actions.editing import edit_room, locked_artefact, marks_of
from shop.exhibitions.actions.ordering import reorder
from shop.exhibitions.actions.removal import remove_room
from shop.exhibitions.actions.rooms import RoomDetails
from shop.exhibitions.actions.sounds import sounds_of
from shop.exhibitions.artefact_list import artefacts_found
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import (
    draft,
    exhibits_in_order,
    front_pictures,
    room_of,
    sections_in_order,
)
from shop.exhibitions.gaps import gaps_of
from shop.exhibitions.models.rooms import Exhibition, Room
from shop.office.forms.exhibitions import EmptyForm, RoomForm, record
from shop.office.forms.pictures import PanoramaForm, PictureForm
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
from shop.office.views.gallery.pictures import kept_picture, sent_words

WATCHED = [
    "name_vi",
    "name_en",
    "intro_vi",
    "intro_en",
    "simple_vi",
    "simple_en",
    "certainty",
    "source",
    "slug",
]
ROOM = "/gallery/exhibitions/<slug>/rooms/<room_slug>"
PICTURES = {"panorama": PanoramaForm, "view": PictureForm}
LONGEST_SEARCH = 100


@blueprint.get(ROOM)
@audience(Audience.OFFICER)
def gallery_room(slug: str, room_slug: str) -> str:
    exhibition = draft(slug)
    return room_page(exhibition, room_of(exhibition, room_slug))


def room_page(
    exhibition: Exhibition,
    room: Room,
    *,
    form: RoomForm | None = None,
    refusal: Refusal | None = None,
    sent: dict[str, PictureForm] | None = None,
    sound: SoundForm | None = None,
    notice: str = "",
) -> str:
    """The page with everything on it; a form that was refused takes its place as it was sent."""
    form = form or RoomForm(formdata=None, obj=room)
    form.seen.data = marks_of(room, WATCHED)
    tree = compose(exhibition)
    room = room_of(exhibition, room.slug)
    shown = tree.room(room.slug)
    if shown is None:
        raise Missing
    exhibits = exhibits_in_order(room)
    pictures = {name: kind(formdata=None, prefix=f"{name}-") for name, kind in PICTURES.items()}
    gaps = [gap for gap in gaps_of(tree) if gap.room == room.slug]
    return render_template(
        "office/gallery/room.html",
        exhibition=exhibition,
        room=room,
        shown=shown,
        form=form,
        refusal=refusal,
        exhibits=exhibits,
        fronts=front_pictures(each.artefact_id for each in exhibits),
        pictures=pictures | (sent or {}),
        gaps=told(exhibition, tree, gaps),
        sounds=sounds_of(room),
        sound=sound or SoundForm(formdata=None, prefix="sound-"),
        preview=preview_address(exhibition),
        section_keys=[each.id for each in sections_in_order(exhibition, room)],
        notice=notice,
    )


@blueprint.post(ROOM)
@audience(Audience.OFFICER)
def save_gallery_room(slug: str, room_slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room_of(exhibition, room_slug)
    form = RoomForm()
    refusal = attempt(form, lambda: _save(slug, room_slug, form))
    if refusal:
        exhibition = draft(slug)
        page = room_page(exhibition, room_of(exhibition, room_slug), form=form, refusal=refusal)
        return page, refusal.status
    flash(gettext("Saved."))
    return back("office.gallery_room", slug=slug, room_slug=form.address())


def _save(slug: str, room_slug: str, form: RoomForm) -> None:
    details = record(form, RoomDetails)
    summary = gettext("Texts of the room “%(name)s”", name=form.name_vi.data)
    with saving(slug, summary) as exhibition:
        room = room_of(exhibition, room_slug)
        edit_room(room, details, slug=form.address(), seen=typed(form.seen))


@blueprint.post(f"{ROOM}/<any(panorama,view):which>")
@audience(Audience.OFFICER)
def set_gallery_room_picture(slug: str, room_slug: str, which: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    form = PICTURES[which](prefix=f"{which}-")
    if not form.validate_on_submit():
        return room_page(exhibition, room, sent={which: form}), 422
    summary = gettext("Picture of the room “%(name)s”", name=room.name_vi)
    with saving(slug, summary) as found:
        picture = kept_picture(form.picture, sent_words(form), form.is_rendering.data)
        take_over(room_of(found, room_slug), {f"{which}_id": picture.id})
    flash(gettext("The picture is in its place."))
    return back("office.gallery_room", which, slug=slug, room_slug=room_slug)


@blueprint.post(f"{ROOM}/<any(panorama,view):which>/removal")
@audience(Audience.OFFICER)
def remove_gallery_room_picture(slug: str, room_slug: str, which: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    if not EmptyForm().validate_on_submit():
        return room_page(exhibition, room), 422
    summary = gettext("Picture of the room “%(name)s” taken off", name=room.name_vi)
    with saving(slug, summary) as found:
        take_over(room_of(found, room_slug), {f"{which}_id": None})
    return back("office.gallery_room", which, slug=slug, room_slug=room_slug)


@blueprint.get(f"{ROOM}/removal")
@audience(Audience.OFFICER)
def ask_to_remove_gallery_room(slug: str, room_slug: str) -> str:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    return render_template(
        "office/gallery/remove_room.html",
        exhibition=exhibition,
        room=room,
        exhibits=exhibits_in_order(room),
    )


@blueprint.post(f"{ROOM}/removal")
@audience(Audience.OFFICER)
def remove_gallery_room(slug: str, room_slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    if not EmptyForm().validate_on_submit():
        return room_page(exhibition, room, notice=gettext("Please try again.")), 422
    with saving(slug, gettext("Room “%(name)s” taken away", name=room.name_vi)) as found:
        remove_room(room_of(found, room_slug))
    flash(gettext("The room is gone. What stood in it is still among the artefacts."))
    return back("office.gallery_exhibition", "rooms", slug=slug)


@blueprint.get(f"{ROOM}/artefacts")
@audience(Audience.OFFICER)
def choose_for_gallery_room(slug: str, room_slug: str) -> str:
    """The search for what else shall stand in the room."""
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return render_template(
        "office/gallery/choose.html",
        exhibition=exhibition,
        room=room,
        text=text,
        found=artefacts_found(text),
        here_already={each.artefact_id for each in exhibits_in_order(room)},
    )


@blueprint.post(f"{ROOM}/exhibits")
@audience(Audience.OFFICER)
def place_in_gallery_room(slug: str, room_slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    name = request.form.get("artefact", "")
    if not EmptyForm().validate_on_submit():
        return room_page(exhibition, room, notice=gettext("Please try again.")), 422
    summary = gettext("An artefact placed in the room “%(name)s”", name=room.name_vi)
    with saving(slug, summary) as found:
        exhibit = place(room_of(found, room_slug), locked_artefact(name)).slug
    flash(gettext("It stands in the room, as the last."))
    at = {"slug": slug, "room_slug": room_slug, "exhibit_slug": exhibit}
    return back("office.gallery_exhibit", **at)


@blueprint.post(f"{ROOM}/exhibits/order")
@audience(Audience.OFFICER)
def order_gallery_exhibits(slug: str, room_slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    asked = asked_order()
    if not EmptyForm().validate_on_submit() or asked is None:
        return room_page(exhibition, room, notice=gettext("Please try again.")), 422
    summary = gettext("Order in the room “%(name)s”", name=room.name_vi)
    with saving(slug, summary) as found:
        exhibits = exhibits_in_order(room_of(found, room_slug))
        reorder(exhibits, [each.slug for each in exhibits], asked)
    return back("office.gallery_room", f"exhibit-{asked[0]}", slug=slug, room_slug=room_slug)
