"""A null character is refused before it reaches a database that cannot keep it."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import pages

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data"
REFUSAL = "Please check the marked fields."


def post(client: FlaskClient, path: str, **sent: Any) -> TestResponse:
    """Post as one of our own pages would, so that the form's token is not what is refused."""
    token = pages.get(client, "/en/sign-in").form().values["csrf_token"]
    return client.post(
        path, headers={"X-CSRFToken": token, "Referer": "https://localhost/en/sign-in"}, **sent
    )


@pytest.mark.parametrize(
    "path", ["/vi/ceramics/%00", "/vi/workshops/a%00b", "/vi/mailbox/%00", "/%00"]
)
def test_in_an_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["q=b%C3%ACnh%00lam", "q%00=x", "glaze=a&glaze=%00"])
def test_in_a_query(client: FlaskClient, query: str) -> None:
    assert client.get(f"/vi/ceramics?{query}").status_code == 422


@pytest.mark.parametrize("path", ["/en/basket/acceptance", "/en/basket/lines"])
@pytest.mark.parametrize("data", [{"variant": "a\x00b"}, {"price-a\x00b": "1"}])
@pytest.mark.parametrize("kind", [FORM, PARTS])
def test_in_a_form(client: FlaskClient, path: str, data: dict[str, str], kind: str) -> None:
    response = post(client, path, data=data, content_type=kind)
    assert (response.status_code, REFUSAL in response.text) == (422, True)


@pytest.mark.parametrize(
    ("field", "name"), [("photograph", "a\x00b.jpg"), ("photo\x00graph", "a.jpg")]
)
def test_in_the_name_of_a_file_or_its_field(client: FlaskClient, field: str, name: str) -> None:
    response = post(client, "/en/basket/acceptance", data={field: (io.BytesIO(b"x"), name)})
    assert (response.status_code, REFUSAL in response.text) == (422, True)


@pytest.mark.parametrize("cookie", ["__Host-basket", "__Host-session", "language"])
def test_in_a_cookie(app: Flask, cookie: str) -> None:
    """A quoted cookie may carry one as an octal escape."""
    client = app.test_client(use_cookies=False)
    assert client.get("/vi/", headers={"Cookie": f'{cookie}="a b"'}).status_code == 200
    assert client.get("/vi/", headers={"Cookie": f'{cookie}="a\\000b"'}).status_code == 422


@pytest.mark.parametrize("sent", [{"variant": "a\x00b"}, {"variant": [1]}, ["variant"], {}])
def test_json_is_no_form(client: FlaskClient, sent: object) -> None:
    response = post(client, "/en/basket/lines", json=sent)
    assert response.status_code == 422
    assert "This page takes forms only." in response.text
