"""One object in its light: what it is, what to look at, and who makes its like today."""

from __future__ import annotations

from collections.abc import Mapping

from flask import make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from shop.catalogue.queries.craft import cards_made_alike
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.i18n import preferred_language
from shop.core.security import allow_3d_viewer
from shop.exhibitions import layout, shown
from shop.exhibitions.finding import related
from shop.exhibitions.queries import (
    Published,
    images_of,
    model_of,
    published,
    standing_exhibit,
    standing_in,
)
from shop.exhibitions.structured_data import trail_to_exhibit, visual_artwork
from shop.exhibitions.views.base import blueprint, open_blueprint
from shop.exhibitions.views.forwarding import forwarding
from shop.exhibitions.views.rooms import guides_in
from shop.exhibitions.ways import Way
from shop.media.models import Image

RELATED = 4
PIECES = 4


@blueprint.get("/<exhibition>/<room>/<exhibit>")
@audience(Audience.PUBLIC)
@forwarding
def exhibit(exhibition: str, room: str, exhibit: str) -> str:
    open_now = published(clock.now())
    found = next((each for each in open_now if each.tree.slug == exhibition), None)
    if found is None:
        raise Missing
    return show_exhibit(Way(exhibition), found.tree, (room, exhibit), open_now)


def show_exhibit(
    way: Way, tree: shown.Exhibition, place: tuple[str, str], open_now: list[Published]
) -> str:
    """The page of what stands at `place`, the slugs of a room of this tree and of an exhibit in it.

    Raises Missing where there is none.
    """
    room_slug, slug = place
    room = tree.room(room_slug)
    found = room.exhibit(slug) if room else None
    if room is None or found is None:
        raise Missing
    artefact = found.artefact
    beside = related(standing_in(open_now), artefact, RELATED)
    images = images_of(layout.images_at_exhibit(found, room, (each.exhibit for each in beside)))
    return render_template(
        "gallery/exhibit.html",
        way=way,
        exhibition=tree,
        room=room,
        number=tree.number_of(room),
        exhibit=found,
        artefact=artefact,
        images=images,
        guides=guides_in(found.sounds),
        next_room=tree.neighbours(room)[1],
        related=beside,
        cards=cards_made_alike(
            [(term.kind, term.slug) for term in artefact.terms], artefact.product, PIECES
        ),
        **_to_be_seen(found, images),
        structured=(
            visual_artwork(tree, room, found, images),
            trail_to_exhibit(tree, room, found),
        ),
        Way=Way,
    )


def _to_be_seen(exhibit: shown.Exhibit, images: Mapping[str, Image]) -> dict[str, object]:
    """Its pictures and its 3D model, with the notes that are pinned to either."""
    artefact = exhibit.artefact
    main = layout.main_picture(exhibit)
    model = model_of(artefact.model)
    if model:
        allow_3d_viewer()
    return {
        "main": images.get(main or ""),
        "closeup": _closeup(artefact, main, images),
        "is_lit": any(p.image == main and p.role == shown.NIGHT for p in artefact.pictures),
        "pins": layout.pins_on(exhibit, main),
        "others": [
            (each, images[each.image])
            for each in artefact.pictures
            if each.image in images and each.image != main
        ],
        "download": images.get(artefact.sharpest.image) if artefact.sharpest else None,
        "model": model,
        "points": layout.points_on(exhibit) if model else [],
    }


def _closeup(
    artefact: shown.Artefact, main: str | None, images: Mapping[str, Image]
) -> Image | None:
    """What deep zoom opens in place of the main picture: the sharpest of the same view."""
    sharpest = artefact.sharpest.image if artefact.sharpest else None
    alike = artefact.is_framed_alike(main) and artefact.is_framed_alike(sharpest)
    image = images.get((sharpest if alike else main) or "")
    return image if image and image.tiles_at else None


@open_blueprint.get("/o/<key>")
@audience(Audience.PUBLIC)
def permalink(key: str) -> ResponseReturnValue:
    """To the object wherever it stands now, in the visitor's language."""
    found = standing_exhibit(key, clock.now())
    address = url_for(
        "gallery.exhibit",
        lang_code=preferred_language(),
        exhibition=found.exhibition.slug,
        room=found.room.slug,
        exhibit=found.exhibit.slug,
    )
    response = make_response(redirect(address, 302))
    response.vary.update(("Accept-Language", "Cookie"))
    return response
