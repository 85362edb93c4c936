"""flask demo load: what it does, what it says, and where it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalogue.models import Product, ProductStatus
from shop.core.db import db
from shop.core.settings import Mode
from shop.demonstration.history import planning
from shop.media.models import Image
from tests.demonstration.conftest import Draw
from tests.test_cli import people, run


@pytest.fixture
def in_production(app: Flask) -> Iterator[None]:
    kept = app.config["SHOP"]
    app.config["SHOP"] = replace(kept, mode=Mode.PRODUCTION)
    yield
    app.config["SHOP"] = kept


@pytest.mark.usefixtures("in_production")
def test_the_village_has_no_place_in_production(app: Flask) -> None:
    result = run(app, "demo", "load")
    assert result.exit_code == 1
    assert "no place in production" in result.output
    assert people(app) == []


def test_the_village_is_loaded_and_its_accounts_told(
    app: Flask, bare_folder: Path, draw: Draw
) -> None:
    draw("binh-hoa-lam-sen-day/front")
    result = run(app, "demo", "load", "--folder", str(bare_folder))
    assert result.exit_code == 0, result.output
    assert "1 pieces on sale, 1 of them new or changed" in result.output
    assert "1 pictures wait for the worker" in result.output
    assert "vanphong@example.vn   van-phong-battrang-2026" in result.output
    with app.app_context():
        on_sale = select(Product.slug).where(Product.status == ProductStatus.PUBLISHED)
        assert db.session.scalars(on_sale).all() == ["binh-hoa-lam-sen-day"]
        assert db.session.scalars(select(Image.renditions_at)).one() is not None


def test_a_mistake_in_the_village_is_told_in_a_line(app: Flask, bare_folder: Path) -> None:
    file = bare_folder / "village" / "people.toml"
    file.write_text(file.read_text().replace('role = "buyer"', 'role = "guest"'))
    result = run(app, "demo", "load", "--folder", str(bare_folder))
    assert result.exit_code == 1
    assert "people.toml, mai.lan@example.vn, role: 'guest' is none of" in result.output
    assert people(app) == []


@pytest.mark.usefixtures("in_production")
def test_invented_buyers_have_no_place_in_production(app: Flask) -> None:
    result = run(app, "demo", "history")
    assert result.exit_code == 1
    assert "no place in production" in result.output


def test_two_years_are_played_once(
    app: Flask, bare_folder: Path, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "PURCHASES_OF_A_WORKSHOP", 6)
    draw("binh-hoa-lam-sen-day/front")
    draw("dia-hoa-lam-ca-chep/front")
    run(app, "demo", "load", "--folder", str(bare_folder))
    first = run(app, "demo", "history", "--folder", str(bare_folder))
    assert first.exit_code == 0, first.output
    assert " 0 purchases" not in first.output
    again = run(app, "demo", "history", "--folder", str(bare_folder))
    assert "0 purchases played, 0 batches" in again.output
