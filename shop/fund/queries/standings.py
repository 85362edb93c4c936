"""Where every grant stands, and what its accounts have to hold by that. No posting is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from shop.core.db import db
from shop.fund.models import GRANTED, Grant, GrantStatus
from shop.ledger.models import Account


@dataclass(frozen=True, slots=True)
class GrantStanding:
    public_id: str
    amount: int
    status: GrantStatus

    @property
    def granted(self) -> int:
        return self.amount if self.status in GRANTED else 0

    @property
    def paid(self) -> int:
        return self.amount if self.status is GrantStatus.PAID else 0

    @property
    def expected(self) -> dict[Account, int]:
        """Debit positive: gone from the fund, owed until paid, then gone from the bank."""
        return {
            Account.CRAFT_FUND: self.granted,
            Account.GRANTS_OWED: -(self.granted - self.paid),
            Account.CLEARING_BANK: -self.paid,
        }


def grant_standings() -> list[GrantStanding]:
    """Every grant; one SQL statement."""
    rows = db.session.execute(
        select(Grant.public_id, Grant.amount, Grant.status).order_by(Grant.id)
    )
    return [GrantStanding(*row) for row in rows]
