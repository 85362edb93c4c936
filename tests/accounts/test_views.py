"""Signing in and out, registering, proving an address, and the account page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from shop.accounts.actions import LinkUsed, begin_proof, use_proof
from shop.accounts.models import EmailProof, Person, PersonSession, ProofPurpose
from shop.accounts.passwords import verify_password
from shop.accounts.signals import signed_in
from shop.accounts.views.base import own_path
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import Mail
from shop.core.settings import Mode
from tests.conftest import count_sql, new_client
from tests.factories import PASSWORD, make_person, sign_in
from tests.pages import Page, get, read, send

NEW_PASSWORD = "chén trà nguội bên cửa sổ"
SIGN_IN = "/vi/sign-in"
ACCOUNT = "/vi/account"
TOKEN_LINK = re.compile(r"/vi/(?:email-proof|new-password)/[\w-]+")


@pytest.fixture
def mai_lan(app: Flask) -> str:
    """The e-mail of a person with PASSWORD."""
    with app.app_context():
        make_person(email="mai.lan@example.vn")
        db.session.commit()
    return "mai.lan@example.vn"


def enter(client: FlaskClient, email: str, password: str = PASSWORD, path: str = SIGN_IN) -> Page:
    return read(send(client, get(client, path), email=email, password=password))


def is_in(client: FlaskClient) -> bool:
    return client.get(ACCOUNT).status_code == 200


def flashed(page: Page) -> str:
    return page.html.split('id="notice"')[1].split("</div>")[0]


def last_link(app: Flask) -> str:
    with app.app_context():
        text = db.session.scalar(select(Mail.text).order_by(Mail.id.desc()).limit(1)) or ""
    found = TOKEN_LINK.search(text)
    assert found, text
    return found.group()


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def person(app: Flask, email: str) -> Person:
    with app.app_context():
        return db.session.scalars(select(Person).where(Person.email == email)).one()


class TestSigningIn:
    def test_leads_to_the_account(self, client: FlaskClient, mai_lan: str) -> None:
        answer = send(client, get(client, SIGN_IN), email=mai_lan, password=PASSWORD)
        assert answer.status_code == 303
        assert answer.location == ACCOUNT
        page = get(client, ACCOUNT)
        assert mai_lan in page.text

    def test_the_address_may_be_typed_in_capitals(self, client: FlaskClient, mai_lan: str) -> None:
        enter(client, "  Mai.Lan@Example.VN ")
        assert is_in(client)

    @pytest.mark.parametrize("email", ["mai.lan@example.vn", "nobody@example.vn"])
    def test_one_message_for_wrong_password_and_unknown_address(
        self, client: FlaskClient, mai_lan: str, email: str
    ) -> None:
        page = enter(client, email, "khong phai mat khau")
        assert page.status == 422
        assert page.form().values["email"] == email
        assert "khong phai mat khau" not in page.html
        assert not is_in(client)
        errors = re.findall(r'class="err"[^>]*>([^<]+)', page.html)
        assert len(errors) == 1
        assert email not in errors[0]
        assert "form-errors" not in page.html, "one message, not two"

    def test_an_unknown_address_takes_as_long(
        self, client: FlaskClient, mai_lan: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def slow(password_hash: str, password: str) -> bool:
            asked.append(password_hash)
            return False

        monkeypatch.setattr("shop.accounts.passwords.verify_password", slow)
        monkeypatch.setattr("shop.accounts.views.sign_in.verify_password", slow)
        enter(client, mai_lan, "x" * 20)
        enter(client, "nobody@example.vn", "x" * 20)
        assert len(asked) == 2

    def test_a_disabled_person_is_told_the_same(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        with app.app_context():
            db.session.scalars(select(Person)).one().disabled_at = clock.now()
            db.session.commit()
        assert enter(client, mai_lan).status == 422
        assert not is_in(client)

    def test_without_a_token_nobody_is_signed_in(self, client: FlaskClient, mai_lan: str) -> None:
        answer = client.post(SIGN_IN, data={"email": mai_lan, "password": PASSWORD})
        assert answer.status_code == 422
        assert not is_in(client)

    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("/vi/cart", "/vi/cart"),
            ("/vi/catalogue?q=binh&page=2", "/vi/catalogue?q=binh&page=2"),
            ("https://evil.example/", None),
            ("//evil.example/", None),
            ("/\\evil.example/", None),
            ("\\/evil.example", None),
            ("/\t/evil.example", None),
            ("javascript:alert(1)", None),
            ("vi/cart", None),
            ("", None),
            (None, None),
        ],
    )
    def test_only_own_paths_are_gone_on_to(self, typed: str | None, kept: str | None) -> None:
        assert own_path(typed) == kept

    def test_goes_on_to_what_was_wanted(self, client: FlaskClient, mai_lan: str) -> None:
        wanted = client.get("/vi/account/profile")
        assert wanted.status_code == 303
        page = read(client.get(wanted.location))
        answer = client.post(
            wanted.location,
            data={**page.form().values, "email": mai_lan, "password": PASSWORD},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.location == "/vi/account/profile"

    def test_another_host_is_not_gone_on_to(self, client: FlaskClient, mai_lan: str) -> None:
        path = f"{SIGN_IN}?next=https://evil.example/"
        page = get(client, path)
        answer = client.post(
            path,
            data={**page.form().values, "email": mai_lan, "password": PASSWORD},
            headers={"Referer": "https://localhost/"},
        )
        assert answer.location == ACCOUNT

    def test_other_packages_hear_of_it_before_the_commit(
        self, client: FlaskClient, mai_lan: str
    ) -> None:
        heard: list[int] = []

        def listen(_sender: object, *, person_id: int) -> None:
            assert writing.get()
            heard.append(person_id)

        with signed_in.connected_to(listen):
            enter(client, mai_lan)
        assert len(heard) == 1

    def test_too_many_attempts_at_one_account_are_refused(self, app: Flask, mai_lan: str) -> None:
        for number in range(10):
            other = new_client(app)
            other.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
            assert enter(other, mai_lan, "khong phai mat khau").status == 422
        last = new_client(app)
        last.environ_base["REMOTE_ADDR"] = "203.0.113.99"
        assert enter(last, mai_lan).status == 429

    def test_another_spelling_of_the_address_is_no_further_attempt(
        self, app: Flask, client: FlaskClient
    ) -> None:
        with app.app_context():
            make_person(email="lan@xn--gm-j9s.vn")
            db.session.commit()
        for number in range(10):
            address = ("lan@xn--gm-j9s.vn", "Lan@gốm.vn", "\u00a0lan@GỐM.vn ")[number % 3]
            assert enter(client, address, "khong phai mat khau").status == 422
        assert enter(client, "lan@gốm.vn").status == 429

    def test_too_many_attempts_from_one_place_are_refused(
        self, client: FlaskClient, mai_lan: str
    ) -> None:
        for number in range(30):
            assert enter(client, f"nobody{number}@example.vn", "x" * 12).status == 422
        assert enter(client, mai_lan).status == 429

    def test_a_forged_header_does_not_help(self, client: FlaskClient, mai_lan: str) -> None:
        page = get(client, SIGN_IN)
        statuses = {
            client.post(
                SIGN_IN,
                data={**page.form().values, "email": f"n{n}@example.vn", "password": "x" * 12},
                headers={"Referer": "https://localhost/", "X-Forwarded-For": f"198.51.100.{n}"},
            ).status_code
            for n in range(31)
        }
        assert 429 in statuses

    def test_an_old_hash_is_renewed(
        self, app: Flask, client: FlaskClient, mai_lan: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = person(app, mai_lan).password_hash
        monkeypatch.setattr("shop.accounts.views.sign_in.needs_rehash", lambda _hash: True)
        enter(client, mai_lan)
        after = person(app, mai_lan).password_hash
        assert after != before
        with app.app_context():
            assert verify_password(after, PASSWORD)


class TestSessions:
    def test_a_planted_session_is_not_kept(self, app: Flask, mai_lan: str) -> None:
        """Session fixation: what the browser carried before is worth nothing afterwards."""
        attacker, victim = new_client(app), new_client(app)
        with app.app_context():
            stranger = make_person("Kẻ lạ")
            sign_in(attacker, stranger)
        with attacker.session_transaction(base_url="https://localhost") as cookie:
            planted = dict(cookie)
        with victim.session_transaction(base_url="https://localhost") as cookie:
            cookie.update(planted)
        client_page = get(victim, ACCOUNT)
        send(victim, client_page, "/sign-out")
        with victim.session_transaction(base_url="https://localhost") as cookie:
            cookie.update(planted)
        enter(victim, mai_lan)
        assert mai_lan in get(victim, ACCOUNT).text
        assert not is_in(attacker)

    def test_signing_in_again_changes_and_ends_the_token(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        with client.session_transaction(base_url="https://localhost") as cookie:
            first = dict(cookie)
        assert "csrf_token" not in first, "the token of the visitor's forms is not kept"
        answer = client.post(
            SIGN_IN,
            data={
                "csrf_token": get(client, ACCOUNT).form("/sign-out").values["csrf_token"],
                "email": mai_lan,
                "password": PASSWORD,
            },
            headers={"Referer": "https://localhost/"},
        )
        assert answer.status_code == 303
        with client.session_transaction(base_url="https://localhost") as cookie:
            assert cookie["_user_id"] != first["_user_id"]
        assert count(app, PersonSession) == 1

    def test_after_signing_out_the_old_cookie_opens_nothing(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        with client.session_transaction(base_url="https://localhost") as cookie:
            copied = dict(cookie)
        answer = send(client, get(client, ACCOUNT), "/sign-out")
        assert answer.status_code == 303
        assert count(app, PersonSession) == 0
        assert "Bạn đã đăng xuất." in flashed(get(client, answer.location))
        thief = new_client(app)
        with thief.session_transaction(base_url="https://localhost") as cookie:
            cookie.update(copied)
        assert not is_in(thief)

    def test_signing_out_needs_a_post_with_a_token(self, client: FlaskClient, mai_lan: str) -> None:
        enter(client, mai_lan)
        assert client.get("/vi/sign-out").status_code == 404
        assert client.post("/vi/sign-out").status_code == 422
        assert is_in(client)

    def test_the_database_keeps_no_token(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        with client.session_transaction(base_url="https://localhost") as cookie:
            token = cookie["_user_id"]
        with app.app_context():
            assert db.session.scalars(select(PersonSession.token_digest)).one() != token

    def test_lasts_thirty_days_and_slides(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        start = clock.now()
        with clock.stopped(start + timedelta(days=29)):
            assert is_in(client)
        with clock.stopped(start + timedelta(days=58)):
            assert is_in(client)
        with clock.stopped(start + timedelta(days=89)):
            assert not is_in(client)

    def test_use_is_written_down_once_in_twelve_hours(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        with count_sql(app) as sent:
            get(client, ACCOUNT)
        assert not [text for text in sent.texts if text.startswith("UPDATE")]
        with clock.stopped(clock.now() + timedelta(hours=13)):
            with count_sql(app) as sent:
                get(client, ACCOUNT)
            assert len([text for text in sent.texts if text.startswith("UPDATE")]) == 1

    def test_signing_out_everywhere(self, app: Flask, mai_lan: str) -> None:
        phone, computer = new_client(app), new_client(app)
        enter(phone, mai_lan)
        enter(computer, mai_lan)
        page = get(phone, ACCOUNT)
        assert page.html.split('class="browsers"')[1].split("</ul>")[0].count("<li>") == 2
        send(phone, page, "/sessions/end")
        assert not is_in(phone)
        assert not is_in(computer)


class TestRegistering:
    def register(self, client: FlaskClient, **values: str) -> Page:
        typed = {
            "name": "Đỗ Thị  Gốm",
            "email": "Gom@example.vn",
            "phone": "0912 345 678",
            "language": "vi",
            "password": NEW_PASSWORD,
            **values,
        }
        return read(send(client, get(client, "/vi/register"), **typed))

    def test_opens_an_account_that_is_proven_from_the_letter(
        self, app: Flask, client: FlaskClient
    ) -> None:
        self.register(client)
        made = person(app, "gom@example.vn")
        assert (made.name, made.phone, made.language) == ("Đỗ Thị Gốm", "+84912345678", "vi")
        assert not made.has_proven_email
        assert "argon2id" in made.password_hash
        assert "gom@example.vn" in get(client, "/vi/letter-sent/register").text
        link = last_link(app)
        page = get(client, link)
        assert page.status == 200
        assert not person(app, "gom@example.vn").has_proven_email
        assert send(client, page).location == ACCOUNT
        assert "Đã xác nhận email của bạn." in flashed(get(client, ACCOUNT))
        assert person(app, "gom@example.vn").has_proven_email
        assert is_in(client)

    def test_a_link_works_once(self, app: Flask, client: FlaskClient) -> None:
        self.register(client)
        link = last_link(app)
        page = get(client, link)
        send(client, page)
        assert client.get(link).status_code == 404
        token = get(client, ACCOUNT).form("/sign-out").values["csrf_token"]
        again = client.post(
            link, data={"csrf_token": token}, headers={"Referer": "https://localhost/"}
        )
        assert again.status_code == 404

    def test_a_link_holds_for_a_day(self, app: Flask, client: FlaskClient) -> None:
        self.register(client)
        link = last_link(app)
        with clock.stopped(clock.now() + timedelta(hours=23)):
            assert client.get(link).status_code == 200
        with clock.stopped(clock.now() + timedelta(hours=25)):
            assert client.get(link).status_code == 404

    def test_the_letters_reader_cannot_prove_a_strangers_account(self, app: Flask) -> None:
        """Registering another's address and waiting for their click must gain nothing."""
        stranger, owner = new_client(app), new_client(app)
        self.register(stranger)
        link = last_link(app)
        page = get(owner, link)
        assert not page.has_form(link)
        assert not page.has_form("")
        token = get(owner, SIGN_IN).form().values["csrf_token"]
        owner.post(link, data={"csrf_token": token}, headers={"Referer": "https://localhost/"})
        assert not person(app, "gom@example.vn").has_proven_email
        assert not is_in(owner)

    def test_on_another_device_the_link_asks_for_the_password(self, app: Flask) -> None:
        computer, phone = new_client(app), new_client(app)
        self.register(computer)
        link = last_link(app)
        enter(phone, "gom@example.vn", NEW_PASSWORD)
        send(phone, get(phone, link), link if get(phone, link).has_form(link) else "")
        assert person(app, "gom@example.vn").has_proven_email

    def test_somebody_elses_link_is_refused_when_signed_in(self, app: Flask, mai_lan: str) -> None:
        one, other = new_client(app), new_client(app)
        self.register(one)
        link = last_link(app)
        enter(other, mai_lan)
        token = get(other, ACCOUNT).form("/sign-out").values["csrf_token"]
        other.post(link, data={"csrf_token": token}, headers={"Referer": "https://localhost/"})
        assert not person(app, "gom@example.vn").has_proven_email

    def test_an_address_with_an_account_gets_the_same_page_and_another_letter(
        self, app: Flask, mai_lan: str
    ) -> None:
        before = person(app, mai_lan)
        new, known = new_client(app), new_client(app)
        self.register(new, email="moi@example.vn")
        self.register(known, email=mai_lan)
        pages = [
            get(new, "/vi/letter-sent/register").text.replace("moi@example.vn", "…"),
            get(known, "/vi/letter-sent/register").text.replace(mai_lan, "…"),
        ]
        assert pages[0] == pages[1]
        after = person(app, mai_lan)
        assert (after.name, after.password_hash) == (before.name, before.password_hash)
        with app.app_context():
            mail = db.session.scalars(select(Mail).where(Mail.recipient == mai_lan)).one()
        assert not TOKEN_LINK.search(mail.text)
        assert "/vi/forgotten-password" in mail.text

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "x" * 121),
            ("email", "khong-phai-email"),
            ("email", ""),
            ("email", "đỗ.gốm@example.vn"),
            ("phone", "12"),
            ("phone", "số của tôi"),
            ("password", "ngan"),
            ("password", "gom@example.vn"),
            ("language", "fr"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, app: Flask, client: FlaskClient, field: str, value: str
    ) -> None:
        page = self.register(client, **{field: value})
        assert page.status == 422
        assert f'id="{field}-error"' in page.html
        assert count(app, Person) == 0
        kept = page.form().values
        for name, typed in {"name": "Đỗ Thị Gốm", "email": "gom@example.vn"}.items():
            assert name == field or kept[name].lower() == typed.lower()
        if field == "phone":
            assert kept["phone"] == value


class TestForgottenPassword:
    def ask(self, client: FlaskClient, email: str) -> str:
        answer = send(client, get(client, "/vi/forgotten-password"), email=email)
        assert answer.status_code == 303
        return get(client, answer.location).text.replace(email, "…")

    def test_the_answer_does_not_say_whether_there_is_an_account(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        assert self.ask(client, mai_lan) == self.ask(client, "nobody@example.vn")
        assert count(app, Mail) == 1

    def test_the_link_sets_a_password_and_ends_every_session(
        self, app: Flask, mai_lan: str
    ) -> None:
        thief, owner = new_client(app), new_client(app)
        enter(thief, mai_lan)
        self.ask(owner, mai_lan)
        link = last_link(app)
        answer = send(owner, get(owner, link), password=NEW_PASSWORD)
        assert answer.status_code == 303
        assert "Đã đổi mật khẩu." in flashed(get(owner, answer.location))
        assert is_in(owner)
        assert not is_in(thief)
        assert client_cannot(app, mai_lan, PASSWORD)
        assert owner.get(link).status_code == 404
        assert count(app, Mail) == 2

    def test_a_weak_password_leaves_the_link_standing(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        self.ask(client, mai_lan)
        link = last_link(app)
        assert read(send(client, get(client, link), password="mai.lan@example.vn")).status == 422
        short = read(send(client, get(client, link), password="gốm sứ"))
        assert "Mới có 6 ký tự, cần ít nhất 12." in short.text
        assert "vẫn còn nguyên" not in short.text, "a password is never given back"
        assert read(send(client, get(client, link), password=NEW_PASSWORD)).status == 303

    def test_the_link_holds_for_an_hour(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        self.ask(client, mai_lan)
        link = last_link(app)
        with clock.stopped(clock.now() + timedelta(minutes=61)):
            assert client.get(link).status_code == 404

    def test_only_the_newest_link_holds(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        self.ask(client, mai_lan)
        first = last_link(app)
        self.ask(client, mai_lan)
        assert client.get(first).status_code == 404
        assert client.get(last_link(app)).status_code == 200

    def test_a_link_of_the_other_kind_sets_no_password(
        self, app: Flask, client: FlaskClient
    ) -> None:
        TestRegistering().register(client)
        token = last_link(app).rsplit("/", 1)[-1]
        assert client.get(f"/vi/new-password/{token}").status_code == 404

    def test_an_unknown_link_is_not_found(self, client: FlaskClient) -> None:
        for path in ("/vi/new-password/nothing", "/vi/email-proof/nothing", "/en/email-proof/đ"):
            page = get(client, path)
            assert page.status == 404

    def test_mails_are_limited_per_address(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        for _ in range(5):
            self.ask(client, mai_lan)
        page = get(client, "/vi/forgotten-password")
        assert send(client, page, email=mai_lan).status_code == 429
        assert count(app, Mail) == 5


def client_cannot(app: Flask, email: str, password: str) -> bool:
    other = new_client(app)
    return enter(other, email, password).status == 422


class TestAccount:
    def test_visitors_are_sent_to_sign_in(self, client: FlaskClient) -> None:
        for path in ("", "/profile", "/password", "/email"):
            answer = client.get(ACCOUNT + path)
            assert answer.status_code == 303
            assert answer.location.startswith(f"{SIGN_IN}?next=")

    def test_the_profile_is_changed(self, app: Flask, client: FlaskClient, mai_lan: str) -> None:
        enter(client, mai_lan)
        page = get(client, f"{ACCOUNT}/profile")
        send(client, page, name="Mai Lan Trần", phone="024 3874 0123", language="en")
        changed = person(app, mai_lan)
        assert (changed.name, changed.phone, changed.language) == (
            "Mai Lan Trần",
            "+842438740123",
            "en",
        )

    def test_a_bad_profile_is_not_kept(self, app: Flask, client: FlaskClient, mai_lan: str) -> None:
        enter(client, mai_lan)
        page = read(send(client, get(client, f"{ACCOUNT}/profile"), name="", phone="1"))
        assert page.status == 422
        assert page.form().values["phone"] == "1"
        assert person(app, mai_lan).name == "Mai Lan"

    def test_changing_the_password_needs_the_old_one(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        page = get(client, f"{ACCOUNT}/password")
        assert send(client, page, current="sai roi", password=NEW_PASSWORD).status_code == 422
        assert not client_cannot(app, mai_lan, PASSWORD)

    def test_a_changed_password_signs_others_out_and_is_told(
        self, app: Flask, mai_lan: str
    ) -> None:
        here, elsewhere = new_client(app), new_client(app)
        enter(here, mai_lan)
        enter(elsewhere, mai_lan)
        page = get(here, f"{ACCOUNT}/password")
        assert send(here, page, current=PASSWORD, password=NEW_PASSWORD).status_code == 303
        assert is_in(here)
        assert not is_in(elsewhere)
        assert client_cannot(app, mai_lan, PASSWORD)
        with app.app_context():
            assert db.session.scalars(select(Mail.recipient)).one() == mai_lan

    def test_a_new_address_holds_once_its_link_is_followed(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        page = get(client, f"{ACCOUNT}/email")
        send(client, page, email="lan.moi@example.vn", current=PASSWORD)
        assert person(app, mai_lan).email == mai_lan
        with app.app_context():
            told = set(db.session.scalars(select(Mail.recipient)))
            link_mail = db.session.scalars(
                select(Mail.text).where(Mail.recipient == "lan.moi@example.vn")
            ).one()
        assert told == {mai_lan, "lan.moi@example.vn"}
        link = TOKEN_LINK.search(link_mail)
        assert link
        send(client, get(client, link.group()))
        assert person(app, "lan.moi@example.vn").has_proven_email

    def test_a_link_to_the_old_address_does_not_take_the_account_back(
        self, app: Flask, mai_lan: str
    ) -> None:
        owner, thief = new_client(app), new_client(app)
        enter(owner, mai_lan)
        TestForgottenPassword().ask(thief, mai_lan)
        old_link = last_link(app)
        form = get(thief, old_link)
        page = get(owner, f"{ACCOUNT}/email")
        send(owner, page, email="lan.moi@example.vn", current=PASSWORD)
        with app.app_context():
            text = db.session.scalars(
                select(Mail.text).where(Mail.recipient == "lan.moi@example.vn")
            ).one()
        link = TOKEN_LINK.search(text)
        assert link
        send(owner, get(owner, link.group()))
        assert thief.get(old_link).status_code == 404
        assert send(thief, form, password=NEW_PASSWORD).status_code == 404
        assert not is_in(thief)
        assert is_in(owner)
        changed = person(app, "lan.moi@example.vn")
        with app.app_context():
            assert verify_password(changed.password_hash, PASSWORD)
            assert not db.session.scalars(
                select(EmailProof).where(EmailProof.used_at.is_(None))
            ).all()

    def test_a_link_for_a_password_never_writes_the_address(self, app: Flask, mai_lan: str) -> None:
        with app.app_context():
            owner = person(app, mai_lan)
            at = clock.now()
            token = begin_proof(owner, "old@example.vn", ProofPurpose.PASSWORD, at=at)
            with pytest.raises(LinkUsed):
                use_proof(token, ProofPurpose.PASSWORD, at=at)
            db.session.rollback()
        assert person(app, mai_lan).email == mai_lan

    def test_a_new_password_ends_a_pending_change_of_address(
        self, app: Flask, mai_lan: str
    ) -> None:
        thief, owner = new_client(app), new_client(app)
        enter(thief, mai_lan)
        send(thief, get(thief, f"{ACCOUNT}/email"), email="thief@example.vn", current=PASSWORD)
        TestForgottenPassword().ask(owner, mai_lan)
        send(owner, get(owner, last_link(app)), password=NEW_PASSWORD)
        with app.app_context():
            assert not db.session.scalars(
                select(EmailProof).where(EmailProof.used_at.is_(None))
            ).all()

    def test_anothers_address_is_not_taken(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        with app.app_context():
            make_person(email="other@example.vn")
            db.session.commit()
        enter(client, mai_lan)
        page = get(client, f"{ACCOUNT}/email")
        send(client, page, email="other@example.vn", current=PASSWORD)
        assert count(app, EmailProof) == 0

    def test_an_address_taken_meanwhile_is_a_conflict(
        self, app: Flask, client: FlaskClient, mai_lan: str
    ) -> None:
        enter(client, mai_lan)
        page = get(client, f"{ACCOUNT}/email")
        send(client, page, email="other@example.vn", current=PASSWORD)
        with app.app_context():
            text = db.session.scalars(
                select(Mail.text).where(Mail.recipient == "other@example.vn")
            ).one()
            make_person(email="other@example.vn")
            db.session.commit()
        link = TOKEN_LINK.search(text)
        assert link
        assert send(client, get(client, link.group())).status_code == 409
        assert person(app, mai_lan).email == mai_lan

    def test_the_link_is_sent_again(self, app: Flask, client: FlaskClient, mai_lan: str) -> None:
        with app.app_context():
            db.session.scalars(select(Person)).one().email_proven_at = None
            db.session.commit()
        enter(client, mai_lan)
        send(client, get(client, ACCOUNT), "/email/proof")
        send(client, get(client, last_link(app)))
        assert person(app, mai_lan).has_proven_email
        assert not get(client, ACCOUNT).has_form("/email/proof")

    def test_costs_few_statements(self, app: Flask, client: FlaskClient, mai_lan: str) -> None:
        enter(client, mai_lan)
        with count_sql(app) as sent:
            get(client, ACCOUNT)
        assert len(sent) <= 4

    def test_english_pages_speak_english(self, client: FlaskClient, mai_lan: str) -> None:
        assert get(client, "/en/sign-in").headings == ["Sign in"]


TO_TRY = {
    "role": "artisan",
    "role_vi": "Thợ gốm",
    "role_en": "Artisan",
    "name": "Tô Thị Lan",
    "email": "lan@example.vn",
    "password": "net-lam-battrang-2026",
}


class TestDemonstrationAccounts:
    @pytest.fixture
    def village(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(app.extensions, "demonstration_accounts", lambda: [TO_TRY])

    def in_mode(self, app: Flask, mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(app.config, "SHOP", replace(app.config["SHOP"], mode=mode))

    def test_are_shown_and_filled_in(
        self, app: Flask, client: FlaskClient, village: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.in_mode(app, Mode.DEMONSTRATION, monkeypatch)
        page = get(client, SIGN_IN)
        assert TO_TRY["password"] in page.text
        filled = get(client, f"{SIGN_IN}?try=lan@example.vn")
        assert filled.form().values["email"] == "lan@example.vn"
        assert filled.form().values["password"] == TO_TRY["password"]

    @pytest.mark.parametrize("mode", [Mode.PRODUCTION, Mode.TEST])
    def test_are_not_shown_elsewhere(
        self,
        app: Flask,
        client: FlaskClient,
        village: None,
        mode: Mode,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        self.in_mode(app, mode, monkeypatch)
        page = get(client, f"{SIGN_IN}?try=lan@example.vn")
        assert TO_TRY["password"] not in page.html

    def test_nothing_is_shown_without_them(
        self, app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.in_mode(app, Mode.DEMONSTRATION, monkeypatch)
        assert get(client, SIGN_IN).status == 200
