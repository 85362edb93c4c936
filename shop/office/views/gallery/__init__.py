"""The curator's desk: exhibitions, their rooms and exhibits, artefacts, and what visitors see."""

from shop.office.views.gallery import (
    artefact_files,
    artefacts,
    details,
    exhibitions,
    exhibits,
    places,
    publishing,
    revisions,
    rooms,
    sections,
    sounds,
)

__all__ = [
    "artefact_files",
    "artefacts",
    "details",
    "exhibitions",
    "exhibits",
    "places",
    "publishing",
    "revisions",
    "rooms",
    "sections",
    "sounds",
]
