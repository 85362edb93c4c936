"""VietQR payloads against NAPAS's own examples and those of an independent library."""

import binascii
import re
import unicodedata
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from shop.core.money import Money
from shop.payments.vietqr import Service, Transfer, ascii_text, parse, payload, svg

# NAPAS IBFT v1.5.2, section 6.1.3: account, dynamic.
NAPAS_ACCOUNT = (
    "00020101021238570010A00000072701270006970403011300110123456780208QRIBFTTA"
    "530370454061800005802VN62340107NPS68690819thanh toan don hang63042E2E"
)
# NAPAS IBFT v1.5.2, section 6.1.2: card, static.
NAPAS_CARD = (
    "00020101021138600010A00000072701300006970403011697040311012345670208QRIBFTTC"
    "53037045802VN63044F52"
)
# README of the library vietnam-qr-pay: static, and dynamic with a purpose.
ACB_STATIC = (
    "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F"
)
ACB_DYNAMIC = (
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
    "53037045405100005802VN62150811Chuyen tien630453E6"
)
VECTORS = {
    NAPAS_ACCOUNT: Transfer(
        "970403",
        "0011012345678",
        amount=Money(180_000),
        bill="NPS6869",
        purpose="thanh toan don hang",
    ),
    NAPAS_CARD: Transfer("970403", "9704031101234567", service=Service.CARD),
    ACB_STATIC: Transfer("970416", "257678859"),
    ACB_DYNAMIC: Transfer("970416", "257678859", amount=Money(10_000), purpose="Chuyen tien"),
}
PLAIN = (
    st.text(alphabet="abcxyzABCXYZ0189 -", min_size=1, max_size=25)
    .map(lambda text: " ".join(text.split()))
    .filter(bool)
)


def payload_of(transfer: Transfer) -> str:
    return payload(
        transfer.bank_bin,
        transfer.account,
        transfer.amount,
        transfer.bill,
        transfer.purpose,
        reference=transfer.reference,
        service=transfer.service,
    )


@pytest.mark.parametrize(("vector", "transfer"), VECTORS.items())
def test_outside_vectors_are_made_to_the_byte(vector: str, transfer: Transfer) -> None:
    assert payload_of(transfer) == vector


@pytest.mark.parametrize(("vector", "transfer"), VECTORS.items())
def test_outside_vectors_are_read(vector: str, transfer: Transfer) -> None:
    assert parse(vector) == transfer


def test_dynamic_is_what_carries_an_amount() -> None:
    assert parse(ACB_DYNAMIC).is_dynamic
    assert not parse(ACB_STATIC).is_dynamic


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_purposes_lose_their_marks(form: Any) -> None:
    purpose = unicodedata.normalize(form, "Chuyển  tiền")
    assert payload("970416", "257678859", Money(10_000), purpose=purpose) == ACB_DYNAMIC


@given(
    st.builds(
        Transfer,
        bank_bin=st.from_regex(r"[0-9]{6}", fullmatch=True),
        account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
        amount=st.none() | st.integers(min_value=1, max_value=10**13 - 1).map(Money),
        bill=st.none() | PLAIN,
        reference=st.none() | PLAIN,
        purpose=st.none() | PLAIN,
    )
)
def test_what_is_written_is_read_back(transfer: Transfer) -> None:
    assert parse(payload_of(transfer)) == transfer


@given(st.integers(min_value=0, max_value=len(NAPAS_ACCOUNT) - 1), st.sampled_from("0579AZaz "))
def test_one_wrong_character_is_noticed(place: int, character: str) -> None:
    damaged = NAPAS_ACCOUNT[:place] + character + NAPAS_ACCOUNT[place + 1 :]
    if damaged != NAPAS_ACCOUNT:
        with pytest.raises(ValueError, match=r".+"):
            parse(damaged)


@given(st.text())
def test_any_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse(text)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"bank_bin": "97040"}, "6 digits"),
        ({"bank_bin": "97040A"}, "6 digits"),
        ({"bank_bin": "９７０４０３"}, "6 digits"),
        ({"account": ""}, "1 to 19"),
        ({"account": "1" * 20}, "1 to 19"),
        ({"account": "0011 0123"}, "1 to 19"),
        ({"account": "001101", "service": Service.CARD}, "16 to 19 digits"),
        ({"amount": Money(0)}, "above zero"),
        ({"amount": Money(-5)}, "above zero"),
        ({"amount": Money(10**13)}, "at most 13 digits"),
        ({"bill": "B" * 26}, "bill is longer than 25"),
        ({"purpose": "P" * 26}, "purpose is longer than 25"),
        ({"reference": "R" * 26}, "reference is longer than 25"),
        ({"purpose": "gốm 陶"}, "cannot carry"),
        ({"purpose": "bình\x00hoa"}, "cannot carry"),
    ],
)
def test_what_banks_would_not_take_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        payload(**{"bank_bin": "970403", "account": "0011012345678", **arguments})


def test_all_texts_together_fit_their_field() -> None:
    text = "X" * 25
    full = payload("970403", "1", bill=text, purpose=text, reference=text)
    assert parse(full).reference == text


def test_a_length_that_lies_is_noticed_behind_a_right_checksum() -> None:
    body = ACB_STATIC[:-4].replace("0109257678859", "0108257678859")
    forged = f"{body}{binascii.crc_hqx(body.encode(), 0xFFFF):04X}"
    with pytest.raises(ValueError, match=r"cut short|tag and length"):
        parse(forged)


def test_ascii_text() -> None:
    assert ascii_text("Đơn hàng  số 7") == "Don hang so 7"


def test_the_picture_is_of_the_payload() -> None:
    drawing = svg(NAPAS_ACCOUNT, "QR")
    expected = segno.make_qr(NAPAS_ACCOUNT, error="m")
    size = len(expected.matrix) + 2 * 4
    assert f'viewBox="0 0 {size} {size}"' in drawing
    assert modules_drawn(drawing) == {
        (x, y) for y, row in enumerate(expected.matrix) for x, dark in enumerate(row) if dark
    }


def modules_drawn(drawing: str) -> set[tuple[int, int]]:
    """Follow the dark path's strokes and return the modules they cover."""
    strokes = ET.fromstring(drawing).findall("path")[-1].attrib["d"]  # noqa: S314
    x, y, dark = 0.0, 0.0, set[tuple[int, int]]()
    for command, dx, dy, length in re.findall(r"([Mm])(-?[\d.]+) (-?[\d.]+)h(\d+)", strokes):
        x, y = (float(dx), float(dy)) if command == "M" else (x + float(dx), y + float(dy))
        dark |= {(int(x) - 4 + step, int(y) - 4) for step in range(int(length))}
        x += int(length)
    return dark


def test_the_picture_is_named_and_carries_no_style() -> None:
    title = 'Mã VietQR: 180.000 ₫ <b>"BT"</b>'
    drawing = svg(NAPAS_ACCOUNT, title)
    root = ET.fromstring(drawing)  # noqa: S314
    assert root.attrib["role"] == "img"
    assert root.findtext("title") == title
    assert all("style" not in element.attrib for element in root.iter())
    assert not {"width", "height"} & set(root.attrib)
