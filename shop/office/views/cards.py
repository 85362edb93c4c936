"""Our account with the card provider: disputes to answer, stray money to send back, payouts."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.checkout.card_account import return_stray
from shop.checkout.jobs import return_strays
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.clock import HANOI, today_in_hanoi
from shop.core.errors import Conflict, Message
from shop.core.transaction import after_commit, transaction
from shop.office.card_account import card_account
from shop.office.card_words import DISPUTE_WORDS, ENTRY_WORDS, PROVIDER_PAYOUT_WORDS, STRAY_WORDS
from shop.office.views.base import blueprint, officer


def _cards(notice: Message | None = None) -> str:
    month_began = datetime.combine(today_in_hanoi().replace(day=1), datetime.min.time(), HANOI)
    return render_template(
        "office/cards.html",
        account=card_account(clock.now(), month_began),
        notice=notice,
        dispute_words=DISPUTE_WORDS,
        stray_words=STRAY_WORDS,
        payout_words=PROVIDER_PAYOUT_WORDS,
        entry_words=ENTRY_WORDS,
    )


@blueprint.get("/cards")
@audience(Audience.OFFICER)
def cards() -> str:
    return _cards()


@blueprint.post("/cards/strays/<public_id>/return")
@audience(Audience.OFFICER)
def send_stray_back(public_id: str) -> ResponseReturnValue:
    try:
        with transaction():
            return_stray(public_id, by_id=officer().id, at=clock.now())
            after_commit(return_strays)
    except Conflict as error:
        return _cards(notice=error.message), error.status
    flash(gettext("The card provider is asked to send it back."))
    return redirect(url_for("office.cards"), 303)
