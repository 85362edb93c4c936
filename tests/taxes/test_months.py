"""Tax by month: every line where it happened, certificates that stay, and payments made once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import Person
from shop.catalogue.models import Supply, Variant
from shop.checkout.actions import settle_payment
from shop.core.db import db, is_sqlite
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.orders.models import OrderGroup
from shop.payments.models import PaymentMethod, RefundStatus
from shop.taxes.actions.certificates import Payer, issue_certificate
from shop.taxes.actions.payments import PaidTax, pay_tax
from shop.taxes.months import months_down_to, named_month
from shop.taxes.queries.certificates import certificate, certificates
from shop.taxes.queries.months import month_report, workshop_months
from shop.taxes.queries.payments import month_due
from shop.workshops.models import SellerKind
from tests.checkout.bookkeeping import deliver, faults, refund_elsewhere
from tests.checkout.buying import orders_of, place
from tests.factories import (
    make_cart,
    make_member,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)

OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)
# In Hà Nội October ends at 17:00 UTC.
LAST_OF_OCTOBER = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)
FIRST_OF_NOVEMBER = datetime(2026, 10, 31, 17, 0, tzinfo=UTC)
IN_DECEMBER = datetime(2026, 12, 2, 3, 0, tzinfo=UTC)
PAYER = Payer("Văn phòng làng nghề Bát Tràng", "0100000000")


@dataclass(frozen=True)
class Village:
    settings: Settings
    vase: int
    jar: int
    household: int
    company: int
    member: int
    officer: int

    def sell(self, *variants: int, at: datetime) -> OrderGroup:
        """Paid by card and delivered at the moment."""
        wanted = [(db.session.get_one(Variant, key), 1) for key in variants or (self.vase,)]
        group = place(self.settings, make_cart(*wanted)[0], method=PaymentMethod.STRIPE, at=at)
        payment_id, total = group.payment_id, group.total
        with transaction():
            settle_payment(payment_id, total, at=at, charge=f"ch_{payment_id}")
        for order in orders_of(group):
            deliver(order, self.member, at)
        return group

    def issue(self, *, replaces: str | None = None, month: date = OCTOBER) -> str:
        with transaction():
            by = db.session.get_one(Person, self.officer)
            return issue_certificate(
                self.household, month, payer=PAYER, replaces=replaces, by=by, at=IN_DECEMBER
            ).name

    def pay(self, vat: int, pit: int, *, number: int = 1, on: date = date(2026, 11, 20)) -> None:
        paid = PaidTax(OCTOBER, number, vat, pit, on, "GNT 0012")
        with transaction():
            pay_tax(paid, by_id=self.officer, at=IN_DECEMBER)


@pytest.fixture
def village(context: Flask, settings: Settings) -> Village:
    """A household with a vase for 1.850.000 ₫ and a company with a jar for 1.080.000 ₫."""
    make_rates()
    household = make_workshop(tax_id="8001234567")
    company = make_workshop("lo-bau-do", "Lò Bầu Đỏ", seller_kind=SellerKind.COMPANY)
    vase = make_product(household, "binh", supply=Supply.MADE_TO_ORDER)
    jar = make_product(company, "chum", supply=Supply.MADE_TO_ORDER, price=1_080_000)
    found = Village(
        replace(settings, stripe_secret_key="sk_test_x", stripe_webhook_secret="whsec_x"),
        variant_of(vase).id,
        variant_of(jar).id,
        household.id,
        company.id,
        make_member(household).id,
        make_person("Ngô Bảo Ấn", is_officer=True).id,
    )
    db.session.commit()
    return found


def figures(month: date, workshop_id: int) -> list[tuple[bool, int, int, int]]:
    rows = workshop_months(month=month, workshop_id=workshop_id)
    return [(line.is_sale, line.base, line.vat, line.pit) for row in rows for line in row.lines]


def test_a_sale_belongs_to_the_month_of_ha_noi_in_which_it_was_delivered(village: Village) -> None:
    village.sell(village.vase, village.jar, at=LAST_OF_OCTOBER)
    village.sell(at=FIRST_OF_NOVEMBER)
    assert figures(OCTOBER, village.household) == [(True, 1_850_000, 18_500, 9_250)]
    assert figures(NOVEMBER, village.household) == [(True, 1_850_000, 18_500, 9_250)]
    assert figures(OCTOBER, village.company) == [(True, 1_080_000, 0, 0)]
    report = month_report(OCTOBER)
    assert (report.base, report.vat, report.pit) == (2_930_000, 18_500, 9_250)
    assert report.matches_books
    assert [row.month for row in workshop_months(workshop_id=village.household)] == [
        NOVEMBER,
        OCTOBER,
    ]


def test_what_goes_back_lessens_the_month_in_which_it_does(village: Village) -> None:
    """Goods 1.850.000 of 1.890.000 paid: each third given back takes its share of the goods."""
    group = village.sell(at=LAST_OF_OCTOBER)
    for number in range(3):
        later = FIRST_OF_NOVEMBER + timedelta(hours=number)
        refund_elsewhere(group.payment_id, 630_000, f"re_{number}", at=later)
    assert figures(OCTOBER, village.household) == [(True, 1_850_000, 18_500, 9_250)]
    back = figures(NOVEMBER, village.household)
    assert [line[0] for line in back] == [False] * 3
    assert [line[1] for line in back] == [-616_667, -616_666, -616_667]
    assert {type(part) for line in back for part in line} == {bool, int}
    assert [sum(line[part] for line in back) for part in (1, 2, 3)] == [-1_850_000, -18_500, -9_250]
    assert month_report(NOVEMBER).matches_books
    assert faults() == []


def test_a_refund_that_failed_gives_the_tax_again(village: Village) -> None:
    group = village.sell(at=LAST_OF_OCTOBER)
    refund_elsewhere(group.payment_id, 945_000, at=LAST_OF_OCTOBER)
    refund_elsewhere(group.payment_id, 945_000, status=RefundStatus.FAILED, at=FIRST_OF_NOVEMBER)
    assert [line[1] for line in figures(OCTOBER, village.household)] == [1_850_000, -925_000]
    assert figures(NOVEMBER, village.household) == [(False, 925_000, 9_250, 4_625)]
    assert month_report(NOVEMBER).matches_books


def test_a_certificate_is_numbered_kept_and_replaced_by_another(village: Village) -> None:
    village.sell(at=LAST_OF_OCTOBER)
    first = village.issue()
    assert first == "2026/00001"
    with pytest.raises(Conflict):
        village.issue()
    second = village.issue(replaces=first)
    kept = certificates(workshop_id=village.household)[village.household, OCTOBER]
    assert [(k.paper.name, k.replaces, k.replaced_by) for k in kept] == [
        (second, first, None),
        (first, None, second),
    ]
    paper = certificate(2026, 2, workshop_ids=[village.household]).paper
    assert (paper.base, paper.vat, paper.pit) == (1_850_000, 18_500, 9_250)
    assert (paper.seller_tax_id, paper.issued_by) == ("8001234567", "Ngô Bảo Ấn")
    with pytest.raises(Missing):
        certificate(2026, 2, workshop_ids=[village.company])
    with pytest.raises(Missing):
        certificate(2026, 3)


def test_there_is_no_certificate_of_nothing_nor_of_a_month_under_way(village: Village) -> None:
    with pytest.raises(Conflict, match="Conflict"):
        village.issue()
    village.sell(at=IN_DECEMBER)
    with pytest.raises(Conflict):
        village.issue(month=date(2026, 12, 1))
    assert certificates() == {}


def test_the_database_keeps_certificates(village: Village) -> None:
    village.sell(at=LAST_OF_OCTOBER)
    village.issue()
    statements = ["update tax_certificate set vat = 0", "delete from tax_certificate"]
    statements += (
        ["insert or replace into tax_certificate select * from tax_certificate"]
        if is_sqlite(db.engine)
        else ["truncate tax_certificate"]
    )
    for statement in statements:
        with pytest.raises(IntegrityError, match="only replaced"):
            db.session.execute(text(statement))
        db.session.rollback()


def test_two_officers_issue_one_certificate(village: Village, app: Flask) -> None:
    village.sell(at=LAST_OF_OCTOBER)
    start = threading.Barrier(2)

    def run(_number: int) -> str | None:
        with app.app_context():
            start.wait()
            try:
                return village.issue()
            except (Conflict, IntegrityError):
                return None
            finally:
                db.session.remove()

    with ThreadPoolExecutor(2) as pool:
        issued = list(pool.map(run, range(2)))
    assert sorted(name or "" for name in issued) == ["", "2026/00001"]


def test_the_tax_of_a_month_is_paid_once_and_corrected_by_a_further_payment(
    village: Village,
) -> None:
    village.sell(at=LAST_OF_OCTOBER)
    village.pay(18_500, 9_000)
    assert balance(Account.WITHHELD_VAT) == 0
    assert balance(Account.CLEARING_BANK) == -27_500
    with pytest.raises(Conflict):
        village.pay(18_500, 9_000)
    due = month_due(OCTOBER)
    assert (due.vat_left, due.pit_left, due.is_settled) == (0, 250, False)
    village.pay(0, 250, number=2)
    assert month_due(OCTOBER).is_settled
    assert [(p.vat, p.pit, p.note) for p in month_due(OCTOBER).payments] == [
        (18_500, 9_000, "GNT 0012"),
        (0, 250, "GNT 0012"),
    ]
    assert month_report(OCTOBER).matches_books
    assert faults() == []


@pytest.mark.parametrize(
    ("vat", "pit", "on", "field"),
    [
        (0, 0, date(2026, 11, 20), "vat"),
        (18_501, 0, date(2026, 11, 20), "vat"),
        (0, 9_251, date(2026, 11, 20), "pit"),
        (1, 1, date(2026, 10, 31), "paid_on"),
        (1, 1, date(2026, 12, 3), "paid_on"),
    ],
)
def test_what_cannot_have_been_paid_is_refused(
    village: Village, vat: int, pit: int, on: date, field: str
) -> None:
    village.sell(at=LAST_OF_OCTOBER)
    with pytest.raises(Invalid) as refused:
        village.pay(vat, pit, on=on)
    assert list(refused.value.fields) == [field]
    assert balance(Account.CLEARING_BANK) == 0


def test_the_same_payment_at_the_same_moment_is_one(village: Village, app: Flask) -> None:
    village.sell(at=LAST_OF_OCTOBER)
    start = threading.Barrier(2)

    def run(amount: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                village.pay(amount, 0)
            except Conflict:
                return False
            finally:
                db.session.remove()
            return True

    with ThreadPoolExecutor(2) as pool:
        paid = list(pool.map(run, (18_500, 18_000)))
    assert sorted(paid) == [False, True]
    assert len(month_due(OCTOBER).payments) == 1


def test_months_are_named_by_year_and_number() -> None:
    assert named_month("2026-10") == OCTOBER
    for wrong in ("2026-13", "2026-1", "202610", "2026-10-01", "1999-10", "٢٠26-10", ""):
        with pytest.raises(ValueError, match="month"):
            named_month(wrong)
    assert months_down_to(OCTOBER, IN_DECEMBER) == [date(2026, 12, 1), NOVEMBER, OCTOBER]
