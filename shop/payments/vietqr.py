"""VietQR: the text a banking app reads from a transfer's QR code, and its picture.

The text is an EMVCo merchant-presented QR payload as NAPAS profiles it for transfers (IBFT v1.5.2):
fields of a two-digit tag, a two-digit length and a value, the last one a checksum. A code proves
nothing about payment; the money is confirmed from the bank statement.
"""

import binascii
import re
from dataclasses import dataclass
from enum import StrEnum

import segno

from shop.core.money import Money
from shop.core.vietnamese import strip_marks

_NAPAS = "A000000727"
_DONG = "704"
_STATIC, _DYNAMIC = "11", "12"

_VERSION, _INITIATION, _NAPAS_ACCOUNT, _CURRENCY, _AMOUNT = "00", "01", "38", "53", "54"
_COUNTRY, _ADDITIONAL, _CRC = "58", "62", "63"
_SCHEME, _BENEFICIARY, _SERVICE = "00", "01", "02"
_BANK_BIN, _ACCOUNT_NUMBER = "00", "01"
_BILL, _REFERENCE, _PURPOSE = "01", "05", "08"

_LONGEST_AMOUNT = 13
_LONGEST_TEXT = 25
_LONGEST_FIELD = 99


class Service(StrEnum):
    """Whether the digits name a bank account or a card."""

    ACCOUNT = "QRIBFTTA"
    CARD = "QRIBFTTC"


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a VietQR payload asks a banking app to fill in; without an amount the payer types it."""

    bank_bin: str
    account: str
    amount: Money | None = None
    bill: str | None = None
    reference: str | None = None
    purpose: str | None = None
    service: Service = Service.ACCOUNT

    @property
    def is_dynamic(self) -> bool:
        return self.amount is not None


def payload(
    bank_bin: str,
    account: str,
    amount: Money | None = None,
    bill: str | None = None,
    purpose: str | None = None,
    *,
    reference: str | None = None,
    service: Service = Service.ACCOUNT,
) -> str:
    """Return the payload of one transfer: for one payment with an amount, else for any number.

    `bank_bin`: the bank's 6 digits at NAPAS. `account`: 1 to 19 letters or digits (virtual accounts
    carry letters), a card 16 to 19 digits. `amount`: above zero, at most 13 digits. `bill`,
    `reference`, `purpose`: at most 25 characters each once their marks are stripped, because banks
    carry ASCII only. Raises ValueError saying which of these does not hold.
    """
    account_tag = _field(_BANK_BIN, _checked_bin(bank_bin)) + _field(
        _ACCOUNT_NUMBER, _checked_account(account, service)
    )
    napas = _field(_SCHEME, _NAPAS) + _field(_BENEFICIARY, account_tag) + _field(_SERVICE, service)
    additional = (
        _text_field(_BILL, "bill", bill)
        + _text_field(_REFERENCE, "reference", reference)
        + _text_field(_PURPOSE, "purpose", purpose)
    )
    fields = [
        _field(_VERSION, "01"),
        _field(_INITIATION, _STATIC if amount is None else _DYNAMIC),
        _field(_NAPAS_ACCOUNT, napas),
        _field(_CURRENCY, _DONG),
        "" if amount is None else _field(_AMOUNT, _checked_amount(amount)),
        _field(_COUNTRY, "VN"),
        _field(_ADDITIONAL, additional) if additional else "",
    ]
    return _with_checksum("".join(fields))


def parse(text: str) -> Transfer:
    """Read a payload back. Raises ValueError for a wrong checksum, length, scheme or field."""
    body = text[:-4]
    if _with_checksum(body.removesuffix(f"{_CRC}04")) != text:
        raise ValueError("the checksum does not fit")
    fields = _fields(text)
    napas = _fields(fields.get(_NAPAS_ACCOUNT, ""))
    if napas.get(_SCHEME) != _NAPAS or fields.get(_CURRENCY) != _DONG:
        raise ValueError("not a VietQR transfer in đồng")
    beneficiary = _fields(napas.get(_BENEFICIARY, ""))
    additional = _fields(fields.get(_ADDITIONAL, ""))
    service = Service(napas.get(_SERVICE, ""))
    return Transfer(
        bank_bin=_checked_bin(beneficiary.get(_BANK_BIN, "")),
        account=_checked_account(beneficiary.get(_ACCOUNT_NUMBER, ""), service),
        amount=_read_amount(fields.get(_INITIATION), fields.get(_AMOUNT)),
        bill=additional.get(_BILL),
        reference=additional.get(_REFERENCE),
        purpose=additional.get(_PURPOSE),
        service=service,
    )


def svg(text: str, title: str) -> str:
    """Draw a payload as an inline SVG element named `title` for those who cannot see it.

    Dark on white with the quiet zone of four modules in every theme, since scanners need it. Sized
    by the style sheet (class `vietqr`); carries no style attribute, which the site's
    Content-Security-Policy would drop.
    """
    drawing = segno.make_qr(text, error="m").svg_inline(
        title=title, svgclass="vietqr", lineclass=None, omitsize=True, dark="#000", light="#fff"
    )
    return drawing.replace("<svg ", '<svg role="img" shape-rendering="crispEdges" ', 1)


def ascii_text(text: str) -> str:
    """Return text as banks carry it: `Thanh toán đơn hàng` → `Thanh toan don hang`.

    Raises ValueError if a character has no plain form.
    """
    plain = " ".join(strip_marks(text).split())
    if not plain.isascii() or not plain.isprintable():
        raise ValueError(f"banks cannot carry every character of {text!r}")
    return plain


def _field(tag: str, value: str) -> str:
    if len(value) > _LONGEST_FIELD:
        raise ValueError(f"field {tag} is longer than {_LONGEST_FIELD} characters")
    return f"{tag}{len(value):02}{value}"


def _text_field(tag: str, name: str, text: str | None) -> str:
    plain = ascii_text(text or "")
    if len(plain) > _LONGEST_TEXT:
        raise ValueError(f"the {name} is longer than {_LONGEST_TEXT} characters: {plain!r}")
    return _field(tag, plain) if plain else ""


def _fields(text: str) -> dict[str, str]:
    """Split into tag → value; every length must fit to the last character."""
    fields: dict[str, str] = {}
    while text:
        head = re.match(r"[0-9]{4}", text)
        if not head:
            raise ValueError(f"no tag and length at {text!r}")
        tag, end = text[:2], 4 + int(text[2:4])
        if len(text) < end or tag in fields:
            raise ValueError(f"field {tag} is cut short or repeated")
        fields[tag], text = text[4:end], text[end:]
    return fields


def _with_checksum(body: str) -> str:
    """Close a payload with CRC-16/CCITT-FALSE over all of it, the checksum's own head included."""
    text = f"{body}{_CRC}04"
    return f"{text}{binascii.crc_hqx(text.encode(), 0xFFFF):04X}"


def _checked_bin(bank_bin: str) -> str:
    if not re.fullmatch(r"[0-9]{6}", bank_bin):
        raise ValueError(f"a bank's number at NAPAS is 6 digits, not {bank_bin!r}")
    return bank_bin


def _checked_account(account: str, service: Service) -> str:
    if service is Service.CARD and not re.fullmatch(r"[0-9]{16,19}", account):
        raise ValueError("a card number is 16 to 19 digits")
    if not re.fullmatch(r"[0-9A-Za-z]{1,19}", account):
        raise ValueError(f"an account number is 1 to 19 letters or digits, not {account!r}")
    return account


def _checked_amount(amount: Money) -> str:
    if amount.dong <= 0 or len(str(amount.dong)) > _LONGEST_AMOUNT:
        raise ValueError(f"an amount is above zero and at most {_LONGEST_AMOUNT} digits: {amount}")
    return str(amount.dong)


def _read_amount(initiation: str | None, digits: str | None) -> Money | None:
    if (initiation, digits is None) not in ((_STATIC, True), (_DYNAMIC, False)):
        raise ValueError("a static code has no amount and a dynamic one has")
    if digits is None:
        return None
    if not re.fullmatch(r"[1-9][0-9]{0,12}", digits):
        raise ValueError(f"not an amount in đồng: {digits!r}")
    return Money(int(digits))
