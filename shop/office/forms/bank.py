"""What officers type about the bank: a file, its columns, and what a line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectField
from wtforms.validators import Length, ValidationError

from shop.accounts.fields import Filled, TextField, choice, one_of
from shop.accounts.fields import label as _l
from shop.payments.statement_reading import Columns, columns_from

FIELDS = ("date", "text", "amount", "credit", "debit", "entry", "balance")
NONE = ""


class StatementForm(FlaskForm):  # type: ignore[misc]
    file = FileField(_l("Statement as CSV"))

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.file.flags.required = True

    def validate_file(self, field: FileField) -> None:
        if not field.data or not field.data.filename:
            raise ValidationError(_l("Choose the bank's file."))


def _column(label: str) -> SelectField:
    return one_of(label, _l("Choose one of the columns."))


class ColumnsForm(FlaskForm):  # type: ignore[misc]
    """Which column is what; either the sum with its sign, or in and out apart."""

    date = _column(_l("Day"))
    text = _column(_l("Text of the transfer"))
    credit = _column(_l("Money in"))
    debit = _column(_l("Money out"))
    amount = _column(_l("Sum with its sign"))
    entry = _column(_l("Entry number"))
    balance = _column(_l("Balance"))

    def __init__(self, head: Sequence[str], known: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        names = [choice(NONE, _l("no column"))]
        names += [choice(str(place), cell or f"{place + 1}") for place, cell in enumerate(head)]
        self.date.flags.required = self.text.flags.required = True
        for name in FIELDS:
            self[name].choices = names
            if not self.is_submitted():
                self[name].data = str(known[name]) if name in known else NONE

    @property
    def columns(self) -> Columns | None:
        """None while a day, a text and a sum are not all chosen."""
        chosen = {name: int(self[name].data) if self[name].data else None for name in FIELDS}
        return columns_from(chosen)


class AssignForm(FlaskForm):  # type: ignore[misc]
    reference = TextField(
        _l("Reference of the order"),
        [Filled(_l("Give the reference.")), Length(max=40, message=_l("This is too long."))],
        render_kw={"maxlength": 40, "autocomplete": "off", "spellcheck": "false"},
    )
