"""The list of exhibitions, a new one, and the page on which one is worked on."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from shop.accounts.fields import typed
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid
from shop.core.transaction import transaction
from shop.exhibitions.actions.beginning import begin_exhibition, begin_room
from shop.exhibitions.actions.editing import (
    SLUG_TAKEN,
    edit_exhibition,
    marks_of,
    set_cover,
)
from shop.exhibitions.actions.ordering import reorder
from shop.exhibitions.actions.publishing import record_revision
from shop.exhibitions.actions.rooms import ExhibitionDetails
from shop.exhibitions.compose import compose
from shop.exhibitions.drafts import draft, rooms_in_order, sections_in_order
from shop.exhibitions.gaps import gaps_of
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.progress import last_saved_by, progress, saved
from shop.office.forms.exhibitions import (
    EmptyForm,
    ExhibitionForm,
    NewExhibitionForm,
    NewRoomForm,
    PublicationForm,
    record,
)
from shop.office.forms.pictures import PictureForm
from shop.office.views.base import blueprint, officer
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
    "title_vi",
    "title_en",
    "subtitle_vi",
    "subtitle_en",
    "intro_vi",
    "intro_en",
    "curator_vi",
    "curator_en",
    "certainty",
    "source",
    "slug",
]
NEWEST = 5


@blueprint.get("/gallery")
@audience(Audience.OFFICER)
def gallery() -> str:
    return _index(NewExhibitionForm(formdata=None))


def _index(form: NewExhibitionForm) -> str:
    return render_template(
        "office/gallery/index.html", exhibitions=progress(clock.now()), form=form
    )


@blueprint.post("/gallery")
@audience(Audience.OFFICER)
def begin_gallery_exhibition() -> ResponseReturnValue:
    form = NewExhibitionForm()
    refusal = attempt(form, lambda: _begun(form))
    if refusal:
        return _index(form), refusal.status
    flash(gettext("The exhibition has begun. Nobody sees it before it is published."))
    return redirect(url_for("office.gallery_exhibition", slug=form.address()), 303)


def _begun(form: NewExhibitionForm) -> None:
    try:
        with transaction():
            made = begin_exhibition(form.address(), typed(form.title_vi), typed(form.title_en))
            summary = gettext("The exhibition begun")
            record_revision(made, by=officer().id, at=clock.now(), summary=summary)
    except IntegrityError:
        raise Invalid(fields={"slug": SLUG_TAKEN}) from None


@blueprint.get("/gallery/exhibitions/<slug>")
@audience(Audience.OFFICER)
def gallery_exhibition(slug: str) -> str:
    return exhibition_page(draft(slug))


def exhibition_page(
    exhibition: Exhibition,
    *,
    form: ExhibitionForm | None = None,
    refusal: Refusal | None = None,
    publication: PublicationForm | None = None,
    new_room: NewRoomForm | None = None,
    cover: PictureForm | None = None,
    notice: str = "",
) -> str:
    """The page with everything on it; a form that was refused takes its place as it was sent."""
    form = form or ExhibitionForm(formdata=None, obj=exhibition)
    form.seen.data = marks_of(exhibition, WATCHED)
    tree = compose(exhibition)
    return render_template(
        "office/gallery/exhibition.html",
        exhibition=exhibition,
        tree=tree,
        form=form,
        refusal=refusal,
        changed_by=last_saved_by(exhibition) if refusal and refusal.now else None,
        publication=publication or PublicationForm(formdata=None),
        new_room=new_room or NewRoomForm(formdata=None),
        cover=cover or PictureForm(formdata=None, prefix="cover-"),
        notice=notice,
        progress=progress(clock.now(), exhibition)[0],
        gaps=told(exhibition, tree, gaps_of(tree)),
        revisions=saved(exhibition, NEWEST),
        preview=preview_address(exhibition),
        section_keys=[each.id for each in sections_in_order(exhibition, None)],
    )


@blueprint.post("/gallery/exhibitions/<slug>")
@audience(Audience.OFFICER)
def save_gallery_exhibition(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    form = ExhibitionForm()
    refusal = attempt(form, lambda: _save(slug, form))
    if refusal:
        return exhibition_page(draft(exhibition.slug), form=form, refusal=refusal), refusal.status
    flash(gettext("Saved."))
    return back("office.gallery_exhibition", slug=form.address())


def _save(slug: str, form: ExhibitionForm) -> None:
    details = record(form, ExhibitionDetails)
    with saving(slug, gettext("Texts of the exhibition")) as exhibition:
        edit_exhibition(exhibition, details, slug=form.address(), seen=typed(form.seen))


@blueprint.post("/gallery/exhibitions/<slug>/cover")
@audience(Audience.OFFICER)
def set_gallery_cover(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    form = PictureForm(prefix="cover-")
    if not form.validate_on_submit():
        return exhibition_page(exhibition, cover=form), 422
    with saving(slug, gettext("Cover")) as found:
        set_cover(found, kept_picture(form.picture, sent_words(form), form.is_rendering.data))
    flash(gettext("The cover is in its place."))
    return back("office.gallery_exhibition", "cover", slug=slug)


@blueprint.post("/gallery/exhibitions/<slug>/cover/removal")
@audience(Audience.OFFICER)
def remove_gallery_cover(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    if not EmptyForm().validate_on_submit():
        return exhibition_page(exhibition), 422
    with saving(slug, gettext("Cover taken off")) as found:
        set_cover(found, None)
    return back("office.gallery_exhibition", "cover", slug=slug)


@blueprint.post("/gallery/exhibitions/<slug>/rooms")
@audience(Audience.OFFICER)
def begin_gallery_room(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    form = NewRoomForm()
    refusal = attempt(form, lambda: _begin_room(slug, form))
    if refusal:
        return exhibition_page(exhibition, new_room=form), refusal.status
    flash(gettext("The room is there. Say what it is about, then place what it shows."))
    return back("office.gallery_room", slug=slug, room_slug=form.address())


def _begin_room(slug: str, form: NewRoomForm) -> None:
    summary = gettext("Room “%(name)s” begun", name=form.name_vi.data)
    with saving(slug, summary) as exhibition:
        begin_room(exhibition, form.address(), typed(form.name_vi), typed(form.name_en))


@blueprint.post("/gallery/exhibitions/<slug>/rooms/order")
@audience(Audience.OFFICER)
def order_gallery_rooms(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    asked = asked_order()
    if not EmptyForm().validate_on_submit() or asked is None:
        return exhibition_page(exhibition, notice=gettext("Please try again.")), 422
    with saving(slug, gettext("Order of the rooms")) as found:
        rooms = rooms_in_order(found)
        reorder(rooms, [room.slug for room in rooms], asked)
    return back("office.gallery_exhibition", f"room-{asked[0]}", slug=slug)
