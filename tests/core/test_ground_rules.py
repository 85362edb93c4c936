"""What holds on every page: audiences, headers, cookies, refusals, unsaved work."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.core.access import OWN_VIEWS_OF_FLASK, Audience, audience_of
from shop.core.db import db
from shop.core.outbox import Letter, Mail, put_in_outbox
from shop.core.transaction import UnsavedWork, after_commit, refuse_unsaved_work, transaction
from tests.factories import make_person

LETTER = Letter("lan@example.vn", "vi", "Chào", "Chào bạn", "<p>Chào bạn</p>")


def test_every_view_declares_its_audience(app: Flask) -> None:
    undeclared = [
        endpoint
        for endpoint in app.view_functions
        if endpoint not in OWN_VIEWS_OF_FLASK and audience_of(app, endpoint) is None
    ]
    assert undeclared == []


def test_only_declared_guests_reach_the_desks(app: Flask, client: FlaskClient) -> None:
    """Every GET of the desks sends a stranger to the sign-in page, whatever the address holds."""
    guarded = [
        rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and audience_of(app, rule.endpoint)
        in (Audience.MEMBER, Audience.OFFICER, Audience.SIGNED_IN)
    ]
    assert guarded
    for rule in guarded:
        path = re.sub(r"<[^>]*lang_code>", "vi", str(rule))
        path = re.sub(r"<any\((\w+)[^>]*>", r"\1", re.sub(r"<int[^>]*>", "1", path))
        path = re.sub(r"<[^>]*>", "x", path)
        response = client.get(path)
        assert (response.status_code, "/sign-in" in response.headers.get("Location", "")) == (
            303,
            True,
        ), path


def test_headers_allow_no_inline_script_or_style(client: FlaskClient) -> None:
    response = client.get("/vi/")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    scripts = re.findall(r"<script\b[^>]*>", response.text)
    assert scripts
    assert all(f'nonce="{nonce.group(1)}"' in script for script in scripts)
    assert not re.search(r"\sstyle=|\son[a-z]+=\"", response.text)
    assert client.get("/vi/").headers["Content-Security-Policy"] != policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_are_bound_to_this_host(client: FlaskClient) -> None:
    cookies = client.get("/vi/sign-in").headers.getlist("Set-Cookie")
    own = [cookie for cookie in cookies if cookie.startswith("__Host-")]
    assert own
    for cookie in own:
        attributes = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= attributes
        assert not any(attribute.startswith("Domain") for attribute in attributes)


def test_posts_without_the_form_token_are_refused(client: FlaskClient) -> None:
    assert client.post("/vi/sign-in", data={"email": "x"}).status_code == 422


@pytest.mark.parametrize(("language", "words"), [("vi", "Tất cả gốm sứ"), ("en", "All ceramics")])
def test_an_unknown_page_is_designed_in_both_languages(
    client: FlaskClient, language: str, words: str
) -> None:
    response = client.get(f"/{language}/not-here")
    assert response.status_code == 404
    assert f'<html lang="{language}"' in response.text
    assert words in response.text


def test_a_refusal_follows_what_was_asked_for(client: FlaskClient) -> None:
    as_json = client.get("/en/not-here", headers={"Accept": "application/json"})
    assert as_json.json
    assert as_json.json["status"] == 404
    fragment = client.get("/en/not-here", headers={"HX-Request": "true"})
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#notice"


def test_work_outside_a_transaction_is_refused(context: Flask) -> None:
    put_in_outbox(LETTER, "outside")
    with pytest.raises(UnsavedWork):
        refuse_unsaved_work()
    assert db.session.scalar(select(Mail.id)) is None


def test_transactions_do_not_nest(context: Flask) -> None:
    with transaction(), pytest.raises(RuntimeError), transaction():
        pass


def test_what_waits_for_the_commit_happens_only_with_it(context: Flask) -> None:
    done: list[str] = []
    with transaction():
        make_person()
        after_commit(lambda: done.append("kept"))
        assert done == []

    def fail_midway() -> None:
        with transaction():
            after_commit(lambda: done.append("lost"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_midway()
    assert done == ["kept"]
