"""Where a placard leads: its exhibit's page, or help to find another."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.exhibitions.queries import (
    Standing,
    once_shown,
    placard_by_code,
    published,
    standing_exhibit,
)
from shop.visits.views.base import exhibit_url
from shop.visits.views.counting import note_scan

blueprint = Blueprint("placards", __name__, url_prefix="/p")


@blueprint.get("/<code>")
@audience(Audience.PUBLIC)
def landing(code: str) -> ResponseReturnValue:
    """To the exhibit, in the language this browser read before; its format is a cookie's."""
    try:
        placard = placard_by_code(code)
    except Missing:
        return _lost(gettext("No placard has the code “%(code)s”.", code=code[:20]))
    now = clock.now()
    try:
        place = standing_exhibit(placard.exhibit_key, now)
    except Missing:
        fault = gettext("What stood at placard %(number)s is not on show.", number=placard.number)
        return _lost(fault, once_shown(placard.exhibit_key, now))
    note_scan(placard.code)
    response = make_response(redirect(exhibit_url(place), 303))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def _lost(fault: str, was: Standing | None = None) -> ResponseReturnValue:
    page = render_template(
        "visits/lost.html",
        fault=fault,
        was=was,
        exhibitions=[each.tree for each in published(clock.now())],
    )
    return page, 404
