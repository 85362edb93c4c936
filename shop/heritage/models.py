"""The vocabulary that craft and shop share, each statement with its source and certainty."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Keyed, LongText, Text120, Text300


class TermKind(StrEnum):
    GLAZE = "glaze"
    FORM = "form"
    TECHNIQUE = "technique"
    KILN = "kiln"
    DECORATION = "decoration"
    BODY = "body"


class Certainty(StrEnum):
    DOCUMENTED = "documented"
    TRADITION = "tradition"
    CONTESTED = "contested"


class Term(Keyed, Base):
    __tablename__ = "heritage_term"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    kind: Mapped[TermKind]
    slug: Mapped[Text120]
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    description_vi: Mapped[LongText]
    description_en: Mapped[LongText]
    synonyms_vi: Mapped[Text300] = mapped_column(default="")
    synonyms_en: Mapped[Text300] = mapped_column(default="")
    colour: Mapped[str | None] = mapped_column(String(7))
    certainty: Mapped[Certainty]
    source: Mapped[Text300]
    position: Mapped[int] = mapped_column(default=0)
