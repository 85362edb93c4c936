"""Default-deny access: every view declares its audience; an undeclared one answers 403."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from flask import Flask, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from shop.core.errors import Missing, Refused

View = TypeVar("View", bound=Callable[..., object])
VIEW_MARK = "shop_audience"
EXTENSION = "shop_audience_checks"
OWN_VIEWS_OF_FLASK = frozenset({"static"})


class Audience(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    MEMBER = "member"
    OFFICER = "officer"
    DEMONSTRATION = "demonstration"


def audience(who: Audience) -> Callable[[View], View]:
    """Declare who may reach a view. Goes directly above the function, below the route."""

    def mark(view: View) -> View:
        setattr(view, VIEW_MARK, who)
        return view

    return mark


def audience_of(app: Flask, endpoint: str) -> Audience | None:
    return getattr(app.view_functions[endpoint], VIEW_MARK, None)


def init_access(
    app: Flask, checks: dict[Audience, Callable[[], bool]], sign_in_endpoint: str
) -> None:
    """Guard every view. `checks` says for each audience but PUBLIC whether the viewer is of it."""
    app.extensions[EXTENSION] = (checks, sign_in_endpoint)
    app.before_request(_guard)


def _guard() -> ResponseReturnValue | None:
    if request.endpoint is None or request.endpoint in OWN_VIEWS_OF_FLASK:
        return None
    who = audience_of(current_app, request.endpoint)
    if who is None:
        raise Refused
    if who is Audience.PUBLIC:
        return None
    checks, sign_in = current_app.extensions[EXTENSION]
    if who is Audience.DEMONSTRATION:
        return None if checks[who]() else _deny()
    if not checks[Audience.SIGNED_IN]():
        return _ask_to_sign_in(sign_in)
    return None if checks[who]() else _deny()


def _ask_to_sign_in(endpoint: str) -> ResponseReturnValue:
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for(endpoint, next=here), 303)


def _deny() -> ResponseReturnValue:
    raise Missing
