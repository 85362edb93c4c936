"""What a section may show: pictures of artefacts, years of the craft, workshops."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from shop.core.db import db
from shop.core.vietnamese import sort_key
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, Picture
from shop.heritage.models import TimelineEntry
from shop.media.models import Image
from shop.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class Offered:
    """A picture to choose, by the artefact it is of and its role there."""

    artefact: Artefact
    link: ArtefactPicture

    @property
    def image(self) -> Image:
        return self.link.picture.image


def pictures_to_show() -> list[Offered]:
    """Every artefact's pictures, artefacts by name."""
    rows = db.session.execute(
        select(Artefact, ArtefactPicture)
        .join(ArtefactPicture, ArtefactPicture.artefact_id == Artefact.id)
        .order_by(ArtefactPicture.position, ArtefactPicture.id)
        .options(joinedload(ArtefactPicture.picture).joinedload(Picture.image))
    )
    found = [Offered(artefact, link) for artefact, link in rows]
    return sorted(found, key=lambda each: sort_key(each.artefact.name_vi))


def years_to_show() -> list[TimelineEntry]:
    return list(
        db.session.scalars(
            select(TimelineEntry).order_by(TimelineEntry.year_from, TimelineEntry.id)
        )
    )


def workshops_to_show() -> list[Workshop]:
    return list(db.session.scalars(select(Workshop).order_by(Workshop.name_sort)))
