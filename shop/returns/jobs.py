"""What happens without a request of anybody: unanswered requests go to the office."""

from __future__ import annotations

from huey import crontab

from shop.core import clock
from shop.core.db import db
from shop.core.jobs import periodic
from shop.core.logs import log
from shop.core.transaction import transaction
from shop.orders.models import Actor, ActorKind
from shop.returns.actions import WrongStep, escalate_request, request_for_update
from shop.returns.letters import tell_request_moved
from shop.returns.queries import overdue_requests


def escalate_overdue() -> int:
    """Hand on what workshops have not answered in time; returns how many requests."""
    due = overdue_requests(clock.now())
    db.session.rollback()
    return sum(_escalate(public_id) for public_id in due)


def _escalate(public_id: str) -> bool:
    try:
        with transaction():
            request, _order = request_for_update(public_id)
            escalate_request(request, actor=Actor(ActorKind.SYSTEM), at=clock.now())
            tell_request_moved(request.public_id)
    except WrongStep:
        return False  # Answered in this very moment.
    except Exception:
        log.exception("passed over", what="escalation", key=public_id)
        db.session.rollback()
        return False
    return True


@periodic(crontab(minute="*/10"))
def escalate_every_ten_minutes() -> None:
    escalate_overdue()
