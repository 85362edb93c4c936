"""What a payment aggregator tells of the bank account: verified over the raw body, then read.

The fields and the answer are those of SePay's webhook with HMAC-SHA256 (developer.sepay.vn); other
aggregators need a small adapter. The signature is HMAC-SHA256 with our secret over
`<seconds>.<body>`, sent as X-SePay-Timestamp and X-SePay-Signature (`sha256=<hex>`), or in one as
X-Signature (`t=<seconds>,v1=<hex>`).
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shop.core.vietnamese import nfc
from shop.payments.gateway import ForgedMessage
from shop.payments.statement_reading import parse_moment

TOLERANCE = timedelta(minutes=5)
LONGEST_TEXT, LONGEST_ENTRY, LONGEST_ID = 2000, 80, 120
_SIGNATURE = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})")


class UnreadableNews(ValueError):
    """Signed by the aggregator, yet not a movement: it names what is wrong."""


@dataclass(frozen=True, slots=True)
class BankNews:
    """`id` is the aggregator's, once for each movement; `amount` in đồng, negative going out."""

    id: str
    day: date
    at: datetime
    amount: int
    text: str
    entry: str | None
    balance: int | None


def bank_signature(header: Callable[[str], str | None]) -> str | None:
    """The signature in the one form that read_news reads."""
    digest = header("X-SePay-Signature")
    if digest is None:
        return header("X-Signature")
    return f"t={header('X-SePay-Timestamp') or ''},v1={digest.removeprefix('sha256=')}"


def sign(body: bytes, secret: str, at: datetime) -> str:
    """The signature an aggregator sends with this body at this moment."""
    seconds = int(at.timestamp())
    digest = hmac.new(secret.encode(), b"%d.%b" % (seconds, body), hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


def read_news(body: bytes, signature: str | None, secret: str, at: datetime) -> BankNews:
    """Raises ForgedMessage for a bad signature, or one more than five minutes from now; and
    UnreadableNews."""
    found = _SIGNATURE.fullmatch(signature or "")
    if found is None:
        raise ForgedMessage("no readable signature")
    seconds = int(found[1])
    if abs(at.timestamp() - seconds) > TOLERANCE.total_seconds():
        raise ForgedMessage("stale or early signature")
    digest = hmac.new(secret.encode(), b"%d.%b" % (seconds, body), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(digest, found[2]):
        raise ForgedMessage("bad signature")
    try:
        return _news(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableNews(f"{type(error).__name__}: {error}") from error


def _news(told: dict[str, object]) -> BankNews:
    amount = _whole(told["transferAmount"])
    if amount <= 0 or told["transferType"] not in ("in", "out"):
        raise ValueError("no sum that comes or goes")
    number = str(told["id"]).strip()
    if not 0 < len(number) <= LONGEST_ID or "\0" in number:
        raise ValueError("no id")
    day, at = parse_moment(str(told["transactionDate"]))
    balance = told.get("accumulated")
    entry = str(told.get("referenceCode") or "").strip()
    return BankNews(
        id=number,
        day=day,
        at=at,
        amount=amount if told["transferType"] == "in" else -amount,
        text=_plain(str(told.get("content") or ""))[:LONGEST_TEXT],
        entry=_plain(entry)[:LONGEST_ENTRY] or None,
        balance=_whole(balance) if balance is not None else None,
    )


def _plain(text: str) -> str:
    return " ".join(nfc(text).replace("\0", " ").split())


def _whole(value: object) -> int:
    """Đồng, whole and within what a bank moves; JSON's true is none. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 10**15:
        raise ValueError(f"not whole đồng: {value!r}")
    return value
