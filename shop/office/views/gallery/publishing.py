"""What visitors see: published now or on a day, withdrawn; and the link to read the draft by."""

from __future__ import annotations

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.i18n import moment
from shop.core.transaction import transaction
from shop.exhibitions.actions.editing import locked_exhibition
from shop.exhibitions.actions.publishing import (
    Incomplete,
    cancel_plans,
    publish,
    renew_preview_key,
    withdraw,
)
from shop.exhibitions.drafts import draft
from shop.office.forms.exhibitions import EmptyForm, PublicationForm
from shop.office.views.base import blueprint, officer
from shop.office.views.gallery.base import back
from shop.office.views.gallery.exhibitions import exhibition_page


@blueprint.post("/gallery/exhibitions/<slug>/publications")
@audience(Audience.OFFICER)
def publish_gallery_exhibition(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    form = PublicationForm()
    if not form.validate_on_submit():
        return exhibition_page(exhibition, publication=form), 422
    opens, closes = form.opens_at.data, form.closes_at.data
    try:
        with transaction():
            publish(
                locked_exhibition(slug),
                by=officer().id,
                at=clock.now(),
                goes_live_at=opens,
                closes_at=closes,
            )
    except Incomplete as error:
        page = exhibition_page(draft(slug), publication=form, notice=str(error.message))
        return page, error.status
    if opens:
        flash(gettext("It opens at %(when)s.", when=moment(opens)))
    else:
        flash(gettext("It is open to visitors."))
    return back("office.gallery_exhibition", "publication", slug=slug)


@blueprint.post("/gallery/exhibitions/<slug>/withdrawal")
@audience(Audience.OFFICER)
def withdraw_gallery_exhibition(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    if not EmptyForm().validate_on_submit():
        return exhibition_page(exhibition), 422
    with transaction():
        withdraw(locked_exhibition(slug), by=officer().id, at=clock.now())
    flash(gettext("Visitors no longer see it. The draft is as it was."))
    return back("office.gallery_exhibition", "publication", slug=slug)


@blueprint.post("/gallery/exhibitions/<slug>/plan/cancellation")
@audience(Audience.OFFICER)
def cancel_gallery_plan(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    if not EmptyForm().validate_on_submit():
        return exhibition_page(exhibition), 422
    with transaction():
        called_off = cancel_plans(locked_exhibition(slug), at=clock.now())
    if called_off:
        flash(gettext("The plan is called off. What visitors see now stays."))
    else:
        flash(gettext("Nothing was planned any more."), "error")
    return back("office.gallery_exhibition", "publication", slug=slug)


@blueprint.post("/gallery/exhibitions/<slug>/preview")
@audience(Audience.OFFICER)
def renew_gallery_preview(slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    if not EmptyForm().validate_on_submit():
        return exhibition_page(exhibition), 422
    with transaction():
        renew_preview_key(locked_exhibition(slug))
    flash(gettext("The old link is closed; this is the new one."))
    return back("office.gallery_exhibition", "preview", slug=slug)
