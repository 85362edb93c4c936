"""The pictures and the 3D model that show an artefact."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext
from sqlalchemy import select

from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Message
from shop.exhibitions.actions.artefacts import keep_picture
from shop.exhibitions.actions.editing import refuse_changed
from shop.exhibitions.actions.pictures import PictureWords
from shop.exhibitions.actions.rooms import next_position
from shop.exhibitions.drafts import pictures_of
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, Picture
from shop.exhibitions.models.rooms import Detail, Exhibit
from shop.media.actions import add_model, describe_image
from shop.media.glb.ingest import CleanModel
from shop.media.models import Model3D
from shop.media.queries import model_by_sha256
from shop.media.storage import Storage

NO_POSTER: Message = lazy_gettext(
    "Send a picture first: it stands for the model until a visitor asks to turn it."
)


class NotesOnPicture(Conflict):
    message = lazy_gettext("Notes are on this picture. Take them off first.")


@dataclass(frozen=True, slots=True)
class Caption:
    caption_vi: str
    caption_en: str


def add_picture(artefact: Artefact, picture: Picture, role: str, caption: Caption) -> bool:
    """Behind the others, as `role` or, when that is taken, `role-2` and on; False if there."""
    links = pictures_of(artefact)
    if any(link.picture_id == picture.id for link in links):
        return False
    last = next_position(ArtefactPicture.position, ArtefactPicture.artefact_id == artefact.id)
    db.session.add(
        ArtefactPicture(
            artefact_id=artefact.id,
            picture_id=picture.id,
            position=last,
            role=_free_role(role, {link.role for link in links}),
            caption_vi=caption.caption_vi,
            caption_en=caption.caption_en,
        )
    )
    db.session.flush()
    return True


def _free_role(role: str, taken: set[str]) -> str:
    number = 1
    while (name := role if number == 1 else f"{role}-{number}") in taken:
        number += 1
    return name


def picture_values(link: ArtefactPicture) -> dict[str, object]:
    """What is edited of a picture, by the names its form has for it."""
    picture, image = link.picture, link.picture.image
    return {
        "alt_vi": image.alt_vi,
        "alt_en": image.alt_en,
        "credit_vi": picture.credit_vi,
        "credit_en": picture.credit_en,
        "rights": picture.rights,
        "caption_vi": link.caption_vi,
        "caption_en": link.caption_en,
    }


def edit_picture(
    link: ArtefactPicture, words: PictureWords, caption: Caption, *, seen: str
) -> None:
    """The words are the picture's own, wherever it is shown. Raises Invalid, ChangedMeanwhile."""
    wanted = {
        "alt_vi": words.alt_vi,
        "alt_en": words.alt_en,
        "credit_vi": words.credit_vi,
        "credit_en": words.credit_en,
        "rights": words.rights,
        "caption_vi": caption.caption_vi,
        "caption_en": caption.caption_en,
    }
    refuse_changed(seen, picture_values(link), wanted)
    image = link.picture.image
    describe_image(image, words.alt_vi, words.alt_en)
    keep_picture(image, words.rights, words.credit_vi, words.credit_en)
    take_over(link, {"caption_vi": caption.caption_vi, "caption_en": caption.caption_en})


def take_picture_off(artefact: Artefact, link: ArtefactPicture) -> None:
    """The file stays in the gallery. Raises NotesOnPicture while notes of an exhibit are on it."""
    noted = db.session.scalar(
        select(Detail.id)
        .join(Exhibit, Exhibit.id == Detail.exhibit_id)
        .where(Exhibit.artefact_id == artefact.id, Detail.picture_id == link.picture_id)
        .limit(1)
    )
    if noted is not None:
        raise NotesOnPicture
    db.session.delete(link)
    db.session.flush()


def set_model(
    artefact: Artefact,
    model: CleanModel,
    *,
    alt_vi: str,
    alt_en: str,
    is_rendering: bool,
    storage: Storage,
) -> Model3D:
    """Show the artefact by this model, its first picture standing before it until it is asked for.

    Sent twice, it is kept once. Raises Invalid for missing words or an artefact without a picture.
    """
    links = pictures_of(artefact)
    if not links:
        raise Invalid(fields={"file": NO_POSTER})
    kept = model_by_sha256(model.sha256)
    if kept is None or (kept.alt_vi, kept.alt_en) != (alt_vi, alt_en):
        kept = add_model(
            model,
            alt_vi,
            alt_en,
            poster=links[0].picture.image,
            is_rendering=is_rendering,
            storage=storage,
        )
    artefact.model_id = kept.id
    db.session.flush()
    return kept


class NotesOnModel(Conflict):
    message = lazy_gettext("Notes are on this model. Take them off first.")


def take_model_off(artefact: Artefact) -> None:
    """The file stays in the gallery. Raises NotesOnModel while notes of an exhibit are on it."""
    noted = db.session.scalar(
        select(Detail.id)
        .join(Exhibit, Exhibit.id == Detail.exhibit_id)
        .where(Exhibit.artefact_id == artefact.id, Detail.point_x.is_not(None))
        .limit(1)
    )
    if noted is not None:
        raise NotesOnModel
    artefact.model_id = None
    db.session.flush()
