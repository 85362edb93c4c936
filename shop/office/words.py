"""How the office says things: how long something has waited, and what a rate is called."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from babel.numbers import format_percent
from flask_babel import lazy_gettext, ngettext

from shop.core.i18n import CLDR, language
from shop.ledger.models import RateKind, Sellers

RATE_WORDS = {
    RateKind.COMMISSION: lazy_gettext("Commission, VAT included"),
    RateKind.COMMISSION_VAT: lazy_gettext("VAT within the commission"),
    RateKind.FUND_SHARE: lazy_gettext("Share of the craft fund"),
    RateKind.GOODS_VAT: lazy_gettext("VAT within the price of the goods"),
    RateKind.WITHHELD_VAT: lazy_gettext("VAT withheld for the seller"),
    RateKind.WITHHELD_PIT: lazy_gettext("Personal income tax withheld for the seller"),
}
SELLERS_WORDS = {
    Sellers.ALL: lazy_gettext("all sellers"),
    Sellers.HOUSEHOLD: lazy_gettext("household businesses"),
    Sellers.INDIVIDUAL: lazy_gettext("individuals"),
    Sellers.COMPANY: lazy_gettext("companies"),
}


def waited(since: datetime, now: datetime) -> str:
    """Days once there are any, else hours, else minutes."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    days, hours = minutes // (24 * 60), minutes // 60
    if days:
        return ngettext("%(num)d day", "%(num)d days", days)
    if hours:
        return ngettext("%(num)d hour", "%(num)d hours", hours)
    return ngettext("%(num)d minute", "%(num)d minutes", minutes)


def percentage(basis_points: int) -> str:
    """Hundredths of a percent as people write them: 0,5% or 0.5%."""
    share = Decimal(basis_points) / 10_000
    return str(format_percent(share, "#,##0.##%", locale=CLDR[language()]))
