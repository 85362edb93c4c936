"""My visit: what was kept while walking, as a list, a link, a page to print and a way round."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Response, flash, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from shop.accounts.views.base import own_path
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid
from shop.core.i18n import absolute_url
from shop.core.limits import limiter
from shop.core.transaction import transaction
from shop.core.web import is_fragment_request
from shop.exhibitions.queries import images_of
from shop.visits.actions.keeping import (
    close_link,
    forget,
    keep_exhibit,
    let_go,
    open_link,
    visit_to_change,
    visit_to_fill,
    write_note,
)
from shop.visits.codes import code_on_page
from shop.visits.cookie import VISIT_COOKIE, drop_cookie, keep_visit, visit_token
from shop.visits.forms import KeepForm, NoteForm
from shop.visits.models import Visit
from shop.visits.queries.visits import (
    Kept,
    kept_exhibits,
    kept_keys,
    shared_visit,
    visit_by_token,
)
from shop.visits.views.base import blueprint
from shop.visits.walk import walk_to

SEEN_AGAIN_AFTER = timedelta(days=1)


@blueprint.app_template_global()
def kept() -> frozenset[str]:
    """The keys of what this visitor keeps, asked once a request: no SQL without the cookie."""
    if "kept_exhibits" not in g:
        g.kept_exhibits = kept_keys(visit_token())
    found: frozenset[str] = g.kept_exhibits
    return found


@blueprint.get("")
@audience(Audience.PUBLIC)
def show() -> ResponseReturnValue:
    visit = visit_by_token(visit_token())
    if visit and clock.now() - visit.used_at > SEEN_AGAIN_AFTER:
        with transaction():
            visit = visit_to_change(visit_token(), clock.now())
    response = _private(_page(visit))
    return keep_visit(response, None) if visit else response


def _page(visit: Visit | None, refused: NoteForm | None = None, key: str = "") -> str:
    return render_template(
        "visits/show.html",
        refused=refused,
        refused_key=key,
        address=_address(visit),
        code=_code(visit),
        **_what_was_kept(visit),
    )


def _what_was_kept(visit: Visit | None) -> dict[str, Any]:
    objects = kept_exhibits(visit.id, clock.now()) if visit else []
    return {"objects": objects, "images": images_of(_fronts(objects)) if objects else {}}


def _fronts(objects: list[Kept]) -> set[str]:
    fronts = (each.place.exhibit.artefact.front for each in objects if each.place)
    return {front.image for front in fronts if front}


def _address(visit: Visit | None) -> str | None:
    if visit is None or visit.share_id is None:
        return None
    return absolute_url("visits.shared", share_id=visit.share_id)


def _code(visit: Visit | None) -> Markup | None:
    address = _address(visit)
    if address is None:
        return None
    # segno's drawing of our own address: nothing a visitor wrote is in it.
    return Markup(code_on_page(address, gettext("Code that leads to this list")))  # noqa: S704


def _private(body: str, status: int = 200) -> Response:
    """Whose list it is, or who has its address, is nobody else's business."""
    response = make_response(body, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@blueprint.post("/objects")
@limiter.limit("300/minute")
@audience(Audience.PUBLIC)
def keep() -> ResponseReturnValue:
    form = KeepForm()
    if not form.validate_on_submit():
        raise Invalid(next(iter(form.errors.values()))[0])
    key, now = str(form.exhibit.data), clock.now()
    with transaction():
        visit, token = visit_to_fill(visit_token(), now)
        keep_exhibit(visit, key, now)
    g.kept_exhibits = kept() | {key}
    return keep_visit(make_response(_after(key)), token)


@blueprint.post("/objects/<key>/removal")
@audience(Audience.PUBLIC)
def remove(key: str) -> ResponseReturnValue:
    with transaction():
        let_go(visit_to_change(visit_token(), clock.now()), key)
    g.kept_exhibits = kept() - {key}
    return _after(key)


def _after(key: str) -> ResponseReturnValue:
    """The button as it is now, for htmx; else the page one was on."""
    if is_fragment_request():
        return render_template("visits/kept.html", key=key)
    return redirect(own_path(request.form.get("next")) or url_for("visits.show"), 303)


@blueprint.post("/objects/<key>/note")
@audience(Audience.PUBLIC)
def note(key: str) -> ResponseReturnValue:
    form = NoteForm()
    if not form.validate_on_submit():
        return _private(_page(visit_by_token(visit_token()), form, key), 422)
    with transaction():
        write_note(visit_to_change(visit_token(), clock.now()), key, form.text)
    flash(gettext("Your note is kept."))
    return redirect(url_for("visits.show", _anchor=f"object-{key}"), 303)


@blueprint.post("/link")
@audience(Audience.PUBLIC)
def share() -> ResponseReturnValue:
    with transaction():
        open_link(visit_to_change(visit_token(), clock.now()))
    return redirect(url_for("visits.show", _anchor="link"), 303)


@blueprint.post("/link/closing")
@audience(Audience.PUBLIC)
def stop_sharing() -> ResponseReturnValue:
    with transaction():
        close_link(visit_to_change(visit_token(), clock.now()))
    flash(gettext("The link is closed. Whoever has it finds nothing there."))
    return redirect(url_for("visits.show", _anchor="link"), 303)


@blueprint.post("/erasure")
@audience(Audience.PUBLIC)
def erase() -> ResponseReturnValue:
    with transaction():
        forget(visit_to_change(visit_token(), clock.now()))
    flash(gettext("Your visit is erased, with its notes and its link."))
    response = make_response(redirect(url_for("visits.show"), 303))
    drop_cookie(response, VISIT_COOKIE)
    return response


@blueprint.get("/print")
@audience(Audience.PUBLIC)
def on_paper() -> ResponseReturnValue:
    visit = visit_by_token(visit_token())
    page = render_template(
        "visits/print.html", address=_address(visit), code=_code(visit), **_what_was_kept(visit)
    )
    return _private(page)


@blueprint.get("/route")
@audience(Audience.PUBLIC)
def route() -> ResponseReturnValue:
    return _private(_route(visit_by_token(visit_token()), None))


@blueprint.get("/shared/<share_id>")
@audience(Audience.PUBLIC)
def shared(share_id: str) -> ResponseReturnValue:
    """To be read by whoever has the address; without the owner's cookie nothing can be changed."""
    visit = shared_visit(share_id)
    page = render_template("visits/shared.html", share_id=share_id, **_what_was_kept(visit))
    return _private(page)


@blueprint.get("/shared/<share_id>/route")
@audience(Audience.PUBLIC)
def shared_route(share_id: str) -> ResponseReturnValue:
    return _private(_route(shared_visit(share_id), share_id))


def _route(visit: Visit | None, share_id: str | None) -> str:
    objects = kept_exhibits(visit.id, clock.now()) if visit else []
    walk = walk_to(objects, request.args.get("from", ""), clock.today_in_hanoi())
    return render_template("visits/route.html", walk=walk, share_id=share_id, has_any=bool(objects))


@blueprint.get("/objects")
@blueprint.get("/objects/<key>/<any(removal, note):_what>")
@blueprint.get("/link")
@blueprint.get("/link/closing")
@blueprint.get("/erasure")
@audience(Audience.PUBLIC)
def return_to_visit(**_where: str) -> ResponseReturnValue:
    """Who reloads the address of something sent, or changes its language, sees the list."""
    return redirect(url_for("visits.show"), 303)
