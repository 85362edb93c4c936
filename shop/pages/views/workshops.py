"""The workshops: all of them by name, and each with its people, its contact and its pieces."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template
from flask_babel import gettext

from shop.accounts.places import province, ward
from shop.catalogue.queries.cards import cards_of_workshop
from shop.catalogue.queries.counts import product_counts_by_workshop
from shop.core.access import Audience, audience
from shop.core.i18n import absolute_url, localized
from shop.core.structured_data import breadcrumb_list
from shop.pages.structured_data import workshop_organization
from shop.pages.views.base import workshops_blueprint
from shop.workshops.models import Workshop
from shop.workshops.queries import (
    makers_of,
    names_of_makers,
    workshop_by_slug,
    workshops_by_name,
)

PIECES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Names of the ward and its province as written officially; empty where unknown."""

    ward: str = ""
    province: str = ""


def place_of(workshop: Workshop) -> Place:
    found = ward(workshop.ward_code) if workshop.ward_code else None
    within = province(found.province_code) if found else None
    return Place(found.name, within.name if within else "") if found else Place()


@workshops_blueprint.get("")
@audience(Audience.PUBLIC)
def index() -> str:
    workshops = workshops_by_name()
    return render_template(
        "workshops/index.html",
        workshops=workshops,
        has_map=any(row.map_x is not None and row.map_y is not None for row in workshops),
        makers=names_of_makers(),
        counts=product_counts_by_workshop(),
    )


@workshops_blueprint.get("/<slug>")
@audience(Audience.PUBLIC)
def workshop(slug: str) -> str:
    found = workshop_by_slug(slug)
    place = place_of(found)
    cards = cards_of_workshop(found.id, PIECES_SHOWN + 1)
    trail = [
        (gettext("Workshops"), absolute_url("workshops.index")),
        (localized(found, "name"), absolute_url("workshops.workshop", slug=slug)),
    ]
    return render_template(
        "workshops/workshop.html",
        workshop=found,
        place=place,
        makers=makers_of(found.id),
        cards=cards[:PIECES_SHOWN],
        has_more=len(cards) > PIECES_SHOWN,
        structured=(
            workshop_organization(found, place.ward, place.province),
            breadcrumb_list(trail),
        ),
    )
