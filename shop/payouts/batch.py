"""What the bank is given: a file of transfers as bulk payment takes it, and a code to scan each.

The file is CSV in plain ASCII with CRLF: STT, SO TAI KHOAN, TEN NGUOI HUONG, NGAN HANG, BIN,
SO TIEN, NOI DUNG. Banks' own templates hold these columns; some want them in another order, which
one does in the spreadsheet. Holder and content carry no marks, the content is at most 25
characters so that it is whole in every bank's notice and in the code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from shop.core.db import db
from shop.core.money import Money
from shop.core.spreadsheets import csv_file
from shop.payments import vietqr
from shop.payments.banks import bank_name
from shop.payouts.models import BatchFile, Payout

HEADINGS = ("STT", "SO TAI KHOAN", "TEN NGUOI HUONG", "NGAN HANG", "BIN", "SO TIEN", "NOI DUNG")


def content_of(payout: Payout) -> str:
    return f"Tra tien hang {payout.reference}"


def batch_file(payouts: Sequence[Payout]) -> str:
    """The file's text. Payouts come with their accounts."""
    rows: list[Sequence[str | int]] = [HEADINGS]
    for number, payout in enumerate(payouts, start=1):
        account = payout.account
        rows.append(
            (
                number,
                account.number,
                account.holder,
                vietqr.ascii_text(bank_name(account.bank_bin)),
                account.bank_bin,
                payout.amount,
                content_of(payout),
            )
        )
    return csv_file(rows).decode("utf-8-sig")


def digest_of(content: str) -> str:
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def keep_batch_file(run_id: int, payouts: Sequence[Payout], *, by_id: int) -> BatchFile:
    """Keep the file of these payouts; the standing one when the very same was made before."""
    content = batch_file(payouts)
    digest = digest_of(content)
    standing = db.session.query(BatchFile).filter_by(run_id=run_id, sha256=digest).one_or_none()
    if standing is not None:
        return standing
    made = BatchFile(
        run_id=run_id,
        sha256=digest,
        content=content,
        payouts=len(payouts),
        total=sum(payout.amount for payout in payouts),
        by_person_id=by_id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def transfer_code(payout: Payout) -> str:
    """The VietQR text that fills in the transfer: account, amount, content."""
    account = payout.account
    return vietqr.payload(
        account.bank_bin, account.number, Money(payout.amount), purpose=content_of(payout)
    )
