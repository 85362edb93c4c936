"""Two years of buying hold together, come the same from a seed, and stand whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.places import in_province
from shop.app import create_app
from shop.catalogue.models import Product, StockMovement, Supply, Variant
from shop.core.clock import HANOI
from shop.core.db import Base, db
from shop.core.jobs import init_jobs
from shop.core.outbox import Mail
from shop.core.settings import Settings
from shop.core.tables import BadTable
from shop.core.transaction import transaction
from shop.demonstration.history import planning, playing
from shop.demonstration.history.courses import office_time, working_time
from shop.demonstration.history.facts import Facts, read_facts
from shop.demonstration.history.firings import Batch, Claim, NotCovered, batches
from shop.demonstration.history.goods import articles_on_sale
from shop.demonstration.history.loading import Played, play_history
from shop.demonstration.history.planning import Plan, plan
from shop.demonstration.history.seasons import season_of, weight_of
from shop.demonstration.village import AccountRole, read_village
from shop.orders.models import Order, OrderGroup, OrderStatus
from shop.payments.models import Payment, PaymentMethod, PaymentStatus, Refund, RefundStatus
from shop.shipping.queries import rate_book
from tests.conftest import MIGRATIONS, never_wait_for_the_disk, worker_database
from tests.demonstration.conftest import Draw, paint, write_texts
from tests.demonstration.test_loading import AT, everything, load

LATE = AT.replace(hour=14)
"""Nine in the evening in Hà Nội: the office has closed, and transfers wait for the morning."""


@pytest.fixture
def village(context: Flask, bare_folder: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two workshops with all their pieces on sale, and few enough purchases for a test."""
    make_few_purchases(monkeypatch)
    draw("front")
    load(bare_folder)
    return bare_folder


@dataclass
class TwoYears:
    """A village with its history played, in a database of its own that no test changes."""

    app: Flask
    folder: Path
    played: Played
    stock_before: dict[str, int]


@pytest.fixture(scope="module")
def village_of_its_own(
    application: Flask, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    with worker_database("history") as url:
        var = tmp_path_factory.mktemp("history")
        app = create_app(replace(settings, database_url=url, var=var))
        init_jobs(application)
        never_wait_for_the_disk(app)
        with app.app_context():
            flask_migrate.upgrade(MIGRATIONS)
        yield app
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def played_once(village_of_its_own: Flask, tmp_path_factory: pytest.TempPathFactory) -> TwoYears:
    """Played once for all who only look."""
    folder = write_texts(tmp_path_factory.mktemp("demo") / "demo")
    paint(folder, "front")
    with pytest.MonkeyPatch.context() as patch, village_of_its_own.app_context():
        make_few_purchases(patch)
        load(folder)
        before = stock_of_variants()
        played = play(village_of_its_own, folder)
    return TwoYears(village_of_its_own, folder, played, before)


@pytest.fixture
def two_years(played_once: TwoYears) -> Iterator[TwoYears]:
    with played_once.app.app_context():
        yield played_once
        db.session.rollback()


def make_few_purchases(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(planning, "PURCHASES_OF_A_WORKSHOP", 18)
    patch.setattr(planning, "RECENT_OF_A_WORKSHOP", 14)


def stock_of_variants() -> dict[str, int]:
    return dict(db.session.execute(select(Variant.sku, Variant.on_hand)).all())


def play(context: Flask, folder: Path) -> Played:
    with transaction():
        return play_history(read_village(folder), context.config["SHOP"], LATE)


def facts(folder: Path) -> Facts:
    return read_facts(read_village(folder).history)


def planned(context: Flask, folder: Path, seed: str | None = None) -> Plan:
    village = read_village(folder)
    said = facts(folder)
    return plan(
        articles_on_sale(),
        [account for account in village.accounts if account.role is AccountRole.BUYER],
        replace(said, seed=seed or said.seed),
        context.config["SHOP"],
        rate_book,
        LATE,
    )


def count(table: type[Base]) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


def groups() -> list[OrderGroup]:
    orders = selectinload(OrderGroup.orders)
    return list(
        db.session.scalars(
            select(OrderGroup)
            .options(
                joinedload(OrderGroup.payment),
                orders.selectinload(Order.events),
                orders.joinedload(Order.shipment),
                orders.joinedload(Order.share),
            )
            .order_by(OrderGroup.id)
        )
    )


def test_what_is_played_holds_together(two_years: TwoYears) -> None:
    found = groups()
    assert len(found) == two_years.played.purchases >= 40
    assert [group.placed_at for group in found] == sorted(group.placed_at for group in found)
    assert found[0].placed_at > LATE - timedelta(days=731)
    for group in found:
        assert group.placed_at < LATE
        check_buyer(group)
        for order in group.orders:
            check_order(order)
        check_payment(group)
    assert count(Mail) == 0


def check_buyer(group: OrderGroup) -> None:
    assert group.email.endswith(("@example.vn", "@example.com"))
    assert group.phone.startswith("+84900000")
    if group.country == "VN":
        assert group.street.startswith("Số 00 ")
        assert in_province(str(group.ward_code), str(group.province_code))
    else:
        assert group.payment_method is not PaymentMethod.CASH


def check_order(order: Order) -> None:
    assert [event.at for event in order.events] == sorted(event.at for event in order.events)
    assert order.events[-1].to_status is order.status
    assert order.events[-1].at <= LATE
    worked = {OrderStatus.PACKED, OrderStatus.SHIPPED, OrderStatus.DELIVERED}
    assert (order.shipment is not None) is (order.status in worked)


def check_payment(group: OrderGroup) -> None:
    """What is paid is taken for every order that stands, and only what was paid is given back."""
    shares = [order.share for order in group.orders]
    assert sum(share.amount for share in shares) + group.gift == group.total
    assert group.payment.amount == group.total
    taken = sum(share.captured for share in shares)
    if group.payment.status is PaymentStatus.PAID:
        assert taken + group.gift == group.total
        assert (group.payment.provider_reference is not None) is (
            group.payment_method is PaymentMethod.STRIPE
        )
    elif group.payment_method is not PaymentMethod.CASH:
        assert taken == 0


def test_every_kind_of_ending_is_there(two_years: TwoYears) -> None:
    statuses = set(db.session.scalars(select(Order.status)))
    assert statuses >= {
        OrderStatus.AWAITING_PAYMENT,
        OrderStatus.PLACED,
        OrderStatus.CONFIRMED,
        OrderStatus.SHIPPED,
        OrderStatus.DELIVERED,
        OrderStatus.CANCELLED,
    }
    payments = {tuple(row) for row in db.session.execute(select(Payment.method, Payment.status))}
    assert payments >= {
        (PaymentMethod.CASH, PaymentStatus.PAID),
        (PaymentMethod.CASH, PaymentStatus.AWAITING),
        (PaymentMethod.VIETQR, PaymentStatus.PAID),
        (PaymentMethod.VIETQR, PaymentStatus.AWAITING),
        (PaymentMethod.VIETQR, PaymentStatus.EXPIRED),
        (PaymentMethod.STRIPE, PaymentStatus.PAID),
    }
    refunds = set(db.session.scalars(select(Refund.status)))
    assert refunds >= {RefundStatus.DUE, RefundStatus.FAILED}
    countries = set(db.session.scalars(select(OrderGroup.country)))
    assert "VN" in countries
    assert len(countries) > 2


def test_stock_covers_what_is_sold_and_ends_as_the_files_say(two_years: TwoYears) -> None:
    before = two_years.stock_before
    on_hand: dict[int, int] = defaultdict(int)
    promised: dict[int, int] = defaultdict(int)
    movements = db.session.scalars(
        select(StockMovement).order_by(StockMovement.at, StockMovement.id)
    )
    for movement in movements:
        on_hand[movement.variant_id] += movement.on_hand_change
        promised[movement.variant_id] += movement.allocated_change
        assert on_hand[movement.variant_id] >= promised[movement.variant_id] >= 0, movement.cause
    rows = db.session.execute(
        select(Variant, Product.supply).join(Product, Product.id == Variant.product_id)
    ).all()
    for variant, supply in rows:
        assert variant.on_hand == on_hand[variant.id] == before[variant.sku]
        assert variant.allocated == promised[variant.id]
        assert variant.on_hand == 0 or variant.available > 0
        if supply is not Supply.COUNTED:
            assert variant.received_total == variant.on_hand


def test_the_same_seed_gives_the_same_two_years(context: Flask, village: Path) -> None:
    first = planned(context, village)
    assert first == planned(context, village)
    assert first != planned(context, village, seed="another")


def test_the_account_to_try_has_bought_all_along(two_years: TwoYears) -> None:
    own = [group for group in groups() if group.email == "mai.lan@example.vn"]
    assert len(own) > 6
    assert {group.person_id for group in own} != {None}
    assert own[0].placed_at < LATE - timedelta(days=300)
    assert own[-1].placed_at > LATE - timedelta(days=25)


def test_playing_twice_changes_nothing(two_years: TwoYears) -> None:
    before = everything()
    assert play(two_years.app, two_years.folder) == Played(0, 0)
    load(two_years.folder)
    assert everything() == before


def test_an_interrupted_history_leaves_nothing(
    context: Flask, village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything()

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(playing.Player, "_take_cash", interrupt)
    with pytest.raises(KeyboardInterrupt):
        play(context, village)
    assert everything() == before
    monkeypatch.undo()
    monkeypatch.setattr(planning, "PURCHASES_OF_A_WORKSHOP", 4)
    assert play(context, village).purchases > 0


def test_a_village_without_pieces_on_sale_has_no_history(context: Flask, bare_folder: Path) -> None:
    load(bare_folder)
    assert play(context, bare_folder) == Played(0, 0)
    assert count(OrderGroup) == 0


MISTAKES = (
    ('"lu-huong", "chan-den"', '"lu-dong", "chan-den"', "lu-dong"),
    ('code = "48"', 'code = "47"', "47"),
    ('country = "JP"', 'country = "XX"', "XX"),
    ("before_tet = 2.8", 'before_tet = "viel"', "season 1, before_tet"),
    ("surnames = [", "last_names = [", "lacks surnames"),
)


def test_a_mistake_in_the_table_is_named(context: Flask, village: Path) -> None:
    path = read_village(village).history
    text = path.read_text(encoding="utf-8")
    for before, after, said in MISTAKES:
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        with pytest.raises(BadTable, match=said):
            play(context, village)


def test_people_buy_before_tet_and_rest_on_it(context: Flask, village: Path) -> None:
    """The weeks before Tết are when altars are dressed and houses made fine."""
    said = facts(village)
    assert {date(2025, 1, 29), date(2026, 2, 17), date(2027, 2, 6)} <= set(said.tet)
    for tet in said.tet:
        first, last = tet - timedelta(days=365), tet + timedelta(days=365)
        weeks = {
            begins: sum(
                weight_of(tet + timedelta(days=begins + day), first, last, said) for day in range(7)
            )
            for begins in (-70, -16, 0)
        }
        assert weeks[-16] > 1.7 * weeks[-70]
        assert weeks[0] < 0.3 * weeks[-70]
        assert season_of("lu-huong", tet - timedelta(days=20), said) > 2
        assert season_of("lu-huong", tet + timedelta(days=20), said) == 1


def test_a_firing_brings_what_is_promised_until_the_next() -> None:
    days = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3)]
    claims = [
        Claim(datetime(2026, 1, 10, tzinfo=UTC), 2),
        Claim(datetime(2026, 1, 12, tzinfo=UTC), 3),
        Claim(datetime(2026, 1, 14, tzinfo=UTC), -3),
        Claim(datetime(2026, 2, 10, tzinfo=UTC), 4),
    ]
    found = batches(days, claims, sold=6, shelf=0, shelf_since=None)
    assert found == [Batch(days[0], 5), Batch(days[1], 1)]


def test_what_is_promised_and_not_sold_needs_the_shelf() -> None:
    days = [datetime(2026, 1, 1, tzinfo=UTC)]
    claims = [Claim(datetime(2026, 1, 10, tzinfo=UTC), 1)]
    with pytest.raises(NotCovered):
        batches(days, claims, sold=0, shelf=1, shelf_since=datetime(2026, 1, 20, tzinfo=UTC))
    assert batches(days, claims, sold=0, shelf=1, shelf_since=days[0]) == []


def test_nobody_works_at_night_nor_the_office_on_a_saturday() -> None:
    rng = Random(1)
    saturday_night = datetime(2026, 11, 21, 22, 0, tzinfo=HANOI)
    assert working_time(saturday_night, rng).astimezone(HANOI).date() == date(2026, 11, 23)
    assert office_time(saturday_night, rng).astimezone(HANOI).hour in (8, 9, 10)
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=HANOI)
    assert working_time(noon, rng) == office_time(noon, rng) == noon
