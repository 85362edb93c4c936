"""Where a placard leads: its exhibit's page, or help to find it."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.vietnamese import fold
from shop.exhibitions.models.editions import Placard
from shop.exhibitions.queries import (
    Standing,
    once_shown,
    placard_by_code,
    placard_by_number,
    published,
    standing,
    standing_exhibit,
)
from shop.visits.views.base import exhibit_url
from shop.visits.views.counting import note_scan

blueprint = Blueprint("placards", __name__, url_prefix="/p")
LONGEST_SEARCH = 100


@blueprint.get("/<code>")
@audience(Audience.PUBLIC)
def landing(code: str) -> ResponseReturnValue:
    """To the exhibit, in the language and format this browser read before."""
    try:
        placard = placard_by_code(code)
    except Missing:
        fault = gettext("No placard has the code “%(code)s”.", code=code[:20])
        return _help(fault=fault), 404
    return _follow(placard)


@blueprint.get("")
@audience(Audience.PUBLIC)
def find() -> ResponseReturnValue:
    """A placard's number as typed, or words of a name. Its number counts as a scan."""
    text = " ".join(request.args.get("q", "").split())[:LONGEST_SEARCH]
    if not text:
        return _help()
    if not text.isdecimal():
        return _help(text, found=_named(text))
    try:
        placard = placard_by_number(min(int(text), 2**31 - 1))
    except Missing:
        return _help(text, fault=gettext("No placard has the number %(number)s.", number=text)), 404
    return _follow(placard, text)


def _follow(placard: Placard, text: str = "") -> ResponseReturnValue:
    now = clock.now()
    try:
        place = standing_exhibit(placard.exhibit_key, now)
    except Missing:
        was = once_shown(placard.exhibit_key, now)
        fault = gettext("What stood at placard %(number)s is not on show.", number=placard.number)
        return _help(text, fault=fault, was=was), 404
    note_scan(placard.code)
    return redirect(exhibit_url(place), 303)


def _named(text: str) -> list[Standing]:
    """Exhibits on show in whose name every word occurs, with its marks or without."""
    words = fold(text).split()
    return [each for each in standing(clock.now()) if _has(each, words)]


def _has(place: Standing, words: Iterable[str]) -> bool:
    artefact = place.exhibit.artefact
    names = f" {fold(artefact.name_vi)} {fold(artefact.name_en)} "
    return all(f" {word}" in names for word in words)


def _help(
    text: str = "",
    *,
    fault: str = "",
    was: Standing | None = None,
    found: list[Standing] | None = None,
) -> str:
    return render_template(
        "visits/find.html",
        text=text,
        fault=fault,
        was=was,
        found=found,
        answer=_answer(found),
        exhibitions=[each.tree for each in published(clock.now())],
    )


def _answer(found: list[Standing] | None) -> str:
    if found is None:
        return ""
    if not found:
        return gettext("No object on show has this in its name.")
    return ngettext("%(num)d object on show", "%(num)d objects on show", len(found))
