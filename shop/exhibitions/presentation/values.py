"""What recurs in manifests and collections: texts by language, thumbnails, who gives it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import LazyString, lazy_gettext

from shop.core.i18n import absolute_url, in_language
from shop.core.settings import LANGUAGES
from shop.media.models import Image
from shop.media.renditions import rendition_widths

Json = dict[str, Any]
CONTEXT = "http://iiif.io/api/presentation/3/context.json"
SEARCH_CONTEXT = "http://iiif.io/api/search/2/context.json"
THUMBNAIL_WIDTH = 480
WEBP = "image/webp"
ATTRIBUTION = lazy_gettext("Attribution")
VILLAGE = lazy_gettext("Bát Tràng pottery village")


def in_languages(row: object, field: str) -> Json:
    """{"vi": ["…"], "en": ["…"]} of a row's field; a language without a text is left out."""
    texts = {code: getattr(row, f"{field}_{code}").strip() for code in LANGUAGES}
    return {code: [text] for code, text in texts.items() if text}


def said(message: LazyString) -> Json:
    """One of our own messages in each language."""
    spoken = {}
    for code in LANGUAGES:
        with in_language(code):
            spoken[code] = [str(message)]
    return spoken


def unspoken(text: str) -> Json:
    """A text that is the same in every language, such as a size or a source."""
    return {"none": [text]}


def entry(label: LazyString, value: Json) -> Json:
    """A line of metadata."""
    return {"label": said(label), "value": value}


def picture_url(image: Image) -> str:
    return absolute_url("media.original", public_id=image.public_id)


def image_services(image: Image) -> list[Json]:
    """Deep zoom, where the tiles stand."""
    if image.tiles_at is None:
        return []
    address = absolute_url("iiif.image", public_id=image.public_id)
    return [{"id": address, "type": "ImageService3", "profile": "level0"}]


def image_body(image: Image) -> Json:
    """The picture as the body of a painting annotation."""
    body: Json = {
        "id": picture_url(image),
        "type": "Image",
        "format": WEBP,
        "width": image.width,
        "height": image.height,
    }
    services = image_services(image)
    return {**body, "service": services} if services else body


def thumbnail(image: Image) -> list[Json]:
    """A small rendition where it has been made, else the picture itself."""
    width = next((w for w in rendition_widths(image.width) if w >= THUMBNAIL_WIDTH), None)
    if image.renditions_at is None or width is None:
        return [image_body(image)]
    address = absolute_url("media.rendition", public_id=image.public_id, width=width, kind="webp")
    height = round(image.height * width / image.width)
    return [{"id": address, "type": "Image", "format": WEBP, "width": width, "height": height}]


def provider() -> list[Json]:
    """The village as the one who gives this, with its page in each language."""
    return [
        {
            "id": absolute_url("pages.home", lang_code=LANGUAGES[0]),
            "type": "Agent",
            "label": said(VILLAGE),
            "homepage": pages("pages.home", said(VILLAGE)),
        }
    ]


def pages(endpoint: str, label: Json, **values: Any) -> list[Json]:
    """The page about something, in each language."""
    return [
        {
            "id": absolute_url(endpoint, lang_code=code, **values),
            "type": "Text",
            "label": {code: label[code]} if code in label else label,
            "format": "text/html",
            "language": [code],
        }
        for code in LANGUAGES
    ]


def without_gaps(data: Json) -> Json:
    """The properties that say something."""
    return {key: value for key, value in data.items() if value not in (None, [], {}, "")}


def reference(data: Json, kept: Iterable[str] = ("id", "type", "label", "thumbnail")) -> Json:
    """What a collection says of a member, which is fetched by its id."""
    return {key: data[key] for key in kept if key in data}
