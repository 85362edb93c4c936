"""What each piece is to the tax office: goods unless an officer has found otherwise."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.accounts.fields import typed
from shop.catalogue.actions.taxation import set_taxed_as
from shop.catalogue.queries.taxation import taxed_products
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Invalid
from shop.core.i18n import localized
from shop.core.transaction import transaction
from shop.ledger.models import TaxedAs
from shop.office.forms.taxes import TaxedAsForm
from shop.office.views.base import blueprint, officer
from shop.office.words import TAXED_AS_WORDS
from shop.workshops.queries import workshop_by_slug, workshop_names


def _taxed_as(slug: str, form: TaxedAsForm | None = None) -> str:
    workshop = workshop_by_slug(slug)
    products = taxed_products(workshop.id)
    return render_template(
        "office/taxed_as.html",
        workshop=workshop,
        workshops=workshop_names(),
        products=products,
        form=form or TaxedAsForm(_pieces(slug), formdata=None),
        words=TAXED_AS_WORDS,
    )


def _pieces(slug: str) -> list[tuple[str, str]]:
    products = taxed_products(workshop_by_slug(slug).id)
    return [(product.slug, localized(product, "name")) for product in products]


@blueprint.get("/taxed-as")
@audience(Audience.OFFICER)
def taxed_as() -> ResponseReturnValue:
    wanted = request.args.get("workshop")
    if wanted:
        return _taxed_as(wanted)
    first = next(iter(workshop_names()), None)
    if first is None:
        return redirect(url_for("office.taxes"), 303)
    return _taxed_as(first.slug)


@blueprint.post("/taxed-as/<workshop>")
@audience(Audience.OFFICER)
def set_piece_taxed_as(workshop: str) -> ResponseReturnValue:
    form = TaxedAsForm(_pieces(workshop))
    if not form.validate_on_submit():
        return _taxed_as(workshop, form), 422
    try:
        with transaction():
            set_taxed_as(
                form.slug.data,
                TaxedAs(form.taxed_as.data),
                note=typed(form.note),
                by_id=officer().id,
                at=clock.now(),
            )
    except Invalid as error:
        form.taxed_as.errors = [str(error.fields["taxed_as"])]
        return _taxed_as(workshop, form), 422
    flash(gettext("Set for all orders from now on. Those that stand keep what they have."))
    return redirect(url_for("office.taxed_as", workshop=workshop), 303)
