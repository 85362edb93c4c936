"""The gallery as search engines read it: exhibitions are events, artefacts works of art."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from shop.core.i18n import absolute_url, language, localized
from shop.core.structured_data import breadcrumb_list
from shop.exhibitions import shown
from shop.exhibitions.models.artefacts import RIGHTS_URIS
from shop.exhibitions.queries import Published
from shop.exhibitions.ways import full_address
from shop.heritage.models import TermKind
from shop.media.models import Image


def exhibition_event(found: Published) -> dict[str, Any]:
    """An ExhibitionEvent that is visited on this site; it ends only where an end is set."""
    tree = found.tree
    address = full_address(tree)
    data = {
        "@type": "ExhibitionEvent",
        "@id": address,
        "name": localized(tree, "title"),
        "description": localized(tree, "subtitle") or localized(tree, "intro"),
        "inLanguage": language(),
        "startDate": found.opened_at.isoformat(timespec="minutes"),
        "endDate": found.closes_at.isoformat(timespec="minutes") if found.closes_at else None,
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": address},
        "organizer": {"@type": "Organization", "name": gettext("Bát Tràng")},
        "isAccessibleForFree": True,
        "image": _address_of(tree.face),
    }
    return _without_gaps(data)


def visual_artwork(
    tree: shown.Exhibition,
    room: shown.Room,
    exhibit: shown.Exhibit,
    images: Mapping[str, Image],
) -> dict[str, Any]:
    """A VisualArtwork with its measures, rights and credit."""
    artefact = exhibit.artefact
    front = artefact.front
    data = {
        "@type": "VisualArtwork",
        "@id": absolute_url("open_gallery.permalink", key=exhibit.key),
        "url": full_address(tree, room, exhibit),
        "name": localized(artefact, "name"),
        "description": localized(artefact, "summary"),
        "inLanguage": language(),
        "artMedium": _terms(artefact, TermKind.GLAZE),
        "artform": _terms(artefact, TermKind.FORM),
        "dateCreated": str(artefact.year_from) if artefact.year_from else None,
        "temporalCoverage": localized(artefact, "when"),
        "height": _length(artefact.height_mm),
        "width": _length(artefact.width_mm),
        "depth": _length(artefact.depth_mm),
        "image": _address_of(front) if front and front.image in images else None,
        "license": RIGHTS_URIS[artefact.rights],
        "creditText": localized(artefact, "credit"),
        "isPartOf": {"@type": "ExhibitionEvent", "@id": full_address(tree)},
    }
    return _without_gaps(data)


def trail_to_gallery() -> dict[str, Any]:
    return breadcrumb_list([_gallery()])


def trail_to_exhibition(tree: shown.Exhibition) -> dict[str, Any]:
    return breadcrumb_list([_gallery(), _exhibition(tree)])


def trail_to_room(tree: shown.Exhibition, room: shown.Room) -> dict[str, Any]:
    return breadcrumb_list([_gallery(), _exhibition(tree), _room(tree, room)])


def trail_to_exhibit(
    tree: shown.Exhibition, room: shown.Room, exhibit: shown.Exhibit
) -> dict[str, Any]:
    here = (localized(exhibit.artefact, "name"), full_address(tree, room, exhibit))
    return breadcrumb_list([_gallery(), _exhibition(tree), _room(tree, room), here])


def _gallery() -> tuple[str, str]:
    return gettext("Gallery"), absolute_url("gallery.index")


def _exhibition(tree: shown.Exhibition) -> tuple[str, str]:
    return localized(tree, "title"), full_address(tree)


def _room(tree: shown.Exhibition, room: shown.Room) -> tuple[str, str]:
    return localized(room, "name"), full_address(tree, room)


def _address_of(picture: shown.Picture | None) -> str | None:
    return absolute_url("media.original", public_id=picture.image) if picture else None


def _terms(artefact: shown.Artefact, kind: TermKind) -> str:
    return ", ".join(localized(term, "name") for term in artefact.terms if term.kind is kind)


def _length(millimetres: int | None) -> dict[str, Any] | None:
    if millimetres is None:
        return None
    return {"@type": "QuantitativeValue", "value": millimetres / 10, "unitCode": "CMT"}


def _without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
