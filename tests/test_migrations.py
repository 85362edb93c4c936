"""Migrations keep what is in the tables, and never wait for or undo one another."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import flask_migrate
import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine, inspect, make_url, text

from shop.app import create_app
from shop.catalogue.models import Product, ProductPhoto, Variant
from shop.core.db import db
from shop.core.jobs import init_jobs
from shop.core.settings import PROJECT, Settings
from shop.core.transaction import transaction
from shop.orders.models import Order, OrderGroup
from tests.checkout.buying import place
from tests.factories import make_cart, make_product, make_rates, make_workshop, variant_of

MIGRATIONS = str(PROJECT / "migrations")
BEFORE_THE_CLAY = "0002"
BEFORE_LONG_FOLDED_NAMES = "0003"


@pytest.fixture
def empty_database(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """A database of the kind under test with no tables in it."""
    url = make_url(settings.database_url)
    if url.drivername == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
        return
    server = url.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"{url.database}_empty"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield url.set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def other_app(application: Flask, settings: Settings, empty_database: str) -> Iterator[Flask]:
    app = create_app(replace(settings, database_url=empty_database))
    init_jobs(application)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def test_a_table_that_is_rebuilt_keeps_its_rows_and_those_that_point_to_it(
    other_app: Flask,
) -> None:
    with other_app.app_context():
        flask_migrate.upgrade(MIGRATIONS)
        make_product(make_workshop(), "binh-sen-day", stock=3)
        db.session.commit()
        db.session.remove()
        flask_migrate.downgrade(MIGRATIONS, BEFORE_THE_CLAY)
        columns = {column["name"] for column in inspect(db.engine).get_columns("product")}
        assert "body_id" not in columns
        flask_migrate.upgrade(MIGRATIONS)
        assert db.session.query(Product.slug).all() == [("binh-sen-day",)]
        assert db.session.query(Variant.on_hand).all() == [(3,)]
        assert db.session.query(ProductPhoto).count() == 1
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            with db.engine.connect() as connection:
                assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_a_folded_name_may_be_long_and_is_cut_on_the_way_back(other_app: Flask) -> None:
    with other_app.app_context():
        flask_migrate.upgrade(MIGRATIONS)
        make_rates()
        cart, _ = make_cart((variant_of(make_product(make_workshop())), 1))
        group = place(other_app.config["SHOP"], cart)
        with transaction():
            db.session.get_one(OrderGroup, group.id).name_fold = "ffi" * 120
        db.session.remove()
        flask_migrate.downgrade(MIGRATIONS, BEFORE_LONG_FOLDED_NAMES)
        assert kind_of_name_fold() == "VARCHAR(300)"
        assert db.session.scalars(text("select name_fold from order_group")).all() == ["ffi" * 100]
        assert db.session.query(Order).count() == 1
        db.session.remove()
        flask_migrate.upgrade(MIGRATIONS)
        assert kind_of_name_fold() == "TEXT"


def kind_of_name_fold() -> str:
    columns = inspect(db.engine).get_columns("order_group")
    return next(str(column["type"]) for column in columns if column["name"] == "name_fold")


@pytest.mark.slow
def test_several_starters_bring_the_database_up_once(empty_database: str, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "BATTRANG_DATABASE_URL": empty_database,
        "BATTRANG_VAR": str(tmp_path),
    }
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    starters = [
        subprocess.Popen(command, cwd=PROJECT, env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [starter.communicate(timeout=120)[1] for starter in starters]
    assert [starter.returncode for starter in starters] == [0, 0], told
    assert "".join(told).count("Running upgrade  -> 0001") == 1
    engine = create_engine(empty_database)
    assert inspect(engine).has_table("product_event")
    engine.dispose()
