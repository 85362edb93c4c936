"""Attempts are counted by where they really come from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from shop.app import create_app
from shop.core.db import db
from shop.core.jobs import init_jobs
from shop.core.limits import visitor
from shop.core.settings import Settings
from tests import pages
from tests.conftest import new_client

ATTEMPTS = 32
"""Two more than one address may make at the sign-in page."""


@pytest.fixture
def behind_a_proxy(app: Flask, settings: Settings) -> Iterator[Flask]:
    """A second application on the same database, with one proxy in front that is believed."""
    other = create_app(replace(settings, trusted_proxies=1))
    yield other
    init_jobs(app)
    with other.app_context():
        db.session.remove()
        db.engine.dispose()


def attempts(app: Flask, forwarded: str) -> list[int]:
    """The answers to wrong sign-ins; `forwarded` is the header, with {n} for the attempt."""
    client = new_client(app)
    token = pages.get(client, "/en/sign-in").form().values["csrf_token"]
    return [
        client.post(
            "/en/sign-in",
            data={"csrf_token": token, "email": f"a{n}@example.vn", "password": "x" * 14},
            headers={
                "X-Forwarded-For": forwarded.format(n=n),
                "X-Forwarded-Proto": "https",
                "Referer": "https://localhost/",
            },
        ).status_code
        for n in range(ATTEMPTS)
    ]


def test_without_a_proxy_a_forwarding_header_is_not_another_visitor(app: Flask) -> None:
    answers = attempts(app, "198.51.100.{n}")
    assert (answers[0], answers[-1]) == (422, 429)


def test_what_a_visitor_wrote_before_the_proxys_entry_is_not_believed(
    behind_a_proxy: Flask,
) -> None:
    answers = attempts(behind_a_proxy, "198.51.100.{n}, 192.0.2.1")
    assert (answers[0], answers[-1]) == (422, 429)


def test_the_proxys_own_entry_tells_visitors_apart(behind_a_proxy: Flask) -> None:
    assert set(attempts(behind_a_proxy, "198.51.100.1, 192.0.2.{n}")) == {422}


def test_a_whole_network_of_ipv6_addresses_is_one_visitor(behind_a_proxy: Flask) -> None:
    assert attempts(behind_a_proxy, "2001:db8:1:2::{n}")[-1] == 429


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::3", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::3", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("unix", "unix"),
        ("", "127.0.0.1"),
    ],
)
def test_who_is_counted(app: Flask, address: str, counted_as: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert visitor() == counted_as
