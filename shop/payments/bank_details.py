"""Where money that goes back by transfer is to go: asked for, given, shown to officers, erased."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, not_, or_, select

from shop.core.db import db
from shop.core.money import Money
from shop.core.settings import BANK_ACCOUNT
from shop.core.vietnamese import strip_marks
from shop.payments import vietqr
from shop.payments.actions import lock_payment
from shop.payments.models import (
    FOREIGN,
    BankDetails,
    Payment,
    PaymentMethod,
    Refund,
    RefundStatus,
    TransferPart,
)
from shop.payments.transfers import owed_in_parts

KEPT = timedelta(days=90)
"""How long an account is kept after the money has gone to it, for questions about it."""
SHORTEST_ACCOUNT = 4
_CARD = re.compile(r"9704[0-9]{12,15}")
_HOLDER = re.compile(r"[A-Z0-9][A-Z0-9 .,&'()/-]*[A-Z0-9.)]")


class CardNumber(ValueError):
    """The number on a card was given where an account's is needed."""


@dataclass(frozen=True, slots=True)
class GivenAccount:
    """What a buyer gave, in stored form: BIN, account and holder as the bank writes them."""

    bank_bin: str
    account: str
    holder: str


def parse_account(text: str) -> str:
    """The account number without the blanks, dots and hyphens people write in it.

    Raises CardNumber for what stands on a card, ValueError for what is no account at all.
    """
    packed = re.sub(r"[\s.-]", "", text).upper()
    if _CARD.fullmatch(packed):
        raise CardNumber
    if len(packed) < SHORTEST_ACCOUNT or not BANK_ACCOUNT.fullmatch(packed):
        raise ValueError(f"an account number is 4 to 19 letters or digits, not {text!r}")
    return packed


def parse_holder(text: str) -> str:
    """The holder as banks write it: `Trần Mai Lan` → `TRAN MAI LAN`. Raises ValueError."""
    plain = " ".join(strip_marks(text).split()).upper()
    if not _HOLDER.fullmatch(plain):
        raise ValueError(f"not a name as banks write it: {text!r}")
    return plain


def is_by_hand() -> ColumnElement[bool]:
    """Refunds, joined with their payments, that a person has to transfer.

    A card's provider pays back what came by card, unless it has failed to; what failed there
    without having been begun here is owed to nobody.
    """
    return or_(
        and_(Refund.status == RefundStatus.FAILED, not_(Refund.cause.startswith(FOREIGN))),
        and_(Refund.status == RefundStatus.DUE, Payment.method != PaymentMethod.STRIPE),
    )


def owed_by_transfer(payment_id: int) -> int:
    """Đồng of this payment, or sent for it in vain, that a person has yet to transfer back."""
    return owed_in_parts(payment_id) + int(
        db.session.scalar(
            select(func.coalesce(func.sum(Refund.amount), 0))
            .join(Payment, Payment.id == Refund.payment_id)
            .where(Payment.id == payment_id, is_by_hand())
        )
        or 0
    )


def bank_details_of(payment_id: int) -> BankDetails | None:
    """What the buyer gave for this payment; None when nothing was given, or it is erased."""
    return db.session.scalar(
        select(BankDetails).where(
            BankDetails.payment_id == payment_id, BankDetails.erased_at.is_(None)
        )
    )


def give_bank_details(
    payment_id: int, given: GivenAccount, *, by_id: int | None, at: datetime
) -> bool:
    """Keep the account, in place of one given before; False when it is the same as before."""
    lock_payment(payment_id)
    found = db.session.scalar(select(BankDetails).where(BankDetails.payment_id == payment_id))
    if found is None:
        found = BankDetails(payment_id=payment_id, times_given=0)
        db.session.add(found)
    elif (found.bank_bin, found.account, found.holder) == (
        given.bank_bin,
        given.account,
        given.holder,
    ):
        return False
    found.bank_bin, found.account, found.holder = given.bank_bin, given.account, given.holder
    found.given_at, found.given_by_id, found.erased_at = at, by_id, None
    found.times_given += 1
    db.session.flush()
    return True


def erase_old_bank_details(at: datetime) -> int:
    """Erase accounts that no money is owed to, and has not gone to for 90 days; how many."""
    last_sent = (
        select(func.max(Refund.sent_at))
        .where(Refund.payment_id == BankDetails.payment_id, Refund.settled_by_id.is_not(None))
        .scalar_subquery()
    )
    last_part = (
        select(func.max(TransferPart.settled_at))
        .where(TransferPart.payment_id == BankDetails.payment_id)
        .scalar_subquery()
    )
    old = db.session.scalars(
        select(BankDetails).where(
            BankDetails.erased_at.is_(None),
            BankDetails.given_at < at - KEPT,
            func.coalesce(last_sent, BankDetails.given_at) < at - KEPT,
            func.coalesce(last_part, BankDetails.given_at) < at - KEPT,
        )
    ).all()
    erased = [details for details in old if not owed_by_transfer(details.payment_id)]
    for details in erased:
        details.bank_bin = details.account = details.holder = None
        details.erased_at = at
    return len(erased)


def pay_back_code(details: BankDetails, amount: int, reference: str) -> str:
    """The VietQR text that fills in the transfer back to the buyer: account, amount, purpose."""
    if details.bank_bin is None or details.account is None:
        raise ValueError("the account has been erased")
    return vietqr.payload(
        details.bank_bin, details.account, Money(amount), purpose=f"Hoan tien {reference}"
    )
