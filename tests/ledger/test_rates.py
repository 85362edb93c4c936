"""Dated rates: one at a time, known by their day, and frozen with the orders they charged."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from shop.catalogue.actions.taxation import set_taxed_as
from shop.catalogue.queries.taxation import taxed_products
from shop.core import clock
from shop.core.db import db, is_sqlite
from shop.core.errors import Conflict, Invalid, Missing
from shop.core.settings import PROJECT, Settings
from shop.core.tables import BadTable
from shop.core.transaction import transaction
from shop.ledger.actions.rates import RateDetails, put_future_rate, put_rate, withdraw_rate
from shop.ledger.charges import Charges, Rates, charge, contained
from shop.ledger.models import ChargeRate, RateKind, Sellers, TaxedAs
from shop.ledger.queries.rates import RatesMissing, charge_rates, rate_rows, share_in_force
from shop.ledger.rate_lists import load_rate_list, parse_percent
from shop.orders.models import OrderCharges, OrderGroup, OrderWithholding
from shop.workshops.models import SellerKind
from tests.checkout.buying import orders_of, place
from tests.factories import (
    NOW,
    make_cart,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)
from tests.ledger.guards import books_unguarded

DEMO_RATES = PROJECT / "demo" / "village" / "rates.toml"
TODAY = date(2026, 11, 20)


def fund(points: int, valid_from: date) -> RateDetails:
    return RateDetails(RateKind.FUND_SHARE, Sellers.ALL, points, valid_from, "test")


def set_rates(*details: RateDetails) -> None:
    with transaction():
        for each in details:
            put_rate(each, by_id=None, at=NOW)


def fund_on(day: date) -> int | None:
    return charge_rates(day).basis_points.get((RateKind.FUND_SHARE, Sellers.ALL, TaxedAs.ALL))


def charges_of(group: OrderGroup) -> list[OrderCharges]:
    return [
        db.session.scalars(select(OrderCharges).where(OrderCharges.order_id == order.id)).one()
        for order in orders_of(group)
    ]


def test_a_rate_holds_from_its_day_to_the_day_before_the_next(context: Flask) -> None:
    set_rates(fund(200, date(2026, 1, 1)), fund(300, date(2026, 7, 1)))
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    assert [fund_on(day) for day in days] == [None, 200, 200, 300]
    newest, oldest = rate_rows()
    assert (newest.valid_from, newest.valid_to) == (date(2026, 7, 1), None)
    assert (oldest.valid_from, oldest.valid_to) == (date(2026, 1, 1), date(2026, 6, 30))
    assert [row.is_in_force(date(2026, 7, 1)) for row in (newest, oldest)] == [True, False]


def test_the_same_rate_twice_is_one_and_another_for_the_same_day_is_refused(
    context: Flask,
) -> None:
    set_rates(fund(200, TODAY), fund(200, TODAY))
    with pytest.raises(Invalid) as refused:
        set_rates(fund(300, TODAY))
    assert "valid_from" in refused.value.fields
    assert [row.basis_points for row in rate_rows()] == [200]


@pytest.mark.parametrize(
    ("kind", "sellers", "points", "source", "field"),
    [
        (RateKind.FUND_SHARE, Sellers.ALL, 10_001, "s", "percent"),
        (RateKind.FUND_SHARE, Sellers.ALL, -1, "s", "percent"),
        (RateKind.FUND_SHARE, Sellers.ALL, 1, "", "source"),
        (RateKind.FUND_SHARE, Sellers.COMPANY, 1, "s", "sellers"),
        (RateKind.WITHHELD_VAT, Sellers.ALL, 1, "s", "sellers"),
    ],
)
def test_what_cannot_be_a_rate_is_refused_beside_its_field(
    context: Flask, kind: RateKind, sellers: Sellers, points: int, source: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        set_rates(RateDetails(kind, sellers, points, TODAY, source))
    assert list(refused.value.fields) == [field]


def test_the_office_sets_rates_for_days_to_come_alone(context: Flask) -> None:
    officer = make_person()
    officer_id, now = officer.id, datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
    db.session.commit()
    # In Hà Nội it is the 21st by then.
    for day in (date(2026, 11, 20), date(2026, 11, 21)):
        with transaction(), pytest.raises(Invalid):
            put_future_rate(fund(300, day), by_id=officer_id, at=now)
    with transaction():
        put_future_rate(fund(300, date(2026, 11, 22)), by_id=officer_id, at=now)
    (row,) = rate_rows()
    assert (row.set_by, row.set_at) == (officer.name, now)


def test_a_rate_to_come_can_be_withdrawn_once_and_set_again(context: Flask) -> None:
    officer_id = make_person().id
    db.session.commit()
    now = clock.now()
    today = now.astimezone(clock.HANOI).date()
    tomorrow = today + timedelta(days=1)
    set_rates(fund(200, today), fund(9000, tomorrow))
    wrong, right = (row.id for row in rate_rows())
    with transaction():
        withdraw_rate(wrong, by_id=officer_id, at=now)
    assert fund_on(tomorrow) == 200
    for rate_id in (wrong, right):
        with transaction(), pytest.raises(Conflict):
            withdraw_rate(rate_id, by_id=officer_id, at=now)
    with transaction(), pytest.raises(Missing):
        withdraw_rate(0, by_id=officer_id, at=now)
    set_rates(fund(300, tomorrow))
    assert fund_on(tomorrow) == 300
    assert [row.withdrawn_by is not None for row in rate_rows()] == [False, True, False]


RATE_AGAIN = (
    "into charge_rate (id, kind, sellers, basis_points, valid_from, source, created_at)"
    " select {key}, kind, sellers, 1, valid_from, source, created_at from charge_rate"
    " where true"
)
CHARGES_AGAIN = (
    "into order_charges select * from order_charges where true"
    " on conflict (order_id) do update set fund_share = 0"
)
AGAINST_RATES = [
    "update charge_rate set basis_points = 1",
    "update charge_rate set valid_from = '2020-01-01'",
    "update charge_rate set source = 'x'",
    "update charge_rate set kind = 'commission'",
    "update charge_rate set taxed_as = 'service'",
    "update charge_rate set id = id + 1",
    "update charge_rate set withdrawn_at = '2020-01-01 00:00:00+00'",
    "update charge_rate set withdrawn_by_id = null",
    "delete from charge_rate",
    f"insert {RATE_AGAIN.format(key='id')} on conflict (id) do update set basis_points = 1",
]
AGAINST_CHARGES = [
    "update order_charges set fund_share = 0",
    "delete from order_charges",
    "update order_withholding set vat = 0",
    "delete from order_withholding",
    f"insert {CHARGES_AGAIN}",
]
ON_SQLITE = [
    "update charge_rate set rowid = rowid + 1",
    "update charge_rate set withdrawn_at = 'x'",
    f"insert or replace {RATE_AGAIN.format(key='id')}",
    f"insert or replace {RATE_AGAIN.format(key='id + 1000')}",
    f"replace {RATE_AGAIN.format(key='id')}",
    "update or replace charge_rate set id = 1",
    "insert or replace into order_charges select * from order_charges",
    "insert or replace into order_withholding select * from order_withholding",
    "update or replace order_charges set order_id = order_id",
]
ON_POSTGRESQL = [
    "truncate charge_rate",
    "truncate order_charges",
    "truncate order_withholding",
    "truncate shop_order cascade",
    "truncate person cascade",
]


def refuses(statement: str) -> None:
    with pytest.raises(IntegrityError, match="never changed"):
        db.session.execute(text(statement))
    db.session.rollback()


def test_the_database_lets_neither_rates_nor_charges_be_changed(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    place(settings, make_cart((variant_of(make_product(make_workshop())), 1))[0])
    own = ON_SQLITE if is_sqlite(db.engine) else ON_POSTGRESQL
    for statement in (*AGAINST_RATES, *AGAINST_CHARGES, *own):
        refuses(statement)


def test_the_database_lets_a_rate_be_withdrawn_once_and_before_its_day(context: Flask) -> None:
    today = clock.today_in_hanoi()
    set_rates(fund(200, today), fund(300, today + timedelta(days=2)))
    later, begun = (row.id for row in rate_rows())
    withdraw = "update charge_rate set withdrawn_at = '{at}' where id = {key}"
    just_before = f"{today - timedelta(days=1)} 16:59:59"
    its_own_day = f"{today + timedelta(days=1)} 17:00:00"
    refuses(withdraw.format(at=just_before, key=begun))
    refuses(withdraw.format(at=its_own_day, key=later))
    db.session.execute(text(withdraw.format(at=just_before, key=later)))
    db.session.commit()
    refuses(withdraw.format(at=just_before, key=later))
    refuses("update charge_rate set withdrawn_at = null")
    refuses("delete from charge_rate where withdrawn_at is not null")


def test_the_database_lets_no_two_rates_begin_on_one_day(context: Flask) -> None:
    for points in (1, 2):
        db.session.add(
            ChargeRate(
                kind=RateKind.COMMISSION,
                sellers=Sellers.ALL,
                basis_points=points,
                valid_from=TODAY,
                source="x",
            )
        )
    with pytest.raises(IntegrityError):
        db.session.flush()
    db.session.rollback()


def test_an_order_keeps_the_rates_of_its_day(context: Flask, settings: Settings) -> None:
    make_rates()
    vase = variant_of(make_product(make_workshop(), price=1_000_001))
    first = place(settings, make_cart((vase, 1))[0])
    set_rates(fund(500, date(2026, 11, 21)))
    second = place(settings, make_cart((vase, 1))[0], at=NOW + timedelta(days=1))
    (before,), (after,) = charges_of(first), charges_of(second)
    assert (before.fund_share_rate, before.fund_share) == (300, 30_000)
    assert (after.fund_share_rate, after.fund_share) == (500, 50_000)
    assert before.rates_of == TODAY
    assert before.charged == Charges(
        base=1_000_001,
        commission=90_000,
        commission_vat=6_667,
        fund_share=30_000,
        goods_vat=0,
        withheld_vat=10_000,
        withheld_pit=5_000,
        cover_share=0,
    )
    assert before.charged.for_workshop == 865_001


def test_of_a_company_nothing_is_withheld_and_its_price_contains_vat(
    context: Flask, settings: Settings
) -> None:
    make_rates()
    workshop = make_workshop(seller_kind=SellerKind.COMPANY)
    group = place(settings, make_cart((variant_of(make_product(workshop, price=1_080_000)), 1))[0])
    (charges,) = charges_of(group)
    assert (charges.withheld_vat, charges.withheld_pit, charges.goods_vat) == (0, 0, 80_000)


def withholdings(group: OrderGroup) -> list[tuple[TaxedAs, int, int, int]]:
    """What each kind of supply in a group's one order bears, by kind."""
    rows = db.session.scalars(
        select(OrderWithholding)
        .where(OrderWithholding.order_id == orders_of(group)[0].id)
        .order_by(OrderWithholding.taxed_as)
    )
    return [(row.taxed_as, row.base, row.vat, row.pit) for row in rows]


def test_each_kind_of_supply_in_an_order_bears_its_own_tax(
    context: Flask, settings: Settings
) -> None:
    """Decree 117/2025: goods 1 % and 0.5 %, services tied to goods 3 % and 1.5 %."""
    make_rates()
    workshop, officer = make_workshop(), make_person(is_officer=True)
    vase = variant_of(make_product(workshop, "binh", price=1_850_000))
    box = variant_of(make_product(workshop, "hop-qua", price=150_000))
    officer_id = officer.id
    db.session.commit()
    for kind, points in ((RateKind.WITHHELD_VAT, 300), (RateKind.WITHHELD_PIT, 150)):
        day = date(2026, 1, 1)
        set_rates(RateDetails(kind, Sellers.HOUSEHOLD, points, day, "test", TaxedAs.MIXED))
    before = place(settings, make_cart((vase, 1), (box, 2))[0])
    with transaction():
        set_taxed_as("hop-qua", TaxedAs.MIXED, note="Gói quà", by_id=officer_id, at=NOW)
    after = place(settings, make_cart((vase, 1), (box, 2))[0])
    assert withholdings(before) == [(TaxedAs.GOODS, 2_150_000, 21_500, 10_750)]
    assert withholdings(after) == [
        (TaxedAs.GOODS, 1_850_000, 18_500, 9_250),
        (TaxedAs.MIXED, 300_000, 9_000, 4_500),
    ]
    (charges,) = charges_of(after)
    assert (charges.withheld_vat, charges.withheld_pit) == (27_500, 13_750)
    assert charges.commission == charges_of(before)[0].commission
    with transaction(), pytest.raises(Invalid):
        set_taxed_as("hop-qua", TaxedAs.MIXED, note="", by_id=officer_id, at=NOW)
    (row,) = [row for row in taxed_products(workshop.id) if row.slug == "hop-qua"]
    assert (row.taxed_as, row.by, row.note) == (TaxedAs.MIXED, "Mai Lan", "Gói quà")


def test_services_are_not_sold_before_their_rate_is_set(context: Flask, settings: Settings) -> None:
    make_rates()
    lesson = variant_of(make_product(make_workshop(), taxed_as=TaxedAs.SERVICE))
    with pytest.raises(RatesMissing):
        place(settings, make_cart((lesson, 1))[0])


def test_what_is_withheld_by_the_village_s_file(context: Flask) -> None:
    """Decree 117/2025 as the demonstration has it: VAT and PIT in basis points."""
    with transaction():
        load_rate_list(DEMO_RATES, NOW)
    book = charge_rates(TODAY)
    found = {
        seller: [
            (part.vat_rate, part.pit_rate)
            for part in (
                book.withheld(seller, kind, 0)
                for kind in (TaxedAs.GOODS, TaxedAs.SERVICE, TaxedAs.MIXED)
            )
        ]
        for seller in Sellers
        if seller is not Sellers.ALL
    }
    assert found == {
        Sellers.HOUSEHOLD: [(100, 50), (500, 200), (300, 150)],
        Sellers.INDIVIDUAL: [(100, 50), (500, 200), (300, 150)],
        Sellers.COMPANY: [(0, 0), (0, 0), (0, 0)],
        Sellers.NON_RESIDENT: [(100, 100), (500, 500), (300, 200)],
    }


def test_the_cover_for_breakage_comes_out_of_the_village_s_commission(
    context: Flask, settings: Settings
) -> None:
    """However much of it is wanted, the workshop's part and the commission's VAT stay."""
    make_rates()
    vase = variant_of(make_product(make_workshop(), price=1_850_000))
    db.session.commit()
    cover = RateDetails(RateKind.COVER_SHARE, Sellers.ALL, 100, date(2026, 11, 21), "test")
    set_rates(cover, replace(cover, basis_points=2000, valid_from=date(2026, 11, 22)))
    charged = [
        charges_of(place(settings, make_cart((vase, 1))[0], at=NOW + timedelta(days=days)))[0]
        for days in range(3)
    ]
    assert [(c.cover_share_rate, c.cover_share) for c in charged] == [
        (0, 0),
        (100, 18_500),
        (2000, 154_167),
    ]
    assert {c.charged.for_workshop for c in charged} == {1_600_250}
    assert [c.charged.for_village for c in charged] == [154_167, 135_667, 0]


def test_a_share_in_force_is_nothing_unless_the_village_has_set_it(context: Flask) -> None:
    kind = RateKind.REFUSED_FREIGHT_COVER
    set_rates(RateDetails(kind, Sellers.ALL, 5000, TODAY, "test"))
    days = (TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
    assert [share_in_force(kind, day) for day in days] == [0, 5000, 5000]
    with pytest.raises(RatesMissing):
        share_in_force(RateKind.COMMISSION, TODAY)


def test_every_kind_of_seller_has_its_rates() -> None:
    assert {kind.value for kind in SellerKind} == {kind.value for kind in Sellers} - {"all"}


def test_nothing_is_sold_before_the_rates_are_set(context: Flask, settings: Settings) -> None:
    make_rates()
    cart, _ = make_cart((variant_of(make_product(make_workshop())), 1))
    db.session.commit()
    with db.engine.begin() as connection, books_unguarded(connection):
        connection.execute(text("delete from charge_rate where kind = 'fund_share'"))
    with pytest.raises(RatesMissing):
        place(settings, cart)
    assert db.session.scalar(select(func.count(OrderGroup.id))) == 0


def test_rates_are_loaded_from_a_file_once(context: Flask) -> None:
    with transaction():
        first = load_rate_list(DEMO_RATES, NOW)
    with transaction():
        second = load_rate_list(DEMO_RATES, NOW)
    assert (first.new, second.new) == (first.total, 0)
    book = charge_rates(TODAY)
    household = book.for_seller(Sellers.HOUSEHOLD)
    # Decree 117/2025: goods of resident households and individuals 1 % VAT and 0.5 % PIT.
    assert (household.withheld_vat, household.withheld_pit) == (100, 50)
    assert book.for_seller(Sellers.INDIVIDUAL) == household
    assert book.for_seller(Sellers.COMPANY).withheld_vat == 0
    before = charge_rates(date(2025, 6, 30)).for_seller(Sellers.HOUSEHOLD)
    assert (before.withheld_vat, before.withheld_pit) == (0, 0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ('kind = "commission"\npercent = "9.123"', "two decimals"),
        ('kind = "commission"\npercent = 9', "not of the kind str"),
        ('kind = "toll"\npercent = "9"', "none of"),
        ('kind = "commission"', "lacks percent"),
    ],
)
def test_a_wrong_file_is_said_to_be_so(
    context: Flask, tmp_path: Path, row: str, words: str
) -> None:
    file = tmp_path / "rates.toml"
    file.write_text(f'[[rate]]\n{row}\nvalid_from = 2026-01-01\nsource = "x"\n')
    with transaction(), pytest.raises(BadTable, match=words):
        load_rate_list(file, NOW)
    assert rate_rows() == []


@pytest.mark.parametrize(
    ("typed", "points"), [("9", 900), ("0.5", 50), ("0,5 %", 50), ("100%", 10_000), ("8.25", 825)]
)
def test_percentages_are_read_as_people_write_them(typed: str, points: int) -> None:
    assert parse_percent(typed) == points


@pytest.mark.parametrize("typed", ["", "x", "-1", "1.234", "1e2", "9 9", "1_0", "٣", "nan"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="percentage"):
        parse_percent(typed)


def test_tax_contained_in_a_sum() -> None:
    assert contained(10_800, 800) == 800
    assert contained(11_000, 1000) == 1000
    assert contained(90_000, 800) == 6_667
    assert contained(5, 0) == 0


points = st.integers(0, 2500)


@given(st.integers(0, 10**12), st.builds(Rates, *[points] * 7))
def test_what_is_charged_adds_up_to_the_price(base: int, rates: Rates) -> None:
    charged = charge(base, rates)
    assert charged.for_workshop >= -3
    assert 0 <= charged.commission_vat <= charged.commission
    assert 0 <= charged.goods_vat <= base
    assert charged.cover_share >= 0
    assert charged.for_village >= 0
    for part, rate in (
        (charged.commission, rates.commission),
        (charged.fund_share, rates.fund_share),
        (charged.withheld_pit, rates.withheld_pit),
    ):
        assert abs(part * 10_000 - base * rate) <= 5_000
