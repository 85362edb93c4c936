"""Commands: flask assets, flask worker, flask demo, flask users, flask reconcile."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from shop.checkout.jobs import ask_about_card_payments, lapse_overdue, send_due_refunds
from shop.core.assets import SOURCE, build_assets, built_folder
from shop.core.jobs import queue

assets = AppGroup("assets", help="Static files.")


@assets.command("build")
def build() -> None:
    """Hash and compress the static files."""
    built = build_assets(SOURCE, built_folder(current_app.config["SHOP"]))
    click.echo(f"{len(built)} static files")


@click.command("worker")
def worker() -> None:
    """Run queued and periodic jobs until stopped."""
    queue.create_consumer(workers=2, periodic=True, initial_delay=0.2, max_delay=2).run()


@click.command("reconcile")
def reconcile() -> None:
    """Ask the card provider what our books do not know yet, and let overdue orders go."""
    asked, answered = ask_about_card_payments()
    click.echo(f"card payments asked about: {asked}, answered: {answered}")
    click.echo(f"refunds answered: {send_due_refunds()}")
    click.echo(f"unpaid orders ended: {lapse_overdue()}")


def init_cli(app: Flask) -> None:
    app.cli.add_command(reconcile)
    app.cli.add_command(assets)
    app.cli.add_command(worker)
