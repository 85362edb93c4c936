"""Workshops, who belongs to them and who makes their pieces."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import Person
from shop.core.db import Base, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.media.models import Image


class SellerKind(StrEnum):
    """What the seller is to the tax office; rates are set by it."""

    HOUSEHOLD = "household"
    INDIVIDUAL = "individual"
    COMPANY = "company"
    NON_RESIDENT = "non_resident"


class Workshop(Keyed, Timestamped, Base):
    __tablename__ = "workshop"

    slug: Mapped[Text120] = mapped_column(unique=True)
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    name_sort: Mapped[Text300]
    speciality_vi: Mapped[Text300]
    speciality_en: Mapped[Text300]
    story_vi: Mapped[LongText]
    story_en: Mapped[LongText]
    place_vi: Mapped[Text300]
    place_en: Mapped[Text300]
    opening_vi: Mapped[Text300] = mapped_column(default="")
    opening_en: Mapped[Text300] = mapped_column(default="")
    founded_year: Mapped[int | None]
    street: Mapped[Text300] = mapped_column(default="")
    ward_code: Mapped[str | None] = mapped_column(String(5))
    phone: Mapped[str | None] = mapped_column(String(20))
    email: Mapped[Text300] = mapped_column(default="")
    tax_id: Mapped[Text40] = mapped_column(default="")
    seller_kind: Mapped[SellerKind]
    mark_id: Mapped[int | None] = mapped_column(ForeignKey("image.id"))
    map_x: Mapped[int | None]
    map_y: Mapped[int | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=True)
    mark: Mapped[Image | None] = relationship(lazy="raise_on_sql")

    @property
    def lacks_working_address(self) -> bool:
        """Without these a carrier cannot collect a parcel and no order notice arrives."""
        return not (self.street and self.ward_code and self.phone and self.email)


class MemberRole(StrEnum):
    OWNER = "owner"
    SELLER = "seller"
    PACKER = "packer"

    @property
    def may_record_cash(self) -> bool:
        """Who packs does not answer for the money."""
        return self in (MemberRole.OWNER, MemberRole.SELLER)

    @property
    def may_see_money(self) -> bool:
        return self in (MemberRole.OWNER, MemberRole.SELLER)

    @property
    def may_name_account(self) -> bool:
        """Who says where the workshop's money goes."""
        return self is MemberRole.OWNER

    @property
    def may_give_back(self) -> bool:
        return self.may_record_cash


class WorkshopMember(Keyed, Timestamped, Base):
    __tablename__ = "workshop_member"
    __table_args__ = (UniqueConstraint("workshop_id", "person_id"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[MemberRole]
    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Maker(Keyed, Base):
    """Someone who makes pieces here; needs no account."""

    __tablename__ = "maker"
    __table_args__ = (UniqueConstraint("workshop_id", "name"),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    name: Mapped[Text120]
    craft_vi: Mapped[Text300]
    craft_en: Mapped[Text300]
    position: Mapped[int] = mapped_column(default=0)
