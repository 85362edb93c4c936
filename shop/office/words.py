"""How the office says things: how long something has waited, and what a rate is called."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import cast

from babel.numbers import format_percent
from flask_babel import lazy_gettext, ngettext

from shop.checkout.books_check import CheckName
from shop.core.i18n import CLDR, language
from shop.exhibitions.actions.restored_artefacts import Loss, Lost
from shop.exhibitions.models.artefacts import Rights
from shop.exhibitions.models.rooms import SectionKind
from shop.heritage.models import Certainty, TermKind
from shop.ledger.models import Account, RateKind, Sellers, TaxedAs, TermOfTrade
from shop.payouts.models import PayoutStatus

RATE_WORDS = {
    RateKind.COMMISSION: lazy_gettext("Commission, VAT included"),
    RateKind.COMMISSION_VAT: lazy_gettext("VAT within the commission"),
    RateKind.FUND_SHARE: lazy_gettext("Share of the craft fund"),
    RateKind.GOODS_VAT: lazy_gettext("VAT within the price of the goods"),
    RateKind.WITHHELD_VAT: lazy_gettext("VAT withheld for the seller"),
    RateKind.WITHHELD_PIT: lazy_gettext("Personal income tax withheld for the seller"),
    RateKind.COVER_SHARE: lazy_gettext("Set aside for breakage out of the commission"),
    RateKind.REFUSED_FREIGHT_COVER: lazy_gettext(
        "Share of a refused parcel's freight that the breakage cover bears"
    ),
}
SELLERS_WORDS = {
    Sellers.ALL: lazy_gettext("all sellers"),
    Sellers.HOUSEHOLD: lazy_gettext("household businesses"),
    Sellers.INDIVIDUAL: lazy_gettext("individuals"),
    Sellers.COMPANY: lazy_gettext("companies"),
    Sellers.NON_RESIDENT: lazy_gettext("people not resident in Vietnam"),
}
TAXED_AS_WORDS = {
    TaxedAs.ALL: lazy_gettext("everything that is sold"),
    TaxedAs.GOODS: lazy_gettext("goods"),
    TaxedAs.SERVICE: lazy_gettext("services"),
    TaxedAs.MIXED: lazy_gettext("transport, and services tied to goods"),
}
ACCOUNT_WORDS = {
    Account.CLEARING_STRIPE: lazy_gettext("With the card provider"),
    Account.CLEARING_BANK: lazy_gettext("At the bank"),
    Account.CASH_AT_OFFICE: lazy_gettext("Cash at the office"),
    Account.CASH_WITH_CARRIER: lazy_gettext("Cash not yet written down, with carriers"),
    Account.CASH_WITH_WORKSHOP: lazy_gettext("Cash with workshops"),
    Account.BUYERS_ADVANCES: lazy_gettext("Paid by buyers, not delivered yet"),
    Account.REFUNDS_OWED: lazy_gettext("Owed back to buyers"),
    Account.WORKSHOP_PAYABLE: lazy_gettext("Earned by workshops"),
    Account.SHIPPING: lazy_gettext("Postage to pass on"),
    Account.COMMISSION: lazy_gettext("Commission without VAT"),
    Account.COMMISSION_VAT: lazy_gettext("VAT on the commission"),
    Account.CRAFT_FUND: lazy_gettext("Craft fund"),
    Account.WITHHELD_VAT: lazy_gettext("VAT withheld"),
    Account.WITHHELD_PIT: lazy_gettext("Personal income tax withheld"),
    Account.PROVIDER_FEES: lazy_gettext("Fees of the card provider"),
    Account.BREAKAGE_COVER: lazy_gettext("Cover for breakage"),
    Account.DISPUTED: lazy_gettext("Held back by the card provider over disputes"),
    Account.UNCLAIMED_TRANSFERS: lazy_gettext("Transfers that nobody has claimed"),
    Account.PAYOUTS_DUE: lazy_gettext("Payouts on their way to workshops"),
    Account.GRANTS_OWED: lazy_gettext("Grants approved, not yet paid"),
}
CHECK_WORDS = {
    CheckName.BALANCED: lazy_gettext(
        "Every transaction comes to nothing, and all of them together."
    ),
    CheckName.CAPTURED: lazy_gettext("Each payment is what its orders have received of it."),
    CheckName.REFUNDS: lazy_gettext("No refund is above what came in."),
    CheckName.ORDERS: lazy_gettext("Each order's accounts are what its state makes them."),
    CheckName.CLEARING: lazy_gettext(
        "Card provider and bank hold payments less refunds and payouts."
    ),
    CheckName.GIFTS: lazy_gettext("Each gift to the craft fund is with the fund, or went back."),
    CheckName.FUND_PAGE: lazy_gettext(
        "The public page of the craft fund is what its account says."
    ),
    CheckName.GRANTS: lazy_gettext("Each grant of the craft fund is booked as it stands."),
    CheckName.FUND: lazy_gettext("The craft fund holds every delivered order's share and gift."),
    CheckName.CLAIMS: lazy_gettext("No earning is paid out twice."),
    CheckName.PAYOUTS: lazy_gettext("Each payout is booked as it stands: under way, paid, failed."),
    CheckName.PAYABLE: lazy_gettext("What workshops have earned is what no payout has claimed."),
    CheckName.PROVIDER: lazy_gettext(
        "Disputes, fees and payouts of the card provider are booked as they stand."
    ),
    CheckName.BALANCE: lazy_gettext("The card provider's own account agrees with the books."),
    CheckName.COMPENSATIONS: lazy_gettext(
        "The breakage cover gave workshops what was decided, and nothing besides."
    ),
    CheckName.TRANSFERS: lazy_gettext(
        "Every transfer is a payment's, kept for one, owed back, or waits."
    ),
    CheckName.BANK_BALANCE: lazy_gettext(
        "The bank's last statement agrees with the books, but for what is explained."
    ),
}
TERM_WORDS = {
    TermOfTrade.RETURN_DAYS: lazy_gettext("Days to send pieces back"),
    TermOfTrade.PAYOUT_WEEKDAY: lazy_gettext("Day of payouts, 1 Monday to 7 Sunday"),
    TermOfTrade.CASH_LATE_DAYS: lazy_gettext("Days until a carrier’s cash is late"),
    TermOfTrade.FAULT_RETURN_DAYS: lazy_gettext("Days to report what is broken, wrong or missing"),
    TermOfTrade.ANSWER_DAYS: lazy_gettext("Working days for a workshop to answer a return"),
}
PAYOUT_WORDS = {
    PayoutStatus.PREPARED: lazy_gettext("prepared"),
    PayoutStatus.SENT: lazy_gettext("given to the bank"),
    PayoutStatus.PAID: lazy_gettext("paid"),
    PayoutStatus.FAILED: lazy_gettext("failed"),
}
CERTAINTY_WORDS = {
    Certainty.DOCUMENTED: lazy_gettext("Documented: a named source says so"),
    Certainty.TRADITION: lazy_gettext("Tradition: it is told so"),
    Certainty.CONTESTED: lazy_gettext("Contested: sources differ"),
}
RIGHTS_WORDS = {
    Rights.CC0: lazy_gettext("CC0: free for all, no conditions"),
    Rights.CC_BY: lazy_gettext("CC BY 4.0: free if the author is named"),
    Rights.CC_BY_SA: lazy_gettext("CC BY-SA 4.0: named, and passed on alike"),
    Rights.CC_BY_NC: lazy_gettext("CC BY-NC 4.0: named, not for sale"),
    Rights.IN_COPYRIGHT: lazy_gettext("All rights reserved"),
}
ROLE_WORDS: dict[str, str] = {
    "front": cast(str, lazy_gettext("From the front")),
    "back": cast(str, lazy_gettext("From the back")),
    "detail": cast(str, lazy_gettext("A detail")),
    "foot": cast(str, lazy_gettext("The foot")),
    "inside": cast(str, lazy_gettext("The inside")),
    "setting": cast(str, lazy_gettext("In its surroundings")),
    "stage": cast(str, lazy_gettext("While it was made")),
    "zoom": cast(str, lazy_gettext("Very sharp, to be looked at closely")),
    "night": cast(str, lazy_gettext("In the gallery's light, on a dark ground")),
    "model": cast(str, lazy_gettext("As a model")),
}
TERM_KIND_WORDS = {
    TermKind.GLAZE: lazy_gettext("Glazes"),
    TermKind.FORM: lazy_gettext("Forms"),
    TermKind.TECHNIQUE: lazy_gettext("Techniques"),
    TermKind.KILN: lazy_gettext("Kilns"),
    TermKind.DECORATION: lazy_gettext("Decorations"),
    TermKind.BODY: lazy_gettext("Bodies"),
    TermKind.WORD: lazy_gettext("Words of the trade"),
}
SECTION_WORDS = {
    SectionKind.PROSE: lazy_gettext("Text"),
    SectionKind.QUOTATION: lazy_gettext("Quotation"),
    SectionKind.TIMELINE: lazy_gettext("Years"),
    SectionKind.MAP: lazy_gettext("Map of workshops"),
    SectionKind.COMPARISON: lazy_gettext("Two pictures side by side"),
    SectionKind.SLIDER: lazy_gettext("Before and after"),
    SectionKind.MAKING: lazy_gettext("How it is made, step by step"),
}

LOST_WORDS = {
    Lost.PICTURE: lazy_gettext("a picture of “%(of)s”"),
    Lost.MODEL: lazy_gettext("the 3D model of “%(of)s”"),
    Lost.RECORDING: lazy_gettext("a recording of “%(of)s”"),
    Lost.TERM: lazy_gettext("the word “%(name)s” of “%(of)s”"),
    Lost.WORKSHOP: lazy_gettext("the workshop “%(name)s” of “%(of)s”"),
    Lost.PIECE: lazy_gettext("the piece on sale of “%(of)s”"),
    Lost.YEAR: lazy_gettext("the year “%(name)s” of “%(of)s”"),
    Lost.NOTE: lazy_gettext("the note “%(name)s” of “%(of)s”, whose picture is gone"),
    Lost.SECTION: lazy_gettext("the section “%(name)s”, whose pictures are gone"),
}


def loss_words(loss: Loss) -> str:
    """What a restored draft goes without."""
    return str(LOST_WORDS[loss.what]) % {"name": loss.name, "of": loss.of}


def role_word(role: str) -> str:
    """A picture's role in words; a second of its kind, such as detail-2, with its number."""
    kind, _, number = role.partition("-")
    if kind not in ROLE_WORDS:
        return role
    return f"{ROLE_WORDS[kind]} {number}".strip()


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
