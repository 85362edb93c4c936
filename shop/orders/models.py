"""One OrderGroup a purchase, one Order a workshop, one Shipment a parcel; each with its history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.addresses import AddressColumns
from shop.catalogue.models import Variant
from shop.core.db import Base, Dong, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.core.ids import public_id, secret_token
from shop.ledger.charges import Charges, Withheld
from shop.ledger.models import TaxedAs
from shop.media.models import Image
from shop.orders.invoice_models import EInvoice, InvoiceRequest
from shop.payments.models import Payment, PaymentMethod
from shop.shipping.models import DeliveryKind, Fragility, Zone
from shop.workshops.models import SellerKind, Workshop


class OrderGroup(Keyed, AddressColumns, Base):
    """What the buyer calls "my order". placement_key makes one group per basket.

    `gift` is for the craft fund: paid with the rest, and no part of any order's share.
    """

    __tablename__ = "order_group"
    __table_args__ = (
        CheckConstraint("total = items_total + shipping_total + gift", name="total_adds_up"),
        CheckConstraint("gift >= 0 and (gift = 0 or payment_method <> 'cash')", name="gift"),
        CheckConstraint("gift_refunded between 0 and gift", name="gift_refunded_within_gift"),
        Index(None, "email"),
        Index(None, "phone"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    reference: Mapped[str] = mapped_column(String(20), unique=True)
    tracking_token: Mapped[str] = mapped_column(String(64), unique=True, default=secret_token)
    placement_key: Mapped[Text40] = mapped_column(unique=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    language: Mapped[str] = mapped_column(String(2))
    name: Mapped[Text120]
    name_fold: Mapped[LongText]
    email: Mapped[Text300]
    phone: Mapped[str] = mapped_column(String(20))
    note: Mapped[LongText] = mapped_column(default="")
    items_total: Mapped[Dong]
    shipping_total: Mapped[Dong]
    gift: Mapped[Dong] = mapped_column(default=0)
    gift_refunded: Mapped[Dong] = mapped_column(default=0)
    total: Mapped[Dong]
    payment_method: Mapped[PaymentMethod]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), unique=True)
    placed_at: Mapped[datetime] = mapped_column(index=True)
    payment: Mapped[Payment] = relationship(lazy="raise_on_sql")
    invoice_request: Mapped[InvoiceRequest | None] = relationship(
        uselist=False, viewonly=True, lazy="raise_on_sql"
    )
    orders: Mapped[list[Order]] = relationship(
        back_populates="group", order_by="Order.id", lazy="raise_on_sql"
    )

    @property
    def is_all_collected(self) -> bool:
        """Nothing is sent: the buyer comes for every part."""
        return all(order.is_collected for order in self.orders)


class OrderStatus(StrEnum):
    """PLACED: the workshop may begin. PACKED means ready to fetch when collected in person.
    REFUSED: the carrier brought the parcel back."""

    AWAITING_PAYMENT = "awaiting_payment"
    PLACED = "placed"
    CONFIRMED = "confirmed"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUSED = "refused"


ORDER_ROAD: tuple[OrderStatus, ...] = (
    OrderStatus.AWAITING_PAYMENT,
    OrderStatus.PLACED,
    OrderStatus.CONFIRMED,
    OrderStatus.PACKED,
    OrderStatus.SHIPPED,
    OrderStatus.DELIVERED,
)

ORDER_MOVES: dict[OrderStatus, frozenset[OrderStatus]] = {
    OrderStatus.AWAITING_PAYMENT: frozenset({OrderStatus.PLACED, OrderStatus.CANCELLED}),
    OrderStatus.PLACED: frozenset({OrderStatus.CONFIRMED, OrderStatus.CANCELLED}),
    OrderStatus.CONFIRMED: frozenset({OrderStatus.PACKED, OrderStatus.CANCELLED}),
    # A parcel goes by carrier; what is fetched at the workshop is delivered at once.
    OrderStatus.PACKED: frozenset(
        {OrderStatus.SHIPPED, OrderStatus.DELIVERED, OrderStatus.CANCELLED}
    ),
    OrderStatus.SHIPPED: frozenset({OrderStatus.DELIVERED, OrderStatus.REFUSED}),
    OrderStatus.DELIVERED: frozenset(),
    OrderStatus.REFUSED: frozenset(),
    # Paid after it had lapsed, and the pieces were still there.
    OrderStatus.CANCELLED: frozenset({OrderStatus.PLACED}),
}


GIVEN_UP = frozenset({OrderStatus.CANCELLED, OrderStatus.REFUSED})
"""Nothing comes to the buyer any more, and no cash from them."""


class Order(Keyed, Timestamped, Base):
    """One workshop's part of a group. Zone, weight and days are as quoted when it was placed."""

    __tablename__ = "shop_order"
    __table_args__ = (
        UniqueConstraint("group_id", "workshop_id"),
        CheckConstraint("total = items_total + shipping_total", name="total_adds_up"),
        Index(None, "workshop_id", "status"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"))
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    status: Mapped[OrderStatus]
    items_total: Mapped[Dong]
    shipping_total: Mapped[Dong]
    total: Mapped[Dong]
    delivery_kind: Mapped[DeliveryKind]
    carrier_code: Mapped[Text40 | None]
    carrier_name: Mapped[Text120 | None]
    zone: Mapped[Zone]
    billed_weight_g: Mapped[int]
    days_from: Mapped[int | None]
    days_to: Mapped[int | None]
    lead_days: Mapped[int] = mapped_column(default=0)
    ship_by: Mapped[datetime]
    group: Mapped[OrderGroup] = relationship(back_populates="orders", lazy="raise_on_sql")
    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")
    lines: Mapped[list[OrderLine]] = relationship(order_by="OrderLine.id", lazy="raise_on_sql")
    events: Mapped[list[OrderEvent]] = relationship(order_by="OrderEvent.id", lazy="raise_on_sql")
    shipment: Mapped[Shipment | None] = relationship(lazy="raise_on_sql")
    share: Mapped[PaymentShare] = relationship(back_populates="order", lazy="raise_on_sql")
    charges: Mapped[OrderCharges] = relationship(lazy="raise_on_sql")
    e_invoice: Mapped[EInvoice | None] = relationship(
        uselist=False, viewonly=True, lazy="raise_on_sql"
    )

    @property
    def is_collected(self) -> bool:
        return self.delivery_kind is DeliveryKind.COLLECTION

    def may_become(self, status: OrderStatus) -> bool:
        return status in ORDER_MOVES[self.status]

    @property
    def steps_ahead(self) -> list[OrderStatus]:
        """What is still to come when nothing goes wrong, in order."""
        skipped = OrderStatus.SHIPPED if self.is_collected else None
        road = [status for status in ORDER_ROAD if status is not skipped]
        return road[road.index(self.status) + 1 :] if self.status in road else []


class OrderLine(Keyed, Base):
    """A copy of what was bought, so that later edits of the listing change no past order.

    `exhibition_id`: which exhibition led to the piece, None when none did. It points up, by the
    table's name alone, and says nothing of who bought it.
    `cancelled` of the pieces cannot be delivered after all; the others still `stand`.
    """

    __tablename__ = "order_line"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("cancelled between 0 and quantity", name="cancelled_within_quantity"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"), index=True)
    product_slug: Mapped[Text120]
    sku: Mapped[Text40]
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    label_vi: Mapped[Text120]
    label_en: Mapped[Text120]
    unit_price: Mapped[Dong]
    quantity: Mapped[int]
    cancelled: Mapped[int] = mapped_column(default=0)
    lead_days: Mapped[int | None]
    fragility: Mapped[Fragility]
    packed_weight_g: Mapped[int]
    taxed_as: Mapped[TaxedAs] = mapped_column(default=TaxedAs.GOODS, server_default="goods")
    holds_stock: Mapped[bool]
    image_id: Mapped[int | None] = mapped_column(ForeignKey("image.id"))
    exhibition_id: Mapped[int | None] = mapped_column(ForeignKey("exhibition.id"), index=True)
    image: Mapped[Image | None] = relationship(lazy="raise_on_sql")
    variant: Mapped[Variant] = relationship(lazy="raise_on_sql")

    @property
    def total(self) -> int:
        return self.unit_price * self.quantity

    @property
    def standing(self) -> int:
        return self.quantity - self.cancelled


class ActorKind(StrEnum):
    BUYER = "buyer"
    WORKSHOP = "workshop"
    OFFICE = "office"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """On whose behalf something is done, and by which person."""

    kind: ActorKind
    person_id: int | None = None


class OrderEvent(Keyed, Base):
    """Append-only: every move of an order, by whom, when and why."""

    __tablename__ = "order_event"

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    from_status: Mapped[OrderStatus | None]
    to_status: Mapped[OrderStatus]
    at: Mapped[datetime]
    by: Mapped[ActorKind]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")


class Shipment(Keyed, Base):
    __tablename__ = "shipment"

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    carrier_code: Mapped[Text40 | None]
    carrier_name: Mapped[Text120]
    tracking_number: Mapped[Text40] = mapped_column(default="")
    tracking_url: Mapped[Text300] = mapped_column(default="")
    packed_at: Mapped[datetime]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]


class PaymentShare(Keyed, Base):
    """One order's part of the group's one payment, and what of it has come in or gone back.

    `waived`: cash that is not due any more, for pieces that cannot be delivered. `kept`: the
    postage of a refused parcel, which the workshop keeps as long as it is not given back too.
    """

    __tablename__ = "payment_share"
    __table_args__ = (
        CheckConstraint("captured >= 0 and captured <= amount", name="captured_within_amount"),
        CheckConstraint("refunded >= 0 and refunded <= captured", name="refunded_within_captured"),
        CheckConstraint("waived >= 0 and captured + waived <= amount", name="waived_within_amount"),
        CheckConstraint("kept >= 0 and kept <= captured", name="kept_within_captured"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    amount: Mapped[Dong]
    captured: Mapped[Dong] = mapped_column(default=0)
    refunded: Mapped[Dong] = mapped_column(default=0)
    waived: Mapped[Dong] = mapped_column(default=0)
    kept: Mapped[Dong] = mapped_column(default=0)
    captured_at: Mapped[datetime | None]
    captured_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    order: Mapped[Order] = relationship(back_populates="share", lazy="raise_on_sql")

    @property
    def due(self) -> int:
        """What is to be paid of it in all."""
        return self.amount - self.waived

    @property
    def left(self) -> int:
        """What can still be given back of it."""
        return self.captured - self.refunded

    @property
    def kept_now(self) -> int:
        """What goes back of a refused parcel is first what was not kept."""
        return min(self.kept, self.left)


class RefundShare(Keyed, Base):
    """What of a refund is one order's; `PaymentShare.refunded` sums up those that count.

    `taxed_as`: the kind of the pieces it is for, None when it is not for certain pieces.
    """

    __tablename__ = "refund_share"
    __table_args__ = (
        UniqueConstraint("refund_id", "order_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    amount: Mapped[Dong]
    taxed_as: Mapped[TaxedAs | None]


class GiftRefund(Keyed, Base):
    """What of a refund is the gift; `OrderGroup.gift_refunded` sums up those that count."""

    __tablename__ = "gift_refund"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"), unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), index=True)
    amount: Mapped[Dong]


class OrderCharges(Keyed, Base):
    """What the order is charged, frozen when it is placed: rates in basis points, sums in đồng.

    The database lets no row be changed, so that a new rate never touches a past order. The rates
    of withheld tax are those of goods; OrderWithholding has what each kind of supply bears.
    """

    __tablename__ = "order_charges"
    __table_args__ = (
        CheckConstraint("commission_vat between 0 and commission", name="vat_within_commission"),
        CheckConstraint("goods_vat between 0 and base", name="vat_within_goods"),
        CheckConstraint(
            "fund_share >= 0 and withheld_vat >= 0 and withheld_pit >= 0", name="not_negative"
        ),
        CheckConstraint(
            "cover_share between 0 and commission - commission_vat", name="cover_within_commission"
        ),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    seller_kind: Mapped[SellerKind]
    rates_of: Mapped[date]
    commission_rate: Mapped[int]
    commission_vat_rate: Mapped[int]
    fund_share_rate: Mapped[int]
    goods_vat_rate: Mapped[int]
    withheld_vat_rate: Mapped[int]
    withheld_pit_rate: Mapped[int]
    cover_share_rate: Mapped[int] = mapped_column(default=0, server_default="0")
    base: Mapped[Dong]
    commission: Mapped[Dong]
    commission_vat: Mapped[Dong]
    fund_share: Mapped[Dong]
    goods_vat: Mapped[Dong]
    withheld_vat: Mapped[Dong]
    withheld_pit: Mapped[Dong]
    cover_share: Mapped[Dong] = mapped_column(default=0, server_default="0")

    @property
    def charged(self) -> Charges:
        return Charges(**{field.name: getattr(self, field.name) for field in fields(Charges)})


class OrderWithholding(Keyed, Base):
    """What is withheld of an order's pieces of one kind of supply, frozen like its charges.

    An order placed before kinds were told apart has none: all its pieces counted as goods.
    """

    __tablename__ = "order_withholding"
    __table_args__ = (
        UniqueConstraint("order_id", "taxed_as"),
        CheckConstraint("taxed_as <> 'all'", name="one_kind"),
        CheckConstraint("base >= 0 and vat >= 0 and pit >= 0", name="not_negative"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    taxed_as: Mapped[TaxedAs]
    base: Mapped[Dong]
    vat_rate: Mapped[int]
    pit_rate: Mapped[int]
    vat: Mapped[Dong]
    pit: Mapped[Dong]

    @property
    def withheld(self) -> Withheld:
        return Withheld(**{field.name: getattr(self, field.name) for field in fields(Withheld)})
