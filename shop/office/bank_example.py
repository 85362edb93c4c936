"""An example of a bank's statement that an officer can try: made of what waits for its transfer."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

from shop.core.clock import HANOI
from shop.office.queries import expected_transfers

OPENING = 10_000_000
HEAD = ("Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Số dư", "Nội dung")


def example_csv(at: datetime) -> bytes:
    """UTF-8 with a mark, as a bank's file: one transfer is exact, one a part, one too much, and one
    names no order; the names in it are invented."""
    rows: list[tuple[str, int]] = []
    for expected, change in zip(expected_transfers(), (0, -100_000, 50_000), strict=False):
        amount = max(expected.amount + change, 1000)
        rows.append((f"MBVCB.7766.{expected.reference}.CT tu 0011 KHACH MINH HOA", amount))
    rows.append(("KHACH MINH HOA chuyen tien mua gom", 450_000))
    rows.append(("Phi dich vu SMS thang nay", -11_000))
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["SAO KÊ TÀI KHOẢN MINH HOẠ"])
    writer.writerow(HEAD)
    balance = OPENING
    start = at.astimezone(HANOI) - timedelta(minutes=len(rows))
    for number, (text, amount) in enumerate(rows, start=1):
        balance += amount
        moment = start + timedelta(minutes=number)
        paid, came = (_sum(-amount), "") if amount < 0 else ("", _sum(amount))
        entry = f"MH{moment:%y%m%d%H%M}{number:02}"
        writer.writerow([f"{moment:%d/%m/%Y %H:%M:%S}", entry, paid, came, _sum(balance), text])
    return file.getvalue().encode("utf-8-sig")


def _sum(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")
