"""Notes on an exhibit, placed by pointing at a picture or at the model, or by numbers."""

from __future__ import annotations

from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.core.access import Audience, audience
from shop.core.db import LARGEST_KEY
from shop.core.errors import Missing
from shop.core.i18n import localized
from shop.core.security import allow_3d_viewer
from shop.exhibitions.actions.editing import marks_of
from shop.exhibitions.actions.notes import add_detail, edit_detail, watched_of_detail
from shop.exhibitions.actions.removal import remove_detail
from shop.exhibitions.actions.rooms import DetailDetails
from shop.exhibitions.artefact_list import artefact_by_slug
from shop.exhibitions.drafts import detail_of, details_in_order, pictures_of
from shop.exhibitions.models.artefacts import Artefact, Picture
from shop.exhibitions.models.rooms import Detail
from shop.office.forms.details import PointForm, RegionForm
from shop.office.forms.exhibitions import EmptyForm
from shop.office.views.base import blueprint
from shop.office.views.gallery.base import Refusal, attempt, back, saving
from shop.office.views.gallery.exhibits import EXHIBIT, Place, exhibit_page, found

DETAIL = f"{EXHIBIT}/details/<int(max={LARGEST_KEY}):key>"
ON_MODEL = "model"
WORDS = ["name_vi", "name_en", "text_vi", "text_en"]
NoteForms = RegionForm | PointForm


def _values(slug: str, room_slug: str, exhibit_slug: str) -> dict[str, str]:
    return {"slug": slug, "room_slug": room_slug, "exhibit_slug": exhibit_slug}


def _picture_on(artefact: Artefact, role: str) -> Picture | None:
    """None for the model. Raises Missing for what the artefact has not."""
    if role == ON_MODEL:
        if artefact.model is None:
            raise Missing
        return None
    link = next((each for each in pictures_of(artefact) if each.role == role), None)
    if link is None:
        raise Missing
    return link.picture


def _note_page(
    place: Place,
    form: NoteForms,
    *,
    picture: Picture | None,
    action: str,
    detail: Detail | None = None,
    refusal: Refusal | None = None,
) -> str:
    exhibition, room, exhibit = place
    artefact = artefact_by_slug(exhibit.artefact.slug)
    others = [each for each in details_in_order(exhibit) if detail is None or each.id != detail.id]
    if picture is None:
        allow_3d_viewer()
    return render_template(
        "office/gallery/detail.html",
        exhibition=exhibition,
        room=room,
        exhibit=exhibit,
        artefact=artefact,
        detail=detail,
        picture=picture,
        others=[each for each in others if each.picture_id == (picture.id if picture else None)],
        form=form,
        refusal=refusal,
        action=action,
    )


@blueprint.get(f"{EXHIBIT}/details/on/<role>")
@audience(Audience.OFFICER)
def new_gallery_detail(slug: str, room_slug: str, exhibit_slug: str, role: str) -> str:
    place = found(slug, room_slug, exhibit_slug)
    picture = _picture_on(artefact_by_slug(place[2].artefact.slug), role)
    form = RegionForm(formdata=None) if picture else PointForm(formdata=None)
    form.after.data = str(len(details_in_order(place[2])))
    return _note_page(place, form, picture=picture, action=request.path)


@blueprint.post(f"{EXHIBIT}/details/on/<role>")
@audience(Audience.OFFICER)
def add_gallery_detail(
    slug: str, room_slug: str, exhibit_slug: str, role: str
) -> ResponseReturnValue:
    place = found(slug, room_slug, exhibit_slug)
    picture = _picture_on(artefact_by_slug(place[2].artefact.slug), role)
    form = RegionForm() if picture else PointForm()
    if not form.validate_on_submit():
        return _note_page(place, form, picture=picture, action=request.path), 422
    summary = gettext("A note on “%(name)s”", name=localized(place[2].artefact, "name"))
    with saving(slug, summary):
        exhibit = found(slug, room_slug, exhibit_slug)[2]
        picture = _picture_on(artefact_by_slug(exhibit.artefact.slug), role)
        add_detail(exhibit, _details(form, picture), after=_number(form.after.data))
    flash(gettext("The note is there."))
    return back("office.gallery_exhibit", "details", **_values(slug, room_slug, exhibit_slug))


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 0


def _details(form: NoteForms, picture: Picture | None) -> DetailDetails:
    words: dict[str, Any] = {name: typed(form[name]) for name in WORDS}
    return DetailDetails(**words, picture=picture, **form.place)


@blueprint.get(DETAIL)
@audience(Audience.OFFICER)
def gallery_detail(slug: str, room_slug: str, exhibit_slug: str, key: int) -> str:
    place = found(slug, room_slug, exhibit_slug)
    return _edit_page(place, detail_of(place[2], key))


def _edit_page(
    place: Place, detail: Detail, form: NoteForms | None = None, refusal: Refusal | None = None
) -> str:
    kind = RegionForm if detail.picture else PointForm
    form = form or kind(formdata=None, obj=detail)
    form.seen.data = marks_of(detail, _watched(detail))
    return _note_page(
        place, form, picture=detail.picture, action=request.path, detail=detail, refusal=refusal
    )


def _watched(_detail: Detail) -> list[str]:
    return list(watched_of_detail(DetailDetails("", "")))


@blueprint.post(DETAIL)
@audience(Audience.OFFICER)
def save_gallery_detail(
    slug: str, room_slug: str, exhibit_slug: str, key: int
) -> ResponseReturnValue:
    at = slug, room_slug, exhibit_slug
    place = found(*at)
    form = RegionForm() if detail_of(place[2], key).picture else PointForm()
    refusal = attempt(form, lambda: _save(at, key, form))
    if refusal:
        place = found(*at)
        return _edit_page(place, detail_of(place[2], key), form, refusal), refusal.status
    flash(gettext("Saved."))
    return back("office.gallery_exhibit", f"detail-{key}", **_values(*at))


def _save(at: tuple[str, str, str], key: int, form: NoteForms) -> None:
    name = localized(found(*at)[2].artefact, "name")
    with saving(at[0], gettext("A note on “%(name)s”", name=name)):
        detail = detail_of(found(*at)[2], key)
        edit_detail(detail, _details(form, detail.picture), seen=typed(form.seen))


@blueprint.post(f"{DETAIL}/removal")
@audience(Audience.OFFICER)
def remove_gallery_detail(
    slug: str, room_slug: str, exhibit_slug: str, key: int
) -> ResponseReturnValue:
    at = slug, room_slug, exhibit_slug
    place = found(*at)
    detail_of(place[2], key)
    if not EmptyForm().validate_on_submit():
        return exhibit_page(place, notice=gettext("Please try again.")), 422
    name = localized(place[2].artefact, "name")
    with saving(slug, gettext("A note on “%(name)s” taken off", name=name)):
        remove_detail(detail_of(found(*at)[2], key))
    flash(gettext("The note is off."))
    return back("office.gallery_exhibit", "details", **_values(*at))
