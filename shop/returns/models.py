"""What a buyer asks back, parcels that came back by themselves, and why money was given back."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Dong, Keyed, LongText, Text40, Text300, Timestamped
from shop.core.ids import public_id
from shop.media.models import PrivatePicture
from shop.orders.models import ActorKind, Order, OrderLine
from shop.payments.models import Refund


class ReturnReason(StrEnum):
    BROKEN = "broken"
    WRONG_PIECE = "wrong_piece"
    MISSING = "missing"
    CHANGED_MIND = "changed_mind"

    @property
    def is_ours(self) -> bool:
        """Not the buyer's doing, so that the way back costs them nothing."""
        return self is not ReturnReason.CHANGED_MIND

    @property
    def needs_photographs(self) -> bool:
        return self in (ReturnReason.BROKEN, ReturnReason.WRONG_PIECE)


class ReturnStatus(StrEnum):
    """ESCALATED: the village office decides. RECEIVED: the pieces are at the workshop again."""

    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ESCALATED = "escalated"
    RECEIVED = "received"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"


RETURN_MOVES: dict[ReturnStatus, frozenset[ReturnStatus]] = {
    ReturnStatus.ASKED: frozenset(
        {
            ReturnStatus.ACCEPTED,
            ReturnStatus.REFUSED,
            ReturnStatus.ESCALATED,
            ReturnStatus.WITHDRAWN,
        }
    ),
    # The buyer may ask the office to look at it, once.
    ReturnStatus.REFUSED: frozenset({ReturnStatus.ESCALATED}),
    ReturnStatus.ESCALATED: frozenset(
        {ReturnStatus.ACCEPTED, ReturnStatus.REFUSED, ReturnStatus.WITHDRAWN}
    ),
    # Settled at once where nothing has to be sent back.
    ReturnStatus.ACCEPTED: frozenset(
        {ReturnStatus.RECEIVED, ReturnStatus.SETTLED, ReturnStatus.WITHDRAWN}
    ),
    ReturnStatus.RECEIVED: frozenset({ReturnStatus.SETTLED}),
    ReturnStatus.SETTLED: frozenset(),
    ReturnStatus.WITHDRAWN: frozenset(),
}


class ReturnRequest(Keyed, Timestamped, Base):
    """What of one parcel a buyer wants to have put right. Its history is in its events.

    `answer_by`: until then the workshop answers, afterwards the office does. `refund` is what it
    came to; `compensated` what the breakage cover gave the workshop for it, in đồng.
    """

    __tablename__ = "return_request"
    __table_args__ = (
        Index(None, "status", "answer_by"),
        CheckConstraint("compensated >= 0", name="compensated_not_negative"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    reason: Mapped[ReturnReason]
    status: Mapped[ReturnStatus] = mapped_column(default=ReturnStatus.ASKED)
    text: Mapped[LongText]
    answer_by: Mapped[datetime]
    goes_back: Mapped[bool | None]
    is_appealed: Mapped[bool] = mapped_column(default=False)
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"), index=True)
    compensated: Mapped[Dong] = mapped_column(default=0)
    order: Mapped[Order] = relationship(lazy="raise_on_sql")
    refund: Mapped[Refund | None] = relationship(lazy="raise_on_sql")
    lines: Mapped[list[ReturnLine]] = relationship(order_by="ReturnLine.id", lazy="raise_on_sql")
    photos: Mapped[list[ReturnPhoto]] = relationship(order_by="ReturnPhoto.id", lazy="raise_on_sql")
    events: Mapped[list[ReturnEvent]] = relationship(order_by="ReturnEvent.id", lazy="raise_on_sql")

    def may_become(self, status: ReturnStatus) -> bool:
        return status in RETURN_MOVES[self.status]

    @property
    def may_be_appealed(self) -> bool:
        return self.status is ReturnStatus.REFUSED and not self.is_appealed


class ReturnLine(Keyed, Base):
    """How many of a line's pieces, and what became of those that came back: on the shelf again,
    to be sold as seconds, or written off."""

    __tablename__ = "return_line"
    __table_args__ = (
        UniqueConstraint("request_id", "order_line_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "shelved >= 0 and seconds >= 0 and written_off >= 0"
            " and shelved + seconds + written_off <= quantity",
            name="no_more_than_asked",
        ),
    )

    request_id: Mapped[int] = mapped_column(ForeignKey("return_request.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    quantity: Mapped[int]
    shelved: Mapped[int] = mapped_column(default=0)
    seconds: Mapped[int] = mapped_column(default=0)
    written_off: Mapped[int] = mapped_column(default=0)
    line: Mapped[OrderLine] = relationship(lazy="raise_on_sql")


class ReturnPhoto(Keyed, Base):
    __tablename__ = "return_photo"

    request_id: Mapped[int] = mapped_column(ForeignKey("return_request.id"), index=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("private_picture.id"), unique=True)
    picture: Mapped[PrivatePicture] = relationship(lazy="raise_on_sql")


class ReturnEvent(Keyed, Base):
    """Append-only: every move of a request, by whom, when, and what was said."""

    __tablename__ = "return_event"

    request_id: Mapped[int] = mapped_column(ForeignKey("return_request.id"), index=True)
    from_status: Mapped[ReturnStatus | None]
    to_status: Mapped[ReturnStatus]
    at: Mapped[datetime]
    by: Mapped[ActorKind]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[LongText] = mapped_column(default="")


class PackingPhoto(Keyed, Timestamped, Base):
    """How a parcel was packed; without one the breakage cover bears nothing for it."""

    __tablename__ = "packing_photo"

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    picture_id: Mapped[int] = mapped_column(ForeignKey("private_picture.id"), unique=True)
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    picture: Mapped[PrivatePicture] = relationship(lazy="raise_on_sql")


class RefusedParcel(Keyed, Timestamped, Base):
    """A parcel the carrier brought back. `freight`: what its way back cost the workshop, of which
    the breakage cover bore `covered`, both in đồng."""

    __tablename__ = "refused_parcel"
    __table_args__ = (
        CheckConstraint("covered between 0 and freight", name="covered_within_freight"),
        CheckConstraint("broken >= 0", name="broken_not_negative"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    came_back_on: Mapped[date]
    freight: Mapped[Dong]
    covered: Mapped[Dong] = mapped_column(default=0)
    broken: Mapped[int] = mapped_column(default=0)


class RefundKind(StrEnum):
    """Why an order's money goes back."""

    CANCELLED = "cancelled"
    REFUSED = "refused"
    RETURN = "return"
    PIECES = "pieces"
    SHIPPING = "shipping"
    GOODWILL = "goodwill"


class RefundReason(Keyed, Base):
    """Why a refund was begun, by whom, and what the buyer was told of it."""

    __tablename__ = "refund_reason"

    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"))
    kind: Mapped[RefundKind]
    by: Mapped[ActorKind]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")
    refund: Mapped[Refund] = relationship(lazy="raise_on_sql")
