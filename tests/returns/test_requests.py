"""Requests from asking to settling: who may do what until when, and where the money goes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from werkzeug.test import TestResponse

from shop.accounts.models import Person
from shop.catalogue.models import Variant
from shop.checkout.actions import settle_payment
from shop.core import clock
from shop.core.db import db
from shop.core.outbox import Mail
from shop.core.transaction import transaction
from shop.ledger.models import Account
from shop.ledger.queries.books import balance
from shop.media.models import PrivatePicture
from shop.orders.models import Order, OrderGroup, OrderLine, PaymentShare
from shop.payments.models import PaymentMethod, Refund
from shop.payouts.queries.due import unclaimed
from shop.returns.jobs import escalate_overdue
from shop.returns.models import ReturnLine, ReturnPhoto, ReturnRequest, ReturnStatus
from tests.checkout.bookkeeping import deliver, faults, step, take_cash
from tests.checkout.buying import stock_adds_up
from tests.conftest import new_client
from tests.factories import NOW, make_person, sign_in
from tests.pages import Page, get, read
from tests.studio.orders import Desk, Placed, open_village, order

ASKED = NOW + timedelta(hours=2)
PRICE = 1_850_000
POSTAGE = 40_000


def picture(name: str = "vo.jpg") -> tuple[io.BytesIO, str]:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), (90, 60, 200)).save(file, "JPEG")
    file.seek(0)
    return file, name


def browser_of(app: Flask, person_id: int) -> FlaskClient:
    client = new_client(app)
    with app.app_context():
        sign_in(client, db.session.get_one(Person, person_id))
    return client


class Village:
    def __init__(self, app: Flask) -> None:
        self.app = app
        self.desk: Desk = open_village(app)
        with app.app_context():
            self.officer_id = make_person("Văn phòng", is_officer=True).id
            db.session.commit()
        self.buyer = new_client(app)
        self.lan = browser_of(app, self.desk.lan)
        self.officer = browser_of(app, self.officer_id)

    def delivered(
        self, quantity: int = 1, method: PaymentMethod = PaymentMethod.VIETQR, *, cash: bool = True
    ) -> Placed:
        placed = order(self.app, "binh", quantity=quantity, method=method)
        with self.app.app_context():
            group = db.session.scalars(
                select(OrderGroup).where(OrderGroup.reference == placed.reference)
            ).one()
            if method is not PaymentMethod.CASH:
                payment_id, total = group.payment_id, group.total
                with transaction():
                    settle_payment(payment_id, total, at=NOW)
            found = db.session.scalars(
                select(Order).where(Order.public_id == placed.order_ids[0])
            ).one()
            deliver(found, self.desk.lan)
            if method is PaymentMethod.CASH and cash:
                take_cash(found, self.desk.lan)
        return placed

    def line(self, placed: Placed) -> str:
        with self.app.app_context():
            key = db.session.scalars(
                select(OrderLine.id).join(Order).where(Order.public_id == placed.order_ids[0])
            ).one()
        return f"line_{key}"

    def ask_path(self, placed: Placed) -> str:
        return f"/vi/orders/{placed.token}/parcels/{placed.order_ids[0]}/return"

    def ask(
        self,
        placed: Placed,
        *,
        reason: str = "broken",
        count: int = 1,
        photos: int = 1,
        files: Sequence[tuple[io.BytesIO, str]] = (),
        at: datetime = ASKED,
        **more: object,
    ) -> TestResponse:
        with clock.stopped(at):
            page = get(self.buyer, self.ask_path(placed))
            values: dict[str, object] = {
                **page.form("/return").values,
                "reason": reason,
                "text": "Miệng bình nứt một đường",
                self.line(placed): str(count),
                "photos": [*files, *(picture() for _ in range(photos))],
                **more,
            }
            return self.buyer.post(
                self.ask_path(placed),
                data=values,
                headers={"Referer": "https://localhost/"},
                content_type="multipart/form-data",
            )

    def request(self) -> ReturnRequest:
        with self.app.app_context():
            return db.session.scalars(
                select(ReturnRequest).order_by(ReturnRequest.id.desc()).limit(1)
            ).one()

    def take(self, client: FlaskClient, step_: str, **values: str) -> TestResponse:
        """A step at the desk of whose browser this is."""
        desk = "office" if client is self.officer else "studio"
        public_id = self.request().public_id
        with clock.stopped(ASKED):
            token = get(client, "/vi/account").form("/sign-out").values["csrf_token"]
            return client.post(
                f"/vi/{desk}/returns/{public_id}/{step_}",
                data={"csrf_token": token, **values},
                headers={"Referer": "https://localhost/"},
            )

    def by_link(self, placed: Placed, ending: str, **values: str) -> TestResponse:
        path = f"/vi/orders/{placed.token}/returns/{self.request().public_id}"
        with clock.stopped(ASKED):
            page = get(self.buyer, path)
            data = {**page.form(f"/{ending}").values, **values}
            return self.buyer.post(
                f"{path}/{ending}", data=data, headers={"Referer": "https://localhost/"}
            )

    def refunded(self) -> int:
        with self.app.app_context():
            return db.session.scalars(select(PaymentShare.refunded)).one()

    def mails(self) -> list[tuple[str, str]]:
        with self.app.app_context():
            rows = db.session.execute(select(Mail.recipient, Mail.subject).order_by(Mail.id))
            return [(recipient, subject) for recipient, subject in rows]

    def faults(self) -> list[str]:
        with self.app.app_context():
            assert stock_adds_up()
            return faults()

    def on_hand(self) -> int:
        with self.app.app_context():
            query = select(Variant.on_hand).join(OrderLine, OrderLine.variant_id == Variant.id)
            return db.session.scalars(query).first() or 0


@pytest.fixture
def village(app: Flask) -> Village:
    return Village(app)


def test_broken_and_accepted_without_sending_back_the_money_goes_at_once(
    village: Village,
) -> None:
    placed = village.delivered()
    assert village.ask(placed).status_code == 303
    assert village.request().status is ReturnStatus.ASKED
    response = village.take(village.lan, "acceptance", goes_back="no", note="Xưởng xin lỗi")
    assert response.status_code == 303
    assert village.request().status is ReturnStatus.SETTLED
    assert village.refunded() == PRICE + POSTAGE
    assert village.faults() == []
    recipients = [recipient for recipient, _ in village.mails()]
    assert recipients == ["lan@example.vn", "net-lam@example.vn", "lan@example.vn"]
    page = get(village.buyer, f"/vi/orders/{placed.token}/returns/{village.request().public_id}")
    assert "Xưởng xin lỗi" in page.text


def test_of_two_pieces_one_broken_gives_back_one_price_without_the_postage(
    village: Village,
) -> None:
    placed = village.delivered(quantity=2)
    village.ask(placed)
    village.take(village.lan, "acceptance", goes_back="no")
    assert village.refunded() == PRICE
    assert village.faults() == []


def test_what_is_sent_back_goes_on_the_shelf_and_the_money_goes_when_it_is_there(
    village: Village,
) -> None:
    placed = village.delivered()
    before = village.on_hand()
    village.ask(placed, reason="changed_mind", photos=0)
    assert village.take(village.lan, "settlement", amount="1").status_code == 409
    village.take(village.lan, "acceptance", goes_back="yes")
    assert (village.request().status, village.refunded()) == (ReturnStatus.ACCEPTED, 0)
    with village.app.app_context():
        part = village_part()
    fates = {f"shelved_{part}": "0", f"seconds_{part}": "0", f"written_off_{part}": "0"}
    assert village.take(village.lan, "receipt", **fates).status_code == 422
    fates[f"shelved_{part}"] = "1"
    assert village.take(village.lan, "receipt", **fates).status_code == 303
    assert village.on_hand() == before + 1
    refused = village.take(village.lan, "settlement", amount="1.000.000")
    assert (refused.status_code, "1.850.000" in refused.text) == (422, True)
    above = village.take(village.lan, "settlement", amount="1.900.000")
    assert (above.status_code, "nhiều nhất" in above.text) == (422, True)
    assert village.take(village.lan, "settlement", amount="1.850.000đ").status_code == 303
    assert village.refunded() == PRICE
    assert village.faults() == []


def village_part() -> int:
    return db.session.scalars(select(ReturnLine.id)).one()


def test_the_office_may_give_less_and_says_why(village: Village) -> None:
    placed = village.delivered()
    village.ask(placed, reason="changed_mind", photos=0)
    village.take(village.lan, "acceptance", goes_back="yes")
    with village.app.app_context():
        part = village_part()
    village.take(village.lan, "receipt", **{f"shelved_{part}": "0", f"written_off_{part}": "1"})
    silent = village.take(village.officer, "settlement", amount="900.000")
    assert silent.status_code == 422
    spoken = village.take(
        village.officer, "settlement", amount="900.000", note="Món về bị sứt do gói sơ sài"
    )
    assert spoken.status_code == 303
    assert village.refunded() == 900_000
    assert village.faults() == []


@pytest.mark.parametrize(
    ("reason", "days", "open_"),
    [
        ("changed_mind", 7, True),
        ("changed_mind", 8, False),
        ("broken", 15, True),
        ("missing", 16, False),
    ],
)
def test_one_may_ask_until_the_last_day_is_over(
    village: Village, reason: str, days: int, open_: bool
) -> None:
    placed = village.delivered()
    at = NOW.replace(hour=16, minute=59) + timedelta(days=days)  # 23:59 in Hà Nội
    with clock.stopped(at):
        page = get(village.buyer, village.ask_path(placed))
    assert (f'value="{reason}"' in page.html) is open_
    if page.has_form("/return"):
        answer = village.ask(placed, reason=reason, at=at)
        assert answer.status_code == (303 if open_ else 422)


def test_what_is_not_delivered_cannot_be_asked_back(village: Village) -> None:
    placed = order(village.app, "binh")
    assert not get(village.buyer, village.ask_path(placed)).has_form("/return")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"photos": 0}, "Hãy thêm ảnh"),
        ({"text": " "}, "Hãy kể cho xưởng"),
        ({"count": 0}, "Hãy chọn món nào"),
        ({"reason": "x"}, "Hãy chọn có chuyện gì"),
        ({"files": [(io.BytesIO(b"no picture"), "a.jpg")]}, "a.jpg"),
        ({"photos": 6}, "Nhiều nhất năm ảnh"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    village: Village, values: dict[str, object], says: str
) -> None:
    placed = village.delivered()
    response = village.ask(placed, **values)  # type: ignore[arg-type]
    page = read(response)
    assert (page.status, says in page.text) == (422, True)
    assert "text" in values or "Miệng bình nứt" in page.html
    with village.app.app_context():
        assert db.session.scalars(select(ReturnRequest)).all() == []


def test_photographs_of_a_refused_form_need_not_be_chosen_again(village: Village) -> None:
    placed = village.delivered()
    page = read(village.ask(placed, text="", photos=2))
    assert "Đã nhận 2 ảnh" in page.text
    kept = page.form("/return").values["kept"]
    assert village.ask(placed, photos=0, kept=kept).status_code == 303
    with village.app.app_context():
        assert len(db.session.scalars(select(ReturnPhoto)).all()) == 2
    other = village.delivered()
    assert village.ask(other, photos=0, kept=kept).status_code == 422
    assert village.ask(other, photos=0, kept="forged").status_code == 422


def test_the_same_piece_is_asked_for_once(village: Village) -> None:
    placed = village.delivered()
    village.ask(placed)
    assert village.ask(placed).status_code == 422
    village.by_link(placed, "withdrawal")
    assert village.request().status is ReturnStatus.WITHDRAWN
    assert village.ask(placed).status_code == 303


def test_a_refusal_is_appealed_once_and_the_office_has_the_last_word(village: Village) -> None:
    placed = village.delivered()
    village.ask(placed)
    assert village.take(village.lan, "refusal", reason=" ").status_code == 422
    village.take(village.lan, "refusal", reason="Nứt men là chủ ý")
    assert village.by_link(placed, "appeal", reason="").status_code == 422
    assert village.by_link(placed, "appeal", reason="Đây là nứt xương gốm").status_code == 303
    assert village.request().status is ReturnStatus.ESCALATED
    assert any("Khách nhờ văn phòng" in subject for _, subject in village.mails())
    assert village.take(village.lan, "acceptance", goes_back="no").status_code == 409
    village.take(village.officer, "refusal", reason="Ảnh cho thấy nứt men")
    page = get(village.buyer, f"/vi/orders/{placed.token}/returns/{village.request().public_id}")
    assert not page.has_form("/appeal")
    assert village.refunded() == 0


def test_what_is_not_answered_in_time_goes_to_the_office(village: Village) -> None:
    """Friday 20 November: three working days end on Wednesday at five in the afternoon."""
    placed = village.delivered()
    village.ask(placed)
    due = datetime(2026, 11, 25, 10, 0, tzinfo=NOW.tzinfo)
    assert village.request().answer_by == due
    with village.app.app_context():
        with clock.stopped(due - timedelta(minutes=1)):
            assert escalate_overdue() == 0
        with clock.stopped(due):
            assert escalate_overdue() == 1
            assert escalate_overdue() == 0
    assert village.request().status is ReturnStatus.ESCALATED
    assert village.request().public_id in get(village.officer, "/vi/office/returns").html
    village.take(village.officer, "acceptance", goes_back="no", note="Xưởng không trả lời")
    assert village.refunded() == PRICE + POSTAGE
    assert village.faults() == []


def test_cash_nobody_wrote_down_does_not_go_back(village: Village) -> None:
    placed = village.delivered(method=PaymentMethod.CASH, cash=False)
    village.ask(placed)
    assert village.take(village.lan, "acceptance", goes_back="no").status_code == 409
    with village.app.app_context():
        take_cash(db.session.scalars(select(Order)).one(), village.desk.lan)
    assert village.take(village.lan, "acceptance", goes_back="no").status_code == 303
    assert village.refunded() == PRICE + POSTAGE
    assert village.faults() == []


def test_what_is_left_of_the_order_is_the_most_that_goes_back(village: Village) -> None:
    placed = village.delivered()
    village.ask(placed)
    path = f"/vi/studio/orders/{placed.order_ids[0]}/refund"
    page = get(village.lan, path)
    data = {**page.form("/refund").values, "what_for": "goodwill", "note": "x", "amount": "900000"}
    assert (
        village.lan.post(path, data=data, headers={"Referer": "https://localhost/"}).status_code
        == 303
    )
    village.take(village.lan, "acceptance", goes_back="no")
    assert village.refunded() == PRICE + POSTAGE
    assert village.faults() == []


def test_the_cover_bears_what_broke_when_the_packing_was_photographed(village: Village) -> None:
    placed = order(village.app, "binh", method=PaymentMethod.VIETQR)
    path = f"/vi/studio/orders/{placed.order_ids[0]}/photographs"
    with village.app.app_context():
        group = db.session.scalars(select(OrderGroup)).one()
        payment_id, total = group.payment_id, group.total
        with transaction():
            settle_payment(payment_id, total, at=NOW)
        found = db.session.scalars(select(Order)).one()
        step(found, village.desk.lan)
        step(found, village.desk.lan)
    send_photograph(village.lan, path)
    with village.app.app_context():
        deliver(db.session.scalars(select(Order)).one(), village.desk.lan)
        before = balance(Account.BREAKAGE_COVER)
        earned = balance(Account.WORKSHOP_PAYABLE, village.desk.net_lam)
    assert send_photograph(village.lan, path).status_code == 409
    village.ask(placed)
    assert village.take(village.officer, "compensation").status_code == 409
    village.take(village.lan, "acceptance", goes_back="no")
    assert village.take(village.officer, "compensation").status_code == 303
    assert village.take(village.officer, "compensation").status_code == 409
    with village.app.app_context():
        assert balance(Account.WORKSHOP_PAYABLE, village.desk.net_lam) == earned
        assert balance(Account.BREAKAGE_COVER) <= before - earned
    assert village.request().compensated == earned
    assert village.faults() == []


def send_photograph(client: FlaskClient, path: str) -> TestResponse:
    token = get(client, "/vi/account").form("/sign-out").values["csrf_token"]
    data = {"csrf_token": token, "photos": [picture()]}
    return client.post(
        path,
        data=data,
        headers={"Referer": "https://localhost/"},
        content_type="multipart/form-data",
    )


def test_without_a_packing_photograph_the_cover_bears_nothing(village: Village) -> None:
    placed = village.delivered()
    village.ask(placed)
    village.take(village.lan, "acceptance", goes_back="no")
    assert village.take(village.officer, "compensation").status_code == 409
    assert village.request().compensated == 0


def test_an_order_with_an_open_request_is_not_paid_out(village: Village) -> None:
    placed = village.delivered()
    with village.app.app_context():
        assert not any(earning.is_held for earning in unclaimed())
    village.ask(placed)
    with village.app.app_context():
        assert all(earning.is_held for earning in unclaimed())
    village.by_link(placed, "withdrawal")
    with village.app.app_context():
        assert not any(earning.is_held for earning in unclaimed())


def test_nobody_else_finds_a_request_or_its_photographs(village: Village) -> None:
    placed, other = village.delivered(), village.delivered()
    village.ask(placed)
    public_id = village.request().public_id
    with village.app.app_context():
        photo = db.session.scalars(select(PrivatePicture.public_id)).one()
    mine = f"/vi/orders/{placed.token}/returns/{public_id}"
    for client, path in (
        (village.buyer, f"{mine}/photographs/{photo}.webp"),
        (village.lan, f"/vi/studio/returns/{public_id}/photographs/{photo}.webp"),
        (village.officer, f"/vi/office/returns/{public_id}/photographs/{photo}.webp"),
    ):
        with client.get(path) as answer:
            assert (answer.status_code, answer.mimetype) == (200, "image/webp")
            assert answer.headers["Cache-Control"] == "private, no-store"
    duc = browser_of(village.app, village.desk.duc)
    for client, path in (
        (village.buyer, f"/vi/orders/{other.token}/returns/{public_id}"),
        (village.buyer, f"/vi/orders/{other.token}/returns/{public_id}/photographs/{photo}.webp"),
        (village.buyer, f"/vi/orders/{other.token}/parcels/{placed.order_ids[0]}/return"),
        (village.buyer, f"{mine}/photographs/000000000000.webp"),
        (village.buyer, f"/media/{photo}.webp"),
        (duc, f"/vi/studio/returns/{public_id}"),
        (duc, f"/vi/studio/returns/{public_id}/photographs/{photo}.webp"),
        (duc, f"/vi/studio/orders/{placed.order_ids[0]}/photographs"),
        (duc, "/vi/office/returns"),
    ):
        assert client.get(path).status_code == 404, path
    token = get(duc, "/vi/account").form("/sign-out").values["csrf_token"]
    for step_ in ("acceptance", "refusal", "handover", "receipt", "settlement"):
        answer = duc.post(
            f"/vi/studio/returns/{public_id}/{step_}",
            data={"csrf_token": token, "goes_back": "no", "reason": "x", "amount": "1"},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 404
    assert village.request().status is ReturnStatus.ASKED


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_request_can_be_read(village: Village, language: str) -> None:
    placed = village.delivered()
    village.ask(placed)
    public_id = village.request().public_id
    pages: list[tuple[FlaskClient, str]] = [
        (village.buyer, f"/{language}/orders/{placed.token}/returns"),
        (village.buyer, f"/{language}/orders/{placed.token}/returns/{public_id}"),
        (village.buyer, f"/{language}/returns"),
        (village.lan, f"/{language}/studio/returns"),
        (village.lan, f"/{language}/studio/returns/{public_id}"),
        (village.lan, f"/{language}/studio"),
        (village.officer, f"/{language}/office/returns"),
        (village.officer, f"/{language}/office/returns/{public_id}"),
    ]
    for client, path in pages:
        page: Page = get(client, path)
        assert page.status == 200, path
    rules = get(village.buyer, f"/{language}/returns")
    assert "15" in rules.text
    assert "7" in rules.text


def test_a_refund_names_its_request(village: Village) -> None:
    placed = village.delivered()
    village.ask(placed)
    village.take(village.lan, "acceptance", goes_back="no")
    with village.app.app_context():
        refund = db.session.scalars(select(Refund)).one()
        assert refund.cause == f"return:{village.request().public_id}"
