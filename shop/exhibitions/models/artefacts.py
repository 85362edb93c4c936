"""Artefacts: what is shown, apart from where it is shown; and the gallery's own pictures."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.catalogue.models import Product
from shop.core.db import Base, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.heritage.models import Certainty, Term
from shop.media.models import Image, Model3D
from shop.workshops.models import Workshop


class Rights(StrEnum):
    """What others may do with it: a licence of Creative Commons, or all rights kept."""

    CC0 = "CC0-1.0"
    CC_BY = "CC-BY-4.0"
    CC_BY_SA = "CC-BY-SA-4.0"
    CC_BY_NC = "CC-BY-NC-4.0"
    IN_COPYRIGHT = "InC"


RIGHTS_URIS = {
    # As IIIF Presentation 3.0 asks for them: the licence's own http address.
    Rights.CC0: "http://creativecommons.org/publicdomain/zero/1.0/",
    Rights.CC_BY: "http://creativecommons.org/licenses/by/4.0/",
    Rights.CC_BY_SA: "http://creativecommons.org/licenses/by-sa/4.0/",
    Rights.CC_BY_NC: "http://creativecommons.org/licenses/by-nc/4.0/",
    Rights.IN_COPYRIGHT: "http://rightsstatements.org/vocab/InC/1.0/",
}


class Stated:
    """A statement in the making: publishing asks for its certainty and its source."""

    certainty: Mapped[Certainty | None]
    source: Mapped[Text300] = mapped_column(default="")


class Picture(Keyed, Timestamped, Base):
    """A picture the gallery may use, with the rights under which it may."""

    __tablename__ = "gallery_picture"
    __table_args__ = (
        CheckConstraint("trim(credit_vi) <> '' and trim(credit_en) <> ''", name="has_credit"),
    )

    image_id: Mapped[int] = mapped_column(ForeignKey("image.id"), unique=True)
    rights: Mapped[Rights]
    credit_vi: Mapped[Text300]
    credit_en: Mapped[Text300]
    image: Mapped[Image] = relationship(lazy="raise_on_sql")


artefact_term = Table(
    "artefact_term",
    Base.metadata,
    Column("artefact_id", ForeignKey("artefact.id", ondelete="CASCADE"), primary_key=True),
    Column("term_id", ForeignKey("heritage_term.id"), primary_key=True, index=True),
)


class Artefact(Stated, Keyed, Timestamped, Base):
    """Lengths in mm, weight in g. `when` is the dating as written, the years are for sorting."""

    __tablename__ = "artefact"
    __table_args__ = (
        CheckConstraint("year_to is null or year_to >= year_from", name="years_in_order"),
    )

    slug: Mapped[Text120] = mapped_column(unique=True)
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    summary_vi: Mapped[Text300] = mapped_column(default="")
    summary_en: Mapped[Text300] = mapped_column(default="")
    description_vi: Mapped[LongText] = mapped_column(default="")
    description_en: Mapped[LongText] = mapped_column(default="")
    when_vi: Mapped[Text120] = mapped_column(default="")
    when_en: Mapped[Text120] = mapped_column(default="")
    year_from: Mapped[int | None]
    year_to: Mapped[int | None]
    place_vi: Mapped[Text120] = mapped_column(default="")
    place_en: Mapped[Text120] = mapped_column(default="")
    height_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    depth_mm: Mapped[int | None]
    weight_g: Mapped[int | None]
    rights: Mapped[Rights] = mapped_column(default=Rights.IN_COPYRIGHT)
    credit_vi: Mapped[Text300] = mapped_column(default="")
    credit_en: Mapped[Text300] = mapped_column(default="")
    may_download: Mapped[bool] = mapped_column(default=False)
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"), index=True)
    product_id: Mapped[int | None] = mapped_column(ForeignKey("product.id"), index=True)
    model_id: Mapped[int | None] = mapped_column(ForeignKey("model3d.id"), index=True)

    terms: Mapped[list[Term]] = relationship(
        secondary=artefact_term, order_by=(Term.kind, Term.position), lazy="raise_on_sql"
    )
    pictures: Mapped[list[ArtefactPicture]] = relationship(
        order_by="ArtefactPicture.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    model: Mapped[Model3D | None] = relationship(lazy="raise_on_sql")
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")
    product: Mapped[Product | None] = relationship(lazy="raise_on_sql")


class ArtefactPicture(Keyed, Base):
    """A picture of an artefact; `role` names it within the artefact (front, detail, zoom…)."""

    __tablename__ = "artefact_picture"
    __table_args__ = (UniqueConstraint("artefact_id", "role"),)

    artefact_id: Mapped[int] = mapped_column(ForeignKey("artefact.id", ondelete="CASCADE"))
    picture_id: Mapped[int] = mapped_column(ForeignKey("gallery_picture.id"), index=True)
    position: Mapped[int]
    role: Mapped[Text40]
    caption_vi: Mapped[Text300] = mapped_column(default="")
    caption_en: Mapped[Text300] = mapped_column(default="")
    picture: Mapped[Picture] = relationship(lazy="raise_on_sql")
