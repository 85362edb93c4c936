"""Pictures, 3D models and recordings as the site keeps them.

Of a picture there is a cleaned original and what is made from it, of the others one file each.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Keyed, LongText, Text40, Text300, Timestamped
from shop.core.ids import public_id


class Image(Keyed, Timestamped, Base):
    """Both alternative texts are required: no picture without words.

    A panorama is a whole sphere, equirectangular. `tiles_at` says since when the tiles that were
    asked for stand; while it is empty, the photograph itself is all there is to look closely at.
    """

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
    is_panorama: Mapped[bool] = mapped_column(default=False)
    renditions_at: Mapped[datetime | None]
    wants_tiles: Mapped[bool] = mapped_column(default=False)
    tiles_at: Mapped[datetime | None]


class PrivatePicture(Keyed, Timestamped, Base):
    """A photograph for a few eyes only: kept apart from the site's pictures, never under their
    addresses, and shown by whoever knows whose it is."""

    __tablename__ = "private_picture"
    __table_args__ = (CheckConstraint("width > 0 and height > 0", name="has_size"),)

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    sha256: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    byte_count: Mapped[int]


VIEW = (
    "view_azimuth",
    "view_polar",
    "view_distance_mm",
    "view_field",
    "target_x_mm",
    "target_y_mm",
    "target_z_mm",
)


class Model3D(Keyed, Timestamped, Base):
    """A GLB to turn about. Lengths in mm; triangles and texture side say what it asks of a device.

    The poster shows just what the model shows at first, so that one can stand for the other. The
    first view is where the file's own camera stands: angles in degrees about the target, `polar`
    90 on a level with it; a model without one is framed by the viewer.
    """

    __tablename__ = "model3d"
    __table_args__ = (
        CheckConstraint("width_mm > 0 and height_mm > 0 and depth_mm > 0", name="has_size"),
        CheckConstraint("byte_count > 0 and triangles > 0", name="has_substance"),
        CheckConstraint(
            " and ".join(f"({VIEW[0]} is null) = ({name} is null)" for name in VIEW[1:]),
            name="whole_view",
        ),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    byte_count: Mapped[int]
    triangles: Mapped[int]
    texture_px: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    depth_mm: Mapped[int]
    view_azimuth: Mapped[float | None]
    view_polar: Mapped[float | None]
    view_distance_mm: Mapped[float | None]
    view_field: Mapped[float | None]
    target_x_mm: Mapped[float | None]
    target_y_mm: Mapped[float | None]
    target_z_mm: Mapped[float | None]
    alt_vi: Mapped[Text300]
    alt_en: Mapped[Text300]
    is_rendering: Mapped[bool] = mapped_column(default=False)
    poster_id: Mapped[int] = mapped_column(ForeignKey("image.id"), index=True)

    poster: Mapped[Image] = relationship(lazy="raise_on_sql")

    @property
    def has_view(self) -> bool:
        return self.view_azimuth is not None


class RecordingKind(StrEnum):
    """A spoken guide, or one in sign language."""

    AUDIO = "audio"
    SIGN = "sign"


MIME_ENDINGS = {
    "audio/mpeg": "mp3",
    "audio/mp4": "m4a",
    "audio/ogg": "ogg",
    "video/mp4": "mp4",
    "video/webm": "webm",
}


class Cue(TypedDict):
    """What is said between two moments, in thousandths of a second from the beginning."""

    start_ms: int
    end_ms: int
    text: str


class Recording(Keyed, Timestamped, Base):
    """A guide to hear or to see signed, in one language, with all of its words.

    Only a video has a size, in pixels. A synthetic one is spoken by a machine; pages say so.
    """

    __tablename__ = "recording"
    __table_args__ = (
        CheckConstraint("byte_count > 0 and duration_ms > 0", name="has_substance"),
        CheckConstraint("(width is null) = (height is null)", name="whole_size"),
        CheckConstraint("(width is null) = (kind = 'audio')", name="size_of_videos"),
        CheckConstraint("language in ('vi', 'en')", name="known_language"),
    )

    public_id: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[RecordingKind]
    mime: Mapped[Text40]
    byte_count: Mapped[int]
    duration_ms: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    language: Mapped[str] = mapped_column(String(2))
    is_synthetic: Mapped[bool] = mapped_column(default=False)
    transcript: Mapped[LongText]
    cues: Mapped[list[Cue]] = mapped_column(JSON)

    @property
    def ending(self) -> str:
        """The ending of the file's name, as in its address."""
        return MIME_ENDINGS[self.mime]
