"""Grants: proposed by one officer, decided by another, never above what the fund has."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.transaction import transaction
from shop.fund.actions import (
    OwnGrant,
    Proposal,
    ReferenceUsed,
    SameOfficer,
    WrongGrantMove,
    approve_grant,
    pay_grant,
    propose_grant,
    refuse_grant,
)
from shop.fund.models import GrantStatus
from shop.fund.papers import CutPaper, NotAPaper, read_paper
from shop.fund.queries.grants import whole_grant
from shop.ledger.actions.posting import Posting, post
from shop.ledger.models import Account, Side, TransactionKind
from shop.ledger.queries.books import balance
from tests.checkout.bookkeeping import faults
from tests.conftest import new_client
from tests.factories import NOW, make_member, make_person, make_workshop, sign_in
from tests.pages import get, send

IN_FUND = 1_000_000
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@dataclass(frozen=True)
class Office:
    one: int
    other: int
    member: int


@pytest.fixture
def office(context: Flask) -> Office:
    return open_office()


@pytest.fixture
def desk(app: Flask) -> Office:
    """For browsers of several people: within one context each would be taken for the first."""
    with app.app_context():
        return open_office()


def open_office() -> Office:
    """A million in the fund, two officers, and one who belongs to a workshop."""
    with transaction():
        member = make_member(make_workshop())
        member.is_officer = True
        found = Office(
            make_person("Ngô An", is_officer=True).id,
            make_person("Kiều Hà", is_officer=True).id,
            member.id,
        )
        sides = {Side(Account.CLEARING_BANK): IN_FUND, Side(Account.CRAFT_FUND): -IN_FUND}
        post(Posting(cause="test", kind=TransactionKind.CAPTURE, sides=sides), at=NOW)
    return found


def officer(key: int) -> Person:
    return db.session.get_one(Person, key)


def propose(
    key: int, amount: int = 400_000, *, recipient: str = "Trần Bình", workshop: str | None = None
) -> str:
    proposal = Proposal(recipient, workshop, "Dạy nghề", "Teaching", amount)
    with transaction():
        return propose_grant(proposal, by=officer(key), at=NOW).public_id


def approve(public_id: str, key: int) -> None:
    with transaction():
        approve_grant(public_id, by=officer(key), at=NOW)


def pay(public_id: str, key: int, reference: str = "FT1") -> None:
    with transaction():
        pay_grant(
            public_id,
            bank_reference=reference,
            paid_on=date(2026, 11, 20),
            by=officer(key),
            at=NOW,
        )


def held() -> tuple[int, int, int]:
    accounts = (Account.CRAFT_FUND, Account.GRANTS_OWED, Account.CLEARING_BANK)
    fund, owed, bank = (balance(account) for account in accounts)
    return fund, owed, bank


def test_leaves_the_fund_when_approved_and_the_bank_when_paid(office: Office) -> None:
    public_id = propose(office.one)
    assert held() == (IN_FUND, 0, IN_FUND)
    approve(public_id, office.other)
    assert held() == (600_000, 400_000, IN_FUND)
    pay(public_id, office.one)
    assert held() == (600_000, 0, 600_000)
    history = [
        (event.to_status.value, event.by_person_id) for event in whole_grant(public_id).events
    ]
    assert history == [
        ("proposed", office.one),
        ("approved", office.other),
        ("paid", office.one),
    ]
    with pytest.raises(WrongGrantMove):
        pay(public_id, office.one, "FT2")
    with pytest.raises(WrongGrantMove):
        approve(public_id, office.other)


def test_is_never_decided_by_who_proposed_it(office: Office) -> None:
    public_id = propose(office.one)
    with pytest.raises(SameOfficer):
        approve(public_id, office.one)
    with pytest.raises(SameOfficer), transaction():
        refuse_grant(public_id, "no", by=officer(office.one), at=NOW)
    grant = whole_grant(public_id)
    grant.decided_by_id, grant.decided_at, grant.status = office.one, NOW, GrantStatus.APPROVED
    with pytest.raises(IntegrityError, match="two_officers"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize(("recipient", "workshop"), [("Trần Bình", "net-lam"), ("THỢ LAN", None)])
def test_is_never_for_an_officer_who_has_a_say_in_it(
    office: Office, recipient: str, workshop: str | None
) -> None:
    with pytest.raises(OwnGrant):
        propose(office.member, recipient=recipient, workshop=workshop)
    public_id = propose(office.one, recipient=recipient, workshop=workshop)
    with pytest.raises(OwnGrant):
        approve(public_id, office.member)
    approve(public_id, office.other)


def test_is_never_above_what_is_left(office: Office) -> None:
    with pytest.raises(Invalid) as refused:
        propose(office.one, IN_FUND + 1)
    assert "amount" in refused.value.fields
    first = propose(office.one, 700_000)
    with pytest.raises(Invalid):
        propose(office.one, 300_001)
    second = propose(office.one, 300_000)
    approve(first, office.other)
    with transaction():
        sides = {Side(Account.CRAFT_FUND): 1, Side(Account.REFUNDS_OWED): -1}
        post(Posting(cause="less", kind=TransactionKind.REFUND_OWED, sides=sides), at=NOW)
    with pytest.raises(Invalid):
        approve(second, office.other)
    assert held()[0] == 299_999


def test_refused_leaves_the_fund_alone_and_keeps_the_reason(office: Office) -> None:
    public_id = propose(office.one)
    with transaction():
        refuse_grant(public_id, "Chưa rõ", by=officer(office.other), at=NOW)
    assert (held(), whole_grant(public_id).refusal) == ((IN_FUND, 0, IN_FUND), "Chưa rõ")


def test_a_bank_reference_pays_one_grant_only(office: Office) -> None:
    first, second = propose(office.one), propose(office.one)
    for public_id in (first, second):
        approve(public_id, office.other)
    pay(first, office.one)
    with pytest.raises(ReferenceUsed):
        pay(second, office.one)


def test_two_decisions_at_once_do_not_give_the_same_money(app: Flask, office: Office) -> None:
    """What was lost by a refund meanwhile leaves enough for one of the two."""
    grants = [propose(office.one, 500_000), propose(office.one, 500_000)]
    with transaction():
        sides = {Side(Account.CRAFT_FUND): 200_000, Side(Account.REFUNDS_OWED): -200_000}
        post(Posting(cause="less", kind=TransactionKind.REFUND_OWED, sides=sides), at=NOW)
    together = threading.Barrier(2)

    def decide(public_id: str) -> bool:
        with app.app_context():
            together.wait(10)
            try:
                approve(public_id, office.other)
            except (Conflict, Invalid):
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, grants)) == [False, True]
    db.session.expire_all()
    assert held()[0] == 300_000


def test_checks_find_a_grant_that_is_not_booked(office: Office) -> None:
    public_id = propose(office.one)
    with transaction():
        grant = whole_grant(public_id)
        grant.status, grant.decided_at = GrantStatus.APPROVED, NOW
        grant.decided_by_id = office.other
    found = {fault.split(":")[0] for fault in faults()}
    assert {"grants", "fund", "fund_page"} <= found


@pytest.mark.parametrize(
    ("data", "refusal"),
    [(b"", NotAPaper), (b"<html>", NotAPaper), (PDF[:-8], CutPaper)],
)
def test_refuses_what_is_no_paper(context: Flask, data: bytes, refusal: type[Invalid]) -> None:
    with pytest.raises(refusal):
        read_paper(data)


class TestTheOffice:
    def test_two_officers_give_a_grant_and_show_a_paper(
        self, app: Flask, client: FlaskClient, desk: Office
    ) -> None:
        other, visitor = new_client(app), new_client(app)
        with app.app_context():
            sign_in(client, officer(desk.one))
            sign_in(other, officer(desk.other))
        page = get(client, "/vi/office/fund")
        told = {
            "workshop": "",
            "recipient": "Trần Bình",
            "purpose_vi": "Dạy",
            "purpose_en": "Teach",
        }
        refused = send(client, page, "/grants", **told, amount="1.000.001đ")
        assert refused.status_code == 422
        assert "Quỹ còn 1.000.000" in refused.text
        assert "Trần Bình" in refused.text
        assert send(client, page, "/grants", **told, amount="400.000đ").status_code == 303
        address = next(
            link for link in get(client, "/vi/office/fund").links.values() if "/grants/" in link
        )
        assert not get(client, address).has_form("/approval")
        assert send(other, get(other, address), "/approval").status_code == 303
        sent = client.post(
            f"{address}/papers",
            data={
                **get(client, address).form("/papers").values,
                "title_vi": "Biên bản",
                "title_en": "Minutes",
                "file": (BytesIO(PDF), "a.pdf"),
            },
        )
        assert sent.status_code == 303
        assert "Biên bản" not in get(visitor, "/vi/fund").text
        paper = get(client, address).links["Biên bản"].rsplit("/", 1)[1]
        assert visitor.get(f"/open-data/papers/{paper}").status_code == 404
        assert send(client, get(client, address), "/publication").status_code == 303
        with visitor.get(f"/open-data/papers/{paper}") as public:
            assert (public.status_code, public.data) == (200, PDF)
            assert "sandbox" in public.headers["Content-Security-Policy"]
        assert "Biên bản" in get(visitor, "/vi/fund").text
        assert send(client, get(client, address), "/withdrawal").status_code == 303
        assert visitor.get(f"/open-data/papers/{paper}").status_code == 404
        paid = send(client, get(client, address), "/payment", bank_reference="FT1")
        assert paid.status_code == 303
        with app.app_context():
            assert held() == (600_000, 0, 600_000)

    def test_is_for_officers_alone(self, app: Flask, client: FlaskClient, desk: Office) -> None:
        with app.app_context():
            public_id = propose(desk.one)
            sign_in(client, make_person())
        for path in ("", f"/grants/{public_id}"):
            assert client.get(f"/vi/office/fund{path}").status_code == 404

    def test_counts_apprentices_in_place_of_what_stood_there(
        self, app: Flask, client: FlaskClient, desk: Office
    ) -> None:
        with app.app_context():
            sign_in(client, officer(desk.one))
        page = get(client, "/vi/office/fund")
        told = {"count-workshop": "net-lam", "count-year": "2025", "count-source": "Xưởng báo"}
        assert (
            send(client, page, "/apprentices", **told, **{"count-apprentices": "x"}).status_code
            == 422
        )
        for count in ("3", "4"):
            answer = send(client, page, "/apprentices", **told, **{"count-apprentices": count})
            assert answer.status_code == 303
        public = get(client, "/vi/fund")
        assert "2025 Xưởng Nét Lam 4 Xưởng báo" in public.text
