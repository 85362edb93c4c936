"""What a kiosk may show: the gallery and the craft. All else is handed over to a telephone."""

from __future__ import annotations

import re
from html import unescape

from flask import Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from shop.accounts.views.base import own_path
from shop.core.i18n import absolute_url
from shop.visits.codes import code_on_page
from shop.visits.kiosk import Kiosk, from_cookie, signed_address
from shop.visits.views.base import open_blueprint

KIOSK_COOKIE = "__Host-kiosk"
ALLOWED = frozenset(
    {"gallery", "craft", "media", "iiif", "presentation", "placards", "visits", "kiosk"}
)
NOT_ALLOWED = re.compile(r"gallery\.preview|visits\.on_paper|open_gallery\.bare")
ENTRANCES = frozenset({"open_pages.root", "pages.home", "open_gallery.bare"})
HARMLESS = frozenset({"open_pages.favicon", "open_gallery.permalink"})
FILES = frozenset({"media", "iiif", "presentation"})
ELSEWHERE = re.compile(r'(<a\b[^>]*?\bhref=")(https?://[^"]+|mailto:[^"]+|tel:[^"]+)"')
NEW_WINDOW = re.compile(r'(<(?:a|form)\b[^>]*?) target="_blank"')


def secret() -> str:
    return str(current_app.config["SHOP"].secret_key)


@open_blueprint.app_template_global()
def kiosk() -> Kiosk | None:
    """The kiosk this browser is, if it is one; read once a request."""
    if "kiosk" not in g:
        g.kiosk = from_cookie(request.cookies.get(KIOSK_COOKIE), secret())
    found: Kiosk | None = g.kiosk
    return found


def become(begun: Kiosk) -> None:
    """From this very answer on."""
    g.kiosk = begun


def start_url(of: Kiosk) -> str:
    return url_for("gallery.exhibition", lang_code=of.language, exhibition=of.exhibition)


@open_blueprint.before_app_request
def _guard() -> ResponseReturnValue | None:
    here = kiosk()
    if here is None or request.endpoint is None:
        return None
    if request.endpoint in ENTRANCES:
        return redirect(start_url(here), 303)
    return None if _may_be_shown(request.endpoint) else (hand_over(_asked_for()), 403)


def _may_be_shown(endpoint: str) -> bool:
    if request.blueprint in FILES and request.headers.get("Sec-Fetch-Dest") == "document":
        return False  # A bare file has no way back on it, and counts no idle seconds.
    if NOT_ALLOWED.match(endpoint):
        return False
    return request.blueprint in ALLOWED or endpoint in HARMLESS


def _asked_for() -> str:
    """The whole address, to be opened elsewhere; of something sent, the page it came from."""
    if request.method in ("GET", "HEAD"):
        return _public(request.full_path.rstrip("?"))
    came_from = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return _public(own_path(came_from)) if own_path(came_from) else absolute_url("pages.home")


def _public(path: str | None) -> str:
    return f"{current_app.config['SHOP'].public_url}{path or '/'}"


def hand_over(address: str) -> str:
    """A page with a code that leads there, to be scanned by the visitor's own telephone."""
    # segno draws the address as squares: whatever is in it cannot be markup.
    code = Markup(code_on_page(address, gettext("Code to scan with a telephone")))  # noqa: S704
    return render_template("visits/hand_over.html", address=address, code=code)


@open_blueprint.after_app_request
def _keep_inside(response: Response) -> Response:
    """Links that leave the site lead to their code instead; nothing is left behind in a cache."""
    if "kiosk" not in g or g.kiosk is None or response.mimetype != "text/html":
        return response
    text = ELSEWHERE.sub(_to_code, response.get_data(as_text=True))
    response.set_data(NEW_WINDOW.sub(r"\1", text))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _to_code(link: re.Match[str]) -> str:
    address = unescape(link[2])
    if address.startswith(f"{current_app.config['SHOP'].public_url}/"):
        return link[0]
    return f'{link[1]}{url_for("kiosk.code", to=signed_address(address, secret()))}"'
