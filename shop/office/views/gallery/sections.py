"""Sections: a new one of each kind, changed, put in order, taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import choice, typed
from shop.core.access import Audience, audience
from shop.core.db import LARGEST_KEY, db
from shop.core.i18n import localized
from shop.exhibitions.actions.editing import marks
from shop.exhibitions.actions.ordering import reorder
from shop.exhibitions.actions.removal import remove_section
from shop.exhibitions.actions.section_editing import add_section, edit_section, section_values
from shop.exhibitions.actions.sections import LabelledPicture, SectionDetails
from shop.exhibitions.drafts import draft, exhibits_in_order, room_of, section_of, sections_in_order
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room, Section, SectionKind
from shop.exhibitions.section_choices import pictures_to_show, workshops_to_show, years_to_show
from shop.office.forms.exhibitions import EmptyForm
from shop.office.forms.sections import SectionForm
from shop.office.views.base import blueprint
from shop.office.views.gallery.base import (
    Refusal,
    asked_order,
    attempt,
    back,
    saving,
)
from shop.office.words import SECTION_WORDS, role_word

SECTIONS = "/gallery/exhibitions/<slug>/sections"
SECTION = f"{SECTIONS}/<int(max={LARGEST_KEY}):key>"
KINDS = ",".join(SectionKind)
TEXTS = (
    "heading_vi",
    "heading_en",
    "text_vi",
    "text_en",
    "attribution_vi",
    "attribution_en",
    "certainty",
    "source",
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The exhibition's own page, or one of its rooms."""

    exhibition: Exhibition
    room: Room | None

    @property
    def exhibits(self) -> list[Exhibit]:
        return list(exhibits_in_order(self.room)) if self.room else []

    def back(self, anchor: str = "sections") -> ResponseReturnValue:
        slug = self.exhibition.slug
        if self.room is None:
            return back("office.gallery_exhibition", anchor, slug=slug)
        return back("office.gallery_room", anchor, slug=slug, room_slug=self.room.slug)


def _scope(slug: str) -> Scope:
    exhibition = draft(slug)
    room = request.args.get("room")
    return Scope(exhibition, room_of(exhibition, room) if room else None)


def _scope_of(exhibition: Exhibition, section: Section) -> Scope:
    room = db.session.get(Room, section.room_id) if section.room_id else None
    return Scope(exhibition, room)


def _offer(form: SectionForm, scope: Scope) -> None:
    pictures = []
    for each in pictures_to_show():
        shown = choice(each.image.public_id, role_word(each.link.role))
        shown.optgroup = localized(each.artefact, "name")
        pictures.append(shown)
    form.offer(
        pictures=pictures,
        exhibits=[(each.key, localized(each.artefact, "name")) for each in scope.exhibits],
        entries=[
            (each.slug, f"{each.year_from}: {localized(each, 'name')}") for each in years_to_show()
        ],
        workshops=[(each.slug, localized(each, "name")) for each in workshops_to_show()],
    )


def _page(
    scope: Scope,
    kind: SectionKind,
    form: SectionForm,
    *,
    section: Section | None = None,
    refusal: Refusal | None = None,
) -> str:
    form.leave_room(kind)
    _offer(form, scope)
    return render_template(
        "office/gallery/section.html",
        exhibition=scope.exhibition,
        room=scope.room,
        kind=kind,
        kind_words=SECTION_WORDS[kind],
        form=form,
        section=section,
        refusal=refusal,
        action=request.full_path.rstrip("?"),
    )


@blueprint.get(f"{SECTIONS}/new/<any({KINDS}):kind>")
@audience(Audience.OFFICER)
def new_gallery_section(slug: str, kind: str) -> str:
    scope = _scope(slug)
    form = SectionForm(formdata=None)
    form.after.data = str(len(sections_in_order(scope.exhibition, scope.room)))
    return _page(scope, SectionKind(kind), form)


@blueprint.post(f"{SECTIONS}/new/<any({KINDS}):kind>")
@audience(Audience.OFFICER)
def add_gallery_section(slug: str, kind: str) -> ResponseReturnValue:
    scope, form = _scope(slug), SectionForm()
    _offer(form, scope)
    what = SectionKind(kind)
    refusal = attempt(form, lambda: _add(slug, what, form))
    if refusal:
        return _page(_scope(slug), what, form, refusal=refusal), refusal.status
    flash(gettext("The section is there."))
    return _scope(slug).back()


def _add(slug: str, kind: SectionKind, form: SectionForm) -> None:
    with saving(slug, gettext("Section: %(kind)s", kind=SECTION_WORDS[kind])):
        scope = _scope(slug)
        after = form.after.data or ""
        number = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else 0
        add_section(scope.exhibition, scope.room, _details(form, kind, scope), after=number)


def _details(form: SectionForm, kind: SectionKind, scope: Scope) -> SectionDetails:
    texts = {name: form[name].data for name in TEXTS}
    pictures = {each.image.public_id: each.link.picture for each in pictures_to_show()}
    return SectionDetails(
        kind,
        **texts,
        before=next((e for e in scope.exhibits if e.key == form.before.data), None),
        pictures=[
            LabelledPicture(
                pictures[row.picture.data],
                row.label_vi.data or "",
                row.label_en.data or "",
                row.text_vi.data or "",
                row.text_en.data or "",
            )
            for row in form.chosen()
            if row.picture.data in pictures
        ],
        entries=[each for each in years_to_show() if each.slug in (form.entries.data or ())],
        workshops=[w for w in workshops_to_show() if w.slug in (form.workshops.data or ())],
    )


@blueprint.get(SECTION)
@audience(Audience.OFFICER)
def gallery_section(slug: str, key: int) -> str:
    return _edit_page(slug, key)


def _edit_page(
    slug: str, key: int, form: SectionForm | None = None, refusal: Refusal | None = None
) -> str:
    exhibition = draft(slug)
    section = section_of(exhibition, key)
    values = section_values(section)
    form = form or SectionForm(formdata=None, data=_shown(values))
    form.seen.data = marks(values)
    scope = _scope_of(exhibition, section)
    return _page(scope, section.kind, form, section=section, refusal=refusal)


def _shown(values: dict[str, Any]) -> dict[str, Any]:
    rows = [{**row, "place": number} for number, row in enumerate(values["pictures"], start=1)]
    return {**values, "pictures": rows}


@blueprint.post(SECTION)
@audience(Audience.OFFICER)
def save_gallery_section(slug: str, key: int) -> ResponseReturnValue:
    exhibition = draft(slug)
    scope = _scope_of(exhibition, section_of(exhibition, key))
    form = SectionForm()
    _offer(form, scope)
    refusal = attempt(form, lambda: _save(slug, key, form))
    if refusal:
        return _edit_page(slug, key, form, refusal), refusal.status
    flash(gettext("Saved."))
    exhibition = draft(slug)
    return _scope_of(exhibition, section_of(exhibition, key)).back()


def _save(slug: str, key: int, form: SectionForm) -> None:
    with saving(slug, gettext("Texts of a section")) as exhibition:
        section = section_of(exhibition, key)
        scope = _scope_of(exhibition, section)
        details = _details(form, section.kind, scope)
        edit_section(exhibition, scope.room, section, details, seen=typed(form.seen))


@blueprint.post(f"{SECTION}/removal")
@audience(Audience.OFFICER)
def remove_gallery_section(slug: str, key: int) -> ResponseReturnValue:
    exhibition = draft(slug)
    scope = _scope_of(exhibition, section_of(exhibition, key))
    if not EmptyForm().validate_on_submit():
        return _edit_page(slug, key), 422
    with saving(slug, gettext("A section taken out")) as found:
        remove_section(section_of(found, key))
    flash(gettext("The section is out."))
    return scope.back()


@blueprint.post(f"{SECTIONS}/order")
@audience(Audience.OFFICER)
def order_gallery_sections(slug: str) -> ResponseReturnValue:
    asked = asked_order()
    if not EmptyForm().validate_on_submit() or asked is None:
        flash(gettext("Please try again."), "error")
        return _scope(slug).back()
    with saving(slug, gettext("Order of the sections")):
        scope = _scope(slug)
        sections = sections_in_order(scope.exhibition, scope.room)
        reorder(sections, [str(each.id) for each in sections], asked)
    return _scope(slug).back()
