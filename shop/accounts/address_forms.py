"""Typing an address: province and ward in Vietnam, city and postcode abroad."""

from __future__ import annotations

from typing import Any

from wtforms import Field, StringField
from wtforms.validators import Length, Optional, StopValidation, ValidationError

from shop.accounts.addresses import VIETNAM, Address
from shop.accounts.fields import Filled, TextField, typed
from shop.accounts.fields import label as _l
from shop.accounts.places import (
    DATASET_VERSION,
    countries,
    country,
    in_province,
    province,
    provinces,
    ward,
    wards_of,
)
from shop.core.i18n import language

LONGEST_STREET = 200
VIETNAM_NAMES = {"vi": "Việt Nam", "en": "Vietnam"}


class Needed(Filled):
    """Must be filled; `in_vietnam` given, only in such an address, else it is passed over."""

    def __init__(self, message: str, *, in_vietnam: bool | None = None) -> None:
        super().__init__(message)
        self.in_vietnam = in_vietnam

    def __call__(self, form: Any, field: Field) -> None:
        if self.in_vietnam not in (None, form.is_in_vietnam):
            raise StopValidation
        super().__call__(form, field)


def _length(most: int) -> Length:
    return Length(max=most, message=_l("This is too long for a label."))


class AddressFields:
    """To be mixed into a form. `address()` is for a form that has been found valid."""

    # Codes, checked against the tables of places and not against what a page once offered.
    country = StringField(
        _l("Country"),
        [Needed(_l("Choose the country."))],
        default=VIETNAM,
        render_kw={"autocomplete": "country"},
    )
    province = StringField(
        _l("Province or city"),
        [Needed(_l("Choose the province or city."), in_vietnam=True)],
        render_kw={"autocomplete": "address-level1"},
    )
    ward = StringField(
        _l("Ward or commune"),
        [Needed(_l("Choose the ward or commune."), in_vietnam=True)],
        render_kw={"autocomplete": "address-level2"},
    )
    city = TextField(
        _l("City"),
        [Needed(_l("Give the city."), in_vietnam=False), _length(120)],
        render_kw={"autocomplete": "address-level2", "maxlength": 120},
    )
    region = TextField(
        _l("State or region"),
        [Optional(), _length(120)],
        render_kw={"autocomplete": "address-level1", "maxlength": 120},
    )
    postcode = TextField(
        _l("Postcode"),
        [Optional(), _length(20)],
        render_kw={"autocomplete": "postal-code", "maxlength": 20},
    )
    street = TextField(
        _l("House number and street"),
        [Needed(_l("Give the house number and street.")), _length(LONGEST_STREET)],
        render_kw={"autocomplete": "street-address", "maxlength": LONGEST_STREET},
    )
    hint = TextField(_l("How to find it"), [Optional(), _length(300)], render_kw={"maxlength": 300})

    @property
    def is_in_vietnam(self) -> bool:
        return bool(self.country.data == VIETNAM)

    @property
    def country_choices(self) -> list[tuple[str, str]]:
        """Codes and names in the page's language, Vietnam first."""
        here = language()
        return [
            (VIETNAM, VIETNAM_NAMES[here]),
            *((place.code, place.name) for place in countries(here)),
        ]

    @property
    def province_choices(self) -> list[tuple[str, str]]:
        return [(place.code, place.name) for place in provinces()]

    @property
    def ward_choices(self) -> list[tuple[str, str]]:
        """Those of the province chosen."""
        return [(place.code, place.name) for place in wards_of(self.province.data or "")]

    def validate_country(self, field: Field) -> None:
        if not self.is_in_vietnam and country(field.data or "", language()) is None:
            raise ValidationError(_l("Choose the country."))

    def validate_province(self, field: Field) -> None:
        if province(field.data) is None:
            raise ValidationError(_l("Choose the province or city."))

    def validate_ward(self, field: Field) -> None:
        if not in_province(field.data, self.province.data or ""):
            raise ValidationError(_l("Choose a ward or commune of this province."))

    def address(self) -> Address:
        """What was typed; codes keep the edition of the table they are from, and its names."""
        if self.is_in_vietnam:
            return self._address_in_vietnam()
        return Address(
            country=typed(self.country),
            street=typed(self.street),
            city=self.city.data,
            region=self.region.data or None,
            postcode=self.postcode.data or None,
            hint=self.hint.data or None,
        )

    def _address_in_vietnam(self) -> Address:
        found, part = province(typed(self.province)), ward(typed(self.ward))
        if found is None or part is None:
            raise ValueError("the form has not been found valid")
        return Address(
            country=VIETNAM,
            street=typed(self.street),
            province_code=found.code,
            province_name=found.name,
            ward_code=part.code,
            ward_name=part.name,
            places_version=DATASET_VERSION,
            hint=self.hint.data or None,
        )

    def fill_address(self, address: Address) -> None:
        """Start from an earlier address; a code the present table lacks is left to be chosen."""
        self.country.data = address.country
        self.province.data = address.province_code or ""
        self.ward.data = address.ward_code or ""
        for name in ("street", "hint", "city", "region", "postcode"):
            getattr(self, name).data = getattr(address, name) or ""
