"""Content Search 2.0: the notes on the pictures that have all the words asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from shop.core.settings import LANGUAGES
from shop.core.vietnamese import fold
from shop.exhibitions import shown
from shop.exhibitions.presentation.manifests import canvas_address, notes_on
from shop.exhibitions.presentation.values import SEARCH_CONTEXT, Json
from shop.media.models import Image

NOT_LOOKED_AT = ("motivation", "date", "user")
"""Parameters that we take no notice of, and say so, as section 3 of the specification asks."""


def found_notes(
    address: str,
    asked: Mapping[str, str],
    exhibits: Iterable[shown.Exhibit],
    images: Mapping[str, Image],
) -> Json:
    """The answer to a query, tones and case aside; `address` is the one that was asked."""
    words = fold(asked.get("q", "")).split()
    items = list(_matching(words, exhibits, images)) if words else []
    answer = {"@context": SEARCH_CONTEXT, "id": address, "type": "AnnotationPage"}
    ignored = [name for name in NOT_LOOKED_AT if name in asked]
    return {**answer, **({"ignored": ignored} if ignored else {}), "items": items}


def _matching(
    words: list[str], exhibits: Iterable[shown.Exhibit], images: Mapping[str, Image]
) -> Iterator[Json]:
    for exhibit in exhibits:
        drawn = [picture for picture in exhibit.artefact.pictures if picture.image in images]
        for number, picture in enumerate(drawn, start=1):
            canvas = canvas_address(exhibit, number)
            notes = notes_on(exhibit, images[picture.image], canvas)
            yield from (note for note in notes if _has(words, note))


def _has(words: list[str], note: Json) -> bool:
    texts = (fold(body["value"]) for body in note["body"] if body["language"] in LANGUAGES)
    return any(all(word in text for word in words) for text in texts)
