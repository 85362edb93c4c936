"""One object on somebody else's page: the frame itself, and oEmbed, by which others find it."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.i18n import absolute_url, in_language, localized
from shop.core.security import allow_3d_viewer, allow_framing
from shop.core.settings import LANGUAGES
from shop.exhibitions import shown
from shop.exhibitions.presentation.values import Json
from shop.exhibitions.queries import Standing, model_of, published_exhibition, standing_exhibit
from shop.exhibitions.views.base import words
from shop.exhibitions.views.presentation import (
    FIVE_MINUTES,
    blueprint,
    open_to_all,
    pictures_of,
    send,
)
from shop.media.models import Image
from shop.media.renditions import rendition_widths

EMBED_WIDTH, EMBED_HEIGHT = 480, 720
NARROWEST = 240


@blueprint.get("/embed/<key>")
@audience(Audience.PUBLIC)
def embed(key: str) -> ResponseReturnValue:
    """One object on somebody else's page, in the language that page asks for."""
    found = standing_exhibit(key, clock.now())
    images = pictures_of([found.exhibit])
    allow_framing()
    allow_3d_viewer()
    with in_language(_language_asked()):
        return render_template(
            "gallery/embed.html",
            **words(),
            found=found,
            image=_front(found.exhibit, images),
            model=model_of(found.exhibit.artefact.model),
        )


@blueprint.get("/oembed")
@audience(Audience.PUBLIC)
def oembed() -> ResponseReturnValue:
    """oEmbed 1.0 (https://oembed.com) for every address of an object; JSON alone."""
    if request.args.get("format", "json") != "json":
        return open_to_all(Response("Only JSON is given.", 501, mimetype="text/plain"))
    found, code = _object_at(request.args.get("url", ""))
    with in_language(code):
        return send(_embedding(found, code), "application/json")


def _embedding(found: Standing, code: str) -> Json:
    width = _asked_for("maxwidth", EMBED_WIDTH)
    height = _asked_for("maxheight", EMBED_HEIGHT)
    address = absolute_url("presentation.embed", key=found.exhibit.key)
    title = localized(found.exhibit.artefact, "name")
    frame = Markup(
        '<iframe src="{}?{}" width="{}" height="{}" title="{}" allow="fullscreen" '
        'loading="lazy"></iframe>'
    ).format(address, urlencode({"language": code}), width, height, title)
    card: Json = {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": localized(found.exhibition, "curator"),
        "provider_name": gettext("Bát Tràng"),
        "provider_url": absolute_url("pages.home", lang_code=code),
        "cache_age": FIVE_MINUTES,
        "width": width,
        "height": height,
        "html": str(frame),
    }
    image = _front(found.exhibit, pictures_of([found.exhibit]))
    return {**card, **_thumbnail(image)} if image else card


def _thumbnail(image: Image) -> Json:
    if image.renditions_at is None:
        return {
            "thumbnail_url": absolute_url("media.original", public_id=image.public_id),
            "thumbnail_width": image.width,
            "thumbnail_height": image.height,
        }
    width = next(w for w in rendition_widths(image.width) if w >= min(EMBED_WIDTH, image.width))
    return {
        "thumbnail_url": absolute_url(
            "media.rendition", public_id=image.public_id, width=width, kind="webp"
        ),
        "thumbnail_width": width,
        "thumbnail_height": round(image.height * width / image.width),
    }


def _asked_for(name: str, ours: int) -> int:
    """The size asked for, as far as the card can be so small or so large."""
    asked = request.args.get(name, "")
    return max(NARROWEST, min(ours, int(asked))) if asked.isascii() and asked.isdigit() else ours


def _language_asked() -> str:
    asked = request.args.get("language", "")
    return (
        asked if asked in LANGUAGES else str(request.accept_languages.best_match(LANGUAGES, "vi"))
    )


def _object_at(address: str) -> tuple[Standing, str]:
    """The object that an address of ours shows, and in which language. Raises Missing."""
    parts = urlsplit(address)
    if f"{parts.scheme}://{parts.netloc}" != current_app.config["SHOP"].public_url:
        raise Missing
    try:
        endpoint, values = current_app.url_map.bind("").match(parts.path)
    except (NotFound, RequestRedirect):
        raise Missing from None
    if endpoint in ("open_gallery.permalink", "presentation.embed"):
        return standing_exhibit(values["key"], clock.now()), _language_asked()
    if endpoint != "gallery.exhibit":
        raise Missing
    tree = published_exhibition(values["exhibition"], clock.now()).tree
    room = tree.room(values["room"])
    exhibit = room.exhibit(values["exhibit"]) if room else None
    if room is None or exhibit is None:
        raise Missing
    return Standing(tree, room, exhibit), values["lang_code"]


def _front(exhibit: shown.Exhibit, images: dict[str, Image]) -> Image | None:
    front = exhibit.artefact.front
    return images.get(front.image) if front else None
