"""The gallery's entrance, one exhibition's own page, and the way to an exhibit by its number."""

from __future__ import annotations

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.i18n import preferred_language
from shop.core.vietnamese import nfc
from shop.exhibitions import layout
from shop.exhibitions.finding import LONGEST_SEARCH, matching
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.queries import (
    Published,
    Standing,
    images_of,
    placard_by_code,
    placard_by_number,
    published,
    published_exhibition,
    standing_exhibit,
    standing_in,
)
from shop.exhibitions.structured_data import exhibition_event, trail_to_exhibition, trail_to_gallery
from shop.exhibitions.views.base import blueprint, open_blueprint
from shop.exhibitions.views.forwarding import forwarding
from shop.exhibitions.views.rooms import behind_sections
from shop.exhibitions.ways import Way

HIGHEST_NUMBER = 10**6
NO_SUCH_STOP: LazyString = lazy_gettext(
    "No exhibit here has this number. Look at the sign again, or search below."
)
NO_STOP_TYPED: LazyString = lazy_gettext("Type the number that stands on the sign.")


@open_blueprint.get("")
@audience(Audience.PUBLIC)
def bare() -> ResponseReturnValue:
    response = make_response(redirect(url_for("gallery.index", lang_code=preferred_language())))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@blueprint.get("")
@audience(Audience.PUBLIC)
def index() -> str:
    exhibitions = published(clock.now())
    trees = [each.tree for each in exhibitions]
    return render_template(
        "gallery/index.html",
        exhibitions=exhibitions,
        images=images_of(layout.images_on_list(trees)),
        Way=Way,
        structured=(trail_to_gallery(),),
    )


@blueprint.get("/search")
@audience(Audience.PUBLIC)
def search() -> str:
    typed = _typed("q")
    exhibitions = published(clock.now())
    found = matching(standing_in(exhibitions), typed)
    return _render_finding(exhibitions, typed=typed, found=found)


@blueprint.get("/stop")
@audience(Audience.PUBLIC)
def stop() -> ResponseReturnValue:
    """To the exhibit whose sign bears this number or code, which is what was typed."""
    typed = _typed("number")
    try:
        found = standing_exhibit(_placard(typed).exhibit_key, clock.now())
    except Missing:
        fault = NO_SUCH_STOP if typed else NO_STOP_TYPED
        page = _render_finding(published(clock.now()), number=typed, fault=fault)
        return page, 422
    return redirect(
        Way(found.exhibition.slug).to_exhibit(found.room, found.exhibit),
        302,
    )


def _typed(name: str) -> str:
    return " ".join(nfc(request.args.get(name, ""))[:LONGEST_SEARCH].split())


def _placard(typed: str) -> Placard:
    if typed.isdecimal() and int(typed) < HIGHEST_NUMBER:
        return placard_by_number(int(typed))
    return placard_by_code(typed)


def _render_finding(
    exhibitions: list[Published],
    *,
    typed: str = "",
    found: list[Standing] | None = None,
    number: str = "",
    fault: LazyString | None = None,
) -> str:
    fronts = {each.exhibit.artefact.front for each in found or ()}
    return render_template(
        "gallery/finding.html",
        exhibitions=exhibitions,
        typed=typed,
        found=found or [],
        number=number,
        fault=fault,
        images=images_of({front.image for front in fronts if front}),
        Way=Way,
    )


@blueprint.get("/<exhibition>")
@audience(Audience.PUBLIC)
@forwarding
def exhibition(exhibition: str) -> str:
    return show_exhibition(Way(exhibition), published_exhibition(exhibition, clock.now()))


def show_exhibition(way: Way, found: Published) -> str:
    """The exhibition's own page."""
    tree = found.tree
    return render_template(
        "gallery/exhibition.html",
        way=way,
        exhibition=tree,
        opened_at=found.opened_at,
        closes_at=found.closes_at,
        images=images_of(layout.images_in_exhibition(tree)),
        structured=(exhibition_event(found), trail_to_exhibition(tree)),
        **behind_sections(tree.sections),
    )
