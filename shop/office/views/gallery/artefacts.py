"""Artefacts: looked up, taken in, told about, and taken out again when they stand nowhere."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from shop.accounts.fields import typed
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid
from shop.core.i18n import localized
from shop.core.transaction import transaction
from shop.exhibitions.actions.artefacts import ArtefactDetails
from shop.exhibitions.actions.beginning import begin_artefact
from shop.exhibitions.actions.editing import (
    SLUG_TAKEN,
    ArtefactEdit,
    artefact_values,
    edit_artefact,
    locked_artefact,
    marks,
)
from shop.exhibitions.actions.removal import StillUsed, remove_artefact
from shop.exhibitions.artefact_list import (
    artefact_by_slug,
    artefacts_found,
    choices_for_artefacts,
)
from shop.exhibitions.drafts import pictures_of
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.where_used import where_used
from shop.office.forms.artefacts import (
    ArtefactForm,
    ArtefactPictureForm,
    ModelForm,
    NewArtefactForm,
    term_value,
)
from shop.office.forms.exhibitions import EmptyForm, record
from shop.office.views.base import blueprint
from shop.office.views.gallery.base import Refusal, attempt, saving_artefact

ARTEFACT = "/gallery/artefacts/<slug>"
LONGEST_SEARCH = 100


@blueprint.get("/gallery/artefacts")
@audience(Audience.OFFICER)
def artefacts() -> str:
    return _list(NewArtefactForm(formdata=None))


def _list(form: NewArtefactForm) -> str:
    text = request.args.get("q", "").strip()[:LONGEST_SEARCH]
    return render_template(
        "office/gallery/artefacts.html", found=artefacts_found(text), text=text, form=form
    )


@blueprint.post("/gallery/artefacts")
@audience(Audience.OFFICER)
def take_artefact_in() -> ResponseReturnValue:
    form = NewArtefactForm()
    refusal = attempt(form, lambda: _begin(form))
    if refusal:
        return _list(form), refusal.status
    flash(gettext("The artefact is there. Say what it is, and send a picture."))
    return redirect(url_for("office.artefact", slug=form.address()), 303)


def _begin(form: NewArtefactForm) -> None:
    try:
        with transaction():
            begin_artefact(form.address(), typed(form.name_vi), typed(form.name_en))
    except IntegrityError:
        raise Invalid(fields={"slug": SLUG_TAKEN}) from None


@blueprint.get(ARTEFACT)
@audience(Audience.OFFICER)
def artefact(slug: str) -> str:
    return artefact_page(artefact_by_slug(slug))


def artefact_page(
    shown: Artefact,
    *,
    form: ArtefactForm | None = None,
    refusal: Refusal | None = None,
    picture: ArtefactPictureForm | None = None,
    model: ModelForm | None = None,
    notice: str = "",
) -> str:
    """The page with everything on it; a form that was refused takes its place as it was sent."""
    choices = choices_for_artefacts()
    values = artefact_values(shown)
    if form is None:
        form = ArtefactForm(formdata=None, data=_chosen(values, choices))
        form.offer(*choices)
    form.seen.data = marks(values)
    return render_template(
        "office/gallery/artefact.html",
        artefact=shown,
        form=form,
        refusal=_in_words(refusal, choices),
        links=pictures_of(shown),
        picture=picture or ArtefactPictureForm(formdata=None, prefix="picture-"),
        model=model or ModelForm(formdata=None, prefix="model-"),
        places=where_used(shown, clock.now()).places,
        notice=notice,
    )


Choices = tuple[list[Any], list[Any], list[Any]]


def _chosen(values: dict[str, Any], choices: Choices) -> dict[str, Any]:
    """The form's data: choices by their slugs, where the row has keys."""
    terms, workshops, products = choices
    slugs = {row.id: row.slug for row in workshops}, {row.id: row.slug for row in products}
    return {
        **values,
        "workshop": slugs[0].get(values["workshop"], ""),
        "product": slugs[1].get(values["product"], ""),
        "terms": [term_value(term) for term in terms if term.id in values["terms"]],
    }


def _in_words(refusal: Refusal | None, choices: Choices) -> Refusal | None:
    """What others chose meanwhile, by name."""
    if refusal is None:
        return None
    now = dict(refusal.now)
    for name, rows in zip(("workshop", "product"), choices[1:], strict=True):
        if name in now:
            names = {row.id: localized(row, "name") for row in rows}
            now[name] = names.get(now[name], "")
    if "terms" in now:
        names = {row.id: localized(row, "name") for row in choices[0]}
        now["terms"] = ", ".join(names[key] for key in now["terms"])
    return Refusal(refusal.status, refusal.message, now)


@blueprint.post(ARTEFACT)
@audience(Audience.OFFICER)
def save_artefact(slug: str) -> ResponseReturnValue:
    artefact_by_slug(slug)
    form = ArtefactForm()
    form.offer(*choices_for_artefacts())
    refusal = attempt(form, lambda: _save(slug, form))
    if refusal:
        return artefact_page(artefact_by_slug(slug), form=form, refusal=refusal), refusal.status
    flash(gettext("Saved."))
    return redirect(url_for("office.artefact", slug=slug), 303)


def _save(slug: str, form: ArtefactForm) -> None:
    summary = gettext("Artefact “%(name)s”", name=form.name_vi.data)
    with saving_artefact(slug, summary) as found:
        terms, workshops, products = choices_for_artefacts()
        edit = ArtefactEdit(
            record(form, ArtefactDetails),
            [term for term in terms if term_value(term) in (form.terms.data or ())],
            next((row for row in workshops if row.slug == form.workshop.data), None),
            next((row for row in products if row.slug == form.product.data), None),
        )
        edit_artefact(found, edit, seen=typed(form.seen))


@blueprint.get(f"{ARTEFACT}/removal")
@audience(Audience.OFFICER)
def ask_to_remove_artefact(slug: str) -> str:
    return _removal(artefact_by_slug(slug))


def _removal(shown: Artefact, notice: str = "") -> str:
    uses = where_used(shown, clock.now())
    return render_template(
        "office/gallery/remove_artefact.html", artefact=shown, uses=uses, notice=notice
    )


@blueprint.post(f"{ARTEFACT}/removal")
@audience(Audience.OFFICER)
def delete_artefact(slug: str) -> ResponseReturnValue:
    shown = artefact_by_slug(slug)
    if not EmptyForm().validate_on_submit():
        return _removal(shown, gettext("Please try again.")), 422
    try:
        with transaction():
            remove_artefact(locked_artefact(slug), at=clock.now())
    except StillUsed as error:
        return _removal(artefact_by_slug(slug), str(error.message)), error.status
    flash(gettext("The artefact is gone."))
    return redirect(url_for("office.artefacts"), 303)
