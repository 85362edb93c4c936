"""What machines ask for: health, readiness, robots.txt, the sitemap, the icon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response, current_app, jsonify, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from shop.catalogue.queries.counts import glaze_counts
from shop.catalogue.queries.products import listed_products
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.assets import asset
from shop.core.clock import HANOI
from shop.core.db import db
from shop.core.i18n import absolute_url
from shop.core.logs import log
from shop.core.settings import LANGUAGES
from shop.exhibitions.queries import Published, published
from shop.heritage.queries import addresses_of_terms
from shop.pages.queries import tables_are_current
from shop.pages.views.base import open_blueprint
from shop.workshops.queries import workshop_slugs

ONE_HOUR = 3600
STANDING_PAGES = (
    "pages.home",
    "catalogue.browse",
    "workshops.index",
    "gallery.index",
    "craft.index",
    "craft.making",
    "craft.timeline",
    "craft.glossary",
    "fund.page",
    "pages.delivery",
    "pages.paying",
    "pages.privacy",
)


@open_blueprint.get("/healthz")
@audience(Audience.PUBLIC)
def healthz() -> ResponseReturnValue:
    """The process answers; says nothing of what it depends on."""
    return jsonify(status="ok")


@open_blueprint.get("/readyz")
@audience(Audience.PUBLIC)
def readyz() -> ResponseReturnValue:
    """The database answers and has every table; 503 until then."""
    try:
        ready = tables_are_current()
    except SQLAlchemyError as error:
        db.session.rollback()
        log.error("not_ready", reason=type(error).__name__)
        return jsonify(status="unavailable", reason="database"), 503
    if not ready:
        return jsonify(status="unavailable", reason="migrations"), 503
    return jsonify(status="ok")


@open_blueprint.get("/robots.txt")
@audience(Audience.PUBLIC)
def robots() -> Response:
    public = current_app.config["SHOP"].public_url
    return _text(render_template("pages/robots.txt", public_url=public), "text/plain")


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """One page in its languages; `addresses` by language code."""

    addresses: dict[str, str]
    changed_on: date | None = None


@open_blueprint.get("/sitemap.xml")
@audience(Audience.PUBLIC)
def sitemap() -> Response:
    return _text(render_template("pages/sitemap.xml", entries=_entries()), "application/xml")


def _entries() -> Iterator[SitemapEntry]:
    for endpoint in STANDING_PAGES:
        yield SitemapEntry(_in_languages(endpoint))
    for glaze in glaze_counts():
        yield SitemapEntry(_in_languages("catalogue.browse", glaze=glaze.slug))
    for kind, slug in addresses_of_terms():
        yield SitemapEntry(_in_languages("craft.term", kind=kind.value, slug=slug))
    for exhibition in published(clock.now()):
        yield from _entries_of(exhibition)
    for slug in workshop_slugs():
        yield SitemapEntry(_in_languages("workshops.workshop", slug=slug))
    for product in listed_products():
        at = product.published_at
        yield SitemapEntry(
            _in_languages("catalogue.product", slug=product.slug),
            at.astimezone(HANOI).date() if at else None,
        )


def _entries_of(exhibition: Published) -> Iterator[SitemapEntry]:
    """An exhibition, its rooms and its exhibits; they change when it is published anew."""
    tree, day = exhibition.tree, exhibition.opened_at.astimezone(HANOI).date()
    place = {"exhibition": tree.slug}
    yield SitemapEntry(_in_languages("gallery.exhibition", **place), day)
    for room in tree.rooms:
        yield SitemapEntry(_in_languages("gallery.room", room=room.slug, **place), day)
    for room, exhibit in tree.exhibits():
        names = {"room": room.slug, "exhibit": exhibit.slug}
        yield SitemapEntry(_in_languages("gallery.exhibit", **names, **place), day)


def _in_languages(endpoint: str, **values: str) -> dict[str, str]:
    return {code: absolute_url(endpoint, lang_code=code, **values) for code in LANGUAGES}


@open_blueprint.get("/favicon.ico")
@audience(Audience.PUBLIC)
def favicon() -> ResponseReturnValue:
    return redirect(asset("img/mark.svg"), 302)


def _text(body: str, kind: str) -> Response:
    response = make_response(body)
    response.headers["Content-Type"] = f"{kind}; charset=utf-8"
    response.headers["Cache-Control"] = f"public, max-age={ONE_HOUR}"
    return response
