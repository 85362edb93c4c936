"""Orders as the studio's and the office's tests need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Flask

from shop.catalogue.models import Product, Supply
from shop.checkout.actions import place_order
from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.payments.models import PaymentMethod
from shop.workshops.models import MemberRole, Workshop, WorkshopMember
from tests.checkout.buying import orders_of, purchase_of
from tests.factories import (
    NOW,
    make_cart,
    make_person,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)


@dataclass(frozen=True)
class Placed:
    """What tests need to know of a group after its rows are gone from memory."""

    reference: str
    token: str
    order_ids: list[str]
    totals: list[int]
    total: int


@dataclass(frozen=True)
class Desk:
    """Two workshops, a member of each by key, and a stranger."""

    lan: int
    duc: int
    stranger: int
    net_lam: int
    lo_bau: int


def member_of(workshop: Workshop, name: str) -> int:
    person = make_person(name)
    db.session.add(
        WorkshopMember(workshop_id=workshop.id, person_id=person.id, role=MemberRole.OWNER)
    )
    db.session.flush()
    return person.id


def open_village(app: Flask) -> Desk:
    with app.app_context():
        make_rates()
        net_lam = make_workshop("net-lam", "Xưởng Nét Lam")
        lo_bau = make_workshop("lo-bau-do", "Lò Bầu Đỏ")
        make_product(net_lam, "binh", stock=60)
        make_product(lo_bau, "chum", name_vi="Chum men nâu", name_en="Brown jar", stock=60)
        make_product(
            net_lam,
            "am-chen",
            name_vi="Bộ ấm chén",
            name_en="Tea set",
            supply=Supply.MADE_TO_ORDER,
        )
        desk = Desk(
            lan=member_of(net_lam, "Tô Thị Lan"),
            duc=member_of(lo_bau, "Lư Minh Đức"),
            stranger=make_person("Khách").id,
            net_lam=net_lam.id,
            lo_bau=lo_bau.id,
        )
        db.session.commit()
    return desk


def order(
    app: Flask,
    *slugs: str,
    quantity: int = 1,
    method: PaymentMethod = PaymentMethod.CASH,
    delivery: str | None = None,
    at: datetime = NOW,
) -> Placed:
    """A guest orders these products, one order a workshop."""
    with app.app_context(), clock.stopped(at):
        products = [db.session.query(Product).filter_by(slug=slug).one() for slug in slugs]
        cart, _ = make_cart(*((variant_of(product), quantity) for product in products))
        db.session.commit()
        purchase = purchase_of(cart, method=method, delivery=delivery)
        with transaction():
            group = place_order(purchase, app.config["SHOP"], at)
        orders = orders_of(group)
        return Placed(
            reference=group.reference,
            token=group.tracking_token,
            order_ids=[order.public_id for order in orders],
            totals=[order.total for order in orders],
            total=group.total,
        )
