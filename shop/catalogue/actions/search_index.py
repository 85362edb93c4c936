"""What search and sorting read of a product, derived from everything that is said of it."""

from __future__ import annotations

from sqlalchemy import select, union

from shop.catalogue.models import Product, Variant, product_decoration, product_technique
from shop.catalogue.queries.search import WORD
from shop.core.db import db
from shop.core.vietnamese import fold, sort_key
from shop.heritage.models import Term
from shop.workshops.models import Maker, Workshop

LONGEST_DERIVED = 300


def index_product(product: Product) -> None:
    """Write what search and sorting read; again whenever the piece, its workshop or a term changes.

    `search_text` is every folded word once, a space before and behind each, so that the words
    that begin with "tok" are found by LIKE '% tok%'.
    """
    db.session.flush()
    texts = [
        *(product.name_vi, product.name_en, product.decoration_vi, product.decoration_en),
        *_workshop_texts(product),
        *_variant_texts(product),
        *_term_texts(product),
    ]
    words = dict.fromkeys(word for text in texts for word in _index_words(text))
    product.search_text = f" {' '.join(words)} "
    # Either can grow longer than the name: ligatures fold to several letters.
    product.name_fold = fold(product.name_vi)[:LONGEST_DERIVED]
    product.name_sort = sort_key(product.name_vi)[:LONGEST_DERIVED]
    db.session.flush()


def _index_words(text: str) -> list[str]:
    """Each word folded; what is written with hyphens also as one (blue-and-white, NL-BINH-01)."""
    folded = fold(text)
    return [*WORD.findall(folded), *(part for part in folded.split() if "-" in part)]


def _workshop_texts(product: Product) -> list[str]:
    """Not its place: that names the village, whose first word is also a bowl's, for every piece."""
    row = db.session.execute(
        select(Workshop.name_vi, Workshop.name_en, Maker.name)
        .outerjoin(Maker, Maker.id == product.maker_id)
        .where(Workshop.id == product.workshop_id)
    ).one()
    return [text for text in row if text]


def _variant_texts(product: Product) -> list[str]:
    rows = db.session.execute(
        select(Variant.sku, Variant.label_vi, Variant.label_en).where(
            Variant.product_id == product.id, Variant.active
        )
    )
    return [text for row in rows for text in row if text]


def _term_texts(product: Product) -> list[str]:
    of_product = (product.form_id, product.kiln_id, product.body_id)
    linked = (
        select(links.c.term_id).where(links.c.product_id == product.id)
        for links in (product_technique, product_decoration)
    )
    terms = db.session.execute(
        select(Term.name_vi, Term.name_en, Term.synonyms_vi, Term.synonyms_en)
        .where(
            Term.id.in_([key for key in of_product if key])
            | Term.id.in_(union(*linked))
            | Term.id.in_(
                select(Variant.glaze_id).where(Variant.product_id == product.id, Variant.active)
            )
        )
        .order_by(Term.id)
    )
    return [text for row in terms for text in row if text]
