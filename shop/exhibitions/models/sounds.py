"""Recordings as the gallery uses them: the audio guide and the signed one, of a room or exhibit."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Keyed, Text300, Timestamped
from shop.exhibitions.models.artefacts import Rights
from shop.media.models import Recording


class Sound(Keyed, Timestamped, Base):
    """A recording belongs to one room or to one exhibit; its language and kind are its own."""

    __tablename__ = "gallery_sound"
    __table_args__ = (
        CheckConstraint("(room_id is null) <> (exhibit_id is null)", name="one_owner"),
        CheckConstraint("trim(credit_vi) <> '' and trim(credit_en) <> ''", name="has_credit"),
    )

    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("gallery_room.id", ondelete="CASCADE"), index=True
    )
    exhibit_id: Mapped[int | None] = mapped_column(
        ForeignKey("exhibit.id", ondelete="CASCADE"), index=True
    )
    recording_id: Mapped[int] = mapped_column(ForeignKey("recording.id"), index=True)
    rights: Mapped[Rights]
    credit_vi: Mapped[Text300]
    credit_en: Mapped[Text300]
    recording: Mapped[Recording] = relationship(lazy="raise_on_sql")
