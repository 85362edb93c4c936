"""Every letter an order causes, compared with the text saved beside this file.

After a change of words, read the difference, then save it: SAVE_LETTERS=1 pytest this file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalogue.models import Supply
from shop.checkout.actions import cancel_unpaid, lapse_payment, place_order, settle_payment
from shop.checkout.queries import preview
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.settings import Settings
from shop.core.transaction import transaction
from shop.orders import letters
from shop.orders.actions import (
    cancel_order,
    confirm_order,
    deliver_order,
    order_for_update,
    pack_order,
    ship_order,
)
from shop.orders.models import ActorKind, Order, OrderGroup
from shop.orders.queries import whole_group
from shop.payments.models import PaymentMethod
from tests.checkout.buying import buyer, purchase_of
from tests.factories import (
    HOAN_KIEM,
    NOW,
    make_cart,
    make_member,
    make_product,
    make_rates,
    make_workshop,
    variant_of,
)

SAVED = Path(__file__).parent / "letters"
REFERENCE, TOKEN = "BT7KX9MP4", "abcdefghijklmnopqrstuvwxyz012345"
LANGUAGES = ("vi", "en")
Do = Callable[[OrderGroup], None]


@pytest.fixture(autouse=True)
def _at_ten_in_hanoi(context: Flask) -> Iterator[None]:
    with clock.stopped(NOW):
        yield


def order(
    settings: Settings,
    language: str = "vi",
    method: PaymentMethod = PaymentMethod.CASH,
    delivery: str | None = None,
) -> OrderGroup:
    """A vase from stock and two sets made to order, under names that do not change."""
    lam, bau = make_workshop(), make_workshop("lo-bau-do", "Lò Bầu Đỏ")
    vase = variant_of(make_product(lam))
    tea = variant_of(
        make_product(
            bau,
            "bo-am",
            name_vi="Bộ ấm chén “Sen”",
            name_en="Lotus & bamboo tea set",
            supply=Supply.MADE_TO_ORDER,
            stock=0,
            price=900_000,
        )
    )
    tea.label_vi, tea.label_en = "Sáu chén", "Six cups"
    make_rates()
    cart, _token = make_cart((vase, 1), (tea, 2))
    db.session.commit()
    purchase = purchase_of(cart, method=method, delivery=delivery)
    person = replace(buyer(), language=language, note="Gói quà giúp tôi <3")
    with transaction():
        group = place_order(replace(purchase, buyer=person), settings, NOW)
        group.reference, group.tracking_token = REFERENCE, TOKEN
        whole_group(group.id).payment.transfer_reference = (
            REFERENCE if method is PaymentMethod.VIETQR else None
        )
    return group


def first_order(group: OrderGroup) -> Order:
    return db.session.scalars(
        select(Order).where(Order.group_id == group.id).order_by(Order.id)
    ).first()  # type: ignore[return-value]


def move(group: OrderGroup, *verbs: str) -> None:
    """Take the first workshop's order through these steps; a letter for the last."""
    first = first_order(group)
    with transaction():
        found = order_for_update(first.public_id, [first.workshop_id])
        member = make_member(found.workshop)
        for verb in verbs:
            MOVES[verb](found, member)
        db.session.flush()
        letters.tell_order_moved(found.id)


MOVES: dict[str, Callable[..., None]] = {
    "confirm": lambda found, by: confirm_order(found, by=by, at=NOW),
    "pack": lambda found, by: pack_order(found, by=by, at=NOW),
    "ship": lambda found, by: ship_order(
        found,
        carrier_code="ghn",
        carrier_name="Giao Hàng Nhanh",
        tracking_number="GHN123456",
        tracking_url="https://carrier.example/GHN123456",
        by=by,
        at=NOW,
    ),
    "deliver": lambda found, by: deliver_order(found, by=by, at=NOW),
    "cancel": lambda found, by: cancel_order(
        found, by=ActorKind.WORKSHOP, by_id=by.id, at=NOW, note="Bình nứt khi ra lò"
    ),
}


def tell_lapsed(group: OrderGroup) -> None:
    with transaction():
        lapse_payment(group.payment_id, at=clock.now().replace(month=12))
        letters.tell_group_lapsed(group.id)


def tell_late(group: OrderGroup) -> None:
    """The vase was sold to someone else before the money came; the sets can still be made."""
    tell_lapsed(group)
    with transaction():
        variant_of_first = first_order(group)
        db.session.refresh(variant_of_first, ["lines"])
        line = variant_of_first.lines[0]
        db.session.refresh(line, ["variant"])
        line.variant.on_hand = line.variant.allocated
        db.session.flush()
        settled = settle_payment(group.payment_id, group.total, at=NOW)
        letters.tell_late_payment(group.id, settled.honoured, settled.refunded)


def tell_paid(group: OrderGroup) -> None:
    with transaction():
        settle_payment(group.payment_id, group.total, at=NOW)
        letters.tell_payment_received(group.id)


def tell_cancelled(group: OrderGroup) -> None:
    with transaction():
        cancel_unpaid(group.payment_id, by=ActorKind.BUYER, at=NOW)
        letters.tell_group_cancelled(group.id)


def tell(name: str) -> Do:
    def do(group: OrderGroup) -> None:
        with transaction():
            getattr(letters, name)(group.id)

    return do


TO_BUYERS: dict[str, tuple[PaymentMethod, str | None, Do]] = {
    "placed-cash": (PaymentMethod.CASH, None, tell("tell_order_placed")),
    "placed-transfer": (PaymentMethod.VIETQR, None, tell("tell_order_placed")),
    "placed-collection": (PaymentMethod.CASH, "collection", tell("tell_order_placed")),
    "paid": (PaymentMethod.VIETQR, None, tell_paid),
    "confirmed": (PaymentMethod.CASH, None, lambda group: move(group, "confirm")),
    "ready": (PaymentMethod.CASH, "collection", lambda group: move(group, "confirm", "pack")),
    "shipped": (PaymentMethod.CASH, None, lambda group: move(group, "confirm", "pack", "ship")),
    "delivered": (
        PaymentMethod.CASH,
        None,
        lambda group: move(group, "confirm", "pack", "ship", "deliver"),
    ),
    "collected": (
        PaymentMethod.CASH,
        "collection",
        lambda group: move(group, "confirm", "pack", "deliver"),
    ),
    "refused": (PaymentMethod.CASH, None, lambda group: move(group, "cancel")),
    "lapsed": (PaymentMethod.VIETQR, None, tell_lapsed),
    "cancelled": (PaymentMethod.VIETQR, None, tell_cancelled),
    "late": (PaymentMethod.VIETQR, None, tell_late),
    "link": (PaymentMethod.CASH, None, tell("tell_tracking_link")),
}


def letters_to(recipient: str) -> list[Mail]:
    return list(
        db.session.scalars(select(Mail).where(Mail.recipient == recipient).order_by(Mail.id))
    )


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: set[str] = set()
        self.skipped = 0

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        self.skipped += tag == "style"
        assert tag not in {"table", "img", "script", "link", "form"}, tag
        assert "style" not in dict(pairs)
        if tag == "a":
            self.links.add(dict(pairs).get("href") or "")

    def handle_endtag(self, tag: str) -> None:
        self.skipped -= tag == "style"

    def handle_data(self, data: str) -> None:
        if not self.skipped:
            self.words.append(data)


def check(mail: Mail, name: str) -> None:
    """The text is what was saved, and the HTML says the same sums, names and links."""
    path = SAVED / f"{name}.{mail.language}.txt"
    text = f"{mail.subject}\n\n{mail.text.strip()}\n"
    if os.environ.get("SAVE_LETTERS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()
    assert not re.search(r"%\(|\{\{|\n{4}|&\w+;", text)
    page = _Words()
    page.feed(mail.html)
    words = " ".join(" ".join(page.words).split())
    links = set(re.findall(r"https?://\S+", mail.text))
    assert links <= page.links, links - page.links
    facts = re.findall(r"₫[\d,]+|[\d.]+\xa0₫|BT\w{7}|Net Lam|Lò Bầu Đỏ|\+?\d[\d ]{8,}\d", mail.text)
    for fact in facts:
        assert " ".join(fact.split()) in words, fact


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TO_BUYERS)
def test_to_the_buyer(settings: Settings, name: str, language: str) -> None:
    method, delivery, do = TO_BUYERS[name]
    group = order(settings, language, method, delivery)
    do(group)
    mail = letters_to("lan@example.vn")[-1]
    assert mail.language == language
    check(mail, name)


@pytest.mark.parametrize(("name", "method"), [("card", "stripe")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_to_a_buyer_who_pays_by_card(
    settings: Settings, name: str, method: str, language: str
) -> None:
    cards = replace(settings, stripe_secret_key="sk_test_1", stripe_webhook_secret="whsec_1")
    group = order(cards, language, PaymentMethod(method))
    tell("tell_order_placed")(group)
    check(letters_to("lan@example.vn")[-1], f"placed-{name}")


@pytest.mark.parametrize(
    ("name", "method", "delivery"),
    [
        ("workshop-cash", PaymentMethod.CASH, None),
        ("workshop-collection", PaymentMethod.CASH, "collection"),
        ("workshop-paid", PaymentMethod.VIETQR, None),
    ],
)
def test_to_a_workshop_is_vietnamese_whatever_the_buyer_reads(
    settings: Settings, name: str, method: PaymentMethod, delivery: str | None
) -> None:
    group = order(settings, "en", method, delivery)
    tell("tell_workshops_new_order")(group)
    if method is PaymentMethod.VIETQR:
        assert letters_to("net-lam@example.vn") == []
        tell_paid(group)
        tell("tell_workshops_new_order")(group)
    [mail] = letters_to("net-lam@example.vn")
    assert "Bộ ấm chén" not in mail.text
    check(mail, name)
    assert "Gói quà giúp tôi &lt;3" in mail.html


def test_to_a_workshop_whose_order_was_cancelled(settings: Settings) -> None:
    group = order(settings)
    tell("tell_workshops_cancelled")(group)
    assert letters_to("net-lam@example.vn") == []
    tell_cancelled(group)
    tell("tell_workshops_cancelled")(group)
    [mail] = letters_to("net-lam@example.vn")
    check(mail, "workshop-cancelled")


def test_placing_tells_buyer_and_workshops_once(settings: Settings) -> None:
    group = order(settings)
    for _ in range(2):
        tell("tell_order_placed")(group)
        tell("tell_workshops_new_order")(group)
    recipients = list(db.session.scalars(select(Mail.recipient).order_by(Mail.id)))
    assert recipients == ["lan@example.vn", "net-lam@example.vn", "lo-bau-do@example.vn"]


def test_a_workshop_without_an_address_gets_none(settings: Settings) -> None:
    group = order(settings)
    with transaction():
        found = first_order(group)
        db.session.refresh(found, ["workshop"])
        found.workshop.email = ""
    tell("tell_workshops_new_order")(group)
    recipients = list(db.session.scalars(select(Mail.recipient)))
    assert recipients == ["lo-bau-do@example.vn"]


def test_packing_a_parcel_for_a_carrier_is_not_worth_a_letter(settings: Settings) -> None:
    group = order(settings)
    move(group, "confirm", "pack")
    assert letters_to("lan@example.vn") == []


def test_abroad_the_address_names_the_country(settings: Settings) -> None:
    group = order(settings, "en", PaymentMethod.VIETQR)
    with transaction():
        fresh = whole_group(group.id)
        fresh.address = replace(
            HOAN_KIEM,
            country="FR",
            street="3 rue des Martyrs",
            city="Paris",
            postcode="75009",
            ward_name=None,
            province_name=None,
        )
        db.session.flush()
        letters.tell_order_placed(group.id)
    [mail] = letters_to("lan@example.vn")
    assert "3 rue des Martyrs\n  Paris, 75009\n  France" in mail.text


def test_the_preview_and_the_letter_agree(settings: Settings) -> None:
    """What the page promised before placing is the sum the letter asks for."""
    group = order(settings, "vi", PaymentMethod.VIETQR)
    tell("tell_order_placed")(group)
    [mail] = letters_to("lan@example.vn")
    assert f"{group.total:,}".replace(",", ".") in mail.text
    assert preview(0, "VN", "01", NOW.date()).parcels == ()
