"""The demonstration's mails: read as text and as HTML that can do nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.core.db import db
from shop.core.outbox import Letter, Mail, put_in_outbox
from shop.core.settings import Mode, Settings
from tests.factories import NOW
from tests.pages import get

HTML = "<!doctype html><p>Đơn của bạn</p><script>alert(1)</script>"


@pytest.fixture
def mails(app: Flask) -> list[str]:
    """The public ids of two mails, the older one first."""
    with app.app_context():
        for number, subject in enumerate(("Thứ nhất", "Thứ hai <b>")):
            letter = Letter("lan@example.vn", "vi", subject, "Xem https://example.vn/a\n<i>", HTML)
            put_in_outbox(letter, f"test:{number}")
            db.session.flush()
        for number, mail in enumerate(db.session.scalars(select(Mail).order_by(Mail.id))):
            mail.created_at = NOW + timedelta(minutes=number)
        db.session.commit()
        return list(db.session.scalars(select(Mail.public_id).order_by(Mail.id)))


def test_mails_are_listed_newest_first(client: FlaskClient, mails: list[str]) -> None:
    page = get(client, "/en/mailbox")
    listed = [path for path in page.links.values() if "/mailbox/" in path]
    assert listed == [f"/en/mailbox/{public_id}" for public_id in reversed(mails)]
    assert "Thứ hai <b>" in page.text
    assert "waiting to be sent" in page.text


def test_an_empty_box_says_so(client: FlaskClient) -> None:
    assert "No mail yet" in get(client, "/en/mailbox").text


def test_a_mail_as_text(client: FlaskClient, mails: list[str]) -> None:
    page = get(client, f"/en/mailbox/{mails[0]}")
    assert page.headings == ["Thứ nhất"]
    assert "lan@example.vn" in page.text
    assert page.links["https://example.vn/a"] == "https://example.vn/a"
    assert "&lt;i&gt;" in page.html
    assert "<script>alert" not in page.html


def test_a_mail_as_html_runs_nothing(client: FlaskClient, mails: list[str]) -> None:
    response = client.get(f"/en/mailbox/{mails[0]}/letter")
    policy = response.headers["Content-Security-Policy"]
    assert response.text == HTML
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy


@pytest.mark.parametrize("ending", ["", "/letter"])
def test_unknown_mails(client: FlaskClient, ending: str) -> None:
    assert client.get(f"/en/mailbox/not-here{ending}").status_code == 404


@pytest.mark.parametrize("ending", ["", "/{}", "/{}/letter"])
def test_there_is_no_mailbox_in_production(
    app: Flask, client: FlaskClient, mails: list[str], ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "is_production", property(lambda _self: True))
    assert app.config["SHOP"].mode is Mode.TEST
    assert client.get(f"/en/mailbox{ending.format(mails[0])}").status_code == 404
