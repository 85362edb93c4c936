"""A postal address as an order keeps it: codes, the dataset they came from, names as written."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from shop.accounts.places import country
from shop.core.db import Text120, Text300

VIETNAM = "VN"


@dataclass(frozen=True, slots=True)
class Address:
    """In Vietnam two levels below the country (since 1 July 2025); elsewhere city and region."""

    country: str
    street: str
    province_code: str | None = None
    province_name: str | None = None
    ward_code: str | None = None
    ward_name: str | None = None
    places_version: str | None = None
    city: str | None = None
    region: str | None = None
    postcode: str | None = None
    hint: str | None = None

    @property
    def is_in_vietnam(self) -> bool:
        return self.country == VIETNAM


def address_lines(address: Address, lang: str) -> list[str]:
    """The address as a label carries it, the street first; in Vietnam from small to large.

    Names of Vietnam's units are those the buyer saw; a country is named in `lang`.
    """
    if address.is_in_vietnam:
        place = ", ".join(part for part in (address.ward_name, address.province_name) if part)
        return [line for line in (address.street, place, address.hint) if line]
    town = ", ".join(part for part in (address.city, address.region, address.postcode) if part)
    found = country(address.country, lang)
    land = found.name if found else address.country
    return [line for line in (address.street, town, land, address.hint) if line]


class AddressColumns:
    """The columns of an Address, for a table that keeps a copy of one."""

    country: Mapped[str] = mapped_column(String(2))
    street: Mapped[Text300]
    province_code: Mapped[str | None] = mapped_column(String(2))
    province_name: Mapped[Text120 | None]
    ward_code: Mapped[str | None] = mapped_column(String(5))
    ward_name: Mapped[Text120 | None]
    places_version: Mapped[str | None] = mapped_column(String(20))
    city: Mapped[Text120 | None]
    region: Mapped[Text120 | None]
    postcode: Mapped[str | None] = mapped_column(String(20))
    hint: Mapped[Text300 | None]

    @property
    def address(self) -> Address:
        return Address(**{f.name: getattr(self, f.name) for f in fields(Address)})

    @address.setter
    def address(self, address: Address) -> None:
        for f in fields(Address):
            setattr(self, f.name, getattr(address, f.name))
