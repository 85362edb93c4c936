"""What happens without a request: visits nobody uses any more are forgotten."""

from __future__ import annotations

from huey import crontab

from shop.core import clock
from shop.core.jobs import periodic
from shop.core.logs import log
from shop.core.transaction import transaction
from shop.visits.actions.keeping import forget_unused


@periodic(crontab(hour="3", minute="40"))
def forget_old_visits() -> None:
    with transaction():
        gone = forget_unused(clock.now())
    if gone:
        log.info("visits forgotten", count=gone)
