"""Pages go out as small as the browser can read them."""

from __future__ import annotations

import gzip

import brotli
import pytest
from flask.testing import FlaskClient

PAGE = "/vi/gallery"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_a_page_is_sent_in_an_encoding_that_is_asked_for(
    client: FlaskClient, accepted: str, encoding: str | None
) -> None:
    answer = client.get(PAGE, headers={"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[encoding]
    assert unpack(answer.data).startswith(b"<!doctype html>")


def test_what_is_no_page_or_fits_in_a_packet_stays_as_it_is(client: FlaskClient) -> None:
    for path in ("/healthz", "/iiif/collection"):
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        assert "Content-Encoding" not in answer.headers
