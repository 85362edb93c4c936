"""What holds for every form: blanks are no answer, and no refusal is in a library's English."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

import shop
from shop.accounts.fields import Filled
from shop.core.i18n import in_language
from shop.office.forms import TransferForm

ARGUMENTS: dict[str, dict[str, Any]] = {
    "NewPasswordForm": {"own": []},
    "ChangePasswordForm": {"own": []},
    "ContactForm": {"slug": "net-lam"},
    "HandInForm": {"slug": "net-lam"},
    "ShipForm": {"carriers": [], "language": "vi"},
    "GiveBackForm": {"purposes": []},
    "AskForm": {"order_id": "x", "reasons": []},
    "TaxedAsForm": {"pieces": []},
    "ProposalForm": {"workshops": []},
    "ApprenticesForm": {"workshops": []},
    "ColumnsForm": {"head": ["Ngày", "Nội dung"], "known": {}},
    "payouts.ReasonForm": {"about": "net-lam"},
}
NONSENSE = ("", "   ", "\u00a0\t", "x" * 5000, "9" * 5000, "-1", "31/12", "🙂", "@")


class LibraryWords:
    """Stands where WTForms looks its own messages up, and marks them."""

    def gettext(self, text: str) -> str:
        return f"library: {text}"

    def ngettext(self, singular: str, _plural: str, _count: int) -> str:
        return f"library: {singular}"


def kinds_of_form(kind: type[FlaskForm] = FlaskForm) -> Iterator[type[FlaskForm]]:
    for module in pkgutil.walk_packages(shop.__path__, "shop."):
        if module.name.rsplit(".", 1)[-1] == "forms":
            importlib.import_module(module.name)
    for child in kind.__subclasses__():
        if child.__module__.startswith("shop.") and not child.__name__.startswith("_"):
            yield child
        yield from kinds_of_form(child)


FORMS = sorted(set(kinds_of_form()), key=lambda kind: kind.__name__)


def arguments_of(kind: type[FlaskForm]) -> dict[str, Any]:
    """By the class's name, after its module's where several forms are named alike."""
    module = kind.__module__.rsplit(".", 1)[-1]
    return ARGUMENTS.get(f"{module}.{kind.__name__}") or ARGUMENTS.get(kind.__name__, {})


def answered(kind: type[FlaskForm], typed: str | None) -> FlaskForm:
    """The form validated after the same text came in every field; None sends none of them."""
    given = arguments_of(kind)
    names = [field.name for field in kind(formdata=None, **given)]
    sent = MultiDict({"other": "1"} if typed is None else dict.fromkeys(names, typed))
    form = kind(formdata=sent, meta={"csrf": False}, **given)
    form.validate()
    return form


def is_needed(field: Any) -> bool:
    return any(type(validator) is Filled for validator in field.validators)


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_every_refusal_is_in_our_own_words(
    app: Flask, monkeypatch: pytest.MonkeyPatch, kind: type[FlaskForm]
) -> None:
    monkeypatch.setattr(FlaskForm.Meta, "get_translations", lambda _meta, _form: LibraryWords())
    with app.test_request_context("/vi/"):
        for typed in [*NONSENSE, None]:
            errors = answered(kind, typed).errors
            said = str({name: list(map(str, words)) for name, words in errors.items()})
            assert "library: " not in said, typed


@pytest.mark.parametrize("kind", FORMS, ids=lambda kind: kind.__name__)
def test_blanks_are_no_answer_to_what_is_asked_for(app: Flask, kind: type[FlaskForm]) -> None:
    with app.test_request_context("/vi/"):
        for blanks in ("", "   ", "\u00a0\t"):
            for field in answered(kind, blanks):
                if is_needed(field):
                    assert len(field.errors) == 1, (field.name, blanks)


def test_what_cannot_be_read_is_refused_once_in_the_readers_language(app: Flask) -> None:
    with app.test_request_context("/vi/"), in_language("vi"):
        assert answered(TransferForm, "31/12")["received_on"].errors == [
            "Ngày này không có trong lịch."
        ]
        assert answered(TransferForm, " ")["received_on"].errors == ["Ghi ngày tiền về."]


def test_all_forms_are_looked_at() -> None:
    assert {"CheckoutForm", "CashForm", "TransferForm", "FindForm", "AddForm"} <= {
        kind.__name__ for kind in FORMS
    }
