"""Exhibitions as curators work on them: rooms, exhibits, details, sections. Drafts, all of it.

What visitors see is a revision of this that was published (models.editions).
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core.db import Base, Keyed, LongText, Text40, Text120, Text300, Timestamped
from shop.core.ids import public_id, secret_token
from shop.exhibitions.models.artefacts import Artefact, Picture, Stated
from shop.heritage.models import TimelineEntry
from shop.workshops.models import Workshop


class Exhibition(Stated, Keyed, Timestamped, Base):
    """`preview_key` opens the draft to whoever holds the link; a new one closes the old."""

    __tablename__ = "exhibition"

    slug: Mapped[Text120] = mapped_column(unique=True)
    position: Mapped[int] = mapped_column(default=0)
    title_vi: Mapped[Text120]
    title_en: Mapped[Text120]
    subtitle_vi: Mapped[Text300] = mapped_column(default="")
    subtitle_en: Mapped[Text300] = mapped_column(default="")
    intro_vi: Mapped[LongText] = mapped_column(default="")
    intro_en: Mapped[LongText] = mapped_column(default="")
    curator_vi: Mapped[Text300] = mapped_column(default="")
    curator_en: Mapped[Text300] = mapped_column(default="")
    cover_id: Mapped[int | None] = mapped_column(ForeignKey("gallery_picture.id"), index=True)
    preview_key: Mapped[Text40] = mapped_column(unique=True, default=secret_token)

    cover: Mapped[Picture | None] = relationship(lazy="raise_on_sql")
    rooms: Mapped[list[Room]] = relationship(
        order_by="Room.position", back_populates="exhibition", lazy="raise_on_sql"
    )


class Room(Stated, Keyed, Timestamped, Base):
    """Angles in degrees: yaw −180 to 180 from the panorama's middle to the right, pitch up."""

    __tablename__ = "gallery_room"
    __table_args__ = (UniqueConstraint("exhibition_id", "slug"),)

    exhibition_id: Mapped[int] = mapped_column(ForeignKey("exhibition.id", ondelete="CASCADE"))
    slug: Mapped[Text120]
    position: Mapped[int]
    name_vi: Mapped[Text120]
    name_en: Mapped[Text120]
    intro_vi: Mapped[LongText] = mapped_column(default="")
    intro_en: Mapped[LongText] = mapped_column(default="")
    simple_vi: Mapped[LongText] = mapped_column(default="")
    simple_en: Mapped[LongText] = mapped_column(default="")
    panorama_id: Mapped[int | None] = mapped_column(ForeignKey("gallery_picture.id"), index=True)
    view_id: Mapped[int | None] = mapped_column(ForeignKey("gallery_picture.id"), index=True)
    start_yaw: Mapped[float] = mapped_column(default=0.0)
    start_pitch: Mapped[float] = mapped_column(default=0.0)

    exhibition: Mapped[Exhibition] = relationship(back_populates="rooms", lazy="raise_on_sql")
    panorama: Mapped[Picture | None] = relationship(
        foreign_keys="Room.panorama_id", lazy="raise_on_sql"
    )
    view: Mapped[Picture | None] = relationship(foreign_keys="Room.view_id", lazy="raise_on_sql")
    exhibits: Mapped[list[Exhibit]] = relationship(
        order_by="Exhibit.position", back_populates="room", lazy="raise_on_sql"
    )


class Door(Base):
    """Where in a room's panorama one goes on to another room of the exhibition."""

    __tablename__ = "gallery_door"
    __table_args__ = (CheckConstraint("room_id <> to_room_id", name="leads_elsewhere"),)

    room_id: Mapped[int] = mapped_column(
        ForeignKey("gallery_room.id", ondelete="CASCADE"), primary_key=True
    )
    to_room_id: Mapped[int] = mapped_column(
        ForeignKey("gallery_room.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    yaw: Mapped[float]
    pitch: Mapped[float]


class Exhibit(Stated, Keyed, Timestamped, Base):
    """An artefact placed in a room. `key` names it for good, wherever it is moved."""

    __tablename__ = "exhibit"
    __table_args__ = (
        UniqueConstraint("room_id", "slug"),
        CheckConstraint("(yaw is null) = (pitch is null)", name="whole_place"),
    )

    key: Mapped[Text40] = mapped_column(unique=True, default=public_id)
    room_id: Mapped[int] = mapped_column(ForeignKey("gallery_room.id", ondelete="CASCADE"))
    artefact_id: Mapped[int] = mapped_column(ForeignKey("artefact.id"), index=True)
    slug: Mapped[Text120]
    position: Mapped[int]
    text_vi: Mapped[LongText] = mapped_column(default="")
    text_en: Mapped[LongText] = mapped_column(default="")
    simple_vi: Mapped[LongText] = mapped_column(default="")
    simple_en: Mapped[LongText] = mapped_column(default="")
    yaw: Mapped[float | None]
    pitch: Mapped[float | None]

    room: Mapped[Room] = relationship(back_populates="exhibits", lazy="raise_on_sql")
    artefact: Mapped[Artefact] = relationship(lazy="raise_on_sql")
    details: Mapped[list[Detail]] = relationship(
        order_by="Detail.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )


class Detail(Keyed, Base):
    """A numbered note on a picture, or on the artefact's 3D model.

    A region is x, y, width and height as fractions of the picture. A point is in metres in the
    model's own axes (glTF: y up, z to the front); the orbit is where the camera stands to see it:
    azimuth and polar angle in degrees, distance in metres.
    """

    __tablename__ = "exhibit_detail"
    __table_args__ = (
        CheckConstraint("(picture_id is null) <> (point_x is null)", name="one_place"),
        CheckConstraint(
            "picture_id is null or (x >= 0 and y >= 0 and width > 0 and height > 0"
            " and x + width <= 1.0001 and y + height <= 1.0001)",
            name="region_inside",
        ),
        CheckConstraint(
            "(point_x is null) = (point_y is null) and (point_x is null) = (point_z is null)"
            " and (point_x is null) = (azimuth is null) and (point_x is null) = (polar is null)"
            " and (point_x is null) = (distance is null)",
            name="whole_point",
        ),
    )

    exhibit_id: Mapped[int] = mapped_column(
        ForeignKey("exhibit.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int]
    name_vi: Mapped[Text120] = mapped_column(default="")
    name_en: Mapped[Text120] = mapped_column(default="")
    text_vi: Mapped[LongText] = mapped_column(default="")
    text_en: Mapped[LongText] = mapped_column(default="")
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("gallery_picture.id"), index=True)
    x: Mapped[float | None]
    y: Mapped[float | None]
    width: Mapped[float | None]
    height: Mapped[float | None]
    point_x: Mapped[float | None]
    point_y: Mapped[float | None]
    point_z: Mapped[float | None]
    azimuth: Mapped[float | None]
    polar: Mapped[float | None]
    distance: Mapped[float | None]

    picture: Mapped[Picture | None] = relationship(lazy="raise_on_sql")

    @property
    def region(self) -> tuple[float, ...] | None:
        return _all_or_none(self.x, self.y, self.width, self.height)

    @property
    def point(self) -> tuple[float, ...] | None:
        return _all_or_none(self.point_x, self.point_y, self.point_z)

    @property
    def orbit(self) -> tuple[float, ...] | None:
        return _all_or_none(self.azimuth, self.polar, self.distance)


def _all_or_none(*values: float | None) -> tuple[float, ...] | None:
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) else None


class SectionKind(StrEnum):
    PROSE = "prose"
    QUOTATION = "quotation"
    TIMELINE = "timeline"
    MAP = "map"
    COMPARISON = "comparison"
    SLIDER = "slider"
    MAKING = "making"


PICTURES_OF_SECTION: dict[SectionKind, range] = {
    SectionKind.PROSE: range(2),
    SectionKind.QUOTATION: range(1),
    SectionKind.TIMELINE: range(1),
    SectionKind.MAP: range(1),
    SectionKind.COMPARISON: range(2, 3),
    SectionKind.SLIDER: range(2, 3),
    SectionKind.MAKING: range(1, 31),
}
"""How many pictures a section takes, by its kind."""

section_entry = Table(
    "gallery_section_entry",
    Base.metadata,
    Column("section_id", ForeignKey("gallery_section.id", ondelete="CASCADE"), primary_key=True),
    Column("entry_id", ForeignKey("heritage_timeline_entry.id"), primary_key=True, index=True),
)
section_workshop = Table(
    "gallery_section_workshop",
    Base.metadata,
    Column("section_id", ForeignKey("gallery_section.id", ondelete="CASCADE"), primary_key=True),
    Column("workshop_id", ForeignKey("workshop.id"), primary_key=True, index=True),
)


class Section(Stated, Keyed, Base):
    """Something to read or compare, of the whole exhibition (no room) or of one room.

    In a room it stands after the exhibits unless `before_id` names the one it precedes.
    """

    __tablename__ = "gallery_section"

    exhibition_id: Mapped[int] = mapped_column(
        ForeignKey("exhibition.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("gallery_room.id", ondelete="CASCADE"), index=True
    )
    before_id: Mapped[int | None] = mapped_column(
        ForeignKey("exhibit.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    kind: Mapped[SectionKind]
    heading_vi: Mapped[Text300] = mapped_column(default="")
    heading_en: Mapped[Text300] = mapped_column(default="")
    text_vi: Mapped[LongText] = mapped_column(default="")
    text_en: Mapped[LongText] = mapped_column(default="")
    attribution_vi: Mapped[Text300] = mapped_column(default="")
    attribution_en: Mapped[Text300] = mapped_column(default="")

    pictures: Mapped[list[SectionPicture]] = relationship(
        order_by="SectionPicture.position", cascade="all, delete-orphan", lazy="raise_on_sql"
    )
    entries: Mapped[list[TimelineEntry]] = relationship(
        secondary=section_entry,
        order_by=(TimelineEntry.year_from, TimelineEntry.id),
        lazy="raise_on_sql",
    )
    workshops: Mapped[list[Workshop]] = relationship(
        secondary=section_workshop, order_by=Workshop.name_sort, lazy="raise_on_sql"
    )


class SectionPicture(Keyed, Base):
    __tablename__ = "gallery_section_picture"

    section_id: Mapped[int] = mapped_column(
        ForeignKey("gallery_section.id", ondelete="CASCADE"), index=True
    )
    picture_id: Mapped[int] = mapped_column(ForeignKey("gallery_picture.id"), index=True)
    position: Mapped[int]
    label_vi: Mapped[Text300] = mapped_column(default="")
    label_en: Mapped[Text300] = mapped_column(default="")
    text_vi: Mapped[LongText] = mapped_column(default="")
    text_en: Mapped[LongText] = mapped_column(default="")
    picture: Mapped[Picture] = relationship(lazy="raise_on_sql")
