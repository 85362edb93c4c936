"""Which placards led how far: counted once a visit, from a cookie that ends with the browser.

The cookie holds the codes of the placards scanned and the stages counted of each, nothing else;
the database holds sums by day.
"""

from __future__ import annotations

import re

from flask import Response, request, session
from sqlalchemy.exc import SQLAlchemyError

from shop.core import clock
from shop.core.db import db
from shop.core.errors import Missing
from shop.core.logs import log
from shop.core.transaction import transaction
from shop.exhibitions.queries import placard_by_code
from shop.visits.actions.counting import count_stage
from shop.visits.models import Stage
from shop.visits.views.base import open_blueprint

CURRENT = "placard"
COUNTED = "placards_counted"
MOST_PLACARDS = 40
"""Of one visit; the oldest is forgotten first, for a cookie holds 4 kB."""
STAGES = {
    ("GET", "placards.landing"): Stage.SCAN,
    ("GET", "placards.find"): Stage.SCAN,
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


def begin_visit_at(code: str) -> None:
    """What is reached from here on came from this placard."""
    if is_by_a_person():
        session[CURRENT] = code


@open_blueprint.after_app_request
def _count(response: Response) -> Response:
    stage = STAGES.get((request.method, request.endpoint or ""))
    if stage is None or response.status_code >= 400 or not is_by_a_person():
        return response
    code = session.get(CURRENT)
    if code and _is_due(code, stage, response):
        _count_once(code, stage)
    return response


def _is_due(code: str, stage: Stage, response: Response) -> bool:
    if stage is Stage.SCAN and not 300 <= response.status_code < 400:
        return False
    return stage.value not in session.get(COUNTED, {}).get(code, ())


def _count_once(code: str, stage: Stage) -> None:
    try:
        with transaction():
            count_stage(placard_by_code(code).id, clock.today_in_hanoi(), stage)
    except (Missing, SQLAlchemyError) as error:
        db.session.rollback()  # A page is not withheld because it could not be counted.
        log.warning("placard not counted", stage=stage.value, reason=type(error).__name__)
        return
    counted = dict(session.get(COUNTED, {}))
    counted[code] = [*counted.pop(code, ()), stage.value]
    session[COUNTED] = dict(list(counted.items())[-MOST_PLACARDS:])
