"""The front page, and the bare address that leads to it."""

from __future__ import annotations

from flask import current_app, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from shop.catalogue.queries.cards import newest_cards
from shop.catalogue.queries.counts import glaze_counts
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.assets import asset
from shop.core.i18n import preferred_language
from shop.exhibitions.queries import published
from shop.pages.glaze_tiles import GlazeTile
from shop.pages.structured_data import village_shop, web_site
from shop.pages.views.base import blueprint, open_blueprint
from shop.workshops.queries import workshops_by_name

NEWEST = 8
WORKSHOPS_NAMED = 8


@open_blueprint.get("/")
@audience(Audience.PUBLIC)
def root() -> ResponseReturnValue:
    """To the language chosen before, else to the one the browser asks for."""
    response = make_response(redirect(url_for("pages.home", lang_code=preferred_language()), 302))
    response.vary.update(("Accept-Language", "Cookie"))
    return response


@blueprint.get("/")
@audience(Audience.PUBLIC)
def home() -> str:
    workshops = workshops_by_name()
    return render_template(
        "pages/home.html",
        newest=newest_cards(NEWEST),
        tiles=[GlazeTile(glaze) for glaze in glaze_counts()],
        exhibitions=published(clock.now()),
        workshops=workshops,
        named=workshops[:WORKSHOPS_NAMED],
        structured=(web_site(), village_shop()),
        picture_address=_address_of_picture(),
    )


def _address_of_picture() -> str:
    public: str = current_app.config["SHOP"].public_url
    return f"{public}{asset('img/hero-1200.webp')}"
