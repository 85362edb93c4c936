"""Which exhibition leads to a piece: that of the link it was come to by, else of the last placard.

Nothing of it is kept but the exhibition itself, with the piece in the basket.
"""

from __future__ import annotations

from flask import request
from flask.blueprints import BlueprintSetupState

from shop.cart.leads import offer_lead
from shop.core import clock
from shop.core.errors import Missing
from shop.exhibitions.queries import published_exhibition
from shop.visits.cookie import PLACARD_COOKIE, Scanned
from shop.visits.queries.leads import exhibition_id_of_placard, exhibition_id_of_slug
from shop.visits.views.base import open_blueprint


@open_blueprint.record_once
def _offer_lead(state: BlueprintSetupState) -> None:
    offer_lead(state.app, leading_exhibition)


def leading_exhibition() -> int | None:
    """Its key; no SQL for a visitor whom neither a link nor a placard led here."""
    slug = request.form.get("exhibition", "")
    code = Scanned(request.cookies.get(PLACARD_COOKIE)).last
    return (_open_exhibition(slug) if slug else None) or (
        exhibition_id_of_placard(code) if code else None
    )


def _open_exhibition(slug: str) -> int | None:
    """Whoever sends a name of their own making must not bring a draft to light."""
    try:
        published_exhibition(slug, clock.now())
    except Missing:
        return None
    return exhibition_id_of_slug(slug)
