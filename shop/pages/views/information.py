"""How pieces are sent, how they are paid for, and what the site keeps of whom."""

from __future__ import annotations

from flask import render_template

from shop.accounts.places import provinces
from shop.cart.cookie import LIFE as BASKET_LIFE
from shop.catalogue.delivery_costs import ZONE_NAMES
from shop.checkout.actions import HANDLING
from shop.core import clock
from shop.core.access import Audience, audience
from shop.exhibitions.reading import REMEMBERED as FORMAT_LIFE
from shop.ledger.models import TermOfTrade
from shop.ledger.queries.terms import term_book
from shop.pages.views.base import REMEMBERED, blueprint
from shop.payments.stripe_gateway import charge_limits
from shop.shipping.models import Fragility, Zone
from shop.shipping.queries import rate_book
from shop.visits.actions.keeping import LIFE as VISIT_LIFE


@blueprint.get("/delivery")
@audience(Audience.PUBLIC)
def delivery() -> str:
    return render_template(
        "pages/delivery.html",
        book=rate_book(clock.today_in_hanoi()),
        zones=[(zone, ZONE_NAMES[zone]) for zone in Zone],
        provinces=provinces(),
        fragilities=list(Fragility),
        handling_days=HANDLING.days,
    )


@blueprint.get("/paying")
@audience(Audience.PUBLIC)
def paying() -> str:
    return render_template("pages/paying.html", most_by_card=charge_limits()[1])


@blueprint.get("/returns")
@audience(Audience.PUBLIC)
def returns() -> str:
    terms, today = term_book(), clock.today_in_hanoi()
    return render_template(
        "pages/returns.html",
        return_days=terms.value(TermOfTrade.RETURN_DAYS, today),
        fault_days=terms.value(TermOfTrade.FAULT_RETURN_DAYS, today),
        answer_days=terms.value(TermOfTrade.ANSWER_DAYS, today),
    )


@blueprint.get("/privacy")
@audience(Audience.PUBLIC)
def privacy() -> str:
    return render_template(
        "pages/privacy.html",
        basket_days=BASKET_LIFE.days,
        language_days=REMEMBERED.days,
        visit_days=VISIT_LIFE.days,
        format_days=FORMAT_LIFE.days,
    )
