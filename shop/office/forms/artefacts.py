"""What curators say of an artefact, and the files that show it."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField
from wtforms.validators import StopValidation, ValidationError

from shop.accounts.fields import choice, one_of
from shop.accounts.fields import label as _l
from shop.catalogue.models import Product
from shop.core.i18n import localized
from shop.exhibitions.actions.artefacts import YEARS_OUT_OF_ORDER
from shop.exhibitions.naming import slug_of
from shop.heritage.models import Term
from shop.media.glb.faults import DamagedModel
from shop.media.glb.ingest import CleanModel, ingest_model
from shop.office.forms.exhibitions import NAME_IT, StatedForm
from shop.office.forms.fields import (
    NumberField,
    line,
    paragraphs,
    rights,
    seen_field,
    several_of,
    slug,
)
from shop.office.forms.pictures import PictureForm, PictureWordsForm
from shop.office.forms.sent_files import SentFileField
from shop.office.words import ROLE_WORDS, TERM_KIND_WORDS
from shop.workshops.models import Workshop

SAY_WHAT_IT_SHOWS = _l("Say in a sentence what the 3D model shows.")
NOT_ON_THE_LIST = _l("Choose one of the list.")


def _centimetres(label: str) -> NumberField:
    return NumberField(label, lowest=0.1, highest=2000, unit=10, whole=True)


def _year(label: str) -> NumberField:
    return NumberField(label, lowest=-3000, highest=2100, whole=True)


class NewArtefactForm(FlaskForm):  # type: ignore[misc]
    name_vi = line(_l("Name of the artefact"), 120, NAME_IT)
    name_en = line(_l("Name of the artefact"), 120, NAME_IT)
    slug = slug(_l("Address"))

    def address(self) -> str:
        return self.slug.data or slug_of(str(self.name_vi.data)) or "hien-vat"


class ArtefactForm(StatedForm):
    name_vi = line(_l("Name of the artefact"), 120, NAME_IT)
    name_en = line(_l("Name of the artefact"), 120, NAME_IT)
    summary_vi = line(_l("Summary"))
    summary_en = line(_l("Summary"))
    description_vi = paragraphs(_l("What one sees"), 7)
    description_en = paragraphs(_l("What one sees"), 7)
    when_vi = line(_l("Dating, as it is written"), 120)
    when_en = line(_l("Dating, as it is written"), 120)
    place_vi = line(_l("Place"), 120)
    place_en = line(_l("Place"), 120)
    year_from = _year(_l("First year, for sorting"))
    year_to = _year(_l("Last year, for sorting"))
    height_mm = _centimetres(_l("Height, cm"))
    width_mm = _centimetres(_l("Width, cm"))
    depth_mm = _centimetres(_l("Depth, cm"))
    weight_g = NumberField(_l("Weight, g"), lowest=1, highest=2_000_000, whole=True)
    rights = rights()
    credit_vi = line(_l("Credit"))
    credit_en = line(_l("Credit"))
    may_download = BooleanField(_l("Visitors may download its pictures and its model"))
    workshop = one_of(_l("Workshop"), NOT_ON_THE_LIST)
    product = one_of(_l("Piece on sale that it shows"), NOT_ON_THE_LIST)
    terms = several_of(_l("Words of the craft"))

    def offer(self, terms: list[Term], workshops: list[Workshop], products: list[Product]) -> None:
        """What may be chosen. To be called before the form is looked at or shown."""
        none = choice("", gettext("None"))
        shown = [choice(each.slug, localized(each, "name")) for each in workshops]
        self.workshop.choices = [none, *shown]
        pieces = [choice(each.slug, localized(each, "name")) for each in products]
        self.product.choices = [none, *pieces]
        self.terms.choices = [_term_choice(each) for each in terms]

    def validate_year_to(self, field: NumberField) -> None:
        first = self.year_from.data
        if field.data is not None and (first is None or field.data < first):
            raise ValidationError(str(YEARS_OUT_OF_ORDER))


def _term_choice(term: Term) -> Any:
    made = choice(term_value(term), localized(term, "name"))
    made.optgroup = str(TERM_KIND_WORDS[term.kind])
    return made


def term_value(term: Term) -> str:
    return f"{term.kind}/{term.slug}"


class ArtefactPictureForm(PictureForm):
    role = one_of(
        _l("What kind of picture"),
        NOT_ON_THE_LIST,
        choices=[choice(role, words) for role, words in ROLE_WORDS.items()],
    )
    caption_vi = line(_l("Caption"))
    caption_en = line(_l("Caption"))


class PictureTextsForm(PictureWordsForm):
    """The words of a picture that is there."""

    caption_vi = line(_l("Caption"))
    caption_en = line(_l("Caption"))
    seen = seen_field()


class ModelFileField(SentFileField):
    def taken_in(self, file: bytes, form: Any) -> CleanModel:
        try:
            return ingest_model(file)
        except DamagedModel as error:
            raise StopValidation(f"{error.message} ({error.detail})") from error


class ModelForm(FlaskForm):  # type: ignore[misc]
    file = ModelFileField(_l("GLB file"))
    alt_vi = line(_l("What it shows"), 300, SAY_WHAT_IT_SHOWS)
    alt_en = line(_l("What it shows"), 300, SAY_WHAT_IT_SHOWS)
    is_rendering = BooleanField(_l("It was modelled, not scanned from a real piece"))

    @property
    def model(self) -> CleanModel:
        """For a form that has been found valid."""
        if not isinstance(self.file.data, CleanModel):
            raise TypeError("the form has not been found valid")
        return self.file.data

    def validate_file(self, field: ModelFileField) -> None:
        if field.data is None:
            raise StopValidation(gettext("Choose a GLB file."))
