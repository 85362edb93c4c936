"""What a person may send about a basket."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange

from shop.accounts.fields import Filled
from shop.accounts.fields import label as _l
from shop.cart.actions import MOST_OF_A_LINE

HOW_MANY = _l("Enter a whole number from 1 to 99.")
PRICE_FIELD = "price:"
LARGEST_PRICE_DIGITS = 15


class QuantityField(IntegerField):
    """Says what a quantity is instead of what an integer is not."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(HOW_MANY) from None


class QuantityForm(FlaskForm):  # type: ignore[misc]
    quantity = QuantityField(
        _l("Quantity"),
        validators=[
            Filled(HOW_MANY),
            NumberRange(min=1, max=MOST_OF_A_LINE, message=HOW_MANY),
        ],
    )

    @property
    def wanted(self) -> int:
        """Of a form that has been found valid."""
        return int(self.quantity.data or 0)


class AddForm(QuantityForm):
    variant = HiddenField(validators=[Filled(_l("Choose which piece you would like."))])


def shown_prices(fields: Iterable[tuple[str, str]]) -> dict[str, int]:
    """The prices in đồng a basket page showed, by the variant's public id."""
    return {
        name.removeprefix(PRICE_FIELD): int(value)
        for name, value in fields
        if name.startswith(PRICE_FIELD) and is_price(value)
    }


def is_price(value: str) -> bool:
    """Whether a page of ours could have sent it as a sum in đồng."""
    return value.isascii() and value.isdigit() and 0 < len(value) <= LARGEST_PRICE_DIGITS
