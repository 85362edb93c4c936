"""A basket remembers which exhibition led to a piece, and nothing else."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.cart.models import CartLine
from shop.core import clock
from shop.core.db import db
from shop.core.transaction import transaction
from shop.exhibitions.actions.publishing import withdraw
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.models.rooms import Exhibition
from tests.exhibitions.factories import EXHIBITION, FIRST_STOP, make_exhibition
from tests.factories import make_product, make_workshop
from tests.pages import get, send

PIECE = "/vi/ceramics/binh-sen-day"


@pytest.fixture
def code(app: Flask) -> str:
    """The first placard's, of an exhibition that is open."""
    with app.app_context(), transaction():
        workshop = make_workshop()
        make_exhibition(product=make_product(workshop), workshop=workshop)
        return db.session.scalars(select(Placard.code).where(Placard.number == FIRST_STOP)).one()


def led_by(app: Flask) -> str | None:
    with app.app_context():
        return db.session.scalars(
            select(Exhibition.slug)
            .select_from(CartLine)
            .outerjoin(Exhibition, Exhibition.id == CartLine.exhibition_id)
        ).one()


def add(client: FlaskClient, path: str = PIECE) -> None:
    assert send(client, get(client, path), "/lines", quantity="1").status_code == 303


def test_come_to_directly(app: Flask, client: FlaskClient, code: str) -> None:
    add(client)
    assert led_by(app) is None


def test_by_the_link_of_an_exhibit(app: Flask, client: FlaskClient, code: str) -> None:
    room = f"/vi/gallery/{EXHIBITION}/"
    page = get(client, f"/vi/gallery/{EXHIBITION}")
    inside = next(link for link in page.links.values() if link.startswith(room))
    exhibit = next(
        link for link in get(client, inside).links.values() if link.startswith(f"{inside}/")
    )
    link = next(link for link in get(client, exhibit).links.values() if link.startswith(PIECE))
    assert link == f"{PIECE}?exhibition={EXHIBITION}"
    add(client, link)
    assert led_by(app) == EXHIBITION


def test_by_the_placard_scanned_last(app: Flask, client: FlaskClient, code: str) -> None:
    client.get(f"/p/{code}", headers={"User-Agent": "Firefox"})
    add(client)
    assert led_by(app) == EXHIBITION


def test_what_is_not_open_leads_nowhere(app: Flask, client: FlaskClient, code: str) -> None:
    with app.app_context(), transaction():
        withdraw(db.session.scalars(select(Exhibition)).one(), by=None, at=clock.now())
    add(client, f"{PIECE}?exhibition={EXHIBITION}")
    add(client, f"{PIECE}?exhibition=khong-co")
    assert led_by(app) is None
