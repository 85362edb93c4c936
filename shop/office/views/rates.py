"""What sales are charged: every rate with its days and source, and a new one from a later day."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.clock import today_in_hanoi
from shop.core.db import LARGEST_KEY
from shop.core.errors import Conflict, Invalid, Message
from shop.core.transaction import transaction
from shop.ledger.actions.rates import put_future_rate, withdraw_rate
from shop.ledger.queries.rates import rate_rows
from shop.office.forms import RateForm
from shop.office.views.base import blueprint, officer
from shop.office.words import RATE_WORDS, SELLERS_WORDS, TAXED_AS_WORDS, percentage


def _rates(form: RateForm | None = None, notice: Message | None = None) -> str:
    return render_template(
        "office/rates.html",
        rows=rate_rows(),
        form=form or RateForm(formdata=None),
        notice=notice,
        today=today_in_hanoi(),
        rate_words=RATE_WORDS,
        sellers_words=SELLERS_WORDS,
        taxed_as_words=TAXED_AS_WORDS,
        percentage=percentage,
    )


@blueprint.get("/rates")
@audience(Audience.OFFICER)
def rates() -> str:
    return _rates()


@blueprint.post("/rates")
@audience(Audience.OFFICER)
def add_rate() -> ResponseReturnValue:
    form = RateForm()
    if not form.validate_on_submit():
        return _rates(form), 422
    try:
        with transaction():
            put_future_rate(form.details, by_id=officer().id, at=clock.now())
    except Invalid as error:
        for name, message in error.fields.items():
            form[name].errors = [str(message)]
        return _rates(form), 422
    except IntegrityError:
        form.valid_from.errors = [gettext("Another rate begins on this day. Choose another day.")]
        return _rates(form), 422
    flash(gettext("The rate is set. Orders placed before its day keep theirs."))
    return redirect(url_for("office.rates"), 303)


@blueprint.post(f"/rates/<int(max={LARGEST_KEY}):rate_id>/withdrawal")
@audience(Audience.OFFICER)
def withdraw(rate_id: int) -> ResponseReturnValue:
    try:
        with transaction():
            withdraw_rate(rate_id, by_id=officer().id, at=clock.now())
    except Conflict as error:
        return _rates(notice=error.message), error.status
    except IntegrityError:
        # Its day began between the click and the database.
        return _rates(notice=gettext("This rate has begun or has been withdrawn already.")), 409
    flash(gettext("The rate is withdrawn. The one before it goes on."))
    return redirect(url_for("office.rates"), 303)
