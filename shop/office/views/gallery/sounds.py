"""The guides of a room or of an exhibit: sent with their words, heard, taken off."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.core.access import Audience, audience
from shop.core.i18n import localized
from shop.exhibitions.actions.guides import Guide, put_guide, take_guide_off
from shop.exhibitions.drafts import draft, exhibit_of, room_of
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room
from shop.media.current import media_storage
from shop.office.forms.exhibitions import EmptyForm
from shop.office.forms.sounds import SoundForm
from shop.office.views.base import blueprint
from shop.office.views.gallery.base import attempt, back, saving
from shop.office.views.gallery.exhibits import EXHIBIT, exhibit_page
from shop.office.views.gallery.exhibits import found as exhibit_found
from shop.office.views.gallery.rooms import ROOM, room_page

Address = tuple[str, str, str | None]


def _owner(exhibition: Exhibition, at: Address) -> Room | Exhibit:
    """The exhibit of this address, or the room when it names none."""
    room = room_of(exhibition, at[1])
    return exhibit_of(room, at[2]) if at[2] else room


def _page(at: Address, form: SoundForm | None = None, notice: str = "") -> str:
    slug, room_slug, exhibit_slug = at
    if exhibit_slug:
        return exhibit_page(exhibit_found(slug, room_slug, exhibit_slug), sound=form, notice=notice)
    exhibition = draft(slug)
    return room_page(exhibition, room_of(exhibition, room_slug), sound=form, notice=notice)


def _back(at: Address) -> ResponseReturnValue:
    slug, room_slug, exhibit_slug = at
    if exhibit_slug:
        values = {"slug": slug, "room_slug": room_slug, "exhibit_slug": exhibit_slug}
        return back("office.gallery_exhibit", "sounds", **values)
    return back("office.gallery_room", "sounds", slug=slug, room_slug=room_slug)


@blueprint.post(f"{ROOM}/sounds", defaults={"exhibit_slug": None})
@blueprint.post(f"{EXHIBIT}/sounds")
@audience(Audience.OFFICER)
def add_gallery_sound(slug: str, room_slug: str, exhibit_slug: str | None) -> ResponseReturnValue:
    at = slug, room_slug, exhibit_slug
    _owner(draft(slug), at)
    form = SoundForm(prefix="sound-")
    refusal = attempt(form, lambda: _add(at, form))
    if refusal:
        return _page(at, form), refusal.status
    flash(gettext("The recording is in its place."))
    return _back(at)


def _add(at: Address, form: SoundForm) -> None:
    guide = Guide(
        form.recording,
        language=form.language.data,
        transcript=typed(form.transcript),
        cues=form.cues,
        is_synthetic=form.is_synthetic.data,
        rights=form.rights.data,
        credit_vi=typed(form.credit_vi),
        credit_en=typed(form.credit_en),
    )
    with saving(at[0], gettext("Recording for “%(name)s”", name=_name(at))) as exhibition:
        put_guide(_owner(exhibition, at), guide, storage=media_storage())


def _name(at: Address) -> str:
    owner = _owner(draft(at[0]), at)
    return localized(owner.artefact if isinstance(owner, Exhibit) else owner, "name")


@blueprint.post(f"{ROOM}/sounds/<recording>/removal", defaults={"exhibit_slug": None})
@blueprint.post(f"{EXHIBIT}/sounds/<recording>/removal")
@audience(Audience.OFFICER)
def remove_gallery_sound(
    slug: str, room_slug: str, exhibit_slug: str | None, recording: str
) -> ResponseReturnValue:
    at = slug, room_slug, exhibit_slug
    _owner(draft(slug), at)
    if not EmptyForm().validate_on_submit():
        return _page(at, notice=gettext("Please try again.")), 422
    with saving(slug, gettext("Recording taken off “%(name)s”", name=_name(at))) as exhibition:
        take_guide_off(_owner(exhibition, at), recording)
    flash(gettext("The recording is off."))
    return _back(at)
