"""The workshop's own months: what was withheld of its sales, with lines and certificates."""

from __future__ import annotations

from flask import Response, current_app, render_template
from flask.typing import ResponseReturnValue

from shop.catalogue.queries.taxation import taxed_products
from shop.core.access import Audience, audience
from shop.core.clock import today_in_hanoi
from shop.core.errors import Missing
from shop.ledger.models import TaxedAs
from shop.ledger.queries.rates import revenue_threshold
from shop.studio.queries import MyWorkshop
from shop.studio.views.base import blueprint, chosen
from shop.taxes.certificate_paper import certificate_pdf
from shop.taxes.lists import month_csv
from shop.taxes.months import named_month
from shop.taxes.queries.certificates import certificate, certificates
from shop.taxes.queries.months import workshop_months


def _answers_for_money() -> MyWorkshop:
    """Raises Missing for who only packs."""
    workshop = chosen()
    if not workshop.role.may_record_cash:
        raise Missing
    return workshop


@blueprint.get("/taxes")
@audience(Audience.MEMBER)
def taxes() -> str:
    workshop = _answers_for_money()
    months = workshop_months(workshop_id=workshop.id)
    today = today_in_hanoi()
    return render_template(
        "studio/taxes.html",
        workshop=workshop,
        months=months,
        year=today.year,
        revenue=sum(row.base for row in months if row.month.year == today.year),
        threshold=revenue_threshold(today),
        certificates=certificates(workshop_id=workshop.id),
        products=[
            product
            for product in taxed_products(workshop.id)
            if product.taxed_as is not TaxedAs.GOODS
        ],
    )


@blueprint.get("/taxes/<month>.csv")
@audience(Audience.MEMBER)
def tax_csv(month: str) -> ResponseReturnValue:
    workshop = _answers_for_money()
    try:
        first = named_month(month)
    except ValueError:
        raise Missing from None
    rows = workshop_months(month=first, workshop_id=workshop.id)
    if not rows:
        raise Missing
    name = f"tax-{month}-{workshop.slug}.csv"
    return Response(
        month_csv(rows),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename={name}"},
    )


@blueprint.get("/taxes/certificates/<int(max=9999):year>/<int(max=1000000):number>.pdf")
@audience(Audience.MEMBER)
def tax_certificate(year: int, number: int) -> Response:
    workshop = _answers_for_money()
    kept = certificate(year, number, workshop_ids=[workshop.id])
    settings = current_app.config["SHOP"]
    pdf = certificate_pdf(kept, is_demonstration=settings.is_demonstration)
    return Response(pdf, mimetype="application/pdf")
