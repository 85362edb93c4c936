"""A null character is refused before it reaches a database that cannot keep it."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "path", ["/vi/ceramics/%00", "/vi/workshops/a%00b", "/vi/mailbox/%00", "/%00"]
)
def test_in_an_address(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_in_a_query(client: FlaskClient) -> None:
    assert client.get("/vi/ceramics?q=b%C3%ACnh%00lam").status_code == 422


def test_in_a_form(client: FlaskClient) -> None:
    assert client.post("/vi/basket/lines", data={"variant": "a\x00b"}).status_code == 422
