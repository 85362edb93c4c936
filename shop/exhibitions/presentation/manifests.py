"""One manifest an object: its pictures as canvases, its details as notes upon them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flask_babel import lazy_gettext

from shop.core.i18n import absolute_url, centimetres, in_language, kilograms
from shop.core.settings import LANGUAGES
from shop.exhibitions import shown
from shop.exhibitions.models.artefacts import RIGHTS_URIS
from shop.exhibitions.presentation.values import (
    ATTRIBUTION,
    CONTEXT,
    Json,
    entry,
    image_body,
    in_languages,
    pages,
    provider,
    said,
    thumbnail,
    unspoken,
    without_gaps,
)
from shop.exhibitions.queries import Standing
from shop.heritage.words import CERTAINTY_NAMES, KIND_NAMES
from shop.media.models import Image, Recording, RecordingKind

DATING = lazy_gettext("Dating")
PLACE = lazy_gettext("Place")
SIZE = lazy_gettext("Size (height × width × depth)")
WEIGHT = lazy_gettext("Weight")
SOURCE = lazy_gettext("Source")
CERTAINTY = lazy_gettext("How certain it is")
NATURE = lazy_gettext("Nature of the pictures")
RENDERING = lazy_gettext("A computer rendering, not a photograph")
MODEL = lazy_gettext("3D model")
SPOKEN = lazy_gettext("Audio guide")
SIGNED = lazy_gettext("Guide in sign language")
Images = Mapping[str, Image]


def manifest_address(key: str) -> str:
    return absolute_url("presentation.manifest", key=key)


def manifest(
    found: Standing, images: Images, recordings: Mapping[str, Recording] | None = None
) -> Json:
    """The manifest of an exhibit; `images` are its artefact's pictures by public id.

    So are the recordings of its guides.
    """
    artefact, exhibit = found.exhibit.artefact, found.exhibit
    drawn = [picture for picture in artefact.pictures if picture.image in images]
    front = images[drawn[0].image] if drawn else None
    return without_gaps(
        {
            "@context": CONTEXT,
            "id": manifest_address(exhibit.key),
            "type": "Manifest",
            "label": in_languages(artefact, "name"),
            "summary": in_languages(artefact, "summary"),
            "metadata": list(_metadata(found, images)),
            "rights": RIGHTS_URIS[artefact.rights],
            "requiredStatement": entry(ATTRIBUTION, in_languages(artefact, "credit")),
            "provider": provider(),
            "thumbnail": thumbnail(front) if front else [],
            "homepage": pages("gallery.exhibit", in_languages(artefact, "name"), **place_of(found)),
            "rendering": [*_renderings(artefact), *_guides(exhibit, recordings or {})],
            "service": _search_service(found),
            "partOf": [
                {
                    "id": absolute_url(
                        "presentation.of_exhibition", exhibition=found.exhibition.slug
                    ),
                    "type": "Collection",
                }
            ],
            "items": [
                _canvas(exhibit, picture, images[picture.image], number)
                for number, picture in enumerate(drawn, start=1)
            ],
        }
    )


def place_of(found: Standing) -> dict[str, str]:
    """What the address of its page is made of."""
    return {
        "exhibition": found.exhibition.slug,
        "room": found.room.slug,
        "exhibit": found.exhibit.slug,
    }


def notes_on(exhibit: shown.Exhibit, image: Image, canvas: str) -> Iterator[Json]:
    """The details of one picture as annotations, a body for each language."""
    for number, detail in enumerate(exhibit.details, start=1):
        if detail.picture == image.public_id and detail.region:
            yield _note(detail, image, canvas, f"{canvas}/note/{number}")


def canvas_address(exhibit: shown.Exhibit, number: int) -> str:
    return f"{manifest_address(exhibit.key)}/canvas/{number}"


def _note(detail: shown.Detail, image: Image, canvas: str, address: str) -> Json:
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "commenting",
        "body": [_words(detail, code) for code in LANGUAGES],
        "target": f"{canvas}#xywh={_pixels(detail, image)}",
    }


def _words(detail: shown.Detail, code: str) -> Json:
    name, text = getattr(detail, f"name_{code}"), getattr(detail, f"text_{code}")
    return {
        "type": "TextualBody",
        "value": f"{name}. {text}" if text else name,
        "format": "text/plain",
        "language": code,
    }


def _pixels(detail: shown.Detail, image: Image) -> str:
    x, y, width, height = detail.region or (0, 0, 1, 1)
    left, top = round(x * image.width), round(y * image.height)
    wide = max(1, min(round(width * image.width), image.width - left))
    high = max(1, min(round(height * image.height), image.height - top))
    return f"{left},{top},{wide},{high}"


def _canvas(exhibit: shown.Exhibit, picture: shown.Picture, image: Image, number: int) -> Json:
    address = canvas_address(exhibit, number)
    notes = list(notes_on(exhibit, image, address))
    caption = in_languages(picture, "caption") or in_languages(image, "alt")
    return without_gaps(
        {
            "id": address,
            "type": "Canvas",
            "label": caption,
            "width": image.width,
            "height": image.height,
            "requiredStatement": entry(ATTRIBUTION, in_languages(picture, "credit")),
            "rights": RIGHTS_URIS[picture.rights],
            "thumbnail": thumbnail(image),
            "items": [_page(f"{address}/painting", [_painting(address, image)])],
            "annotations": [_page(f"{address}/notes", notes)] if notes else [],
        }
    )


def _painting(canvas: str, image: Image) -> Json:
    return {
        "id": f"{canvas}/painting/1",
        "type": "Annotation",
        "motivation": "painting",
        "body": image_body(image),
        "target": canvas,
    }


def _page(address: str, items: list[Json]) -> Json:
    return {"id": address, "type": "AnnotationPage", "items": items}


def _renderings(artefact: shown.Artefact) -> list[Json]:
    """Presentation 3.0 has no scenes: a 3D model is another form of the same object."""
    if artefact.model is None:
        return []
    return [
        {
            "id": absolute_url("media.model", public_id=artefact.model),
            "type": "Model",
            "label": said(MODEL),
            "format": "model/gltf-binary",
        }
    ]


def _guides(exhibit: shown.Exhibit, recordings: Mapping[str, Recording]) -> Iterator[Json]:
    for sound in exhibit.sounds:
        recording = recordings.get(sound.recording)
        if recording is None:
            continue
        signed = recording.kind is RecordingKind.SIGN
        yield {
            "id": absolute_url(
                "media.recording", public_id=recording.public_id, ending=recording.ending
            ),
            "type": "Video" if signed else "Sound",
            "label": said(SIGNED if signed else SPOKEN),
            "format": recording.mime,
            "language": [recording.language],
        }


def _search_service(found: Standing) -> list[Json]:
    address = absolute_url("presentation.search_object", key=found.exhibit.key)
    return [{"id": address, "type": "SearchService2"}]


def _metadata(found: Standing, images: Images) -> Iterator[Json]:
    artefact = found.exhibit.artefact
    for label, field in ((DATING, "when"), (PLACE, "place")):
        if in_languages(artefact, field):
            yield entry(label, in_languages(artefact, field))
    sizes = [s for s in (artefact.height_mm, artefact.width_mm, artefact.depth_mm) if s]
    if sizes:
        yield entry(SIZE, _in_each(lambda: " × ".join(centimetres(size) for size in sizes)))
    if artefact.weight_g:
        weight = artefact.weight_g
        yield entry(WEIGHT, _in_each(lambda: kilograms(weight)))
    for term in artefact.terms:
        yield entry(KIND_NAMES[term.kind], in_languages(term, "name"))
    if any(image.is_rendering for image in images.values()):
        yield entry(NATURE, said(RENDERING))
    if artefact.certainty is not None:
        yield entry(CERTAINTY, said(CERTAINTY_NAMES[artefact.certainty]))
    if artefact.source:
        yield entry(SOURCE, unspoken(artefact.source))


def _in_each(words: Callable[[], str]) -> Json:
    written = {}
    for code in LANGUAGES:
        with in_language(code):
            written[code] = [words()]
    return written
