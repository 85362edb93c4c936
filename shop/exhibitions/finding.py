"""Finding exhibits: by words as they are typed, and by what they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shop.core.vietnamese import fold
from shop.exhibitions.queries import Standing
from shop.exhibitions.shown import Artefact

LONGEST_SEARCH = 100
MOST_FOUND = 60
WORD = re.compile(r"\w+")
LONG = 4


def matching(standings: Iterable[Standing], typed: str) -> list[Standing]:
    """Those in which every word occurs, with or without its marks; names before other texts."""
    words = WORD.findall(fold(typed[:LONGEST_SEARCH]))
    if not words:
        return []
    found = [each for each in standings if _has_all(words, _all_texts(each))]
    ranked = sorted(found, key=lambda each: not _has_all(words, _names(each)))
    return ranked[:MOST_FOUND]


def _has_all(words: list[str], text: str) -> bool:
    """Whole words; long ones may go on, as "vase" does in "vases"."""
    spoken = f" {' '.join(WORD.findall(text))} "
    return all(f" {word}{'' if len(word) >= LONG else ' '}" in spoken for word in words)


def _names(standing: Standing) -> str:
    artefact = standing.exhibit.artefact
    return fold(f"{artefact.name_vi} {artefact.name_en}")


def _all_texts(standing: Standing) -> str:
    artefact, exhibit = standing.exhibit.artefact, standing.exhibit
    terms = (f"{term.name_vi} {term.name_en}" for term in artefact.terms)
    texts = (
        artefact.name_vi,
        artefact.name_en,
        artefact.summary_vi,
        artefact.summary_en,
        artefact.when_vi,
        artefact.when_en,
        standing.room.name_vi,
        standing.room.name_en,
        str(exhibit.stop or ""),
        *terms,
    )
    return fold(" ".join(texts))


def related(standings: Iterable[Standing], artefact: Artefact, limit: int) -> list[Standing]:
    """Other artefacts that share its terms, those that share most first, each once."""
    own = {(term.kind, term.slug) for term in artefact.terms}
    shared: dict[str, tuple[int, Standing]] = {}
    for each in standings:
        other = each.exhibit.artefact
        common = sum((term.kind, term.slug) in own for term in other.terms)
        if common and other.slug != artefact.slug:
            shared.setdefault(other.slug, (common, each))
    ranked = sorted(shared.values(), key=lambda pair: -pair[0])
    return [standing for _, standing in ranked[:limit]]
