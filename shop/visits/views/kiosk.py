"""A kiosk is started by an officer, forgets whoever leaves it, and is left with its code."""

from __future__ import annotations

from datetime import timedelta

from flask import (
    Response,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import logout_user

from shop.accounts.actions import close_session
from shop.accounts.current import is_officer, signed_in_browser
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.i18n import LANGUAGE_COOKIE, absolute_url, language, localized_blueprint
from shop.core.limits import limiter
from shop.core.transaction import transaction
from shop.exhibitions.queries import published_exhibition
from shop.exhibitions.reading import COOKIE as FORMAT_COOKIE
from shop.visits.actions.keeping import forget
from shop.visits.cookie import PLACARD_COOKIE, VISIT_COOKIE, drop_cookie, visit_token
from shop.visits.kiosk import (
    Kiosk,
    address_of,
    as_cookie,
    new_kiosk,
    opens,
)
from shop.visits.queries.visits import visit_by_token
from shop.visits.views.guarding import KIOSK_COOKIE, become, hand_over, kiosk, secret, start_url

blueprint = localized_blueprint("kiosk", __name__, "/kiosk")
blueprint.add_app_template_global(start_url, "kiosk_start")
A_YEAR = timedelta(days=365)


def _this_kiosk() -> Kiosk:
    """Raises Missing where there is none."""
    here = kiosk()
    if here is None:
        raise Missing
    return here


@blueprint.get("/<exhibition>")
@audience(Audience.OFFICER)
def before(exhibition: str) -> str:
    """What will happen, to be confirmed: from then on this browser shows the gallery alone."""
    found = published_exhibition(exhibition, clock.now())
    return render_template("visits/kiosk_before.html", exhibition=found.tree)


@blueprint.post("/<exhibition>")
@audience(Audience.OFFICER)
def start(exhibition: str) -> ResponseReturnValue:
    """The code is shown this once; the officer is signed out, for others will stand here now."""
    found = published_exhibition(exhibition, clock.now())
    begun, code = new_kiosk(found.tree.slug, language(), secret())
    _sign_out()
    become(begun)
    page = render_template(
        "visits/kiosk_started.html",
        exhibition=found.tree,
        code=f"{code[:4]} {code[4:]}",
        start=start_url(begun),
        leaving=absolute_url("kiosk.leaving", code=code),
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "private, no-store"
    response.set_cookie(
        KIOSK_COOKIE,
        as_cookie(begun, secret()),
        max_age=A_YEAR,
        secure=True,
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return response


def _sign_out() -> None:
    browser = signed_in_browser()
    if browser:
        with transaction():
            close_session(browser.token)
    logout_user()
    session.clear()


@blueprint.post("/reset")
@audience(Audience.PUBLIC)
def reset() -> ResponseReturnValue:
    """Back to the beginning, as if nobody had been here. A visit with a link lives on by it."""
    here = _this_kiosk()
    visit = visit_by_token(visit_token())
    if visit and visit.share_id is None:
        with transaction():
            visit = visit_by_token(visit_token(), lock=True)
            if visit:
                forget(visit)
    session.clear()
    response = make_response(redirect(start_url(here), 303))
    _forget_visitor(response)
    return response


def _forget_visitor(response: Response) -> None:
    for name in (VISIT_COOKIE, PLACARD_COOKIE, FORMAT_COOKIE, LANGUAGE_COOKIE):
        drop_cookie(response, name)


@blueprint.get("/code")
@audience(Audience.PUBLIC)
def code() -> str:
    """An address outside this site, to be scanned. Raises Missing for one we did not sign."""
    _this_kiosk()
    address = address_of(request.args.get("to", ""), secret())
    if address is None:
        raise Missing
    return hand_over(address)


@blueprint.route("/leaving", methods=["GET", "POST"])
@audience(Audience.PUBLIC)
@limiter.limit("20 per 15 minutes", methods=["POST"])
def leaving() -> ResponseReturnValue:
    """By the code that was shown at the start, or by an officer who is signed in here."""
    here = _this_kiosk()
    typed = request.values.get("code", "")[:40]
    if request.method == "POST":
        if is_officer() or opens(here, typed, secret()):
            return _left()
        fault = gettext("This code does not leave this kiosk.")
        return render_template("visits/kiosk_leaving.html", code=typed, fault=fault), 422
    return render_template("visits/kiosk_leaving.html", code=typed, fault="")


def _left() -> ResponseReturnValue:
    flash(gettext("This browser is no kiosk any more."))
    response = make_response(redirect(url_for("pages.home"), 303))
    drop_cookie(response, KIOSK_COOKIE)
    _forget_visitor(response)
    return response
