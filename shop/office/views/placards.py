"""Placards: what those in front of the shelf led to, and new ones to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from flask import Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext

from shop.core.access import Audience, audience
from shop.core.clock import today_in_hanoi
from shop.core.errors import Message, Missing
from shop.core.i18n import localized
from shop.core.spreadsheets import csv_file
from shop.core.transaction import transaction
from shop.exhibitions.actions.placards import give_placard
from shop.exhibitions.compose import compose
from shop.office.views.base import blueprint
from shop.visits.placard_sheets import SheetFormat, placard_sheets, signs_of
from shop.visits.queries.placards import (
    PlacardFigures,
    Printable,
    exhibition_by_slug,
    exhibits_without_placard,
    placard_figures,
    printable_placards,
)

DAYS = {"7": 7, "30": 30, "365": 365, "all": None}
USUAL_PERIOD = "30"
PERIOD_WORDS = {
    "7": lazy_gettext("7 days"),
    "30": lazy_gettext("30 days"),
    "365": lazy_gettext("365 days"),
    "all": lazy_gettext("From the beginning"),
}
FORMAT_WORDS = {
    SheetFormat.A4: lazy_gettext("A4, one placard a page"),
    SheetFormat.A5: lazy_gettext("A5, two a page to cut apart"),
    SheetFormat.LABELS: lazy_gettext("Labels, eight a page"),
}


@dataclass(frozen=True, slots=True)
class ToPrint:
    """One exhibition's exhibits by room; `missing` of them have no placard yet."""

    slug: str
    title_vi: str
    title_en: str
    rooms: list[tuple[Printable, list[Printable]]]
    missing: int


def _to_print() -> Iterator[ToPrint]:
    for slug, group in groupby(printable_placards(), key=lambda row: row.exhibition):
        rows = list(group)
        rooms = [list(room) for _, room in groupby(rows, key=lambda row: row.room)]
        yield ToPrint(
            slug,
            rows[0].exhibition_vi,
            rows[0].exhibition_en,
            [(room[0], room) for room in rooms],
            sum(row.number is None for row in rows),
        )


def _period() -> str:
    asked = request.args.get("period", USUAL_PERIOD)
    return asked if asked in DAYS else USUAL_PERIOD


def _first_day(period: str) -> date | None:
    days = DAYS[period]
    return today_in_hanoi() - timedelta(days=days - 1) if days else None


def _placards(notice: Message | None = None) -> str:
    period = _period()
    rows = placard_figures(_first_day(period), today_in_hanoi())
    return render_template(
        "office/placards.html",
        rows=rows,
        totals=[sum(getattr(row, stage) for row in rows) for stage in _STAGES],
        period=period,
        periods=PERIOD_WORDS,
        exhibitions=list(_to_print()),
        formats=FORMAT_WORDS,
        notice=notice,
    )


_STAGES = ("scan", "view", "maker", "basket")


@blueprint.get("/placards")
@audience(Audience.OFFICER)
def placards() -> str:
    return _placards()


@blueprint.get("/placards.csv")
@audience(Audience.OFFICER)
def placards_csv() -> Response:
    """UTF-8 with a mark at the beginning, by which spreadsheets know it."""
    period = _period()
    rows: list[list[str | int]] = [
        [
            gettext("Placard"),
            gettext("Code"),
            gettext("Object"),
            gettext("Exhibition"),
            gettext("Scanned"),
            gettext("Looked at"),
            gettext("Went on to a maker"),
            gettext("Put in the basket"),
        ],
        *(_cells(row) for row in placard_figures(_first_day(period), today_in_hanoi())),
    ]
    name = f"placards-{today_in_hanoi():%Y-%m-%d}-{period}.csv"
    return Response(
        csv_file(rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


def _cells(row: PlacardFigures) -> list[str | int]:
    names = (localized(row, "name"), localized(row, "exhibition"))
    return [row.number, row.code, *names, row.scan, row.view, row.maker, row.basket]


@blueprint.get("/placards.pdf")
@audience(Audience.OFFICER)
def placards_pdf() -> ResponseReturnValue:
    """`exhibition`, and perhaps `room` (slugs) or `exhibit` (keys, repeated); `format`."""
    tree = compose(exhibition_by_slug(request.args.get("exhibition", "")))
    room, kind = request.args.get("room", ""), request.args.get("format", SheetFormat.A4)
    if kind not in list(SheetFormat) or (room and tree.room(room) is None):
        raise Missing
    public_url = current_app.config["SHOP"].public_url
    signs = signs_of(tree, public_url, room=room, keys=request.args.getlist("exhibit"))
    if not signs:
        return _placards(gettext("None of these has a placard yet. Give them numbers first.")), 422
    title = gettext("Placards: %(exhibition)s", exhibition=localized(tree, "title"))
    return Response(
        placard_sheets(signs, SheetFormat(kind), title),
        mimetype="application/pdf",
        headers={"Content-Disposition": f"inline; filename=placards-{tree.slug}-{kind}.pdf"},
    )


@blueprint.post("/placards/<slug>/numbers")
@audience(Audience.OFFICER)
def number_placards(slug: str) -> ResponseReturnValue:
    """Give every exhibit that has none a placard, in the order of the walk."""
    with transaction():
        given = [
            give_placard(each) for each in exhibits_without_placard(exhibition_by_slug(slug).id)
        ]
    flash(ngettext("%(num)d placard is ready.", "%(num)d placards are ready.", len(given)))
    return redirect(url_for("office.placards"), 303)
