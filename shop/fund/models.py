"""Grants of the craft fund with their papers and history, and how many learn the craft where."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import Person
from shop.core.db import Base, Dong, Keyed, Text40, Text120, Text300
from shop.core.ids import public_id
from shop.workshops.models import Workshop


class GrantStatus(StrEnum):
    """APPROVED: owed to the recipient. PAID: the bank has carried it out."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"


GRANT_MOVES: dict[GrantStatus, frozenset[GrantStatus]] = {
    GrantStatus.PROPOSED: frozenset({GrantStatus.APPROVED, GrantStatus.REFUSED}),
    GrantStatus.APPROVED: frozenset({GrantStatus.PAID}),
    GrantStatus.REFUSED: frozenset(),
    GrantStatus.PAID: frozenset(),
}
GRANTED = (GrantStatus.APPROVED, GrantStatus.PAID)
"""What has left the fund, and what the public reads of."""


class Grant(Keyed, Base):
    """Money of the fund for somebody, for a purpose: proposed by one officer, decided by another.

    `workshop_id` when the recipient is a workshop of the village. `is_illustrative`: invented for
    the demonstration, and says so wherever it is shown.
    """

    __tablename__ = "fund_grant"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("decided_by_id <> proposed_by_id", name="two_officers"),
        CheckConstraint(
            "(status = 'proposed') = (decided_at is null) "
            "and (decided_at is null) = (decided_by_id is null)",
            name="decided_by_somebody",
        ),
        CheckConstraint(
            "(status = 'paid') = (bank_reference is not null) "
            "and (bank_reference is null) = (paid_on is null)",
            name="paid_with_reference",
        ),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    recipient: Mapped[Text120]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    purpose_vi: Mapped[Text300]
    purpose_en: Mapped[Text300]
    amount: Mapped[Dong]
    status: Mapped[GrantStatus] = mapped_column(default=GrantStatus.PROPOSED, index=True)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    refusal: Mapped[Text300] = mapped_column(default="")
    paid_on: Mapped[date | None]
    bank_reference: Mapped[str | None] = mapped_column(String(80), unique=True)
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")
    proposed_by: Mapped[Person] = relationship(foreign_keys=[proposed_by_id], lazy="raise_on_sql")
    decided_by: Mapped[Person | None] = relationship(
        foreign_keys=[decided_by_id], lazy="raise_on_sql"
    )
    events: Mapped[list[GrantEvent]] = relationship(order_by="GrantEvent.id", lazy="raise_on_sql")
    papers: Mapped[list[GrantPaper]] = relationship(order_by="GrantPaper.id", lazy="raise_on_sql")

    @property
    def is_granted(self) -> bool:
        return self.status in GRANTED

    @property
    def public_papers(self) -> list[GrantPaper]:
        return [paper for paper in self.papers if paper.is_public]

    def may_become(self, status: GrantStatus) -> bool:
        return status in GRANT_MOVES[self.status]


class GrantEvent(Keyed, Base):
    """Append-only history of a grant: who, when, why."""

    __tablename__ = "grant_event"

    grant_id: Mapped[int] = mapped_column(ForeignKey("fund_grant.id"), index=True)
    from_status: Mapped[GrantStatus | None]
    to_status: Mapped[GrantStatus]
    at: Mapped[datetime]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")
    by: Mapped[Person] = relationship(lazy="raise_on_sql")


class PaperKind(StrEnum):
    """What its file is; the value is the ending of its name."""

    PDF = "pdf"
    PICTURE = "webp"


class GrantPaper(Keyed, Base):
    """A document of a grant: for the office alone until somebody makes it public on purpose."""

    __tablename__ = "grant_paper"
    __table_args__ = (
        CheckConstraint("byte_count > 0", name="has_substance"),
        CheckConstraint("(public_at is null) = (public_by_id is null)", name="public_by_somebody"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    grant_id: Mapped[int] = mapped_column(ForeignKey("fund_grant.id"), index=True)
    kind: Mapped[PaperKind]
    title_vi: Mapped[Text120]
    title_en: Mapped[Text120]
    sha256: Mapped[str] = mapped_column(String(64))
    byte_count: Mapped[int]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]
    public_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    public_at: Mapped[datetime | None]

    @property
    def is_public(self) -> bool:
        return self.public_at is not None

    @property
    def storage_key(self) -> str:
        """Under papers/, which no public address of the media leads to."""
        return f"papers/{self.public_id[:2]}/{self.public_id}.{self.kind.value}"


class ApprenticeCount(Keyed, Base):
    """How many learned the craft at a workshop in a year, and who says so."""

    __tablename__ = "apprentice_count"
    __table_args__ = (
        UniqueConstraint("workshop_id", "year"),
        CheckConstraint("apprentices between 0 and 999", name="plausible"),
        CheckConstraint("year between 1950 and 2100", name="plausible_year"),
        CheckConstraint("trim(source) <> ''", name="has_source"),
    )

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    year: Mapped[int]
    apprentices: Mapped[int]
    source: Mapped[Text300]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
    is_illustrative: Mapped[bool] = mapped_column(default=False)
    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")
