"""What a desk types to give money back, to cancel, or when a parcel was brought back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms.validators import Length, ValidationError

from shop.accounts.fields import (
    DongField,
    Filled,
    TextField,
    choice,
    day_field,
    key_field,
    one_of,
    typed,
)
from shop.accounts.fields import label as _l
from shop.checkout.part_refunds import Why, given_back, most_for_line, most_for_shipping
from shop.core.clock import today_in_hanoi
from shop.core.errors import Invalid, Message
from shop.core.i18n import localized, money
from shop.orders.models import Order
from shop.returns.counts import LINE
from shop.returns.models import RefundKind


def note_field(label: str, *, required: str = "") -> TextField:
    validators: list[Any] = [Filled(required)] if required else []
    validators.append(Length(max=300, message=_l("This is too long.")))
    return TextField(label, validators, render_kw={"maxlength": 300, "autocomplete": "off"})


def show_faults(form: FlaskForm, error: Invalid) -> Message | None:
    """Put what was refused beside its field; what has none is returned, to stand above."""
    above = None
    for name, message in error.fields.items():
        if name in form:
            form[name].errors = [str(message)]
        else:
            above = message
    return above


@dataclass(frozen=True, slots=True)
class Purpose:
    """What money may be given back for, and how much of it at most."""

    value: str
    words: str
    most: int


def purposes_of(order: Order) -> list[Purpose]:
    given = given_back(order.id)
    shipping = most_for_shipping(order, given)
    lines = [
        Purpose(f"{LINE}{line.id}", localized(line, "name"), most_for_line(order, line, given))
        for line in order.lines
    ]
    found = [
        Purpose(RefundKind.GOODWILL, gettext("Out of goodwill"), order.share.left),
        Purpose(RefundKind.SHIPPING, gettext("The postage"), shipping),
        *lines,
    ]
    return [purpose for purpose in found if purpose.most]


class GiveBackForm(FlaskForm):  # type: ignore[misc]
    what_for = one_of(_l("What for"), _l("Say what it is for."))
    amount = DongField(_l("Amount"), [Filled(_l("Type the sum to give back."))])
    note = note_field(
        _l("What to tell the buyer"), required=_l("Say in a sentence why; the buyer reads it.")
    )
    key = key_field()

    def __init__(self, purposes: Sequence[Purpose], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.what_for.flags.required = True
        self.what_for.choices = [
            choice(p.value, gettext("%(what)s, at most %(most)s", what=p.words, most=money(p.most)))
            for p in purposes
        ]

    @property
    def why(self) -> Why:
        chosen = str(self.what_for.data)
        note = typed(self.note)
        if chosen.startswith(LINE):
            return Why(RefundKind.PIECES, note, int(chosen.removeprefix(LINE)))
        return Why(RefundKind(chosen), note)


class CancelForm(FlaskForm):  # type: ignore[misc]
    """With a count for each line: how many cannot be delivered."""

    reason = note_field(_l("Why"), required=_l("Say in a sentence why; the buyer reads it."))


class RefusalForm(FlaskForm):  # type: ignore[misc]
    """With a count for each line: how many came back broken."""

    came_back_on = day_field(
        _l("Came back on"),
        _l("This is not a day of the calendar."),
        [Filled(_l("Say on which day it came back."))],
        default=today_in_hanoi,
    )
    freight = DongField(
        _l("What the way back cost"), [Filled(_l("Type what the carrier took, 0 for nothing."))]
    )
    reason = note_field(_l("Why it came back"))

    @property
    def day(self) -> date:
        """For a form that has been found valid."""
        if self.came_back_on.data is None:
            raise ValueError("the form has not been found valid")
        return self.came_back_on.data

    def validate_came_back_on(self, field: Any) -> None:
        if field.data and field.data > today_in_hanoi():
            raise ValidationError(gettext("This day has not come yet."))
