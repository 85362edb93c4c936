"""The site refuses to start on a weak footing, and says everything that is wrong at once."""

from __future__ import annotations

import re
import secrets

import pytest

from shop.core.settings import BadSettings, Mode, load_settings
from shop.payments.vietqr import parse, payload

GOOD = {
    "BATTRANG_MODE": "production",
    "BATTRANG_SECRET_KEY": secrets.token_urlsafe(48),
    "BATTRANG_PUBLIC_URL": "https://battrang.example",
    "BATTRANG_SMTP_URL": "smtp://localhost:587",
    "BATTRANG_BANK_BIN": "970436",
    "BATTRANG_BANK_NAME": "Vietcombank",
    "BATTRANG_BANK_ACCOUNT": "0123456789",
    "BATTRANG_BANK_HOLDER": "HTX BAT TRANG",
}


def test_a_sound_production_environment_is_taken() -> None:
    settings = load_settings(GOOD)
    assert settings.is_production
    assert not settings.takes_cards


def test_without_a_mode_it_is_production() -> None:
    with pytest.raises(BadSettings, match="SECRET_KEY"):
        load_settings({})


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"BATTRANG_SECRET_KEY": ""}, "SECRET_KEY"),
        ({"BATTRANG_SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"BATTRANG_SECRET_KEY": "a" * 60}, "SECRET_KEY"),
        ({"BATTRANG_PUBLIC_URL": "http://battrang.example"}, "PUBLIC_URL"),
        ({"BATTRANG_SMTP_URL": ""}, "SMTP_URL"),
        ({"BATTRANG_PROCESSES": "4"}, "REDIS_URL"),
        ({"BATTRANG_PROCESSES": "many"}, "PROCESSES"),
        ({"BATTRANG_PROCESSES": "0"}, "PROCESSES"),
        ({"BATTRANG_TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
        ({"BATTRANG_TRUSTED_PROXIES": "6"}, "TRUSTED_PROXIES"),
        ({"BATTRANG_STRIPE_TIMEOUT_SECONDS": "0"}, "STRIPE_TIMEOUT_SECONDS"),
        ({"BATTRANG_STRIPE_TIMEOUT_SECONDS": "61"}, "STRIPE_TIMEOUT_SECONDS"),
        ({"BATTRANG_LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        ({"BATTRANG_SMTP_URL": "mail.example.vn"}, "SMTP_URL"),
        ({"BATTRANG_SMTP_URL": "smtps://mail.example.vn:mail"}, "SMTP_URL"),
        ({"BATTRANG_BANK_BIN": ""}, "BANK_BIN"),
        ({"BATTRANG_BANK_BIN": "97043"}, "BANK_BIN"),
        ({"BATTRANG_BANK_BIN": "VCBVNX"}, "BANK_BIN"),
        ({"BATTRANG_BANK_ACCOUNT": ""}, "BANK_ACCOUNT"),
        ({"BATTRANG_BANK_ACCOUNT": "0123 456 789"}, "BANK_ACCOUNT"),
        ({"BATTRANG_BANK_ACCOUNT": "1" * 20}, "BANK_ACCOUNT"),
        ({"BATTRANG_BANK_NAME": " "}, "BANK_NAME"),
        ({"BATTRANG_BANK_HOLDER": ""}, "BANK_HOLDER"),
        ({"BATTRANG_STRIPE_SECRET_KEY": "sk_live_x"}, "STRIPE_WEBHOOK_SECRET"),
        ({"BATTRANG_CARD_WINDOW_MINUTES": "10"}, "CARD_WINDOW_MINUTES"),
        ({"BATTRANG_MODE": "staging"}, "MODE"),
    ],
)
def test_each_weakness_is_named(change: dict[str, str], fault: str) -> None:
    with pytest.raises(BadSettings, match=fault):
        load_settings({**GOOD, **change})


def test_every_fault_is_said_at_once() -> None:
    with pytest.raises(BadSettings) as caught:
        load_settings(
            {
                "BATTRANG_MODE": "staging",
                "BATTRANG_BANK_BIN": "97",
                "BATTRANG_LOG_LEVEL": "LOUD",
                "BATTRANG_PROCESSES": "0",
                "BATTRANG_CARD_WINDOW_MINUTES": "an hour",
            }
        )
    named = set(re.findall(r"BATTRANG_([A-Z_]+) (?:must|is)", str(caught.value)))
    assert named == {
        *("MODE", "SECRET_KEY", "PUBLIC_URL", "SMTP_URL", "LOG_LEVEL", "PROCESSES"),
        *("CARD_WINDOW_MINUTES", "BANK_BIN", "BANK_ACCOUNT", "BANK_NAME", "BANK_HOLDER"),
    }


def test_a_bank_that_vietqr_cannot_carry_is_refused_in_the_demonstration_too() -> None:
    with pytest.raises(BadSettings, match="BANK_BIN"):
        load_settings({**GOOD, "BATTRANG_MODE": "demonstration", "BATTRANG_BANK_BIN": "97"})


def test_the_bank_account_taken_is_one_vietqr_carries() -> None:
    bank = load_settings({**GOOD, "BATTRANG_BANK_ACCOUNT": "A1" + "9" * 17}).bank
    assert bank
    assert parse(payload(bank.bin, bank.number)).account == bank.number


@pytest.mark.parametrize(("given", "taken"), [("", "INFO"), ("debug", "DEBUG")])
def test_the_log_level_is_read_kindly(given: str, taken: str) -> None:
    assert load_settings({**GOOD, "BATTRANG_LOG_LEVEL": given}).log_level == taken


def test_the_demonstration_needs_nothing() -> None:
    settings = load_settings({"BATTRANG_MODE": "demonstration"})
    assert settings.mode is Mode.DEMONSTRATION
    assert settings.bank is not None
    assert settings.bank.number == "0000000000000"


def test_the_mode_of_the_card_key_is_read_from_its_name() -> None:
    cards = {"BATTRANG_STRIPE_WEBHOOK_SECRET": "whsec_x"}
    live = load_settings({**GOOD, **cards, "BATTRANG_STRIPE_SECRET_KEY": "sk_live_x"})
    test = load_settings({**GOOD, **cards, "BATTRANG_STRIPE_SECRET_KEY": "sk_test_x"})
    assert (live.stripe_livemode, test.stripe_livemode) == (True, False)
