"""Countries abroad, by ISO 3166-1 code, with the names of Unicode's locale data (CLDR)."""

from dataclasses import dataclass
from functools import cache

from babel import Locale

from shop.core.vietnamese import fold, sort_key

VIETNAM = "VN"

# Two-letter codes that CLDR names although ISO 3166-1 gives them to no country.
_RESERVED = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "TA", "UN"}
_USER_ASSIGNED = {"QO", "XA", "XB", "XK", "ZZ"}
# Countries' codes, but nobody lives there to receive a parcel.
_UNINHABITED = {"AQ", "BV", "GS", "HM", "TF", "UM"}
_LEFT_OUT = frozenset({VIETNAM} | _RESERVED | _USER_ASSIGNED | _UNINHABITED)


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory. `code` has two capital letters, `name` is in the reader's words."""

    code: str
    name: str


@cache
def countries(lang: str) -> tuple[Country, ...]:
    """Return the foreign countries in the alphabetical order of `lang`, named in it.

    Raises babel.UnknownLocaleError for a language CLDR does not have.
    """
    order = sort_key if lang == "vi" else fold
    found = [
        Country(code, name)
        for code, name in Locale.parse(lang).territories.items()
        if len(code) == 2 and code not in _LEFT_OUT
    ]
    return tuple(sorted(found, key=lambda place: order(place.name)))


def country(code: str, lang: str) -> Country | None:
    """Return the foreign country with this ISO code, named in `lang`; None if there is none."""
    return next((place for place in countries(lang) if place.code == code), None)
