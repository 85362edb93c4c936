"""How the desk says things: deadlines by days and hours, not as dates to work out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date
from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from shop.core.clock import HANOI
from shop.core.i18n import CLDR, language, localized
from shop.orders.models import OrderLine
from shop.shipping.models import Fragility


@dataclass(frozen=True, slots=True)
class Deadline:
    words: str
    is_late: bool
    is_pressing: bool


def deadline(due: datetime, now: datetime) -> Deadline:
    """Late, today, tomorrow, or by which day; days are those of Hà Nội."""
    due_here, here = due.astimezone(HANOI), now.astimezone(HANOI)
    if due < now:
        return Deadline(_lateness(due_here, here), is_late=True, is_pressing=True)
    hour = f"{due_here:%H:%M}"
    days = (due_here.date() - here.date()).days
    if days == 0:
        words = gettext("By %(hour)s today", hour=hour)
    elif days == 1:
        words = gettext("By %(hour)s tomorrow", hour=hour)
    else:
        words = gettext("By %(day)s", day=weekday(due_here.date()))
    return Deadline(words, is_late=False, is_pressing=days == 0)


def weekday(day: date) -> str:
    """Thứ Sáu 27/11; days are told by their weekday, as people count them."""
    pattern = "EEEE d/M" if language() == "vi" else "EEEE d MMMM"
    return str(format_date(day, pattern, locale=CLDR[language()]))


def _lateness(due: datetime, now: datetime) -> str:
    days = (now.date() - due.date()).days
    if days:
        return ngettext("%(num)d day late", "%(num)d days late", days)
    hours = max(1, int((now - due).total_seconds() // 3600))
    return ngettext("%(num)d hour late", "%(num)d hours late", hours)


FRAGILITY = {
    Fragility.STURDY: lazy_gettext("Sturdy"),
    Fragility.STANDARD: lazy_gettext("Pack with care"),
    Fragility.DELICATE: lazy_gettext("Very fragile"),
}


def fragility_word(fragility: Fragility) -> LazyString:
    return FRAGILITY[fragility]


def piece_name(line: OrderLine) -> str:
    """The piece with its variant, which tells what to take from the shelf as much as its name."""
    return ", ".join(part for part in (localized(line, "name"), localized(line, "label")) if part)


def sets_word(line: OrderLine) -> str:
    """Of what is sold in sets, how many sets and single pieces; else nothing. Needs the variant."""
    each = line.variant.set_count
    if each == 1:
        return ""
    return ngettext(
        "%(num)d set, %(pieces)d pieces",
        "%(num)d sets, %(pieces)d pieces",
        line.quantity,
        pieces=line.quantity * each,
    )
