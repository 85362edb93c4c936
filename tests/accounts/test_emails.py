"""E-mail addresses as typed and as stored: what our letters can be sent to."""

from __future__ import annotations

import pytest

from shop.accounts.emails import AccentedEmail, InvalidEmail, parse_email


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Lan@Example.VN ", "lan@example.vn"),
        ("lan@EXAMPLE.vn", "lan@example.vn"),
        # Both checked with Python's own idna codec.
        ("lan@gốm.vn", "lan@xn--gm-j9s.vn"),
        ("lan@bücher.example", "lan@xn--bcher-kva.example"),
        ("lan@xn--bcher-kva.example", "lan@xn--bcher-kva.example"),
    ],
)
def test_parse_email(typed: str, stored: str) -> None:
    assert parse_email(typed) == stored
    assert stored.isascii()


@pytest.mark.parametrize("typed", ["đỗ@example.vn", "làn@gốm.vn", "θσερ@example.vn"])
def test_letters_no_mail_server_takes_are_refused(typed: str) -> None:
    with pytest.raises(AccentedEmail):
        parse_email(typed)


@pytest.mark.parametrize("typed", ["", "lan", "lan@", "@example.vn", "lan@example", "a b@c.vn"])
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(InvalidEmail) as refused:
        parse_email(typed)
    assert not isinstance(refused.value, AccentedEmail)
