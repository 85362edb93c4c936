"""One room: a place to walk in, and the same to be read."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shop.accounts.views.base import own_path
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid, Missing
from shop.core.security import allow_panorama
from shop.exhibitions import layout, shown
from shop.exhibitions.guides import Guides, guides_of
from shop.exhibitions.queries import images_of, published_exhibition, recordings_of
from shop.exhibitions.reading import as_format, remember_format
from shop.exhibitions.structured_data import trail_to_room
from shop.exhibitions.views.base import blueprint
from shop.exhibitions.views.forwarding import forwarding
from shop.exhibitions.ways import Way
from shop.heritage.queries import entries_named
from shop.media.models import Image
from shop.media.renditions import panorama_widths
from shop.workshops.queries import workshops_by_name


@blueprint.get("/<exhibition>/<room>")
@audience(Audience.PUBLIC)
@forwarding
def room(exhibition: str, room: str) -> str:
    found = published_exhibition(exhibition, clock.now())
    return show_room(Way(exhibition), found.tree, room)


def show_room(way: Way, tree: shown.Exhibition, slug: str) -> str:
    """The page of a room of this tree. Raises Missing for one it does not have."""
    found = tree.room(slug)
    if found is None:
        raise Missing
    before, after = tree.neighbours(found)
    images = images_of(layout.images_in_room(found, before, after))
    panorama = images.get(found.panorama.image) if found.panorama else None
    if panorama:
        allow_panorama()
    return render_template(
        "gallery/room.html",
        way=way,
        exhibition=tree,
        room=found,
        number=tree.number_of(found),
        before=before,
        after=after,
        blocks=layout.blocks_of(found),
        images=images,
        guides=guides_in(found.sounds),
        small_panorama=_small(panorama) if panorama else None,
        structured=(trail_to_room(tree, found),),
        **behind_sections(found.sections),
    )


def guides_in(sounds: tuple[shown.Sound, ...]) -> Guides:
    """What these sounds offer on this page; no SQL for none."""
    recordings = recordings_of({each.recording for each in sounds}) if sounds else {}
    return guides_of(sounds, recordings)


def _small(panorama: Image) -> str:
    """The address of the copy for telephones; of the panorama itself until there is one."""
    narrower = panorama_widths(panorama.width) if panorama.renditions_at else ()
    if not narrower:
        return url_for("media.original", public_id=panorama.public_id)
    return url_for("media.rendition", public_id=panorama.public_id, width=narrower[-1], kind="webp")


def behind_sections(sections: tuple[shown.Section, ...]) -> dict[str, object]:
    """What sections name and do not hold: the timeline's entries, and workshops for the map."""
    entries = layout.entries_in(sections)
    return {
        "entries": entries_named(entries) if entries else {},
        "workshops": workshops_by_name() if layout.has_map(sections) else [],
    }


@blueprint.post("/format")
@audience(Audience.PUBLIC)
def choose_format() -> ResponseReturnValue:
    """Remember how the visitor wants to be told, and go on where they were."""
    chosen = as_format(request.form.get("format"))
    if chosen is None:
        raise Invalid
    response = make_response(redirect(own_path(request.form.get("next")) or Way.to_index(), 303))
    remember_format(response, chosen)
    return response
