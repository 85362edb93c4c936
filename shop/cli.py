"""Commands: flask assets, worker, reconcile, demo, users, shipping, rates, books."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from shop.accounts.actions import EmailTaken, appoint_officer, register_person, set_password
from shop.accounts.emails import InvalidEmail, parse_email
from shop.accounts.models import Person
from shop.accounts.passwords import fault_of_new_password, hash_password
from shop.accounts.queries import person_by_email
from shop.catalogue.queries.cards import first_photographs
from shop.checkout.books_check import check_books
from shop.checkout.books_opening import open_books
from shop.checkout.jobs import (
    ask_about_card_payments,
    lapse_overdue,
    read_card_account,
    send_due_refunds,
)
from shop.core import clock
from shop.core.assets import SOURCE, build_assets, built_folder
from shop.core.db import db
from shop.core.errors import Invalid, ShopError
from shop.core.i18n import in_language
from shop.core.jobs import queue
from shop.core.tables import BadTable
from shop.core.transaction import transaction
from shop.demonstration.accounts import demonstration_accounts
from shop.demonstration.history.loading import play_history
from shop.demonstration.loading import Loaded, load_village
from shop.demonstration.shelf import Found, FoundModel, Shelf, look_at, look_at_model
from shop.demonstration.village import DEMO, Village, read_village
from shop.ledger.rate_lists import load_rate_list
from shop.media.current import media_storage
from shop.media.jobs import ask_for_missing_renditions, ask_for_missing_tiles
from shop.media.queries import known_model_sha256s, known_sha256s
from shop.returns.jobs import escalate_overdue
from shop.shipping.price_lists import load_price_list

GIVING_WAY = 5

assets = AppGroup("assets", help="Static files.")
demo = AppGroup("demo", help="The demonstration village.")
users = AppGroup("users", help="Accounts, for who runs the site.")
shipping = AppGroup("shipping", help="Carriers and what they ask.")
books = AppGroup("books", help="The double entry: check it, open it.")
rates = AppGroup("rates", help="What sales are charged: commission, fund share, taxes.")


@contextmanager
def told_plainly() -> Iterator[None]:
    """Say what is wrong in a line, in English, as the other commands do."""
    with in_language("en"), _as_click_exceptions():
        yield


@contextmanager
def _as_click_exceptions() -> Iterator[None]:
    try:
        yield
    except BadTable as error:
        raise click.ClickException(str(error)) from error
    except Invalid as error:
        faults = [f"{name}: {message}" for name, message in error.fields.items()]
        raise click.ClickException("; ".join([str(error.message), *faults])) from error
    except ShopError as error:
        raise click.ClickException(str(error.message)) from error


@assets.command("build")
def build() -> None:
    """Hash and compress the static files."""
    built = build_assets(SOURCE, built_folder(current_app.config["SHOP"]))
    click.echo(f"{len(built)} static files")


@click.command("worker")
def worker() -> None:
    """Run queued and periodic jobs until stopped."""
    # Scaling pictures keeps every core busy for minutes; whoever looks at the site comes first.
    os.nice(GIVING_WAY)
    queue.create_consumer(workers=2, periodic=True, initial_delay=0.2, max_delay=2).run()


@click.command("reconcile")
def reconcile() -> None:
    """Ask the card provider what our books do not know yet, and let overdue orders go."""
    asked, answered = ask_about_card_payments()
    click.echo(f"card payments asked about: {asked}, answered: {answered}")
    click.echo(f"refunds answered: {send_due_refunds()}")
    click.echo(f"unpaid orders ended: {lapse_overdue()}")
    click.echo(f"returns handed to the office: {escalate_overdue()}")
    _tell_of_card_account()


def _tell_of_card_account() -> None:
    read = read_card_account()
    if read is None:
        click.echo("account with the card provider: not read")
        return
    click.echo(
        f"account with the card provider: {read.lines} new lines,"
        f" {read.disputes} open disputes, {read.payouts} payouts"
    )
    if read.difference is not None:
        click.echo(f"its balance less the books': {read.difference}")


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
WHERE = "Where village/, photographs/ and models/ are; the project's own demo/ unless said."


def _refuse_production() -> None:
    if current_app.config["SHOP"].is_production:
        raise click.ClickException("The demonstration village has no place in production.")


@demo.command("load")
@click.option("--folder", type=FOLDER, default=DEMO, help=WHERE)
def load_demonstration(folder: Path) -> None:
    """Put the demonstration village into the database; a second time changes nothing."""
    _refuse_production()
    with told_plainly():
        village = read_village(folder)
        pictures, models = _look_at_pictures(village), _look_at_models(village)
        shelf = Shelf(pictures, media_storage(), models)
        with transaction():
            loaded = load_village(village, shelf, clock.now())
    _tell(loaded)


@demo.command("history")
@click.option("--folder", type=FOLDER, default=DEMO, help=WHERE)
def play_two_years(folder: Path) -> None:
    """Let invented buyers buy for two years, up to now; a second time changes nothing."""
    settings = current_app.config["SHOP"]
    _refuse_production()
    with told_plainly(), transaction():
        played = play_history(read_village(folder), settings, clock.now())
    click.echo(f"{played.purchases:5} purchases played, {played.batches} batches from the kilns")


def _look_at_pictures(village: Village) -> dict[Path, Found]:
    """On every core: reading, digesting and decoding pictures holds none of them up."""
    kept, storage = known_sha256s(), media_storage()
    files = list(village.picture_files())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        looks = [pool.submit(copy_context().run, look_at, path, kept, storage) for path in files]
        with click.progressbar(looks, label="Looking at the pictures") as bar:
            return dict(zip(files, [look.result() for look in bar], strict=True))


def _look_at_models(village: Village) -> dict[Path, FoundModel]:
    kept, storage = known_model_sha256s(), media_storage()
    files = list(village.model_files())
    with click.progressbar(files, label="Looking at the 3D models") as bar:
        return {path: look_at_model(path, kept, storage) for path in bar}


def _tell(loaded: list[Loaded]) -> None:
    for row in loaded:
        click.echo(f"{row.total:5} {row.what}, {row.changed} of them new or changed")
    waiting = ask_for_missing_renditions(first=first_photographs())
    click.echo(f"{waiting:5} pictures wait for the worker to scale them")
    click.echo(f"{ask_for_missing_tiles():5} wait for it to cut them for a close look")
    click.echo("\nAccounts to try:")
    for account in demonstration_accounts():
        click.echo(f"  {account['role_en']}: {account['name']}")
        click.echo(f"    {account['email']}   {account['password']}")


def _ask_for_password_hash(email: str, name: str) -> str:
    """Typed twice and not shown: what is given as an argument stays in the shell's history."""
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with in_language("en"):
        fault = fault_of_new_password(password, own=(email, name))
    if fault:
        raise click.ClickException(fault)
    return hash_password(password)


def _parse_email(text: str) -> str:
    try:
        return parse_email(text)
    except InvalidEmail as error:
        raise click.BadParameter(str(error), param_hint="--email") from error


@users.command("create")
@click.option("--email", required=True)
@click.option("--name", required=True)
@click.option("--officer", is_flag=True, help="Let them into the village office.")
def create_user(email: str, name: str, officer: bool) -> None:
    """Open an account; the password is asked for, never given as an argument."""
    address = _parse_email(email)
    password_hash = _ask_for_password_hash(address, name)
    try:
        with transaction():
            person = register_person(
                name=name, email=address, phone=None, language="vi", password_hash=password_hash
            )
            if officer:
                appoint_officer(person)
    except EmailTaken as error:
        raise click.ClickException(f"{address} has an account already.") from error
    click.echo(f"{address} can sign in now{', as an officer' if officer else ''}.")


@users.command("set-password")
@click.option("--email", required=True)
def set_user_password(email: str) -> None:
    """Give an account a new password and sign it out everywhere."""
    address = _parse_email(email)
    found = person_by_email(address)
    if found is None:
        raise click.ClickException(f"{address} has no account.")
    password_hash = _ask_for_password_hash(address, found.name)
    with transaction():
        set_password(db.session.get_one(Person, found.id), password_hash, at=clock.now())
    click.echo(f"{address} has a new password, and every session has ended.")


@shipping.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_shipping(file: Path) -> None:
    """Take carriers, rates and packing rules from a TOML file like demo/village/shipping.toml."""
    with told_plainly(), transaction():
        changes = load_price_list(file)
    click.echo(f"carriers new or changed: {changes.carriers} of {changes.total_carriers}")
    click.echo(f"rates new or changed: {changes.rates}")
    click.echo(f"packing rules new or changed: {changes.packing_rules}")


@rates.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load_rates(file: Path) -> None:
    """Set the rates of a TOML file like demo/village/rates.toml; what is set is never changed."""
    with told_plainly(), transaction():
        changes = load_rate_list(file, clock.now())
    click.echo(f"rates new: {changes.new} of {changes.total}")
    click.echo(f"terms new: {changes.new_terms} of {changes.terms}")


@books.command("check")
def check() -> None:
    """Compare the books with orders, payments and refunds; exits 1 where they do not agree."""
    checks = check_books()
    for found in checks:
        click.echo(
            f"{'holds' if found.holds else 'FAILS'}  {found.name}  {found.looked_at} looked at"
        )
        for fault in found.faults:
            click.echo(f"       {fault}")
    if not all(found.holds for found in checks):
        raise click.ClickException("The books do not agree with what happened.")


@books.command("open")
def open_old() -> None:
    """Book orders and refunds from before the books were kept; booked ones stay as they are."""
    with told_plainly(), transaction():
        count = open_books(clock.now())
    click.echo(f"orders looked at: {count}")


def init_cli(app: Flask) -> None:
    app.cli.add_command(reconcile)
    app.cli.add_command(assets)
    app.cli.add_command(worker)
    for group in (demo, users, shipping, rates, books):
        app.cli.add_command(group)
