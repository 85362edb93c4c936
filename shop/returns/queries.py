"""Requests as their buyer, their workshop and the office read them; nobody else finds one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload, selectinload

from shop.core.db import db
from shop.core.errors import Missing
from shop.media.models import PrivatePicture
from shop.orders.models import Order, OrderGroup, OrderLine, PaymentShare
from shop.returns.models import (
    PackingPhoto,
    ReturnLine,
    ReturnPhoto,
    ReturnReason,
    ReturnRequest,
    ReturnStatus,
)
from shop.workshops.models import Workshop

WITH_WORKSHOP = (ReturnStatus.ASKED, ReturnStatus.ACCEPTED, ReturnStatus.RECEIVED)
MOST_IN_A_LIST = 100


@dataclass(frozen=True, slots=True)
class RequestCard:
    """One request in a list of a desk."""

    public_id: str
    reference: str
    reason: ReturnReason
    status: ReturnStatus
    asked_at: datetime
    answer_by: datetime
    name: str
    workshop_vi: str
    workshop_en: str


def _cards(condition: ColumnElement[bool]) -> list[RequestCard]:
    rows = db.session.execute(
        select(
            ReturnRequest.public_id,
            OrderGroup.reference,
            ReturnRequest.reason,
            ReturnRequest.status,
            ReturnRequest.created_at,
            ReturnRequest.answer_by,
            OrderGroup.name,
            Workshop.name_vi,
            Workshop.name_en,
        )
        .join(Order, Order.id == ReturnRequest.order_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(Workshop, Workshop.id == Order.workshop_id)
        .where(condition)
        .order_by(ReturnRequest.answer_by, ReturnRequest.id)
        .limit(MOST_IN_A_LIST)
    )
    return [RequestCard(*row) for row in rows]


def requests_for_workshop(workshop_id: int) -> list[RequestCard]:
    """What the workshop has to answer, take back or settle, the most pressing first."""
    waits = ReturnRequest.status.in_(WITH_WORKSHOP)
    return _cards((Order.workshop_id == workshop_id) & waits)


def requests_ended(workshop_id: int) -> list[RequestCard]:
    """What no longer waits for the workshop."""
    return _cards((Order.workshop_id == workshop_id) & ReturnRequest.status.not_in(WITH_WORKSHOP))


def requests_for_office() -> list[RequestCard]:
    """What the office has to decide."""
    return _cards(ReturnRequest.status == ReturnStatus.ESCALATED)


def requests_under_way() -> list[RequestCard]:
    """What workshops are still at, for the office to look at."""
    return _cards(ReturnRequest.status.in_(WITH_WORKSHOP))


def claims_open() -> list[RequestCard]:
    """Broken on the way, paid back and packed before a camera: the cover may bear it."""
    packed = select(PackingPhoto.id).where(PackingPhoto.order_id == ReturnRequest.order_id)
    return _cards(
        (ReturnRequest.reason == ReturnReason.BROKEN)
        & (ReturnRequest.status == ReturnStatus.SETTLED)
        & ReturnRequest.refund_id.is_not(None)
        & (ReturnRequest.compensated == 0)
        & packed.exists()
    )


def overdue_requests(at: datetime) -> list[str]:
    """Public ids of what workshops have not answered in time."""
    return list(
        db.session.scalars(
            select(ReturnRequest.public_id)
            .where(ReturnRequest.status == ReturnStatus.ASKED, ReturnRequest.answer_by <= at)
            .order_by(ReturnRequest.id)
        )
    )


def _one(condition: ColumnElement[bool]) -> ReturnRequest:
    order = joinedload(ReturnRequest.order)
    found = db.session.scalar(
        select(ReturnRequest)
        .join(Order, Order.id == ReturnRequest.order_id)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .where(condition)
        .options(
            order.joinedload(Order.group),
            order.joinedload(Order.workshop),
            order.joinedload(Order.share),
            order.joinedload(Order.shipment),
            order.selectinload(Order.lines).joinedload(OrderLine.image),
            joinedload(ReturnRequest.refund),
            selectinload(ReturnRequest.lines).joinedload(ReturnLine.line),
            selectinload(ReturnRequest.photos).joinedload(ReturnPhoto.picture),
            selectinload(ReturnRequest.events),
        )
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Missing
    return found


def request_of_buyer(token: str, public_id: str) -> ReturnRequest:
    """Behind the buyer's link. Raises Missing for another's."""
    return _one((OrderGroup.tracking_token == token) & (ReturnRequest.public_id == public_id))


def request_of_workshop(public_id: str, workshop_ids: Collection[int]) -> ReturnRequest:
    """Of one of these workshops. Raises Missing."""
    return _one(Order.workshop_id.in_(workshop_ids) & (ReturnRequest.public_id == public_id))


def request_of_office(public_id: str) -> ReturnRequest:
    return _one(ReturnRequest.public_id == public_id)


def requests_of_group(group_id: int) -> list[ReturnRequest]:
    """The buyer's requests, the newest first."""
    return list(
        db.session.scalars(
            select(ReturnRequest)
            .join(Order, Order.id == ReturnRequest.order_id)
            .where(Order.group_id == group_id)
            .options(joinedload(ReturnRequest.order).joinedload(Order.workshop))
            .order_by(ReturnRequest.id.desc())
        )
    )


def asked_before(order_id: int) -> dict[int, int]:
    """How many pieces of each line (by id) other requests name; withdrawn ones do not count."""
    rows = db.session.execute(
        select(ReturnLine.order_line_id, func.sum(ReturnLine.quantity))
        .join(ReturnRequest, ReturnRequest.id == ReturnLine.request_id)
        .where(ReturnRequest.order_id == order_id, ReturnRequest.status != ReturnStatus.WITHDRAWN)
        .group_by(ReturnLine.order_line_id)
    )
    return {line_id: int(count) for line_id, count in rows}


def packing_photos(order_id: int) -> list[PrivatePicture]:
    """The oldest first."""
    return list(
        db.session.scalars(
            select(PrivatePicture)
            .join(PackingPhoto, PackingPhoto.picture_id == PrivatePicture.id)
            .where(PackingPhoto.order_id == order_id)
            .order_by(PackingPhoto.id)
        )
    )


def pictures_by_public_id(public_ids: Collection[str]) -> list[PrivatePicture]:
    """Those of them that belong to no request yet, in the order they were kept."""
    attached = select(ReturnPhoto.id).where(ReturnPhoto.picture_id == PrivatePicture.id)
    return list(
        db.session.scalars(
            select(PrivatePicture)
            .where(PrivatePicture.public_id.in_(public_ids), ~attached.exists())
            .order_by(PrivatePicture.id)
        )
    )


def place_of_request(public_id: str) -> tuple[str, int]:
    """Its order's public id and workshop. Raises Missing."""
    row = db.session.execute(
        select(Order.public_id, Order.workshop_id)
        .join(ReturnRequest, ReturnRequest.order_id == Order.id)
        .where(ReturnRequest.public_id == public_id)
    ).one_or_none()
    if row is None:
        raise Missing
    return row[0], row[1]


def is_all_of_it(request: ReturnRequest, order: Order) -> bool:
    """Whether every piece that was delivered is in the request."""
    asked = {part.order_line_id: part.quantity for part in request.lines}
    return all(asked.get(line.id, 0) == line.standing for line in order.lines if line.standing)


def share_left(order_id: int) -> int:
    share = db.session.scalars(select(PaymentShare).where(PaymentShare.order_id == order_id)).one()
    return share.left
