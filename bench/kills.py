"""kill -9 at any moment of buying by card, many times over: what is lost, what is doubled?

    BATTRANG_MODE=test python -m bench.kills [trials]

Each trial lets a process of its own place an order and open its card page, hear the provider's
message and send the letters, and kills it after a chance delay. Then the buyer comes again, the
provider repeats itself, reconcile runs, and everything is compared: one order, one card page, one
payment, books and stock agree, each letter gone at least once and at most twice. On SQLite, or on
the PostgreSQL database that TEST_DATABASE_URL names.
"""

from __future__ import annotations

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextvars import Context
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import flask_migrate
from flask import Flask
from sqlalchemy import select

from shop.app import create_app
from shop.cart.cookie import BASKET_COOKIE
from shop.core import clock
from shop.core.assets import SOURCE, build_assets, built_folder
from shop.core.db import db
from shop.core.limits import limiter
from shop.core.outbox import Mail, MailStatus
from shop.core.postman import deliver_mail
from shop.core.settings import load_settings
from shop.orders.models import OrderGroup
from shop.payments.models import Payment, PaymentStatus
from tests.checkout.bookkeeping import faults
from tests.checkout.buying import stock_adds_up
from tests.checkout.killing import LetterBox, kill, running
from tests.checkout.paying import WEBHOOK
from tests.checkout.test_views import order
from tests.conftest import MIGRATIONS, empty_tables, new_client, worker_database
from tests.factories import make_cart, make_product, make_rates, make_workshop, variant_of
from tests.stripe_server import (
    SECRET_KEY,
    WEBHOOK_SECRET,
    StripeServer,
    event_of,
    signature_of,
)

LONGEST_DELAY = 1.2
LATER = timedelta(minutes=12)


def open_shop() -> str:
    empty_tables()
    make_rates()
    vase = variant_of(make_product(make_workshop(), stock=1))
    token = make_cart((vase, 1))[1]
    db.session.commit()
    return token


def buy(app: Flask, token: str) -> None:
    """As a buyer does it, or does it again: place the order, and go to the card page."""
    client = new_client(app)
    client.set_cookie(BASKET_COOKIE, token, domain="localhost")
    with app.app_context():
        group = db.session.scalar(select(OrderGroup))
        tracking = group.tracking_token if group else None
        db.session.rollback()
    if tracking is None:
        order(client, method="stripe")
        return
    page = client.get(f"/vi/orders/{tracking}").text
    mark = 'name="csrf_token" value="'
    csrf = page.split(mark)[1].split('"')[0]
    client.post(f"/vi/checkout/{tracking}/payment", data={"csrf_token": csrf})


def hear(app: Flask, stripe: StripeServer) -> None:
    for name in stripe.sessions:
        body = event_of("checkout.session.completed", stripe.pay(name), 1)
        headers = {"Stripe-Signature": signature_of(body)}
        new_client(app).post(WEBHOOK, data=body, headers=headers)


def cut_short(app: Flask, work: Callable[[], object], chance: random.Random) -> bool:
    """Whether the process was still at it when it was killed."""
    with running(app, work) as process:
        process.join(chance.uniform(0, LONGEST_DELAY))
        was_alive = process.is_alive()
        kill(process)
    return was_alive


def wrongs(stripe: StripeServer, box: LetterBox) -> list[str]:
    db.session.rollback()
    found = list(faults())
    if not stock_adds_up():
        found.append("stock")
    groups = db.session.scalars(select(OrderGroup.id)).all()
    paid = db.session.scalars(select(Payment.status)).all()
    if len(groups) != 1 or list(paid) != [PaymentStatus.PAID] or len(stripe.sessions) != 1:
        found.append(f"{len(groups)} orders, {paid}, {len(stripe.sessions)} card pages")
    mails = db.session.execute(select(Mail.status, Mail.recipient)).all()
    due, gone = Counter(to for _, to in mails), Counter(box.letters)
    for to, count in due.items():
        arrived = sum(number for line, number in gone.items() if to in line)
        if not count <= arrived <= 2 * count:
            found.append(f"{count} letters due to {to}, {arrived} arrived")
    if any(status is not MailStatus.SENT for status, _ in mails):
        found.append("letters unsent")
    return found


def trial(app: Flask, stripe: StripeServer, box: LetterBox, chance: random.Random) -> Counter[str]:
    stripe.forget()
    box.letters.clear()
    limiter.reset()
    token = open_shop()
    seen: Counter[str] = Counter()
    for name, work in (
        ("buying", lambda: Context().run(buy, app, token)),
        ("hearing", lambda: Context().run(hear, app, stripe)),
        ("writing letters", deliver_mail),
    ):
        seen[f"killed while {name}"] += cut_short(app, work, chance)
        db.session.rollback()
        if name == "buying":
            stood = db.session.scalar(select(OrderGroup.id)) is not None
            seen["… with the order written"] += stood
            seen["… with the card page open there"] += bool(stripe.sessions)
            db.session.rollback()
            # Outside our application context: a browser shares none with the shop.
            Context().run(buy, app, token)
            stripe.pay(next(iter(stripe.sessions)))
    with clock.stopped(datetime.now(UTC) + LATER):
        app.test_cli_runner().invoke(args=["reconcile"])
        deliver_mail()
    for wrong in wrongs(stripe, box):
        print("WRONG", wrong, flush=True)
        seen["wrong"] += 1
    return seen


def main(trials: int) -> None:
    stripe, box, chance = StripeServer(), LetterBox(), random.Random(20261125)
    with worker_database("kills") as url:
        settings = replace(
            load_settings(),
            database_url=url,
            smtp_url=box.url,
            stripe_secret_key=SECRET_KEY,
            stripe_webhook_secret=WEBHOOK_SECRET,
            stripe_api_base=stripe.url,
            stripe_timeout_seconds=2,
        )
        build_assets(SOURCE, built_folder(settings))
        app = create_app(settings)
        began, total = time.monotonic(), Counter[str]()
        with app.app_context():
            flask_migrate.upgrade(MIGRATIONS)
            for _ in range(trials):
                total += trial(app, stripe, box, chance)
            db.engine.dispose()
    print(f"{trials} trials in {time.monotonic() - began:.0f} s on {url.split(':')[0]}")
    for name, count in sorted(total.items()):
        print(f"{count:6} {name}")
    print("nothing lost, nothing doubled" if not total["wrong"] else "SOMETHING IS WRONG")
    sys.exit(bool(total["wrong"]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
