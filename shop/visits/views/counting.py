"""Which placards led how far: counted once a visit, in sums by day, after the page is answered."""

from __future__ import annotations

import re

from flask import Response, g, request
from sqlalchemy.exc import SQLAlchemyError

from shop.core import clock
from shop.core.db import db
from shop.core.errors import Missing
from shop.core.logs import log
from shop.core.transaction import transaction
from shop.exhibitions.queries import placard_by_code, placard_by_number
from shop.visits.actions.counting import count_stage
from shop.visits.cookie import PLACARD_COOKIE, Scanned
from shop.visits.models import Stage
from shop.visits.views.base import open_blueprint

STAGES = {
    ("GET", "gallery.exhibit"): Stage.VIEW,
    ("GET", "workshops.workshop"): Stage.MAKER,
    ("GET", "catalogue.product"): Stage.MAKER,
    ("POST", "cart.add"): Stage.BASKET,
}
MACHINES = re.compile(
    r"bot\b|crawl|spider|slurp|preview|externalhit|whatsapp|zalo|telegram|curl|wget|python-requests",
    re.IGNORECASE,
)


def is_by_a_person() -> bool:
    """Neither a machine that says so nor a browser that looks ahead.

    Sec-Purpose: Fetch standard (fetch.spec.whatwg.org); Purpose and X-Moz are its elders.
    """
    ahead = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    agent = request.headers.get("User-Agent", "")
    return bool(agent) and not MACHINES.search(agent) and not any("prefetch" in a for a in ahead)


def _typed_number(response: Response) -> str | None:
    """The code of the placard whose number, typed instead of a scan, led to its exhibit."""
    if request.endpoint != "gallery.stop" or not 300 <= response.status_code < 400:
        return None
    typed = request.args.get("number", "").strip()
    try:
        found = placard_by_number(int(typed)) if typed.isdecimal() else placard_by_code(typed)
    except Missing:
        return None
    return found.code


def note_scan(code: str) -> None:
    """This request came from the placard, and so does what the visitor reaches from here on."""
    g.scanned_placard = code


@open_blueprint.after_app_request
def _count(response: Response) -> Response:
    code = g.get("scanned_placard") or _typed_number(response)
    stage = Stage.SCAN if code else STAGES.get((request.method, request.endpoint or ""))
    if stage is None or response.status_code >= 400 or not is_by_a_person():
        return response
    scanned = Scanned(request.cookies.get(PLACARD_COOKIE))
    if code:
        scanned.scan(code)
    last = scanned.last
    if last and not scanned.has_counted(last, stage) and _is_counted(last, stage):
        scanned.count(last, stage)
    if scanned.is_changed:
        scanned.write(response)
    return response


def _is_counted(code: str, stage: Stage) -> bool:
    """A page is not withheld because it could not be counted."""
    try:
        with transaction():
            count_stage(placard_by_code(code).id, clock.today_in_hanoi(), stage)
    except (Missing, SQLAlchemyError) as error:
        db.session.rollback()
        log.warning("placard not counted", stage=stage.value, reason=type(error).__name__)
        return False
    return True
