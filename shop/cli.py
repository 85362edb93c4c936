"""Commands: flask assets, flask worker, flask demo, flask users, flask reconcile."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import AppGroup

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


def init_cli(app: Flask) -> None:
    app.cli.add_command(assets)
    app.cli.add_command(worker)
