"""What was saved of an exhibition: who, when, what, to look at and to write back."""

from __future__ import annotations

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.db import LARGEST_KEY
from shop.core.errors import Conflict
from shop.core.transaction import transaction
from shop.exhibitions import shown
from shop.exhibitions.actions.editing import locked_exhibition
from shop.exhibitions.actions.publishing import record_revision
from shop.exhibitions.actions.restored_artefacts import Loss
from shop.exhibitions.actions.restoring import restore
from shop.exhibitions.differences import Difference, differences
from shop.exhibitions.drafts import draft
from shop.exhibitions.models.rooms import Exhibition
from shop.exhibitions.progress import revision, saved
from shop.exhibitions.shown import from_content
from shop.exhibitions.where_used import exhibitions_placing
from shop.office.forms.exhibitions import EmptyForm
from shop.office.views.base import blueprint, officer
from shop.office.views.gallery.base import back
from shop.office.views.gallery.gaps import FIELDS
from shop.office.words import loss_words

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
        latest=latest,
        field_word=field_word,
        notice=notice,
    )


@blueprint.post(f"{REVISION}/restoration")
@audience(Audience.OFFICER)
def restore_gallery_revision(slug: str, number: int) -> ResponseReturnValue:
    exhibition = draft(slug)
    tree = from_content(revision(exhibition, number).content)
    if not EmptyForm().validate_on_submit():
        return revision_page(exhibition, number, gettext("Please try again.")), 422
    try:
        with transaction():
            losses = _restored(slug, number, tree, request.form.get("latest", ""))
    except Conflict as error:
        return revision_page(draft(slug), number, str(error.message)), error.status
    flash(gettext("The draft reads as in save no. %(number)d again.", number=number))
    if losses:
        lost = "; ".join(loss_words(loss) for loss in losses)
        flash(gettext("These are gone and could not be restored: %(what)s.", what=lost), "error")
    return back("office.gallery_exhibition", slug=slug)


def _restored(slug: str, number: int, tree: shown.Exhibition, seen: str) -> tuple[Loss, ...]:
    """Drafts that share an artefact are locked too, in their order, and keep a revision each."""
    names = [exhibit.artefact.slug for _room, exhibit in tree.exhibits()]
    others = {name: locked_exhibition(name) for name in exhibitions_placing(*names)}
    exhibition = others.pop(slug, None) or locked_exhibition(slug)
    latest = saved(exhibition, 1)[0]
    if seen != str(latest.number):
        raise Conflict(
            gettext(
                "%(who)s saved this exhibition while this page was open. Nothing was restored: "
                "look at the last save first.",
                who=latest.by or gettext("Somebody"),
            )
        )
    done = restore(exhibition, tree)
    who, at = officer().id, clock.now()
    summary = gettext("Restored from save no. %(number)d", number=number)
    record_revision(exhibition, by=who, at=at, summary=summary)
    if done.artefacts:
        for other in others.values():
            record_revision(other, by=who, at=at, summary=gettext("Artefacts restored"))
    return done.losses


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
