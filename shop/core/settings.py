"""Settings, read once from the environment (prefix BATTRANG_) and checked at the start."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

PROJECT = Path(__file__).resolve().parents[2]
PREFIX = "BATTRANG_"
LANGUAGES = ("vi", "en")
MINIMUM_SECRET_LENGTH = 32
STRIPE_CHECKOUT = "https://checkout.stripe.com"
BANK_BIN = re.compile(r"[0-9]{6}")
BANK_ACCOUNT = re.compile(r"[0-9A-Za-z]{1,19}")
"""As VietQR carries them (NAPAS, QR IBFT v1.5.2, field 38); shop.payments.vietqr refuses others."""
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
MOST_PROXIES = 5
LONGEST_STRIPE_TIMEOUT = 60


class Mode(StrEnum):
    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"
    TEST = "test"


class BadSettings(Exception):
    """The environment does not allow the site to start; the message names every fault."""


@dataclass(frozen=True, slots=True)
class BankAccount:
    """The cooperative's account that buyers transfer to."""

    bin: str
    bank_name: str
    number: str
    holder: str


OFFICE_NAME = "Văn phòng làng nghề Bát Tràng"


@dataclass(frozen=True, slots=True)
class Settings:
    mode: Mode
    secret_key: str
    var: Path
    database_url: str
    public_url: str
    redis_url: str | None
    trusted_proxies: int
    smtp_url: str | None
    mail_from: str
    bank: BankAccount | None
    stripe_secret_key: str | None
    stripe_webhook_secret: str | None
    stripe_api_base: str | None
    stripe_checkout_origin: str
    stripe_timeout_seconds: int
    payment_window_hours: int
    card_window_minutes: int
    processes: int
    log_level: str = "INFO"
    bank_webhook_secret: str | None = None
    office_name: str = OFFICE_NAME
    office_tax_id: str = ""

    @property
    def is_demonstration(self) -> bool:
        return self.mode is Mode.DEMONSTRATION

    @property
    def is_production(self) -> bool:
        return self.mode is Mode.PRODUCTION

    @property
    def is_test(self) -> bool:
        return self.mode is Mode.TEST

    @property
    def stripe_livemode(self) -> bool:
        """Whether the secret key is a live one (Stripe names them sk_live_… and rk_live_…)."""
        return bool(self.stripe_secret_key) and "_live_" in str(self.stripe_secret_key)

    @property
    def takes_cards(self) -> bool:
        return bool(self.stripe_secret_key and self.stripe_webhook_secret)

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"


def _mode(values: Mapping[str, str], faults: list[str]) -> Mode:
    try:
        return Mode(values.get("MODE") or Mode.PRODUCTION)
    except ValueError:
        faults.append(f"{PREFIX}MODE must be one of {', '.join(Mode)}")
        return Mode.PRODUCTION


def _integer(values: Mapping[str, str], name: str, default: int, faults: list[str]) -> int:
    raw = values.get(name, "")
    if not raw:
        return default
    try:
        return int(raw)
    except ValueError:
        faults.append(f"{PREFIX}{name} must be a whole number, not {raw!r}")
        return default


def _bank(values: Mapping[str, str], mode: Mode) -> BankAccount | None:
    given = BankAccount(
        bin=values.get("BANK_BIN", "").strip(),
        bank_name=values.get("BANK_NAME", "").strip(),
        number=values.get("BANK_ACCOUNT", "").strip(),
        holder=values.get("BANK_HOLDER", "").strip(),
    )
    if any((given.bin, given.bank_name, given.number, given.holder)):
        return given
    if mode is Mode.PRODUCTION:
        return None
    return BankAccount("970436", "Vietcombank", "0000000000000", "HTX BAT TRANG MINH HOA")


def _faults_of_production(settings: Settings) -> list[str]:
    faults = []
    if len(settings.secret_key) < MINIMUM_SECRET_LENGTH or len(set(settings.secret_key)) < 12:
        faults.append(f"{PREFIX}SECRET_KEY must be random and {MINIMUM_SECRET_LENGTH}+ characters")
    if not settings.is_https:
        faults.append(f"{PREFIX}PUBLIC_URL must be an https address")
    if not settings.smtp_url:
        faults.append(f"{PREFIX}SMTP_URL is needed, or no buyer would get a mail")
    if settings.processes > 1 and not settings.redis_url:
        faults.append(
            f"{PREFIX}REDIS_URL is needed with several processes: "
            "rate limits kept in one process's memory would not hold in the others"
        )
    return faults


def _faults_of_bank(bank: BankAccount) -> list[str]:
    return [
        f"{PREFIX}{name} {demand}; the four BANK settings go together"
        for name, demand, holds in (
            ("BANK_BIN", "must be the bank's 6 digits at NAPAS", BANK_BIN.fullmatch(bank.bin)),
            (
                "BANK_ACCOUNT",
                "must be 1 to 19 letters or digits, without spaces",
                BANK_ACCOUNT.fullmatch(bank.number),
            ),
            ("BANK_NAME", "must be the bank's name", bank.bank_name),
            ("BANK_HOLDER", "must be the account holder as the bank writes it", bank.holder),
        )
        if not holds
    ]


def _faults_of_bounds(settings: Settings) -> list[str]:
    faults = []
    if not 0 <= settings.trusted_proxies <= MOST_PROXIES:
        faults.append(f"{PREFIX}TRUSTED_PROXIES is 0 to {MOST_PROXIES}")
    if not 1 <= settings.stripe_timeout_seconds <= LONGEST_STRIPE_TIMEOUT:
        faults.append(f"{PREFIX}STRIPE_TIMEOUT_SECONDS is 1 to {LONGEST_STRIPE_TIMEOUT}")
    if settings.processes < 1:
        faults.append(f"{PREFIX}PROCESSES is 1 or more")
    if settings.log_level not in LOG_LEVELS:
        faults.append(f"{PREFIX}LOG_LEVEL must be one of {', '.join(LOG_LEVELS)}")
    return faults


def _is_mail_server(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or none there can be
        return False


def _faults(settings: Settings) -> list[str]:
    faults = _faults_of_production(settings) if settings.is_production else []
    faults += _faults_of_bounds(settings)
    if settings.bank:
        faults += _faults_of_bank(settings.bank)
    if settings.smtp_url and not _is_mail_server(settings.smtp_url):
        faults.append(f"{PREFIX}SMTP_URL must be smtp://host:port or smtps://host:port")
    if not 45 <= settings.card_window_minutes <= 1439:
        faults.append(f"{PREFIX}CARD_WINDOW_MINUTES is 45 to 1439 (Stripe: 30 minutes to 24 h)")
    if settings.payment_window_hours < 1:
        faults.append(f"{PREFIX}PAYMENT_WINDOW_HOURS is 1 or more")
    secret = settings.bank_webhook_secret
    if secret is not None and len(secret) < MINIMUM_SECRET_LENGTH:
        faults.append(f"{PREFIX}BANK_WEBHOOK_SECRET must have {MINIMUM_SECRET_LENGTH}+ characters")
    if bool(settings.stripe_secret_key) != bool(settings.stripe_webhook_secret):
        faults.append(f"{PREFIX}STRIPE_SECRET_KEY and {PREFIX}STRIPE_WEBHOOK_SECRET go together")
    return faults


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    Raises BadSettings naming every fault at once: an unknown mode, a weak or missing
    secret outside the demonstration and test modes, half a Stripe or bank configuration,
    numbers out of their bounds.
    """
    environment = os.environ if environment is None else environment
    values = {k[len(PREFIX) :]: v for k, v in environment.items() if k.startswith(PREFIX)}
    faults: list[str] = []
    mode = _mode(values, faults)
    var = Path(values.get("VAR") or PROJECT / "var").resolve()
    settings = Settings(
        mode=mode,
        secret_key=values.get("SECRET_KEY") or _development_secret(mode),
        var=var,
        database_url=values.get("DATABASE_URL") or f"sqlite:///{var / 'battrang.sqlite3'}",
        public_url=(values.get("PUBLIC_URL") or "http://127.0.0.1:8000").rstrip("/"),
        redis_url=values.get("REDIS_URL") or None,
        trusted_proxies=_integer(values, "TRUSTED_PROXIES", 0, faults),
        smtp_url=values.get("SMTP_URL") or None,
        mail_from=values.get("MAIL_FROM") or "Bát Tràng <no-reply@example.vn>",
        bank=_bank(values, mode),
        stripe_secret_key=values.get("STRIPE_SECRET_KEY") or None,
        stripe_webhook_secret=values.get("STRIPE_WEBHOOK_SECRET") or None,
        stripe_api_base=values.get("STRIPE_API_BASE") or None,
        stripe_checkout_origin=values.get("STRIPE_CHECKOUT_ORIGIN") or STRIPE_CHECKOUT,
        stripe_timeout_seconds=_integer(values, "STRIPE_TIMEOUT_SECONDS", 8, faults),
        payment_window_hours=_integer(values, "PAYMENT_WINDOW_HOURS", 24, faults),
        card_window_minutes=_integer(values, "CARD_WINDOW_MINUTES", 120, faults),
        processes=_integer(values, "PROCESSES", 1, faults),
        log_level=(values.get("LOG_LEVEL") or "INFO").upper(),
        bank_webhook_secret=values.get("BANK_WEBHOOK_SECRET") or None,
        office_name=values.get("OFFICE_NAME") or OFFICE_NAME,
        office_tax_id=values.get("OFFICE_TAX_ID", "").strip(),
    )
    faults += _faults(settings)
    if faults:
        raise BadSettings("; ".join(faults))
    return settings


def _development_secret(mode: Mode) -> str:
    return "" if mode is Mode.PRODUCTION else "only-for-demonstration-and-tests-never-for-money"
