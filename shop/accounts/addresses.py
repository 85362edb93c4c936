"""A postal address as an order keeps it: codes, the dataset they came from, names as written."""

from __future__ import annotations

from dataclasses import dataclass, fields

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

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
