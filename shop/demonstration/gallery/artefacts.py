"""The artefacts: those that are pieces on sale, and those drawn for the gallery alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.catalogue.models import Product, ProductModel, ProductPhoto, Variant
from shop.core.db import db
from shop.core.tables import BadTable, Table, build, build_part, tables
from shop.demonstration.gallery_files import GalleryFiles
from shop.demonstration.shelf import Shelf
from shop.demonstration.village import Photo
from shop.demonstration.vocabulary import Terms
from shop.exhibitions.actions.artefacts import (
    ArtefactDetails,
    ArtefactLinks,
    PictureInRole,
    keep_picture,
    put_artefact,
    set_pictures,
)
from shop.exhibitions.models.artefacts import Artefact, Picture
from shop.exhibitions.shown import FRAMED_ALIKE
from shop.heritage.models import Term
from shop.media.models import Image

ROLES_OF_PHOTOGRAPHS = ("front", "detail", "setting")
SIZES = ("height_mm", "width_mm", "depth_mm", "weight_g")


@dataclass(frozen=True, slots=True)
class _Head:
    """`piece` is the slug of the product shown; `terms` are named as "kind/slug"."""

    slug: str
    piece: str = ""
    terms: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Drawn:
    file: str
    role: str
    alt_vi: str
    alt_en: str
    caption_vi: str = ""
    caption_en: str = ""


@dataclass(slots=True)
class Artefacts:
    """Artefacts by slug, and each one's pictures by role."""

    by_slug: dict[str, Artefact] = field(default_factory=dict)
    pictures: dict[str, dict[str, Picture]] = field(default_factory=dict)
    changed: int = 0

    def find(self, slug: str, where: str) -> Artefact:
        """Raises BadTable for one that artefacts.toml does not have."""
        if slug not in self.by_slug:
            raise BadTable(f"{where}: there is no artefact called {slug!r}")
        return self.by_slug[slug]

    def picture(self, name: str, where: str) -> Picture | None:
        """By "artefact/role"; None for a photograph of a piece on sale that is not drawn yet.

        One that is taken from the same place stands for such a photograph.
        Raises BadTable for any other picture that the artefact does not have.
        """
        slug, _, role = name.partition("/")
        self.find(slug, where)
        if role not in self.pictures[slug] and role not in ROLES_OF_PHOTOGRAPHS:
            raise BadTable(f"{where}: {slug} has no picture called {role!r}")
        alike = FRAMED_ALIKE if role in FRAMED_ALIKE else ()
        found = (self.pictures[slug].get(each) for each in (role, *alike))
        return next((picture for picture in found if picture), None)


def put_artefacts(files: GalleryFiles, terms: Terms, shelf: Shelf) -> Artefacts:
    """All artefacts. Raises BadTable."""
    artefacts = Artefacts()
    for table in files.artefacts:
        where = f"artefacts.toml, {table.get('slug')}"
        head, rest = build_part(_Head, table, where)
        product = _product(head.piece, where) if head.piece else None
        details = _details(product, rest, where)
        links = _links(product, terms.named(head.terms, where))
        artefact, changed = put_artefact(head.slug, details, links)
        pictures = _pictures(files, shelf, product, details, table, where)
        changed |= set_pictures(artefact, pictures)
        artefacts.by_slug[head.slug] = artefact
        artefacts.pictures[head.slug] = {each.role: each.picture for each in pictures}
        artefacts.changed += changed
    return artefacts


def _product(slug: str, where: str) -> Product:
    product = db.session.scalar(
        select(Product)
        .where(Product.slug == slug)
        .options(
            joinedload(Product.workshop),
            joinedload(Product.form),
            joinedload(Product.kiln),
            joinedload(Product.body),
            selectinload(Product.techniques),
            selectinload(Product.decorations),
            selectinload(Product.variants).joinedload(Variant.glaze),
            selectinload(Product.photos).joinedload(ProductPhoto.image),
            joinedload(Product.turnable).joinedload(ProductModel.model),
        )
        .execution_options(populate_existing=True)
    )
    if product is None:
        raise BadTable(f"{where}: there is no piece called {slug!r}")
    return product


def _details(product: Product | None, rest: Mapping[str, Any], where: str) -> ArtefactDetails:
    told = {key: value for key, value in rest.items() if key != "picture"}
    known = {f.name for f in fields(ArtefactDetails)}
    of_piece = _of_product(product) if product else {}
    return build(
        ArtefactDetails,
        {**{key: value for key, value in of_piece.items() if key in known}, **told},
        where,
    )


def _of_product(product: Product) -> dict[str, Any]:
    names = ("name_vi", "name_en", "summary_vi", "summary_en")
    variant = product.variants[0]
    return {
        **{name: getattr(product, name) for name in names},
        **{name: getattr(variant, name) for name in SIZES},
    }


def _links(product: Product | None, terms: list[Term]) -> ArtefactLinks:
    if product is None:
        return ArtefactLinks(terms=terms)
    own = (product.form, product.kiln, product.body, product.variants[0].glaze)
    of_piece = [*own, *product.techniques, *product.decorations]
    wanted = {term.id: term for term in (*terms, *of_piece) if term is not None}
    return ArtefactLinks(
        terms=list(wanted.values()),
        workshop=product.workshop,
        product=product,
        model=product.turnable.model if product.turnable else None,
    )


def _pictures(
    files: GalleryFiles,
    shelf: Shelf,
    product: Product | None,
    details: ArtefactDetails,
    table: Table,
    where: str,
) -> list[PictureInRole]:
    def kept(image: Image) -> Picture:
        return keep_picture(image, details.rights, details.credit_vi, details.credit_en)

    found = [PictureInRole(kept(image), role) for role, image in _photographs(product)]
    for row in tables(table, "picture", where):
        drawn = build(_Drawn, row, where)
        photo = Photo(drawn.file, drawn.alt_vi, drawn.alt_en)
        image = shelf.image(files.picture(drawn.file), photo, is_rendering=True)
        if image is None:
            raise BadTable(f"{where}: there is no file {drawn.file}")
        words = {"caption_vi": drawn.caption_vi, "caption_en": drawn.caption_en}
        found.append(PictureInRole(kept(image), drawn.role, **words))
    return found


def _photographs(product: Product | None) -> Iterable[tuple[str, Image]]:
    photos = product.photos if product else []
    return zip(ROLES_OF_PHOTOGRAPHS, (photo.image for photo in photos), strict=False)
