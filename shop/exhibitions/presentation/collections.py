"""The gallery as a collection of exhibitions, an exhibition as one of rooms, a room of objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext

from shop.core.i18n import absolute_url
from shop.exhibitions import shown
from shop.exhibitions.presentation.manifests import manifest_address
from shop.exhibitions.presentation.values import (
    CONTEXT,
    Json,
    entry,
    in_languages,
    pages,
    provider,
    reference,
    said,
    thumbnail,
    without_gaps,
)
from shop.exhibitions.queries import Published
from shop.media.models import Image

GALLERY = lazy_gettext("The gallery of Bát Tràng")
CURATED_BY = lazy_gettext("Curated by")
Images = Mapping[str, Image]


def gallery_collection(found: Iterable[Published], images: Images) -> Json:
    """Every exhibition that is open."""
    return {
        "@context": CONTEXT,
        "id": absolute_url("presentation.gallery"),
        "type": "Collection",
        "label": said(GALLERY),
        "provider": provider(),
        "homepage": pages("gallery.index", said(GALLERY)),
        "items": [reference(exhibition_collection(each.tree, images)) for each in found],
    }


def exhibition_collection(tree: shown.Exhibition, images: Images) -> Json:
    """Its rooms, each a collection of manifests within."""
    cover = images.get(tree.cover.image) if tree.cover else None
    curated = in_languages(tree, "curator")
    return without_gaps(
        {
            "@context": CONTEXT,
            "id": absolute_url("presentation.of_exhibition", exhibition=tree.slug),
            "type": "Collection",
            "label": in_languages(tree, "title"),
            "summary": in_languages(tree, "subtitle"),
            "requiredStatement": entry(CURATED_BY, curated) if curated else None,
            "provider": provider(),
            "thumbnail": thumbnail(cover) if cover else [],
            "homepage": pages(
                "gallery.exhibition", in_languages(tree, "title"), exhibition=tree.slug
            ),
            "service": [
                {
                    "id": absolute_url("presentation.search_exhibition", exhibition=tree.slug),
                    "type": "SearchService2",
                }
            ],
            "items": [reference(room_collection(tree, room, images)) for room in tree.rooms],
        }
    )


def room_collection(tree: shown.Exhibition, room: shown.Room, images: Images) -> Json:
    """The objects of a room, in the order of the walk."""
    view = images.get(room.view.image) if room.view else None
    return without_gaps(
        {
            "@context": CONTEXT,
            "id": absolute_url("presentation.of_room", exhibition=tree.slug, room=room.slug),
            "type": "Collection",
            "label": in_languages(room, "name"),
            "thumbnail": thumbnail(view) if view else [],
            "homepage": pages(
                "gallery.room", in_languages(room, "name"), exhibition=tree.slug, room=room.slug
            ),
            "partOf": [
                {
                    "id": absolute_url("presentation.of_exhibition", exhibition=tree.slug),
                    "type": "Collection",
                }
            ],
            "items": [_member(exhibit, images) for exhibit in room.exhibits],
        }
    )


def _member(exhibit: shown.Exhibit, images: Images) -> Json:
    front = exhibit.artefact.front
    image = images.get(front.image) if front else None
    return without_gaps(
        {
            "id": manifest_address(exhibit.key),
            "type": "Manifest",
            "label": in_languages(exhibit.artefact, "name"),
            "thumbnail": thumbnail(image) if image else [],
        }
    )
