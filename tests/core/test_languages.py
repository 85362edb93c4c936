"""Every page links to itself in the other language, whatever its address holds."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask.testing import FlaskClient


def other_language(page: str) -> str:
    found = re.search(r'<link rel="alternate" hreflang="en" href="([^"]+)"', page)
    assert found
    return unescape(found.group(1))


@pytest.mark.parametrize(
    "query",
    [
        "endpoint=x",
        "_anchor=x",
        "_scheme=gopher",
        "_method=x",
        "_external=1",
        "lang_code=fr",
        "values=x",
        "a=1&a=2&b=",
        "q=b%C3%ACnh+hoa%26c%23",
    ],
)
def test_the_query_goes_along_and_means_nothing_else(client: FlaskClient, query: str) -> None:
    response = client.get(f"/vi/?{query}")
    assert response.status_code == 200
    address = urlsplit(other_language(response.text))
    assert address.path == "/en/"
    assert parse_qsl(address.query, keep_blank_values=True) == parse_qsl(
        query, keep_blank_values=True
    )


def test_without_a_query_there_is_none(client: FlaskClient) -> None:
    assert other_language(client.get("/vi/").text).endswith("/en/")


@pytest.mark.parametrize("path", ["/vi/", "/vi/ceramics", "/vi/sign-in", "/vi/basket", "/vi/x"])
@pytest.mark.parametrize("name", ["endpoint", "_anchor", "_scheme", "_method", "lang_code", "next"])
def test_no_page_takes_a_query_for_instructions(client: FlaskClient, path: str, name: str) -> None:
    assert client.get(f"{path}?{name}=x").status_code in (200, 404)
