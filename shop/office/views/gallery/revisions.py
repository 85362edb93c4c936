"""What was saved of an exhibition: who, when, what, to look at."""

from __future__ import annotations

from flask import render_template, request
from flask_babel import gettext

from shop.core.access import Audience, audience
from shop.core.db import LARGEST_KEY
from shop.exhibitions.differences import Difference, differences
from shop.exhibitions.drafts import draft
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.progress import revision, saved
from shop.exhibitions.shown import from_content
from shop.office.views.base import blueprint
from shop.office.views.gallery.gaps import FIELDS

PAGE = 40
MOST_DIFFERENCES = 200
REVISIONS = "/gallery/exhibitions/<slug>/revisions"
REVISION = f"{REVISIONS}/<int(max={LARGEST_KEY}):number>"
LANGUAGE_MARKS = {"vi": "tiếng Việt", "en": "English"}


@blueprint.get(REVISIONS)
@audience(Audience.OFFICER)
def gallery_revisions(slug: str) -> str:
    exhibition = draft(slug)
    before = request.args.get("before", "")
    limit = int(before) if before.isascii() and before.isdigit() and len(before) < 10 else None
    rows = saved(exhibition, PAGE + 1, limit)
    return render_template(
        "office/gallery/revisions.html",
        exhibition=exhibition,
        rows=rows[:PAGE],
        older=rows[PAGE - 1].number if len(rows) > PAGE else None,
    )


@blueprint.get(REVISION)
@audience(Audience.OFFICER)
def gallery_revision(slug: str, number: int) -> str:
    return revision_page(draft(slug), number)


def revision_page(exhibition: Exhibition, number: int, notice: str = "") -> str:
    """The whole of it to read, and what it changed of the one before."""
    row = revision(exhibition, number)
    tree = from_content(row.content)
    changes: list[Difference] = []
    if number > 1:
        changes = differences(from_content(revision(exhibition, number - 1).content), tree)
    latest = saved(exhibition, 1)[0].number
    return render_template(
        "office/gallery/revision.html",
        exhibition=exhibition,
        row=next(each for each in saved(exhibition, 1, number + 1)),
        tree=tree,
        changes=changes[:MOST_DIFFERENCES],
        left_out=max(0, len(changes) - MOST_DIFFERENCES),
        is_latest=latest == number,
        field_word=field_word,
        notice=notice,
    )


def field_word(name: str) -> str:
    """A field's name as curators know it."""
    stem, _, code = name.rpartition("_")
    if code in LANGUAGE_MARKS:
        return f"{FIELDS.get(stem, stem)} ({LANGUAGE_MARKS[code]})"
    return {
        "rooms": gettext("rooms"),
        "rooms_order": gettext("order of the rooms"),
        "exhibits": gettext("exhibits"),
        "exhibits_order": gettext("order of the exhibits"),
        "details": gettext("notes"),
        "sections": gettext("sections"),
        "doors": gettext("doors"),
        "pictures": gettext("pictures"),
        "pictures_order": gettext("order of the pictures"),
        "terms": gettext("words of the craft"),
        "sounds": gettext("recordings"),
        "certainty": gettext("how certain"),
        "source": gettext("source"),
        "rights": gettext("rights"),
        "cover": gettext("cover"),
        "panorama": gettext("panorama"),
        "view": gettext("view on entering"),
        "slug": gettext("address"),
        "stop": gettext("number of the placard"),
        "yaw": gettext("to the side, °"),
        "pitch": gettext("up or down, °"),
        "model": gettext("3D model"),
    }.get(name, name.replace("_", " "))
