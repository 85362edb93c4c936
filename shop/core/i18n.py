"""Two languages in the path, /vi and /en; formats from CLDR; Hà Nội time for people."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent
from flask import Blueprint, Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, force_locale, get_locale

from shop.core.clock import HANOI
from shop.core.money import Money, format_money
from shop.core.settings import LANGUAGES

DEFAULT_LANGUAGE = "vi"
LANGUAGE_COOKIE = "language"
LANGUAGE_QUERY = "lang"
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}
CLDR = {"vi": "vi", "en": "en_GB"}
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WORD_JOINER = "\N{WORD JOINER}"
babel = Babel()


def preferred_language() -> str:
    """What the visitor chose here or before, else what the browser asks for, else Vietnamese.

    For addresses without a language, such as those on placards.
    """
    for chosen in (request.args.get(LANGUAGE_QUERY), request.cookies.get(LANGUAGE_COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def language() -> str:
    """The language of what is being written now: forced (a mail), the path's, or preferred."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT_LANGUAGE


def _select_locale() -> str:
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if "language" not in g:
        first = request.path.split("/", 2)[1]
        g.language = first if first in LANGUAGES else preferred_language()
    return str(g.language)


@contextmanager
def in_language(code: str) -> Iterator[None]:
    with force_locale(code):
        yield


def localized_blueprint(name: str, import_name: str, url_prefix: str = "") -> Blueprint:
    """A blueprint whose paths begin with the language; links inside keep it."""
    blueprint = Blueprint(
        name, import_name, url_prefix=f"/<any({','.join(LANGUAGES)}):lang_code>{url_prefix}"
    )

    @blueprint.url_value_preprocessor
    def take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values:
            g.language = values.pop("lang_code")

    return blueprint


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if "lang_code" not in values and current_app.url_map.is_endpoint_expecting(
        endpoint, "lang_code"
    ):
        values["lang_code"] = language()


def localized(row: Any, name: str) -> str:
    """The field in the language of the page: localized(product, "name") reads name_vi or name_en.

    Falls back to the other language rather than showing nothing.
    """
    here = language()
    other = next(code for code in LANGUAGES if code != here)
    return getattr(row, f"{name}_{here}") or getattr(row, f"{name}_{other}") or ""


def alternate_url(code: str) -> str:
    """This very page in the other language, query and all."""
    if request.endpoint is None:
        return url_for("pages.home", lang_code=code)
    if not current_app.url_map.is_endpoint_expecting(request.endpoint, "lang_code"):
        return f"{quote(request.path)}?{LANGUAGE_QUERY}={code}"
    path = url_for(request.endpoint, **{**(request.view_args or {}), "lang_code": code})
    # The query is whatever a visitor sent; to url_for some of its names would be instructions.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query else path


def absolute_url(endpoint: str, **values: Any) -> str:
    """A full address for mails, canonical links and providers, from the public address."""
    public = current_app.config["SHOP"].public_url
    adapter = current_app.url_map.bind("", url_scheme="https")
    if "lang_code" not in values and current_app.url_map.is_endpoint_expecting(
        endpoint, "lang_code"
    ):
        values["lang_code"] = language()
    path = adapter.build(endpoint, values, force_external=False)
    return f"{public}{path}"


def money(amount: int | Money) -> str:
    """A sum of whole đồng in the page's language."""
    sum_ = amount if isinstance(amount, Money) else Money(amount)
    return format_money(sum_, language())


def day(value: date | datetime, style: str = "long") -> str:
    moment = value.astimezone(HANOI).date() if isinstance(value, datetime) else value
    return format_date(moment, style, locale=CLDR[language()])


def month_word(first: date) -> str:
    """A month and its year, within a sentence: tháng 10/2026, October 2026."""
    return f"tháng {first:%-m/%Y}" if language() == "vi" else f"{first:%B %Y}"


def moment(value: datetime) -> str:
    """Date and time of day in Hà Nội, to the minute."""
    pattern = "HH:mm, d MMMM, y" if language() == "vi" else "d MMMM y, HH:mm"
    return format_datetime(value.astimezone(HANOI), pattern, locale=CLDR[language()])


def number(value: float | Decimal) -> str:
    return format_decimal(value, locale=CLDR[language()])


def percent(share: float) -> str:
    return format_percent(share, locale=CLDR[language()])


def unbroken(quantity: str) -> str:
    """A figure and its unit kept on one line: no break at its spaces nor after its dash."""
    return quantity.replace(" ", NO_BREAK_SPACE).replace("–", f"–{WORD_JOINER}")


def centimetres(millimetres: int) -> str:
    return unbroken(f"{number(round(millimetres / 10, 1))} cm")


def kilograms(grams: int) -> str:
    weight = f"{number(round(grams / 1000, 1))} kg" if grams >= 1000 else f"{number(grams)} g"
    return unbroken(weight)


def init_i18n(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = "translations"
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT_LANGUAGE
    babel.init_app(app, locale_selector=_select_locale)
    app.url_defaults(_add_language)
    app.jinja_env.globals.update(
        tr=localized,
        language=language,
        alternate_url=alternate_url,
        absolute_url=absolute_url,
        LANGUAGES=LANGUAGES,
        LANGUAGE_NAMES=LANGUAGE_NAMES,
    )
    for filter_ in (
        money,
        day,
        moment,
        month_word,
        number,
        percent,
        centimetres,
        kilograms,
        unbroken,
    ):
        app.jinja_env.filters[filter_.__name__] = filter_
