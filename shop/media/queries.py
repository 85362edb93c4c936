"""Which pictures, 3D models and recordings there are."""

from __future__ import annotations

from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Missing
from shop.media.models import Image, Model3D, Recording


def image_by_sha256(sha256: str) -> Image | None:
    """The first picture kept with exactly these bytes."""
    return db.session.scalar(select(Image).where(Image.sha256 == sha256).order_by(Image.id))


def image_ids_without_renditions(limit: int) -> list[int]:
    """Oldest first."""
    return list(
        db.session.scalars(
            select(Image.id).where(Image.renditions_at.is_(None)).order_by(Image.id).limit(limit)
        )
    )


def image_ids_without_tiles(limit: int) -> list[int]:
    """Of the pictures that are to have tiles; oldest first."""
    return list(
        db.session.scalars(
            select(Image.id)
            .where(Image.wants_tiles, Image.tiles_at.is_(None))
            .order_by(Image.id)
            .limit(limit)
        )
    )


def known_sha256s() -> dict[str, str]:
    """The digests of all pictures' bytes, each with the public id it is kept under."""
    return dict(db.session.execute(select(Image.sha256, Image.public_id)).all())


def model_by_sha256(sha256: str) -> Model3D | None:
    """The first 3D model kept with exactly these bytes."""
    return db.session.scalar(select(Model3D).where(Model3D.sha256 == sha256).order_by(Model3D.id))


def known_model_sha256s() -> dict[str, str]:
    """The digests of all 3D models' bytes, each with the public id it is kept under."""
    return dict(db.session.execute(select(Model3D.sha256, Model3D.public_id)).all())


def recording_by_sha256(sha256: str, language: str) -> Recording | None:
    """The first recording kept with exactly these bytes as one in this language."""
    return db.session.scalar(
        select(Recording)
        .where(Recording.sha256 == sha256, Recording.language == language)
        .order_by(Recording.id)
    )


def recording_by_public_id(public_id: str) -> Recording:
    """Raises Missing."""
    found = db.session.scalar(select(Recording).where(Recording.public_id == public_id))
    if found is None:
        raise Missing
    return found
