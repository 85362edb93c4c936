"""Fields that curators fill in: paragraphs, addresses, numbers with a comma, moments in Hà Nội."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any, cast

from flask_babel import gettext
from wtforms import Field, HiddenField, SelectField, SelectMultipleField, TextAreaField
from wtforms.validators import Length, StopValidation
from wtforms.widgets import DateTimeLocalInput, TextInput

from shop.accounts.fields import Filled, TextField, choice, one_of
from shop.accounts.fields import label as _l
from shop.core.clock import HANOI
from shop.core.vietnamese import nfc
from shop.exhibitions.models.artefacts import Rights
from shop.heritage.models import Certainty
from shop.office.words import CERTAINTY_WORDS, RIGHTS_WORDS

LONGEST_TEXT = 20_000
MOMENT = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 2101)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NUMBER = re.compile(r"[-+−]?[0-9]{1,9}([.,][0-9]{1,9})?")
TOO_LONG = _l("This is too long.")


class ParagraphField(TextAreaField):
    """Paragraphs in NFC, parted by empty lines; blanks at the ends of lines are left out."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            lines = nfc(valuelist[0]).replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.data = "\n".join(line.rstrip() for line in lines).strip()


class SlugField(TextField):
    """The last part of an address, small Latin letters, digits and hyphens; may be left empty."""

    def pre_validate(self, form: Any) -> None:
        self.data = (self.data or "").strip().lower()
        if self.data and not SLUG.fullmatch(self.data):
            raise StopValidation(
                gettext("Only letters without marks, digits and hyphens, such as sac-lam.")
            )


class NumberField(Field):
    """`data` is a number, or None when left empty: 42,5 and 42.5 are the same.

    What is shown is `data` divided by `unit`, so that lengths kept in millimetres are typed in
    centimetres with unit=10; `whole` rounds what is kept to an integer.
    """

    widget = TextInput()

    def __init__(
        self,
        label: str | None = None,
        validators: Any = None,
        *,
        lowest: float,
        highest: float,
        unit: float = 1,
        whole: bool = False,
        **kwargs: Any,
    ) -> None:
        kwargs["render_kw"] = {
            "inputmode": "text" if lowest < 0 else "decimal",
            "autocomplete": "off",
            "maxlength": 20,
            **kwargs.get("render_kw", {}),
        }
        self.lowest, self.highest, self.unit, self.whole = lowest, highest, unit, whole
        super().__init__(label, validators, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{round(self.data / self.unit, 4):.10g}"

    def pre_validate(self, form: Any) -> None:
        if not self.raw_data:
            return
        written = str(self.raw_data[0]).strip()
        self.data = None
        if not written:
            return
        if not NUMBER.fullmatch(written):
            raise StopValidation(gettext("Write a number, such as 42.5."))
        shown = float(written.replace(",", ".").replace("−", "-"))
        if not self.lowest <= shown <= self.highest:
            raise StopValidation(
                gettext(
                    "Write a number from %(lowest)s to %(highest)s.",
                    lowest=f"{self.lowest:g}",
                    highest=f"{self.highest:g}",
                )
            )
        self.data = round(shown * self.unit) if self.whole else shown * self.unit


class MomentField(Field):
    """A day and an hour in Hà Nội; `data` is the aware moment in UTC, None when left empty."""

    widget = DateTimeLocalInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.astimezone(HANOI).strftime(MOMENT) if self.data else ""

    def pre_validate(self, form: Any) -> None:
        written = str(self.raw_data[0]).strip() if self.raw_data else ""
        self.data = None
        if not written:
            return
        try:
            moment = datetime.strptime(written[:16], MOMENT).replace(tzinfo=HANOI)
        except ValueError:
            moment = None
        if moment is None or moment.year not in YEARS:
            raise StopValidation(gettext("Give a day and an hour, such as 2026-12-01 08:00."))
        self.data = moment.astimezone(UTC)


def at_most(count: int) -> Length:
    return Length(max=count, message=TOO_LONG)


def line(label: str, longest: int = 300, needed: str | None = None) -> TextField:
    """One line; `needed` answers when it is left empty."""
    validators: list[Any] = [at_most(longest)]
    if needed:
        validators.insert(0, Filled(needed))
    kw = {"maxlength": longest, "autocomplete": "off"}
    return TextField(label, validators, default="", render_kw=kw)


def paragraphs(label: str, rows: int = 5) -> ParagraphField:
    kw = {"rows": rows}
    return ParagraphField(label, [at_most(LONGEST_TEXT)], default="", render_kw=kw)


def slug(label: str) -> SlugField:
    kw = {"maxlength": 120, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
    return SlugField(label, [at_most(120)], render_kw=kw)


def _certainty(value: Any) -> Certainty | None:
    return Certainty(value) if value else None


def certainty() -> SelectField:
    """How certain a text is; may be left for later."""
    options = [choice("", _l("Not said yet"))]
    options += [choice(each, cast(str, words)) for each, words in CERTAINTY_WORDS.items()]
    refusal = _l("Choose one of the list.")
    return one_of(
        _l("How certain"),
        refusal,
        choices=options,
        coerce=_certainty,
        default=None,
        invalid_value_message=refusal,
    )


def several_of(label: str) -> SelectMultipleField:
    refusal = _l("Choose one of the list.")
    kwargs: dict[str, Any] = {"choices": [], "invalid_choice_message": refusal}
    return SelectMultipleField(label, **kwargs)


def rights() -> SelectField:
    options = [choice(each, cast(str, words)) for each, words in RIGHTS_WORDS.items()]
    refusal = _l("Choose one of the list.")
    return one_of(
        _l("Rights"),
        refusal,
        choices=options,
        coerce=Rights,
        default=Rights.IN_COPYRIGHT,
        invalid_value_message=refusal,
    )


def seen_field() -> HiddenField:
    """The marks of what the form was opened with (shop.exhibitions.actions.editing)."""
    return HiddenField(default="", validators=[at_most(4000)])
