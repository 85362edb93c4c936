"""Products, their variants and photographs, and every movement of stock."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import (
    Base,
    Dong,
    Keyed,
    LongText,
    Text40,
    Text120,
    Text300,
    Timestamped,
)
from shop.core.ids import public_id
from shop.heritage.models import Term
from shop.ledger.models import TaxedAs
from shop.media.models import Image, Model3D
from shop.shipping.models import Fragility
from shop.workshops.models import Maker, Workshop


class Supply(StrEnum):
    ONE_OF_A_KIND = "one_of_a_kind"
    COUNTED = "counted"
    MADE_TO_ORDER = "made_to_order"


class FoodUse(StrEnum):
    FOOD_SAFE_TESTED = "food_safe_tested"
    DECORATIVE = "decorative"
    NOT_FOR_FOOD = "not_for_food"


class ProductStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


PRODUCT_MOVES: dict[ProductStatus, frozenset[ProductStatus]] = {
    ProductStatus.DRAFT: frozenset({ProductStatus.PUBLISHED}),
    ProductStatus.PUBLISHED: frozenset({ProductStatus.WITHDRAWN}),
    # A piece taken off sale may come back.
    ProductStatus.WITHDRAWN: frozenset({ProductStatus.PUBLISHED}),
}


product_technique = Table(
    "product_technique",
    Base.metadata,
    Column("product_id", ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("heritage_term.id"), primary_key=True, index=True),
)

product_decoration = Table(
    "product_decoration",
    Base.metadata,
    Column("product_id", ForeignKey("product.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("heritage_term.id"), primary_key=True, index=True),
)


class Product(Keyed, Timestamped, Base):
    __tablename__ = "product"
    __table_args__ = (
        CheckConstraint(
            "(supply = 'made_to_order') = (lead_days is not null)", name="lead_days_when_to_order"
        ),
        CheckConstraint("taxed_as <> 'all'", name="taxed_as_one_kind"),
        Index(None, "status", "published_at"),
    )

    slug: Mapped[Text120] = mapped_column(unique=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    summary_vi: Mapped[Text300]
    summary_en: Mapped[Text300]
    story_vi: Mapped[LongText]
    story_en: Mapped[LongText]
    care_vi: Mapped[LongText]
    care_en: Mapped[LongText]
    decoration_vi: Mapped[Text300] = mapped_column(default="")
    decoration_en: Mapped[Text300] = mapped_column(default="")
    supply: Mapped[Supply]
    lead_days: Mapped[int | None]
    form_id: Mapped[int] = mapped_column(ForeignKey("heritage_term.id"), index=True)
    kiln_id: Mapped[int | None] = mapped_column(ForeignKey("heritage_term.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("heritage_term.id"))
    maker_id: Mapped[int | None] = mapped_column(ForeignKey("maker.id"))
    fired_on: Mapped[date | None]
    firing_celsius: Mapped[int | None]
    food_use: Mapped[FoodUse]
    food_note_vi: Mapped[Text300] = mapped_column(default="")
    food_note_en: Mapped[Text300] = mapped_column(default="")
    fragility: Mapped[Fragility]
    taxed_as: Mapped[TaxedAs] = mapped_column(default=TaxedAs.GOODS, server_default="goods")
    status: Mapped[ProductStatus] = mapped_column(default=ProductStatus.DRAFT)
    published_at: Mapped[datetime | None]
    # Derived by actions.index_product: what search reads, folded, and what sorting reads.
    search_text: Mapped[LongText] = mapped_column(default="")
    name_fold: Mapped[Text300] = mapped_column(default="")
    name_sort: Mapped[Text300] = mapped_column(default="")

    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")
    form: Mapped[Term] = relationship(foreign_keys=[form_id], lazy="raise_on_sql")
    kiln: Mapped[Term | None] = relationship(foreign_keys=[kiln_id], lazy="raise_on_sql")
    body: Mapped[Term | None] = relationship(foreign_keys=[body_id], lazy="raise_on_sql")
    maker: Mapped[Maker | None] = relationship(lazy="raise_on_sql")
    techniques: Mapped[list[Term]] = relationship(
        secondary=product_technique, order_by=Term.position, lazy="raise_on_sql"
    )
    decorations: Mapped[list[Term]] = relationship(
        secondary=product_decoration, order_by=Term.position, lazy="raise_on_sql"
    )
    variants: Mapped[list[Variant]] = relationship(
        back_populates="product", order_by="Variant.position", lazy="raise_on_sql"
    )
    photos: Mapped[list[ProductPhoto]] = relationship(
        order_by="ProductPhoto.position", lazy="raise_on_sql"
    )
    turnable: Mapped[ProductModel | None] = relationship(lazy="raise_on_sql")

    @property
    def is_made_to_order(self) -> bool:
        return self.supply is Supply.MADE_TO_ORDER

    @property
    def is_one_of_a_kind(self) -> bool:
        return self.supply is Supply.ONE_OF_A_KIND


class ProductEvent(Keyed, Base):
    """Append-only history of a product's status: who, when, why."""

    __tablename__ = "product_event"

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    from_status: Mapped[ProductStatus]
    to_status: Mapped[ProductStatus]
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300] = mapped_column(default="")


class ProductTaxation(Keyed, Base):
    """Append-only: what the office has found a product to be to the tax office, and why."""

    __tablename__ = "product_taxation"
    __table_args__ = (CheckConstraint("taxed_as <> 'all'", name="one_kind"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    taxed_as: Mapped[TaxedAs]
    at: Mapped[datetime]
    by_person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    note: Mapped[Text300]


class Variant(Keyed, Base):
    """What is bought. Lengths in mm, weights in g; packed figures are of one packed piece.

    on_hand is what can be counted on the shelf, allocated what is promised to orders;
    both change only together with a StockMovement.
    """

    __tablename__ = "variant"
    __table_args__ = (
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("set_count > 0", name="set_count_positive"),
        CheckConstraint("allocated >= 0", name="allocated_not_negative"),
        CheckConstraint("on_hand >= allocated", name="no_promise_beyond_stock"),
        CheckConstraint("not is_unique or received_total <= 1", name="one_ever"),
        CheckConstraint(
            "packed_length_mm > 0 and packed_width_mm > 0 and packed_height_mm > 0"
            " and packed_weight_g > 0",
            name="packed_size",
        ),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    sku: Mapped[Text40] = mapped_column(unique=True)
    label_vi: Mapped[Text120] = mapped_column(default="")
    label_en: Mapped[Text120] = mapped_column(default="")
    size_vi: Mapped[Text120] = mapped_column(default="")
    size_en: Mapped[Text120] = mapped_column(default="")
    glaze_id: Mapped[int] = mapped_column(ForeignKey("heritage_term.id"), index=True)
    set_count: Mapped[int] = mapped_column(default=1)
    price: Mapped[Dong]
    height_mm: Mapped[int]
    width_mm: Mapped[int]
    depth_mm: Mapped[int]
    weight_g: Mapped[int]
    packed_length_mm: Mapped[int]
    packed_width_mm: Mapped[int]
    packed_height_mm: Mapped[int]
    packed_weight_g: Mapped[int]
    is_unique: Mapped[bool] = mapped_column(default=False)
    on_hand: Mapped[int] = mapped_column(default=0)
    allocated: Mapped[int] = mapped_column(default=0)
    received_total: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)

    product: Mapped[Product] = relationship(back_populates="variants", lazy="raise_on_sql")
    glaze: Mapped[Term] = relationship(lazy="raise_on_sql")

    @property
    def available(self) -> int:
        return self.on_hand - self.allocated


class MovementKind(StrEnum):
    RECEIVED = "received"
    ALLOCATED = "allocated"
    RELEASED = "released"
    SHIPPED = "shipped"
    RETURNED = "returned"
    ADJUSTED = "adjusted"


class StockMovement(Keyed, Base):
    """Append-only. `cause` names what moved the stock; one cause moves a variant once a kind."""

    __tablename__ = "stock_movement"
    __table_args__ = (UniqueConstraint("variant_id", "kind", "cause"),)

    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    kind: Mapped[MovementKind]
    on_hand_change: Mapped[int] = mapped_column(default=0)
    allocated_change: Mapped[int] = mapped_column(default=0)
    cause: Mapped[Text120]
    at: Mapped[datetime]
    by_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class ProductPhoto(Keyed, Base):
    __tablename__ = "product_photo"
    __table_args__ = (UniqueConstraint("product_id", "position"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))
    image_id: Mapped[int] = mapped_column(ForeignKey("image.id"))
    position: Mapped[int]
    image: Mapped[Image] = relationship(lazy="raise_on_sql")


class ProductModel(Base):
    """The 3D model a product is turned in; a product has one or none."""

    __tablename__ = "product_model"

    product_id: Mapped[int] = mapped_column(
        ForeignKey("product.id", ondelete="CASCADE"), primary_key=True
    )
    model_id: Mapped[int] = mapped_column(ForeignKey("model3d.id"), index=True)
    model: Mapped[Model3D] = relationship(lazy="raise_on_sql")
