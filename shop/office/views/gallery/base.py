"""What the curator's pages share: saving with a revision, refusals that lose nothing, addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from shop.core import clock
from shop.core.errors import Conflict, Invalid, Message
from shop.core.i18n import absolute_url, language
from shop.core.transaction import transaction
from shop.exhibitions.actions.editing import (
    ChangedMeanwhile,
    locked_artefact,
    locked_exhibition,
)
from shop.exhibitions.actions.ordering import Move
from shop.exhibitions.actions.publishing import record_revision
from shop.exhibitions.models.artefacts import Artefact
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.where_used import exhibitions_placing
from shop.office.forms.exhibitions import EmptyForm
from shop.office.forms.pictures import PICTURES
from shop.office.views.base import blueprint, officer
from shop.office.words import CERTAINTY_WORDS, SECTION_WORDS, role_word

PREVIEW = "gallery.preview"
UP, DOWN = "up", "down"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a form was not saved; `now` what others made of its fields meanwhile."""

    status: int
    message: Message
    now: dict[str, Any] = field(default_factory=dict)


@contextmanager
def saving(slug: str, summary: Callable[[Exhibition], str] | str) -> Iterator[Exhibition]:
    """Change the draft of this address alone, and keep the whole of it as a revision."""
    with transaction():
        exhibition = locked_exhibition(slug)
        yield exhibition
        words = summary if isinstance(summary, str) else summary(exhibition)
        record_revision(exhibition, by=officer().id, at=clock.now(), summary=words)


@contextmanager
def saving_artefact(slug: str, summary: str) -> Iterator[Artefact]:
    """Change an artefact alone, and keep every draft that has it as a revision.

    The drafts are locked before the artefact, as by all that changes a draft.
    """
    with transaction():
        drafts = [locked_exhibition(each) for each in exhibitions_placing(slug)]
        artefact = locked_artefact(slug)
        yield artefact
        for exhibition in drafts:
            record_revision(exhibition, by=officer().id, at=clock.now(), summary=summary)


def attempt(form: FlaskForm, act: Callable[[], object]) -> Refusal | None:
    """Act on a form that was sent and is valid; None when it was done.

    What is wrong with a field is put beside it.
    """
    if not form.validate_on_submit():
        return Refusal(Invalid.status, Invalid.message)
    try:
        act()
    except ChangedMeanwhile as error:
        return Refusal(error.status, error.message, error.now)
    except Invalid as error:
        for name, message in error.fields.items():
            if name in form:
                form[name].errors = [str(message)]
        return Refusal(error.status, error.message)
    except Conflict as error:
        return Refusal(error.status, error.message)
    return None


def is_meant() -> bool:
    """A button alone came with its token."""
    return bool(EmptyForm().validate_on_submit())


def asked_order() -> Move | list[str] | None:
    """What a list's form asks for: one thing moved up or down, or the whole order after a drag."""
    moved = request.form.get("move", "")
    name, _, way = moved.rpartition(" ")
    if name and way in (UP, DOWN):
        return name, -1 if way == UP else 1
    whole = request.form.get("order", "").split()
    return whole or None


def back(endpoint: str, anchor: str = "", **values: Any) -> ResponseReturnValue:
    return redirect(url_for(endpoint, _anchor=anchor or None, **values), 303)


def preview_address(exhibition: Exhibition) -> str | None:
    """The link by which the draft may be read by whoever holds it."""
    if PREVIEW not in current_app.view_functions:
        return None
    return absolute_url(PREVIEW, key=exhibition.preview_key, lang_code=language())


@blueprint.context_processor
def _for_curators() -> dict[str, Any]:
    return {
        "certainty_words": CERTAINTY_WORDS,
        "section_words": SECTION_WORDS,
        "role_word": role_word,
        "accepted_pictures": PICTURES,
    }
