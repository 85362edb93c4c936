"""What a workshop types: which carrier took the parcel, and what was paid at the door."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from shop.accounts.fields import DongField, Filled, TextField, choice, one_of
from shop.accounts.fields import label as _l
from shop.shipping.models import Carrier

OTHER = "other"
TRACKING_NUMBER = re.compile(r"[A-Z0-9-]{5,40}")


class ShipForm(FlaskForm):  # type: ignore[misc]
    """A carrier's parcel has a number; what the workshop brings itself, or a coach, may not."""

    carrier = one_of(_l("Who took it"), _l("Say who took it."))
    other_name = TextField(
        _l("Name of the carrier"),
        [Length(max=120, message=_l("At most 120 characters."))],
        render_kw={"maxlength": 120, "autocomplete": "off"},
    )
    tracking_number = StringField(
        _l("Number on the carrier's receipt"),
        render_kw={
            "maxlength": 60,
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )

    def __init__(self, carriers: Sequence[Carrier], language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for field in (self.carrier, self.other_name, self.tracking_number):
            field.flags.required = True
        self.carriers = {carrier.code: carrier for carrier in carriers}
        self.carrier.choices = [
            choice(c.code, c.name_vi if language == "vi" else c.name_en) for c in carriers
        ] + [choice(OTHER, gettext("Another carrier, or we bring it ourselves"))]

    @property
    def is_other(self) -> bool:
        return bool(self.carrier.data == OTHER)

    @property
    def number(self) -> str:
        return re.sub(r"\s", "", self.tracking_number.data or "").upper()

    def validate_other_name(self, field: TextField) -> None:
        if self.is_other and not field.data:
            raise ValidationError(gettext("Say who took it."))

    def validate_tracking_number(self, _field: StringField) -> None:
        if not self.number and self.is_other:
            return
        if not self.number:
            raise ValidationError(gettext("The buyer follows the parcel by this number."))
        if not TRACKING_NUMBER.fullmatch(self.number):
            raise ValidationError(gettext("Five to forty letters, digits and hyphens."))


class CashForm(FlaskForm):  # type: ignore[misc]
    amount = DongField(_l("Cash you took"), [Filled(_l("Type the sum you took."))])
