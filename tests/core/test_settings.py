"""The site refuses to start on a weak footing, and says everything that is wrong at once."""

from __future__ import annotations

import secrets

import pytest

from shop.core.settings import BadSettings, Mode, load_settings

GOOD = {
    "BATTRANG_MODE": "production",
    "BATTRANG_SECRET_KEY": secrets.token_urlsafe(48),
    "BATTRANG_PUBLIC_URL": "https://battrang.example",
    "BATTRANG_SMTP_URL": "smtp://localhost:587",
    "BATTRANG_BANK_BIN": "970436",
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
        ({"BATTRANG_BANK_BIN": ""}, "BANK_BIN"),
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
        load_settings({"BATTRANG_MODE": "production"})
    for name in ("SECRET_KEY", "PUBLIC_URL", "SMTP_URL"):
        assert name in str(caught.value)


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
