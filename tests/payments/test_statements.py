"""A bank's file, however it is written, becomes movements; what is not whole is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shop.payments.statement_files import LARGEST_FILE, UnreadableStatement, decode, table
from shop.payments.statement_reading import (
    Columns,
    Reading,
    columns_from,
    guessed_columns,
    head_of,
    parse_amount,
    parse_moment,
    read_movements,
)

HEAD = "Ngày giao dịch,Số tham chiếu,Ghi nợ,Ghi có,Số dư,Nội dung"
LINES = (
    '20/11/2026,FT1,,"1.250.000","11.250.000",BT7KX9MPC chuyển khoản',
    '20/11/2026 14:05:09,FT2,"11.000",,"11.239.000",Phí dịch vụ',
    '21/11/2026,FT3,,"500.000","11.739.000",Trần Mai Lan trả tiền gốm',
)
FILE = "\n".join(("SAO KÊ TÀI KHOẢN", "Chủ tài khoản: HTX,,", HEAD, *LINES, "Tổng cộng,,,,,"))


def read(raw: bytes, columns: Columns | None = None) -> Reading:
    rows = table(decode(raw))
    columns = columns or columns_from(guessed_columns(rows[head_of(rows)]))
    assert columns is not None
    return read_movements(rows, columns)


def refusal(raw: bytes) -> str:
    with pytest.raises(UnreadableStatement) as caught:
        read(raw)
    return str(caught.value.message)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_a_mark(encoding: str) -> None:
    reading = read(FILE.encode(encoding))
    assert [movement.amount for movement in reading.movements] == [1_250_000, -11_000, 500_000]
    assert reading.movements[2].text == "Trần Mai Lan trả tiền gốm"
    assert (reading.opening, reading.closing) == (10_000_000, 11_739_000)


def test_windows_1258_and_1252() -> None:
    # Windows-1258 has the circumflex letters whole and the tones as marks of their own.
    vietnamese = "Tr\u00e2\u0300n tra\u0309 ti\u00ea\u0300n \u0111\u01a1n"
    file = f"Date,Ref,Amount,Text\n2026-11-20,1,5000,{vietnamese}\n"
    columns = Columns(date=0, entry=1, amount=2, text=3)
    assert read(file.encode("cp1258"), columns).movements[0].text == "Trần trả tiền đơn"
    western = "Date,Ref,Amount,Text\n2026-11-20,1,5000,Café Hòa Þing\n"
    assert read(western.encode("cp1252"), columns).movements[0].text == "Café Hòa Þing"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str) -> None:
    file = FILE.replace('"', "").replace(",", delimiter)
    assert len(read(file.encode()).movements) == 3


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.250.000", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1.250.000,00", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("1250000.0", 1_250_000),
        ("1 250 000 VND", 1_250_000),
        ("-350.000đ", -350_000),
        ("(350,000)", -350_000),
        ("+5000", 5000),
        ("1.250", 1250),
        ("0", 0),
    ],
)
def test_sums_as_both_languages_write_them(text: str, amount: int) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize("text", ["", "abc", "1.25.000", "1,250.000", "12.5", "1.250.000,50", "--"])
def test_what_is_no_sum(text: str) -> None:
    with pytest.raises(ValueError, match="not a sum"):
        parse_amount(text)


@given(st.integers(min_value=-(10**12), max_value=10**12), st.sampled_from([",", ".", ""]))
def test_every_sum_is_read_back(amount: int, separator: str) -> None:
    assert parse_amount(f"{amount:,}".replace(",", separator)) == amount


def test_days_and_hours() -> None:
    assert parse_moment("20/11/2026")[0] == date(2026, 11, 20)
    assert parse_moment("2026-11-20 00:30:00")[1].isoformat() == "2026-11-19T17:30:00+00:00"
    assert parse_moment("1-2-2026")[0] == date(2026, 2, 1)
    for text in ("11/20/2026", "20.11.26", "today", "2026-02-30"):
        with pytest.raises(ValueError):  # noqa: PT011 the words are those of datetime
            parse_moment(text)


def test_signed_sums_and_newest_first() -> None:
    file = (
        "Date,Amount,Balance,Description\n"
        "2026-11-21,-11000,39000,fee\n2026-11-20,50000,50000,BT7KX9MPC\n"
    )
    reading = read(file.encode())
    assert [movement.amount for movement in reading.movements] == [50_000, -11_000]
    assert (reading.opening, reading.closing) == (0, 39_000)


class TestRefusals:
    def test_what_is_no_text_table(self) -> None:
        for raw in (
            b"",
            b"  \n ",
            b"PK\x03\x04rest",
            b"\xd0\xcf\x11\xe0rest",
            b"%PDF-1.7",
            b"<html><table>",
            b"a\x00\x01\x02b" * 20,
            b"one line of words",
            b"a,b,c\nd,e,f\n",
            b"x" * (LARGEST_FILE + 1),
        ):
            assert refusal(raw)

    def test_a_file_cut_off_inside_a_quote_or_a_line(self) -> None:
        whole = FILE.rsplit("\n", 1)[0].encode()
        assert "4" in refusal(whole[: whole.index(b'"11.239') + 4])
        assert "6" in refusal(whole[: whole.rindex(b"FT3") + 3])
        assert refusal(whole[: whole.rindex(b"21/11") + 4])

    def test_a_line_taken_out_breaks_the_chain_of_balances(self) -> None:
        assert "5" in refusal(FILE.replace(LINES[1] + "\n", "").encode())

    def test_a_line_that_cannot_be_read_is_named(self) -> None:
        assert "5" in refusal(FILE.replace('"11.000"', '"11.x00"').encode())
        assert "5" in refusal(FILE.replace("20/11/2026 14:05:09", "31/02/2026").encode())


@given(st.integers(min_value=1, max_value=len(FILE.encode()) - 1))
def test_a_file_cut_anywhere_is_refused_or_a_true_beginning(cut: int) -> None:
    whole = read(FILE.encode()).movements
    try:
        part = read(FILE.encode()[:cut]).movements
    except (UnreadableStatement, AssertionError):
        return
    for movement, before in zip(part, whole, strict=False):
        assert (movement.amount, movement.balance, movement.day) == (
            before.amount,
            before.balance,
            before.day,
        )
