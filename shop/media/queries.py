"""Which pictures and 3D models there are."""

from __future__ import annotations

from sqlalchemy import select

from shop.core.db import db
from shop.media.models import Image, Model3D


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
