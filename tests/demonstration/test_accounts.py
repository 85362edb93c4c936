"""The accounts to try are shown in demonstration mode, and in no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask

from shop.core.settings import Mode, Settings
from shop.demonstration.accounts import demonstration_accounts


def test_a_buyer_two_artisans_and_two_officers(context: Flask) -> None:
    accounts = demonstration_accounts()
    assert [account["role"] for account in accounts] == [
        "buyer",
        "artisan",
        "artisan",
        *["officer"] * 2,
    ]
    assert accounts[1]["role_vi"] == "Thợ gốm, Xưởng Nét Lam"
    assert accounts[1]["role_en"] == "Artisan, Net Lam Workshop"
    assert all(len(account["password"]) >= 12 for account in accounts)
    assert context.extensions["demonstration_accounts"]() == accounts


def test_the_sign_in_page_shows_them_in_demonstration_mode_only(
    app: Flask, settings: Settings, tmp_path: Path
) -> None:
    passwords = [account["password"] for account in demonstration_accounts()]
    production = replace(
        settings,
        mode=Mode.PRODUCTION,
        secret_key="Zx81-a-very-long-and-random-secret-key-49",
        public_url="https://battrang.example.vn",
        smtp_url="smtp://mail.example.vn",
    )
    kept = app.config["SHOP"]
    for mode, shown in ((replace(settings, mode=Mode.DEMONSTRATION), True), (production, False)):
        app.config["SHOP"] = mode
        try:
            page = app.test_client().get("/en/sign-in", base_url="https://localhost").text
        finally:
            app.config["SHOP"] = kept
        assert all((password in page) is shown for password in passwords)
