"""The fund's page: every figure from the books, proven, and honest when it is not."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from shop.catalogue.models import Variant
from shop.checkout.actions import settle_payment
from shop.core.db import db
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.fund import charts
from shop.fund.queries.figures import Month, fund_figures, prove
from shop.heritage.models import TermKind
from shop.orders.models import OrderGroup, OrderLine
from shop.payments.models import PaymentMethod
from tests.checkout.bookkeeping import deliver, faults, refund_elsewhere
from tests.checkout.buying import orders_of, place
from tests.conftest import count_sql
from tests.exhibitions.factories import EXHIBITION, make_exhibition
from tests.factories import (
    NOW,
    find_term,
    make_cart,
    make_member,
    make_product,
    make_rates,
    make_variant,
    make_workshop,
)
from tests.pages import get

LAST_HOUR_OF_OCTOBER = datetime(2026, 10, 31, 16, 59, tzinfo=UTC)
"""A minute before November in Hà Nội."""


@dataclass(frozen=True)
class Village:
    group: OrderGroup
    member: int


@pytest.fixture
def village(context: Flask, settings: Settings) -> Village:
    """A vase of 1.000.001 ₫ in cobalt that an exhibition led to, a jar of 500.000 ₫ in brown, and
    a gift of 20.000 ₫."""
    cards = replace(settings, stripe_secret_key="sk_test_x", stripe_webhook_secret="whsec_x")
    make_rates()
    workshop = make_workshop()
    product = make_product(workshop, price=1_000_001)
    exhibition = make_exhibition(product=product, workshop=workshop)
    vase = db.session.scalars(select(Variant).where(Variant.product_id == product.id)).one()
    brown = find_term(TermKind.GLAZE, "men-nau", "Men nâu", "Brown")
    jar = make_variant(product, price=500_000, glaze_id=brown.id)
    member = make_member(workshop).id
    cart, _ = make_cart((vase, 1), (jar, 1))
    db.session.execute(
        text("update cart_line set exhibition_id = :e where variant_id = :v"),
        {"e": exhibition.id, "v": vase.id},
    )
    group = place(cards, cart, method=PaymentMethod.STRIPE, gift=20_000, at=LAST_HOUR_OF_OCTOBER)
    with transaction():
        settle_payment(group.payment_id, group.total, at=LAST_HOUR_OF_OCTOBER, charge="ch_1")
    return Village(group, member)


def test_says_by_month_glaze_and_exhibition_what_came_in(village: Village) -> None:
    (order,) = orders_of(village.group)
    assert db.session.scalars(select(OrderLine.exhibition_id)).all().count(None) == 1
    deliver(order, village.member)
    figures = fund_figures(NOW)
    # 3 % of 1.500.001 ₫ is 45.000 ₫, of which two thirds are the vase's.
    assert [(m.month, m.shares, m.gifts, m.balance) for m in figures.months] == [
        ("2026-10", 0, 20_000, 20_000),
        ("2026-11", 45_000, 0, 65_000),
    ]
    assert [(p.slug, p.amount) for p in figures.by_glaze] == [
        ("hoa-lam", 30_000),
        ("men-nau", 15_000),
    ]
    assert [(p.slug, p.amount) for p in figures.by_exhibition] == [
        (EXHIBITION, 30_000),
        ("", 15_000),
    ]
    assert prove(figures, NOW).holds
    assert faults() == []


def test_a_refund_takes_its_part_back(village: Village) -> None:
    (order,) = orders_of(village.group)
    deliver(order, village.member)
    refund_elsewhere(village.group.payment_id, order.total // 2)
    figures = fund_figures(NOW)
    assert 22_400 < figures.shares < 22_600
    assert sum(part.amount for part in figures.by_glaze) == figures.shares
    assert prove(figures, NOW).holds


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("update order_group set gift = gift - 1, total = total - 1", "gifts"),
        ("update payment set status = 'expired'", "gifts"),
        ("update order_line set quantity = quantity", None),
    ],
)
def test_says_so_when_the_books_say_otherwise(
    client: FlaskClient, village: Village, change: str, fault: str | None
) -> None:
    with transaction():
        db.session.execute(text(change))
    proof = prove(fund_figures(NOW), NOW)
    assert proof.faults == ((fault,) if fault else ())
    page = get(client, "/vi/fund")
    assert ("không khớp sổ sách" in page.text) is bool(fault)
    assert ("Khớp sổ sách lúc" in page.text) is not bool(fault)
    assert client.get("/open-data/fund.json").json["matches_books"] is not bool(fault)  # type: ignore[index]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_costs_few_statements(
    app: Flask, client: FlaskClient, village: Village, language: str
) -> None:
    (order,) = orders_of(village.group)
    deliver(order, village.member)
    with count_sql(app) as sent:
        page = get(client, f"/{language}/fund")
    assert page.status == 200
    assert len(sent) <= 11, sent.texts


def test_is_there_before_anything_has_come_in(client: FlaskClient) -> None:
    page = get(client, "/en/fund")
    assert "Nothing has come in yet" in page.text
    assert "Matches the books" in page.text


def test_gives_its_figures_to_anybody(client: FlaskClient, village: Village) -> None:
    (order,) = orders_of(village.group)
    deliver(order, village.member)
    answer = client.get("/open-data/fund.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "public" in answer.headers["Cache-Control"]
    assert answer.json
    assert (answer.json["balance"], answer.json["matches_books"]) == (65_000, True)
    again = client.get("/open-data/fund.csv", headers={"If-None-Match": "other"})
    rows = list(csv.DictReader(StringIO(again.text.lstrip("\ufeff"))))
    assert again.text.startswith("\ufeff")
    assert {"section": "by_exhibition", "key": "directly"}.items() <= next(
        row for row in rows if row["key"] == "directly"
    ).items()
    assert rows[-1]["amount_vnd"] == "65000"


def test_charts_fill_their_box(context: Flask) -> None:
    months = [Month("2026-01", 900, 300, 0, 1200), Month("2026-02", 0, 0, 450, 750)]
    flow = charts.flow(months)
    assert (flow.top, flow.bottom, flow.zero) == (2000, 500, 80.0)
    assert [(rect.kind, rect.y, rect.height) for rect in flow.rects] == [
        ("shares", 44.0, 36.0),
        ("gifts", 32.0, 12.0),
        ("grants", 80.0, 18.0),
    ]
    assert charts.balance_line(months).line == "M0 40.0 10 40.0 L10 62.5 20 62.5"
    assert charts.flow([]).rects == ()
    assert [charts.round_up(n) for n in (0, 1, 3, 20, 21, 1_000_001)] == [
        1,
        1,
        5,
        20,
        50,
        2_000_000,
    ]


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ("1850000", "3% of the price goes to the craft fund, here ₫55,500."),
        ("", "3% of the price goes to the craft fund."),
        ("-1", "3% of the price goes to the craft fund."),
        ("٣", "3% of the price goes to the craft fund."),
    ],
)
def test_says_what_of_a_price_goes_to_it(
    client: FlaskClient, village: Village, price: str, said: str
) -> None:
    assert said in client.get("/en/fund/share", query_string={"price": price}).text
