"""What leads to pieces, asked of packages above: the exhibition this browser comes from."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app
from flask.sansio.app import App

EXTENSION = "cart_lead"
Lead = Callable[[], int | None]


def offer_lead(app: App, lead: Lead) -> None:
    """Ask `lead` for the exhibition's key whenever a piece is put into a basket."""
    app.extensions[EXTENSION] = lead


def leading_exhibition() -> int | None:
    """The exhibition that led here; None when the piece was come to directly."""
    lead: Lead | None = current_app.extensions.get(EXTENSION)
    return lead() if lead else None
