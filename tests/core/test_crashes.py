"""What breaks on our side is said to be ours, whether in the view or around it."""

from __future__ import annotations

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from structlog.testing import CapturingLogger

from shop.core.access import Audience, audience
from shop.core.transaction import transaction
from tests import pages
from tests.factories import make_person

PATH = "/en/delivery"
UNTOUCHED = "Nothing you sent was carried out."
UNSURE = "Part of what you sent may have been carried out"


@audience(Audience.PUBLIC)
def broken() -> str:
    raise ZeroDivisionError


@audience(Audience.PUBLIC)
def broken_after_its_commit() -> str:
    with transaction():
        make_person()
    raise ZeroDivisionError


@pytest.fixture
def broken_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.view_functions, "pages.delivery", broken)


def test_in_a_view(client: FlaskClient, broken_page: None, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = CapturingLogger()
    monkeypatch.setattr("shop.core.logs.log", lines)
    response = client.get(PATH)
    assert response.status_code == 500
    assert UNTOUCHED in response.text
    assert "Content-Security-Policy" in response.headers
    (crash,) = [line for line in lines.calls if line.method_name == "error"]
    assert isinstance(crash.kwargs["exc_info"][1], ZeroDivisionError)
    assert PATH not in repr(crash)


@pytest.mark.parametrize("times", [1, 2])
def test_after_a_view(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    """Once, or on the way out of the error page again."""
    failures = [ZeroDivisionError] * times

    def fail(response: Response) -> Response:
        if failures:
            raise failures.pop()
        return response

    others = app.after_request_funcs.get(None, [])
    monkeypatch.setitem(app.after_request_funcs, None, [*others, fail])
    response = client.get(PATH)
    assert response.status_code == 500
    assert UNTOUCHED in response.text


def test_in_the_form_that_was_asked_for(client: FlaskClient, broken_page: None) -> None:
    response = client.get(PATH, headers={"Accept": "application/json"})
    assert response.json
    assert response.json["status"] == 500


def test_nothing_is_denied_that_was_committed(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = pages.get(client, "/en/sign-in").form()
    endpoint, _ = app.url_map.bind("localhost").match("/en/sign-in", method="POST")
    monkeypatch.setitem(app.view_functions, endpoint, broken_after_its_commit)
    response = client.post(
        "/en/sign-in", data=form.values, headers={"Referer": "https://localhost/en/sign-in"}
    )
    assert response.status_code == 500
    assert UNSURE in response.text
    assert UNTOUCHED not in response.text
