"""The fund's page, its figures as files, and the papers of its grants."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from babel.dates import format_skeleton
from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask_babel import gettext

from shop.core import clock
from shop.core.access import Audience, audience
from shop.core.errors import Missing
from shop.core.i18n import CLDR, absolute_url, language, localized_blueprint, number
from shop.core.logs import log
from shop.core.money import Money
from shop.core.structured_data import breadcrumb_list
from shop.fund import charts
from shop.fund.models import GrantPaper, PaperKind
from shop.fund.open_data import as_csv, as_json
from shop.fund.queries.figures import Figures, Proof, fund_figures, growth, prove
from shop.fund.queries.grants import apprentice_counts, paper_of, public_grants
from shop.ledger.models import RateKind
from shop.ledger.queries.rates import RatesMissing, share_in_force
from shop.media.views.sending import send_stored

FIVE_MINUTES = 300
LONGEST_PRICE = 12
MIME = {PaperKind.PDF: "application/pdf", PaperKind.PICTURE: "image/webp"}

blueprint = localized_blueprint("fund", __name__, "/fund")
open_blueprint = Blueprint("open_fund", __name__)


@open_blueprint.app_template_filter("month")
def month_words(key: str) -> str:
    """A month such as 2026-11 as people of the page's language write it."""
    moment = datetime.strptime(f"{key}-01", "%Y-%m-%d")  # noqa: DTZ007 - a month has no zone
    return str(format_skeleton("yMMM", moment, locale=CLDR[language()]))


@open_blueprint.app_template_global()
def fund_share_today() -> int:
    """Hundredths of a percent of every price that go to the fund by today's rate; one statement."""
    try:
        return share_in_force(RateKind.FUND_SHARE, clock.today_in_hanoi())
    except RatesMissing:
        return 0


@open_blueprint.app_template_filter("rate")
def rate_words(basis_points: int) -> str:
    """Hundredths of a percent as people write them: 2,5% or 2.5%."""
    return f"{number(basis_points / 100)}%"


@blueprint.get("")
@audience(Audience.PUBLIC)
def page() -> str:
    now = clock.now()
    figures = fund_figures(now)
    years = growth()
    return render_template(
        "fund/page.html",
        figures=figures,
        proof=_proven(figures, now),
        grants=public_grants(),
        flow=charts.flow(figures.months),
        balance=charts.balance_line(figures.months),
        glazes=charts.bars(figures.by_glaze),
        exhibitions=charts.bars(figures.by_exhibition),
        columns=charts.columns(years),
        counts=apprentice_counts(),
        structured=_structured(),
    )


@blueprint.get("/share")
@audience(Audience.PUBLIC)
def share() -> str:
    """What of a price goes to the fund today; a piece's page fetches it into its place."""
    typed = request.args.get("price", "")
    is_price = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_PRICE
    basis_points = fund_share_today()
    of_price = Money(int(typed)).share(basis_points).dong if is_price else 0
    return render_template("fund/share.html", share=basis_points, price=of_price)


def _proven(figures: Figures, now: datetime) -> Proof:
    proof = prove(figures, now)
    if not proof.holds:
        log.error("the fund's page and the books differ", faults=list(proof.faults))
    return proof


def _structured() -> tuple[dict[str, Any], ...]:
    name = gettext("The craft fund")
    dataset = {
        "@type": "Dataset",
        "name": name,
        "description": gettext("What comes into the fund, what it gives, and what is left."),
        "url": absolute_url("fund.page"),
        "isAccessibleForFree": True,
        "creator": {"@id": f"{current_app.config['SHOP'].public_url}/#shop"},
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": mime,
                "contentUrl": absolute_url(f"open_fund.as_{kind}_file"),
            }
            for kind, mime in (("json", "application/json"), ("csv", "text/csv"))
        ],
    }
    return dataset, breadcrumb_list([(name, absolute_url("fund.page"))])


@open_blueprint.get("/open-data/fund.json")
@audience(Audience.PUBLIC)
def as_json_file() -> Response:
    now = clock.now()
    figures = fund_figures(now)
    data = as_json(figures, _proven(figures, now), public_grants(), growth())
    return _open(json.dumps(data, ensure_ascii=False, indent=1), "application/json")


@open_blueprint.get("/open-data/fund.csv")
@audience(Audience.PUBLIC)
def as_csv_file() -> Response:
    response = _open(as_csv(fund_figures(clock.now()), public_grants()), "text/csv")
    response.headers["Content-Disposition"] = 'attachment; filename="craft-fund.csv"'
    return response


def _open(body: str, mime: str) -> Response:
    """To anybody's programs on any site; five minutes old at most."""
    response = Response(body, content_type=f"{mime}; charset=utf-8")
    response.cache_control.public = True
    response.cache_control.max_age = FIVE_MINUTES
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(request)
    return response


@open_blueprint.get("/open-data/papers/<public_id>")
@audience(Audience.PUBLIC)
def paper(public_id: str) -> Response:
    """A grant's document that an officer has made public; any other is not found."""
    found, is_public = paper_of(public_id)
    if not is_public:
        raise Missing
    return send_paper(found)


def send_paper(paper: GrantPaper) -> Response:
    """As a file of its own: no script in it runs here. Not kept for good, for it can be hidden."""
    response = send_stored(paper.storage_key, MIME[paper.kind])
    response.cache_control.clear()
    response.cache_control.private = True
    response.cache_control.no_cache = True
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    name = f"{paper.public_id}.{paper.kind.value}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@open_blueprint.app_template_global()
def paper_url(paper: GrantPaper) -> str:
    return url_for("open_fund.paper", public_id=paper.public_id)
