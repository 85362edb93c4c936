"""The one page of the checkout as a form: who, where to, how it comes, how it is paid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional, ValidationError

from shop.accounts.address_forms import AddressFields
from shop.accounts.fields import DongField, EmailField, Filled, PhoneField, TextField, typed
from shop.accounts.fields import label as _l
from shop.accounts.models import Person
from shop.cart.forms import is_price
from shop.checkout.queries import MethodChoice, Preview
from shop.core.i18n import language, money
from shop.core.money import parse_dong
from shop.core.phones import PhoneProblem
from shop.core.vietnamese import nfc
from shop.orders.actions import Buyer
from shop.orders.papers.forms import OptionalInvoiceFields
from shop.orders.queries import Recipient
from shop.payments.models import PaymentMethod
from shop.shipping.quotes import DeliveryOption

DELIVERY_FIELD = "delivery-"
LONGEST_NOTE = 1000
GIFTS = (10_000, 20_000, 50_000)
"""What the page offers to add for the craft fund, in đồng."""
NO_GIFT, OTHER_GIFT = "none", "other"
LEAST_GIFT, MOST_GIFT = 1000, 50_000_000


class RecipientPhoneField(PhoneField):
    """A number without + is read as one of the country the parcel goes to."""

    def country(self, form: Any) -> str:
        return str(form.country.data or "VN")

    def refusal(self, form: Any, problem: PhoneProblem) -> str:
        example = gettext("For example 0912 345 678.") if form.is_in_vietnam else ""
        return f"{super().refusal(form, problem)} {example}".strip()


class GiftField(DongField):
    """Read only when the buyer wants to name a sum of their own."""

    def pre_validate(self, form: Any) -> None:
        if form.names_own_gift:
            super().pre_validate(form)
        else:
            self.data = None


class CheckoutForm(AddressFields, OptionalInvoiceFields, FlaskForm):  # type: ignore[misc]
    cart = HiddenField()
    total_seen = HiddenField()
    name = TextField(
        _l("Full name"),
        [
            Filled(_l("Give the name that should stand on the parcel.")),
            Length(max=120, message=_l("At most 120 characters.")),
        ],
        render_kw={"autocomplete": "name", "maxlength": 120},
    )
    phone = RecipientPhoneField(
        _l("Telephone"),
        [Filled(_l("Give a telephone number: the carrier calls before coming."))],
    )
    email = EmailField(
        _l("E-mail to follow the order"),
        [Filled(_l("Give an e-mail address: the link to the order goes there."))],
    )
    note = TextAreaField(
        _l("Note to the workshops"),
        [Optional(), Length(max=LONGEST_NOTE, message=_l("At most 1,000 characters."))],
        filters=[lambda text: nfc(text).strip() if text else ""],
        render_kw={"rows": 3, "maxlength": LONGEST_NOTE},
    )
    method = StringField(_l("Payment"), [Filled(_l("Choose how you pay."))])
    gift = StringField(_l("For the craft fund"))
    own_gift = GiftField(_l("Your amount"))

    def start_from(self, person: Person | None, last: Recipient | None) -> None:
        """Fill a fresh form with what is known of a signed-in person and their last order."""
        if last is not None:
            self.fill_address(last.address)
        if person is not None:
            self.name.data = last.name if last else person.name
            self.email.data = person.email
            self.phone.data = last.phone if last else person.phone

    def buyer(self, person_id: int | None) -> Buyer:
        """Who orders, of a form that has been found valid."""
        return Buyer(
            person_id=person_id,
            language=language(),
            name=typed(self.name),
            email=typed(self.email),
            phone=typed(self.phone),
            note=typed(self.note),
            address=self.address(),
        )

    def validate_method(self, field: StringField) -> None:
        if field.data not in set(PaymentMethod):
            raise ValidationError(_l("Choose how you pay."))

    def validate_gift(self, field: StringField) -> None:
        if field.data and field.data not in {*map(str, GIFTS), NO_GIFT, OTHER_GIFT}:
            raise ValidationError(_l("Choose one of the amounts."))

    def validate_own_gift(self, field: Field) -> None:
        if not self.names_own_gift:
            return
        if field.data is None:
            raise ValidationError(_l("Write how much you would like to give."))
        if not LEAST_GIFT <= field.data <= MOST_GIFT:
            raise ValidationError(
                gettext(
                    "A gift is between %(least)s and %(most)s.",
                    least=money(LEAST_GIFT),
                    most=money(MOST_GIFT),
                )
            )

    @property
    def names_own_gift(self) -> bool:
        return self.gift.data == OTHER_GIFT and self.method.data != PaymentMethod.CASH

    @property
    def given(self) -> int:
        """Đồng for the craft fund as the page now shows them; 0 for what cannot be read."""
        if self.method.data == PaymentMethod.CASH:
            return 0
        if self.gift.data in {str(gift) for gift in GIFTS}:
            return int(typed(self.gift))
        return _readable_gift(self.own_gift) if self.names_own_gift else 0

    @property
    def chosen_method(self) -> PaymentMethod:
        """Of a form that has been found valid."""
        return PaymentMethod(typed(self.method))

    @property
    def seen_total(self) -> int:
        """Đồng the page showed as the total; 0, which nothing costs, when it cannot be read."""
        text = self.total_seen.data or ""
        return int(text) if is_price(text) else 0


def _readable_gift(field: Field) -> int:
    try:
        given = parse_dong(str((field.raw_data or [""])[0])).dong
    except ValueError:
        return 0
    return given if LEAST_GIFT <= given <= MOST_GIFT else 0


def requested_deliveries(fields: Mapping[str, str]) -> dict[str, str]:
    """The option's code asked for, by workshop slug."""
    return {
        name.removeprefix(DELIVERY_FIELD): code
        for name, code in fields.items()
        if name.startswith(DELIVERY_FIELD)
    }


def chosen_deliveries(basket: Preview, requested: Mapping[str, str]) -> dict[str, DeliveryOption]:
    """What each parcel's page shows as chosen: what was asked for, else the cheapest carrier."""
    return {
        parcel.workshop_slug: parcel.option(requested.get(parcel.workshop_slug))
        or parcel.options[0]
        for parcel in basket.parcels
        if parcel.options
    }


def chosen_or_first(method: str | None, choices: list[MethodChoice]) -> str | None:
    """The way of paying to show as chosen; what cannot be used is never."""
    usable = [choice.method.value for choice in choices if choice.reason is None]
    if method in usable:
        return method
    return usable[0] if usable and method is None else None


def shown_total(basket: Preview, chosen: Mapping[str, DeliveryOption], gift: int) -> int:
    """Đồng for pieces, delivery and gift as the page shows them."""
    return basket.items_total + sum(option.price for option in chosen.values()) + gift
