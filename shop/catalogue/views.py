"""The catalogue and the page of one product."""

from __future__ import annotations

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.catalogue import facet_groups
from shop.catalogue.delivery_costs import delivery_costs
from shop.catalogue.forms import read_selection
from shop.catalogue.models import Product
from shop.catalogue.queries.browsing import Listing, listing
from shop.catalogue.queries.products import beside, published_product
from shop.catalogue.selection import Facet, Selection
from shop.catalogue.structured_data import product_data
from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.i18n import absolute_url, language, localized, localized_blueprint
from shop.core.security import allow_3d_viewer
from shop.core.structured_data import breadcrumb_list, json_ld
from shop.core.web import is_fragment_request
from shop.shipping.queries import rate_book

blueprint = localized_blueprint("catalogue", __name__, "/ceramics")
blueprint.add_app_template_global(json_ld)

MOST_IN_A_ROW = 4
MOST_AT_ONCE = 99


def browse_url(selection: Selection) -> str:
    return url_for("catalogue.browse", **selection.as_query())


@blueprint.get("")
@audience(Audience.PUBLIC)
def browse() -> ResponseReturnValue:
    found = listing(read_selection(request.args), language())
    if found.selection.page > found.last_page:
        return redirect(browse_url(found.selection.on_page(found.last_page)), 302)
    response = make_response(_render(found))
    if is_fragment_request():
        response.headers["HX-Push-Url"] = browse_url(found.selection)
    return _varied(response)


def _render(found: Listing) -> str:
    groups = facet_groups.facet_groups(found)
    template = "catalogue/fragment.html" if is_fragment_request() else "catalogue/browse.html"
    return render_template(
        template,
        listing=found,
        selection=found.selection,
        groups=groups,
        chips=facet_groups.removable(found.selection, groups),
        ways_back=facet_groups.ways_back(found.selection, groups),
        sorts=facet_groups.sort_choices(found.selection),
        heading=facet_groups.heading(found.selection, groups),
        browse_url=browse_url,
    )


def _varied(response: Response) -> Response:
    """A cache must keep the page and its part apart; so must the browser's back button."""
    response.vary.update(("HX-Request", "HX-History-Restore-Request"))
    return response


@blueprint.get("/<slug>")
@audience(Audience.PUBLIC)
def product(slug: str) -> str:
    found = published_product(slug)
    if found.turnable:
        allow_3d_viewer()
    return render_template(
        "catalogue/product.html",
        product=found,
        beside=beside(found, MOST_IN_A_ROW),
        chosen=_first_to_be_had(found),
        most_at_once=MOST_AT_ONCE,
        structured=(product_data(found), breadcrumb_list(_trail(found))),
    )


def _first_to_be_had(found: Product) -> str:
    """The public id of the variant that is chosen at first."""
    in_stock = (v for v in found.variants if found.is_made_to_order or v.available > 0)
    return next(in_stock, found.variants[0]).public_id


def _trail(found: Product) -> list[tuple[str, str]]:
    ceramics = gettext("Ceramics")
    return [
        (ceramics, absolute_url("catalogue.browse")),
        (
            localized(found.form, "name"),
            absolute_url("catalogue.browse", **{Facet.FORM: found.form.slug}),
        ),
        (localized(found, "name"), absolute_url("catalogue.product", slug=found.slug)),
    ]


@blueprint.get("/<slug>/delivery")
@audience(Audience.PUBLIC)
def delivery(slug: str) -> ResponseReturnValue:
    """What sending one piece costs, by zone; the product's page fetches it into its place."""
    found = published_product(slug)
    book = rate_book(clock.today_in_hanoi())
    part = "catalogue/delivery_costs.html" if is_fragment_request() else "catalogue/delivery.html"
    page = render_template(
        part,
        product=found,
        costs=delivery_costs(found, book),
        packing=book.packing.get(found.fragility),
    )
    return _varied(make_response(page))
