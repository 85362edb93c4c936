"""What a workshop's members see: their own workshops' orders and nobody else's.

Every read takes the keys of the workshops the viewer belongs to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select
from sqlalchemy.orm import joinedload, selectinload

from shop.accounts.models import Person
from shop.core.db import db
from shop.core.errors import Missing
from shop.media.models import Image
from shop.orders.models import (
    GIVEN_UP,
    Order,
    OrderEvent,
    OrderGroup,
    OrderLine,
    OrderStatus,
    PaymentShare,
    Shipment,
)
from shop.payments.models import PaymentMethod
from shop.shipping.models import DeliveryKind
from shop.workshops.models import MemberRole, Workshop, WorkshopMember

TO_PREPARE = (OrderStatus.PLACED, OrderStatus.CONFIRMED, OrderStatus.PACKED)
PAGE_SIZE = 30
MOST_ON_THE_DESK = 100


@dataclass(frozen=True, slots=True)
class MyWorkshop:
    """A workshop the viewer belongs to."""

    id: int
    slug: str
    name_vi: str
    name_en: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class OrderCard:
    """One order in a list. `cash_due`: đồng still to be taken at the door; `image`: of a piece."""

    public_id: str
    reference: str
    status: OrderStatus
    name: str
    place: str
    delivery_kind: DeliveryKind
    ship_by: datetime
    placed_at: datetime
    shipped_at: datetime | None
    cash_due: int
    pieces: int
    first_piece_vi: str
    first_piece_en: str
    kinds: int
    image: Image | None

    @property
    def is_collected(self) -> bool:
        return self.delivery_kind is DeliveryKind.COLLECTION


@dataclass(frozen=True, slots=True)
class Takings:
    """Đồng: sold in the last seven days; in cash still to come; taken in since the month began."""

    sold: int
    cash_to_come: int
    taken: int


def workshops_of(person_id: int) -> tuple[MyWorkshop, ...]:
    """Where the person is a member, in alphabetical order."""
    rows = db.session.execute(
        select(
            Workshop.id,
            Workshop.slug,
            Workshop.name_vi,
            Workshop.name_en,
            WorkshopMember.role,
        )
        .join(WorkshopMember, WorkshopMember.workshop_id == Workshop.id)
        .where(WorkshopMember.person_id == person_id)
        .order_by(Workshop.name_sort, Workshop.id)
    )
    return tuple(MyWorkshop(*row) for row in rows)


_CASH_DUE = case(
    (
        and_(
            OrderGroup.payment_method == PaymentMethod.CASH,
            Order.status.not_in(GIVEN_UP),
        ),
        PaymentShare.amount - PaymentShare.waived - PaymentShare.captured,
    ),
    else_=0,
)


def _cards(
    condition: ColumnElement[bool], order_by: Sequence[object], limit: int, skip: int = 0
) -> list[OrderCard]:
    """Two SQL statements: the orders, then their lines with a picture each."""
    rows = db.session.execute(
        select(
            Order.id,
            Order.public_id,
            OrderGroup.reference,
            Order.status,
            OrderGroup.name,
            OrderGroup.province_name,
            OrderGroup.city,
            OrderGroup.country,
            Order.delivery_kind,
            Order.ship_by,
            OrderGroup.placed_at,
            Shipment.shipped_at,
            _CASH_DUE.label("cash_due"),
        )
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .outerjoin(Shipment, Shipment.order_id == Order.id)
        .where(condition)
        .order_by(*order_by)  # type: ignore[arg-type]
        .offset(skip)
        .limit(limit)
    ).all()
    lines = _lines_of([row.id for row in rows])
    return [_card(row._asdict(), lines.get(row.id, [])) for row in rows]


def _lines_of(order_ids: Collection[int]) -> dict[int, list[tuple[OrderLine, Image | None]]]:
    found: dict[int, list[tuple[OrderLine, Image | None]]] = {}
    if not order_ids:
        return found
    rows = db.session.execute(
        select(OrderLine, Image)
        .outerjoin(Image, Image.id == OrderLine.image_id)
        .where(OrderLine.order_id.in_(order_ids))
        .order_by(OrderLine.id)
    )
    for line, image in rows:
        found.setdefault(line.order_id, []).append((line, image))
    return found


def _card(row: Mapping[str, object], lines: Sequence[tuple[OrderLine, Image | None]]) -> OrderCard:
    values = dict(row)
    values.pop("id")
    place = [values.pop(key) for key in ("province_name", "city", "country")]
    first = lines[0][0]
    return OrderCard(
        **values,  # type: ignore[arg-type]
        place=next(str(name) for name in place if name),
        pieces=sum(line.quantity for line, _ in lines),
        first_piece_vi=first.name_vi,
        first_piece_en=first.name_en,
        kinds=len(lines),
        image=next((image for _, image in lines if image), None),
    )


def work_of(workshop_id: int, *, with_cash: bool) -> list[OrderCard]:
    """What asks something of the viewer, the most pressing first; two SQL statements.

    First what is to be prepared, by its deadline; then parcels on the way; then, `with_cash`,
    cash not yet written down.
    """
    waits = or_(
        Order.status.in_((*TO_PREPARE, OrderStatus.SHIPPED)),
        and_(Order.status == OrderStatus.DELIVERED, _CASH_DUE > 0, literal(with_cash)),
    )
    rank = case(
        (Order.status.in_(TO_PREPARE), 0), (Order.status == OrderStatus.SHIPPED, 1), else_=2
    )
    return _cards(
        (Order.workshop_id == workshop_id) & waits,
        (rank, Order.ship_by, Order.id),
        MOST_ON_THE_DESK,
    )


def orders_in(workshop_id: int, status: OrderStatus, page: int) -> tuple[list[OrderCard], bool]:
    """One page of a workshop's orders in a state, and whether there are more; two statements.

    What is to be prepared comes by its deadline, everything else newest first.
    """
    is_waiting = status in TO_PREPARE
    order_by = (Order.ship_by, Order.id) if is_waiting else (Order.id.desc(),)
    found = _cards(
        (Order.workshop_id == workshop_id) & (Order.status == status),
        order_by,
        PAGE_SIZE + 1,
        skip=(page - 1) * PAGE_SIZE,
    )
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def counts_of(workshop_id: int) -> dict[OrderStatus, int]:
    """How many orders are in each state; states without any are 0."""
    rows = db.session.execute(
        select(Order.status, func.count())
        .where(Order.workshop_id == workshop_id)
        .group_by(Order.status)
    )
    return dict.fromkeys(OrderStatus, 0) | dict(rows.all())


def takings_of(workshop_id: int, *, month_began: datetime, at: datetime) -> Takings:
    """One SQL statement. What is not paid yet and was not to be paid in cash is not sold."""
    stands = Order.status.not_in((OrderStatus.AWAITING_PAYMENT, *GIVEN_UP))
    sold = stands & (OrderGroup.placed_at > at - timedelta(days=7))
    row = db.session.execute(
        select(
            func.coalesce(func.sum(case((sold, Order.total), else_=0)), 0),
            func.coalesce(func.sum(_CASH_DUE), 0),
            func.coalesce(
                func.sum(
                    case(
                        (
                            PaymentShare.captured_at >= month_began,
                            PaymentShare.captured - PaymentShare.refunded,
                        ),
                        else_=0,
                    )
                ),
                0,
            ),
        )
        .select_from(Order)
        .join(OrderGroup, OrderGroup.id == Order.group_id)
        .join(PaymentShare, PaymentShare.order_id == Order.id)
        .where(Order.workshop_id == workshop_id)
    ).one()
    return Takings(*(int(value) for value in row))


def order_of(public_id: str, workshop_ids: Collection[int]) -> Order:
    """An order of one of these workshops with all its parts. Raises Missing.

    Three SQL statements: the order with what it has one of, its lines, its events.
    """
    order = db.session.scalar(
        select(Order)
        .where(Order.public_id == public_id, Order.workshop_id.in_(workshop_ids))
        .options(
            joinedload(Order.workshop),
            joinedload(Order.group).options(
                joinedload(OrderGroup.payment), joinedload(OrderGroup.invoice_request)
            ),
            joinedload(Order.e_invoice),
            joinedload(Order.shipment),
            joinedload(Order.share),
            selectinload(Order.lines).options(
                joinedload(OrderLine.image), joinedload(OrderLine.variant)
            ),
            selectinload(Order.events),
        )
    )
    if order is None:
        raise Missing
    return order


def names_of_actors(events: Collection[OrderEvent]) -> dict[int, str]:
    """Who stands behind the ids in a history."""
    keys = {event.by_person_id for event in events if event.by_person_id is not None}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(keys)))
    return dict(rows.all())
