"""The commands of who runs the site: accounts and the price list."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from shop.accounts.models import Person, PersonSession
from shop.accounts.passwords import verify_password
from shop.core.db import db
from shop.core.settings import PROJECT
from shop.shipping.models import ShippingRate
from tests.factories import make_person, sign_in

GOOD = "ba con trâu qua sông"


def run(app: Flask, *arguments: str, typed: str = "") -> Result:
    return app.test_cli_runner().invoke(args=list(arguments), input=typed)


def create(app: Flask, *more: str, typed: str = f"{GOOD}\n{GOOD}\n") -> Result:
    arguments = ("users", "create", "--email", "Lan@Example.vn", "--name", "Tô Thị Lan")
    return run(app, *arguments, *more, typed=typed)


def people(app: Flask) -> list[Person]:
    with app.app_context():
        return list(db.session.scalars(select(Person)))


def test_an_account_is_opened_with_a_password_typed_twice(app: Flask) -> None:
    result = create(app)
    assert result.exit_code == 0, result.output
    assert GOOD not in result.output
    [person] = people(app)
    assert (person.email, person.name, person.is_officer) == (
        "lan@example.vn",
        "Tô Thị Lan",
        False,
    )
    with app.app_context():
        assert verify_password(person.password_hash, GOOD)


def test_an_officer_is_appointed_by_who_runs_the_site(app: Flask) -> None:
    result = create(app, "--officer")
    assert "as an officer" in result.output
    assert [person.is_officer for person in people(app)] == [True]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("short\nshort\n", "at least 12 are needed"),
        ("123456789012\n123456789012\n", "Too many people use this one"),
        ("lan@example.vn\nlan@example.vn\n", "Your own name or address"),
        (f"{GOOD}\nsomething else\n", "do not match"),
    ],
)
def test_a_bad_password_opens_no_account(app: Flask, typed: str, said: str) -> None:
    result = create(app, typed=typed)
    assert result.exit_code == 1
    assert said in result.output
    assert people(app) == []


def test_a_password_is_never_an_argument(app: Flask) -> None:
    result = create(app, "--password", GOOD)
    assert result.exit_code == 2
    assert "No such option" in result.output


def test_an_address_has_one_account(app: Flask) -> None:
    create(app)
    again = create(app)
    assert again.exit_code == 1
    assert "lan@example.vn has an account already" in again.output
    assert len(people(app)) == 1


def test_a_wrong_address_is_said_to_be_one(app: Flask) -> None:
    result = run(app, "users", "create", "--email", "lan@@", "--name", "Lan")
    assert result.exit_code == 2
    assert "--email" in result.output


def test_a_new_password_ends_every_session(app: Flask) -> None:
    with app.app_context():
        person = make_person(email="lan@example.vn")
        sign_in(app.test_client(), person)
    result = run(
        app, "users", "set-password", "--email", "lan@example.vn", typed=f"{GOOD}\n{GOOD}\n"
    )
    assert result.exit_code == 0, result.output
    with app.app_context():
        [person] = db.session.scalars(select(Person))
        assert verify_password(person.password_hash, GOOD)
        assert db.session.query(PersonSession).count() == 0


def test_nobody_gets_no_password(app: Flask) -> None:
    result = run(app, "users", "set-password", "--email", "ai@example.vn")
    assert result.exit_code == 1
    assert "ai@example.vn has no account" in result.output


def test_a_price_list_is_loaded_from_a_file(app: Flask, tmp_path: Path) -> None:
    file = PROJECT / "demo" / "village" / "shipping.toml"
    first, second = (run(app, "shipping", "load", str(file)) for _ in range(2))
    assert "carriers new or changed: 2 of 2" in first.output
    assert "rates new or changed: 9" in first.output
    assert "rates new or changed: 0" in second.output
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(file.read_text().replace("first_price = 49000", "first_price = -1"))
    result = run(app, "shipping", "load", str(wrong))
    assert result.exit_code == 1
    assert "A price cannot be less than zero." in result.output
    assert run(app, "shipping", "load", str(tmp_path / "none.toml")).exit_code == 2
    with app.app_context():
        prices = db.session.scalars(select(ShippingRate.first_price)).all()
    assert len(prices) == 9
    assert min(prices) > 0
