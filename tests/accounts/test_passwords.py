"""What is refused as a password, and what a stored one gives away."""

from __future__ import annotations

import unicodedata

import pytest
from flask import Flask

from shop.accounts.passwords import (
    MINIMUM_LENGTH,
    _hasher,
    fault_of_new_password,
    hash_password,
    needs_rehash,
    verify_password,
)

OWN = ("mai.lan@example.vn", "Tô Thị Mai Lan")


@pytest.mark.parametrize(
    "password",
    [
        "ngắn quá",
        "a" * 257,
        "password1234",
        "PassWord1234",
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "123456789012",
        "210987654321",
        "abcdefghijklm",
        "qwertyuiopqwertyuiop",
        "mai.lan@example.vn",
        "tô thị mai lan",
        "ToThiMaiLan2026",
        "mai.lan mai.lan",
        "battrang2026!",
    ],
)
def test_guessable_passwords_are_refused(app: Flask, password: str) -> None:
    with app.test_request_context():
        assert fault_of_new_password(password, OWN)


@pytest.mark.parametrize(
    "password",
    [
        "mua-gom-battrang-2026",
        "chén trà nguội bên cửa sổ",
        "correct horse battery staple",
        "mai lan hay quên chìa khoá ở lò",
        "x" * 4 + "đất sét trắng",
    ],
)
def test_long_phrases_are_taken(app: Flask, password: str) -> None:
    with app.test_request_context():
        assert fault_of_new_password(password, OWN) is None


def test_the_shortest_allowed_is_allowed(app: Flask) -> None:
    with app.test_request_context():
        good = "k3 men ran tr"
        assert fault_of_new_password(good[:MINIMUM_LENGTH], OWN) is None
        assert fault_of_new_password(good[: MINIMUM_LENGTH - 1], OWN)


def test_a_hash_opens_with_its_password_only(app: Flask) -> None:
    with app.app_context():
        stored = hash_password("chén trà nguội")
        assert "chén" not in stored
        assert stored != hash_password("chén trà nguội")
        assert verify_password(stored, "chén trà nguội")
        assert not verify_password(stored, "chén trà nóng")
        assert not verify_password("", "chén trà nguội")
        assert not verify_password("plain text", "plain text")


def test_a_password_typed_on_another_keyboard_is_the_same(app: Flask) -> None:
    with app.app_context():
        stored = hash_password("chén trà nguội")
        assert verify_password(stored, unicodedata.normalize("NFD", "chén trà nguội"))


def test_real_hashes_cost_what_owasp_asks() -> None:
    stored = _hasher(is_test=False).hash("chén trà nguội")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_a_hash_of_other_parameters_is_renewed(app: Flask) -> None:
    with app.app_context():
        assert not needs_rehash(hash_password("chén trà nguội"))
        assert needs_rehash(_hasher(is_test=False).hash("chén trà nguội"))
