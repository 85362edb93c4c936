"""The demonstration village, loaded once a worker and served on a port, and Chromium before it."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from sqlalchemy import select
from werkzeug.serving import make_server

from shop.app import create_app
from shop.catalogue.actions.stock import receive_stock
from shop.catalogue.models import Product, Variant
from shop.core import clock
from shop.core.assets import SOURCE, build_assets, built_folder
from shop.core.db import db
from shop.core.limits import limiter
from shop.core.settings import Settings, load_settings
from shop.core.transaction import transaction
from tests.browser.small_village import small_village
from tests.conftest import MIGRATIONS, never_wait_for_the_disk, worker_database
from tests.stripe_server import SECRET_KEY, WEBHOOK_SECRET, StripeServer

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1440, "height": 900}
PATIENCE_MS = 60_000
"""So long because a busy machine is no fault; nothing that works waits for it."""
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


PIECES = ("lo-hoa-lam-cuc-day", "chum-men-nau-chay")
"""One piece from each of two workshops, of which the tests need many."""


@dataclass
class Village:
    """The served site: its address, its application and the card provider it talks to."""

    url: str
    app: Flask
    stripe: StripeServer


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _settings(url: str, port: int, var: Path, stripe: StripeServer) -> Settings:
    return replace(
        load_settings(),
        database_url=url,
        var=var,
        public_url=f"http://127.0.0.1:{port}",
        stripe_secret_key=SECRET_KEY,
        stripe_webhook_secret=WEBHOOK_SECRET,
        stripe_api_base=stripe.url,
        stripe_checkout_origin=stripe.url,
    )


def _fill_shelves(app: Flask) -> None:
    with app.app_context(), transaction():
        for variant in db.session.scalars(
            select(Variant)
            .join(Product, Product.id == Variant.product_id)
            .where(Product.slug.in_(PIECES))
        ).all():
            receive_stock(variant, 100, cause="tests", at=clock.now())


def _answered_whole(app: WSGIApplication) -> WSGIApplication:
    """Werkzeug's server forgets to close a picture's file when the browser turns away from it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return answer


@pytest.fixture(scope="session")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    stripe, port = StripeServer(), _free_port()
    with worker_database("village") as url:
        settings = _settings(url, port, tmp_path_factory.mktemp("village"), stripe)
        build_assets(SOURCE, built_folder(settings))
        app = create_app(settings)
        never_wait_for_the_disk(app)
        with app.app_context():
            flask_migrate.upgrade(MIGRATIONS)
        folder = small_village(tmp_path_factory.mktemp("demo"))
        loaded = app.test_cli_runner().invoke(args=["demo", "load", "--folder", str(folder)])
        assert loaded.exit_code == 0, loaded.output
        _fill_shelves(app)
        server = make_server("127.0.0.1", port, _answered_whole(app), threaded=True)
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield Village(settings.public_url, app, stripe)
        server.shutdown()
        server.server_close()
        with app.app_context():
            db.engine.dispose()
    stripe.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """One a process: a second cannot be begun beside it."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield chromium
    chromium.close()


NewPage = Callable[..., Page]


@pytest.fixture
def new_page(browser: Browser, village: Village) -> Iterator[NewPage]:
    """Open a page of a fresh visitor; a script error or a blocked resource fails the test."""
    limiter.reset()
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(size: dict[str, int] = DESK, **options: object) -> Page:
        context = browser.new_context(
            base_url=village.url,
            viewport=size,  # type: ignore[arg-type]
            reduced_motion="reduce",
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if message.type == "error" and "Content Security Policy" in message.text
                else None
            ),
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
