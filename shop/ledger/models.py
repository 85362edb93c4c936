"""Transactions and their entries, written once, balanced, and never changed; and dated rates.

The database itself holds this (triggers of migration 0006): entries go in before their
transaction, the transaction only when they are as many as it says and add up to nothing, and
afterwards neither is changed, deleted or added to. A correction is a new transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Dong, Keyed, Text40, Text120, Text300, Timestamped


class Account(StrEnum):
    """The chart of accounts; docs/decisions says what each holds and when it moves."""

    CLEARING_STRIPE = "clearing_stripe"
    CLEARING_BANK = "clearing_bank"
    CASH_AT_OFFICE = "cash_at_office"
    CASH_WITH_CARRIER = "cash_with_carrier"
    CASH_WITH_WORKSHOP = "cash_with_workshop"
    BUYERS_ADVANCES = "buyers_advances"
    REFUNDS_OWED = "refunds_owed"
    WORKSHOP_PAYABLE = "workshop_payable"
    SHIPPING = "shipping"
    COMMISSION = "commission"
    COMMISSION_VAT = "commission_vat"
    CRAFT_FUND = "craft_fund"
    WITHHELD_VAT = "withheld_vat"
    WITHHELD_PIT = "withheld_pit"
    PROVIDER_FEES = "provider_fees"
    BREAKAGE_COVER = "breakage_cover"
    DISPUTED = "disputed"
    UNCLAIMED_TRANSFERS = "unclaimed_transfers"
    PAYOUTS_DUE = "payouts_due"
    GRANTS_OWED = "grants_owed"

    @property
    def is_per_workshop(self) -> bool:
        return self in PER_WORKSHOP

    @property
    def is_debit_side(self) -> bool:
        """Whether what is there is a plus: money we hold or are owed, and costs."""
        return self in DEBIT_SIDE


PER_WORKSHOP = frozenset({Account.CASH_WITH_WORKSHOP, Account.WORKSHOP_PAYABLE})
MONEY_HELD = (
    Account.CLEARING_STRIPE,
    Account.CLEARING_BANK,
    Account.CASH_AT_OFFICE,
    Account.CASH_WITH_CARRIER,
    Account.CASH_WITH_WORKSHOP,
    Account.DISPUTED,
)
"""Where buyers' money can be."""
DEBIT_SIDE = frozenset({*MONEY_HELD, Account.PROVIDER_FEES})


@dataclass(frozen=True, slots=True)
class Side:
    """An account, and whose it is where each workshop has its own."""

    account: Account
    workshop_id: int | None = None

    def __post_init__(self) -> None:
        if self.account.is_per_workshop != (self.workshop_id is not None):
            raise ValueError(f"{self.account} with workshop {self.workshop_id}")


class TransactionKind(StrEnum):
    """Why money moved; each posting is of one kind and names its one cause."""

    CAPTURE = "capture"
    SALE = "sale"
    POSTAGE = "postage"
    CASH_OWED = "cash_owed"
    CASH_TAKEN = "cash_taken"
    CASH_HANDED_IN = "cash_handed_in"
    NETTING = "netting"
    REFUND_OWED = "refund_owed"
    REFUND_PAID = "refund_paid"
    REVERSAL = "reversal"
    DISPUTE_OPENED = "dispute_opened"
    DISPUTE_WON = "dispute_won"
    DISPUTE_LOST = "dispute_lost"
    PROVIDER_FEE = "provider_fee"
    PROVIDER_PAYOUT = "provider_payout"
    TRANSFER_UNCLAIMED = "transfer_unclaimed"
    TRANSFER_CLAIMED = "transfer_claimed"
    TRANSFER_RETURNED = "transfer_returned"
    CASH_BANKED = "cash_banked"
    COMPENSATION = "compensation"
    PAYOUT_CLAIMED = "payout_claimed"
    PAYOUT_PAID = "payout_paid"
    PAYOUT_FAILED = "payout_failed"
    TAX_PAID = "tax_paid"
    GIFT = "gift"
    GRANT_APPROVED = "grant_approved"
    GRANT_PAID = "grant_paid"


class LedgerTransaction(Keyed, Timestamped, Base):
    """One event in money. `at` is when it happened, `created_at` when it was written down.

    `cause` is unique, so that what happens once is booked once; `about` is the public id of the
    order it belongs to; `reverses` is what it takes back, whole or in part.
    """

    __tablename__ = "ledger_transaction"
    __table_args__ = (CheckConstraint("entry_count >= 2", name="has_two_sides"),)

    cause: Mapped[Text120] = mapped_column(unique=True)
    kind: Mapped[TransactionKind]
    at: Mapped[datetime] = mapped_column(index=True)
    entry_count: Mapped[int]
    about: Mapped[Text40 | None] = mapped_column(index=True)
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_transaction.id"), index=True)
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")
    entries: Mapped[list[LedgerEntry]] = relationship(
        order_by="LedgerEntry.id", lazy="raise_on_sql", viewonly=True
    )


class LedgerEntry(Keyed, Base):
    """One side of a transaction in đồng: positive is debit, negative is credit.

    `workshop_id` names the workshop of an account each workshop has its own of. It points up, by
    the table's name alone: a debt to a workshop that does not exist must be impossible.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        CheckConstraint(
            "(account in ('cash_with_workshop', 'workshop_payable')) = (workshop_id is not null)",
            name="workshop_where_due",
        ),
        Index(None, "account", "workshop_id"),
    )

    transaction_id: Mapped[int] = mapped_column(
        ForeignKey("ledger_transaction.id", deferrable=True, initially="DEFERRED"), index=True
    )
    account: Mapped[Account]
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"))
    amount: Mapped[Dong]


class RateKind(StrEnum):
    """What a sale is charged: a share of the price; or (…_VAT) the tax that a sum contains.

    COVER_SHARE is set aside for breakage out of the village's own commission;
    REFUSED_FREIGHT_COVER is the share of a refused parcel's freight that this cover bears.
    """

    COMMISSION = "commission"
    COMMISSION_VAT = "commission_vat"
    FUND_SHARE = "fund_share"
    GOODS_VAT = "goods_vat"
    WITHHELD_VAT = "withheld_vat"
    WITHHELD_PIT = "withheld_pit"
    COVER_SHARE = "cover_share"
    REFUSED_FREIGHT_COVER = "refused_freight_cover"

    @property
    def is_per_seller(self) -> bool:
        return self in PER_SELLER

    @property
    def is_per_supply(self) -> bool:
        """Whether it also depends on what is sold: see TaxedAs."""
        return self in PER_SUPPLY


PER_SELLER = frozenset({RateKind.GOODS_VAT, RateKind.WITHHELD_VAT, RateKind.WITHHELD_PIT})
"""Taxes, which depend on what kind of seller it is."""
PER_SUPPLY = frozenset({RateKind.WITHHELD_VAT, RateKind.WITHHELD_PIT})
NOTHING_UNLESS_SET = frozenset({RateKind.COVER_SHARE, RateKind.REFUSED_FREIGHT_COVER})
"""What the village may do and need not; without the others nothing can be sold."""


class Sellers(StrEnum):
    """Whose sales a rate is for; the kinds are those of workshops."""

    ALL = "all"
    HOUSEHOLD = "household"
    INDIVIDUAL = "individual"
    COMPANY = "company"
    NON_RESIDENT = "non_resident"


class TaxedAs(StrEnum):
    """What is sold, to the tax office. MIXED: transport, and services tied to goods.

    ALL is for rates that do not ask for it; no piece is that.
    """

    ALL = "all"
    GOODS = "goods"
    SERVICE = "service"
    MIXED = "mixed"


class ChargeRate(Keyed, Timestamped, Base):
    """A rate in force from a day on, until the next one of its kind: so no two ever overlap.

    Hundredths of a percent. `set_by_id` is the officer, nobody when it came from a file.
    A rate that has not begun can be withdrawn; nothing else about it ever changes.
    """

    __tablename__ = "charge_rate"
    __table_args__ = (
        Index(
            "uq_charge_rate_kind_sellers_taxed_as_valid_from",
            "kind",
            "sellers",
            "taxed_as",
            "valid_from",
            unique=True,
            sqlite_where=text("withdrawn_at is null"),
            postgresql_where=text("withdrawn_at is null"),
        ),
        CheckConstraint("basis_points between 0 and 10000", name="share_of_a_whole"),
        CheckConstraint(
            "(kind in ('goods_vat', 'withheld_vat', 'withheld_pit')) = (sellers <> 'all')",
            name="sellers_where_due",
        ),
        CheckConstraint(
            "(kind in ('withheld_vat', 'withheld_pit')) = (taxed_as <> 'all')",
            name="supply_where_due",
        ),
    )

    kind: Mapped[RateKind]
    sellers: Mapped[Sellers]
    taxed_as: Mapped[TaxedAs] = mapped_column(default=TaxedAs.ALL, server_default="all")
    basis_points: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[Text300]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class TermOfTrade(StrEnum):
    """What the village has settled for everybody, in whole numbers, from a day on."""

    RETURN_DAYS = "return_days"
    PAYOUT_WEEKDAY = "payout_weekday"
    CASH_LATE_DAYS = "cash_late_days"
    FAULT_RETURN_DAYS = "fault_return_days"
    ANSWER_DAYS = "answer_days"


TERM_RANGES = {
    TermOfTrade.RETURN_DAYS: (0, 365),
    TermOfTrade.PAYOUT_WEEKDAY: (1, 7),
    TermOfTrade.CASH_LATE_DAYS: (1, 90),
    TermOfTrade.FAULT_RETURN_DAYS: (0, 365),
    TermOfTrade.ANSWER_DAYS: (1, 30),
}
"""The least and the most; a weekday counts from Monday, 1, to Sunday, 7."""


class DatedTerm(Keyed, Timestamped, Base):
    """A term in force from a day on until the next of its kind begins, as with ChargeRate.

    RETURN_DAYS: how many days after the day of delivery a buyer may ask for a return.
    PAYOUT_WEEKDAY: on which day of the week workshops are paid.
    CASH_LATE_DAYS: after how many days cash that a carrier took is asked after.
    FAULT_RETURN_DAYS: as RETURN_DAYS, for what is broken, wrong or missing.
    ANSWER_DAYS: within how many working days a workshop answers; afterwards the office does.
    """

    __tablename__ = "dated_term"
    __table_args__ = (
        Index(
            "uq_dated_term_kind_valid_from",
            "kind",
            "valid_from",
            unique=True,
            sqlite_where=text("withdrawn_at is null"),
            postgresql_where=text("withdrawn_at is null"),
        ),
        CheckConstraint("value between 0 and 365", name="a_few_days"),
    )

    kind: Mapped[TermOfTrade]
    value: Mapped[int]
    valid_from: Mapped[date]
    source: Mapped[Text300]
    set_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class RevenueThreshold(Keyed, Timestamped, Base):
    """A year's revenue, in đồng, below which households and individuals owe no tax on it; from a
    day on. Only told to workshops: what is withheld does not ask for it.

    Not `is_verified`: `source` says what is in doubt.
    """

    __tablename__ = "revenue_threshold"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    amount: Mapped[Dong]
    valid_from: Mapped[date] = mapped_column(unique=True)
    source: Mapped[Text300]
    is_verified: Mapped[bool]
