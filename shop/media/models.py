"""Pictures as the site keeps them: a cleaned original and the renditions made from it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Keyed, Text40, Text300, Timestamped
from shop.core.ids import public_id


class Image(Keyed, Timestamped, Base):
    """Both alternative texts are required: no picture without words."""

    __tablename__ = "image"
    __table_args__ = (CheckConstraint("width > 0 and height > 0", name="has_size"),)

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    width: Mapped[int]
    height: Mapped[int]
    byte_count: Mapped[int]
    alt_vi: Mapped[Text300]
    alt_en: Mapped[Text300]
    is_rendering: Mapped[bool] = mapped_column(default=False)
    renditions_at: Mapped[datetime | None]
