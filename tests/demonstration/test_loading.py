"""The demonstration village is loaded whole, once, and keeps up with its files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from shop.accounts.models import Person
from shop.accounts.passwords import hash_password, verify_password
from shop.catalogue.models import (
    Product,
    ProductPhoto,
    ProductStatus,
    StockMovement,
    Supply,
    Variant,
    product_decoration,
)
from shop.catalogue.queries.search import matches, search_words
from shop.core.db import Base, db
from shop.core.tables import BadTable
from shop.core.transaction import transaction
from shop.demonstration.loading import Loaded, load_village
from shop.demonstration.shelf import Shelf, look_at
from shop.demonstration.village import read_village
from shop.heritage.models import Term, TermKind
from shop.media.current import media_storage
from shop.media.models import Image
from shop.media.queries import known_sha256s
from shop.media.storage import original_key
from shop.shipping.models import Carrier, ShippingRate
from shop.workshops.models import Maker, Workshop, WorkshopMember
from tests.demonstration.conftest import Draw, picture

AT = datetime(2026, 11, 23, 2, tzinfo=UTC)


def load(folder: Path) -> dict[str, Loaded]:
    village = read_village(folder)
    kept = known_sha256s()
    found = {path: look_at(path, kept, media_storage()) for path in village.picture_files()}
    with transaction():
        loaded = load_village(village, Shelf(found, media_storage()), AT)
    return {row.what: row for row in loaded}


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, so that "nothing changed" means nothing at all."""
    return {
        table.name: sorted((tuple(row) for row in db.session.execute(select(table))), key=repr)
        for table in Base.metadata.sorted_tables
    }


def count(table: type[Base]) -> int:
    return db.session.scalars(select(func.count()).select_from(table)).one()


def tables_written(folder: Path, heading: str) -> int:
    """How often the heading stands in the folder's files; the village is never empty."""
    lines = [line for path in folder.glob("*.toml") for line in path.read_text().splitlines()]
    assert heading in lines
    return lines.count(heading)


def product(slug: str) -> Product:
    return db.session.scalars(select(Product).where(Product.slug == slug)).one()


def rewrite(folder: Path, file: str, before: str, after: str) -> None:
    path = folder / "village" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def decorations(slug: str) -> set[str]:
    links = product_decoration.c
    return set(
        db.session.scalars(
            select(Term.slug)
            .join(product_decoration, links.term_id == Term.id)
            .join(Product, Product.id == links.product_id)
            .where(Product.slug == slug)
        )
    )


def test_the_whole_village_is_loaded(context: Flask, whole_folder: Path, draw: Draw) -> None:
    drawn = draw()
    loaded = load(whole_folder)
    pieces = tables_written(whole_folder / "village" / "pieces", "[[piece]]")
    assert loaded["pieces"] == Loaded("pieces", pieces, pieces)
    assert loaded["pieces on sale"] == Loaded("pieces on sale", pieces, pieces)
    workshops = tables_written(whole_folder / "village" / "workshops", "[[workshop]]")
    assert loaded["workshops"] == Loaded("workshops", workshops, workshops)
    assert loaded["accounts to try"] == Loaded("accounts to try", 5, 5)
    assert loaded["pictures"] == Loaded("pictures", len(drawn), len(drawn))
    assert count(Image) == len(drawn)
    assert set(db.session.scalars(select(Term.kind))) == set(TermKind)
    assert decorations("dia-hoa-lam-ca-chep") == {"ca-chep", "song-nuoc"}
    assert decorations("lo-men-ran-co-cao") == set()
    assert (count(Carrier), count(ShippingRate)) == (2, 9)
    assert count(Maker) >= 8
    assert set(db.session.scalars(select(Workshop.is_demonstration))) == {True}
    assert None not in db.session.scalars(select(Workshop.mark_id)).all()


def test_loading_twice_changes_nothing(context: Flask, whole_folder: Path, draw: Draw) -> None:
    draw()
    load(whole_folder)
    before = everything()
    again = load(whole_folder)
    assert {what: row.changed for what, row in again.items() if row.changed} == {}
    assert everything() == before


def test_stock_is_received_once_and_never_for_what_is_made_to_order(
    context: Flask, bare_folder: Path
) -> None:
    load(bare_folder)
    variants = db.session.execute(
        select(Variant.sku, Variant.on_hand, Variant.received_total, Product.supply)
        .join(Product, Product.id == Variant.product_id)
        .order_by(Variant.sku)
    ).all()
    by_sku = {row.sku: row for row in variants}
    assert by_sku["NL-BINH-01"].on_hand == 1
    assert by_sku["NL-DIA-20"].on_hand == 32
    for row in variants:
        assert row.on_hand == row.received_total
        if row.supply is Supply.ONE_OF_A_KIND:
            assert row.on_hand == 1
        if row.supply is Supply.MADE_TO_ORDER:
            assert row.on_hand == 0
    assert set(db.session.scalars(select(StockMovement.cause))) == {"demonstration"}


def test_what_was_sold_meanwhile_stays_sold(context: Flask, bare_folder: Path) -> None:
    load(bare_folder)
    with transaction():
        variant = db.session.scalars(select(Variant).where(Variant.sku == "NL-BINH-01")).one()
        variant.on_hand = 0
    load(bare_folder)
    left = db.session.scalars(select(Variant.on_hand).where(Variant.sku == "NL-BINH-01")).one()
    assert left == 0


def test_a_piece_waits_for_its_photograph(context: Flask, bare_folder: Path, draw: Draw) -> None:
    draw("binh-hoa-lam-sen-day/front")
    first = load(bare_folder)
    assert first["pieces on sale"] == Loaded("pieces on sale", 1, 1)
    vase = product("binh-hoa-lam-sen-day")
    assert vase.status is ProductStatus.PUBLISHED
    assert product("lo-hoa-lam-cuc-day").status is ProductStatus.DRAFT
    draw("binh-hoa-lam-sen-day")
    draw("lo-hoa-lam-cuc-day/detail")
    second = load(bare_folder)
    assert second["pieces on sale"] == Loaded("pieces on sale", 2, 1)
    assert second["pictures"].changed == 3
    alts = db.session.scalars(
        select(Image.alt_en)
        .join(ProductPhoto, ProductPhoto.image_id == Image.id)
        .join(Product, Product.id == ProductPhoto.product_id)
        .where(Product.slug == "binh-hoa-lam-sen-day")
        .order_by(ProductPhoto.position)
    ).all()
    assert len(alts) == 3
    assert "seen straight on" in alts[0]
    assert "Close view" in alts[1]


def test_a_photograph_drawn_anew_takes_its_place(
    context: Flask, bare_folder: Path, draw: Draw
) -> None:
    draw("binh-hoa-lam-sen-day")
    load(bare_folder)
    draw("binh-hoa-lam-sen-day/front", again="again")
    assert load(bare_folder)["pictures"].changed == 1
    first = db.session.scalars(
        select(Image.sha256)
        .join(ProductPhoto, ProductPhoto.image_id == Image.id)
        .where(ProductPhoto.position == 0)
    ).one()
    kept = known_sha256s()[first]
    path = bare_folder / "photographs" / "binh-hoa-lam-sen-day" / "front.webp"
    assert media_storage().path(original_key(kept)).read_bytes() == path.read_bytes()


def test_a_picture_with_metadata_is_cleaned_and_known_again(
    context: Flask, bare_folder: Path, draw: Draw
) -> None:
    [path] = draw("binh-hoa-lam-sen-day/front")
    path.write_bytes(picture("a jpeg by another name", "JPEG"))
    assert load(bare_folder)["pictures"] == Loaded("pictures", 1, 1)
    assert load(bare_folder)["pictures"] == Loaded("pictures", 1, 0)
    assert count(Image) == 1


def test_a_lost_original_comes_back(context: Flask, bare_folder: Path, draw: Draw) -> None:
    draw("binh-hoa-lam-sen-day/front")
    load(bare_folder)
    image = db.session.scalars(select(Image)).one()
    key = original_key(image.public_id)
    media_storage().path(key).unlink()
    assert load(bare_folder)["pictures"].changed == 1
    assert media_storage().has(key)
    assert count(Image) == 1


def test_changed_texts_are_taken_over_and_found(
    context: Flask, bare_folder: Path, draw: Draw
) -> None:
    draw("binh-hoa-lam-sen-day/front")
    load(bare_folder)
    rewrite(bare_folder, "pieces/net-lam.toml", "Bình hoa lam vẽ sen dây", "Bình vẽ kim ngư")
    rewrite(bare_folder, "pieces/net-lam.toml", "price = 1850000", "price = 1990000")
    rewrite(bare_folder, "pieces/net-lam.toml", "against grey.", "against a grey wall.")
    rewrite(
        bare_folder,
        "workshops/net-lam.toml",
        'name_vi = "Xưởng Nét Lam"',
        'name_vi = "Xưởng Phượng Hoàng"',
    )
    rewrite(bare_folder, "heritage/glazes.toml", '"xanh cô-ban"', '"xanh khổng tước"')
    loaded = load(bare_folder)
    assert (loaded["pieces"].changed, loaded["workshops"].changed) == (1, 1)
    assert loaded["terms of the craft"].changed == 1
    assert loaded["pictures"].changed == 1
    for words in ("kim ngư", "phượng hoàng", "khổng tước"):
        found = db.session.scalars(select(Product.slug).where(*matches(search_words(words)))).all()
        assert "binh-hoa-lam-sen-day" in found
    price = db.session.scalars(select(Variant.price).where(Variant.sku == "NL-BINH-01")).one()
    assert price == 1_990_000


def test_a_piece_someone_took_off_sale_stays_off(
    context: Flask, bare_folder: Path, draw: Draw
) -> None:
    draw("binh-hoa-lam-sen-day/front")
    load(bare_folder)
    with transaction():
        product("binh-hoa-lam-sen-day").status = ProductStatus.WITHDRAWN
    assert load(bare_folder)["pieces on sale"] == Loaded("pieces on sale", 0, 0)


def test_newer_firings_stand_first_and_nothing_was_listed_in_the_future(
    context: Flask, whole_folder: Path, draw: Draw
) -> None:
    draw("front")
    load(whole_folder)
    rows = db.session.execute(
        select(Product.fired_on, Product.published_at).order_by(Product.published_at)
    ).all()
    assert all(row.published_at <= AT for row in rows)
    fired = [row.fired_on for row in rows if row.fired_on and row.published_at < AT]
    assert fired == sorted(fired)
    assert len({row.published_at for row in rows}) > 5


def test_the_accounts_have_the_passwords_that_are_shown(context: Flask, bare_folder: Path) -> None:
    load(bare_folder)
    people = {p.email: p for p in db.session.scalars(select(Person))}
    for account in read_village(bare_folder).accounts:
        person = people[account.email]
        assert verify_password(person.password_hash, account.password)
        assert person.has_proven_email
        assert person.is_officer is (account.role == "officer")
    artisans = db.session.execute(
        select(Person.email, Workshop.slug)
        .join(WorkshopMember, WorkshopMember.person_id == Person.id)
        .join(Workshop, Workshop.id == WorkshopMember.workshop_id)
    ).all()
    assert ("lan@example.vn", "net-lam") in artisans
    assert ("duc@example.vn", "lo-bau-do") in artisans


def test_a_password_someone_changed_is_what_it_was_again(context: Flask, bare_folder: Path) -> None:
    load(bare_folder)
    with transaction():
        buyer = db.session.scalars(select(Person).where(Person.email == "mai.lan@example.vn")).one()
        buyer.password_hash = hash_password("doi-mat-khau-cho-vui")
        buyer.name = "Ai đó"
    assert load(bare_folder)["accounts to try"].changed == 1
    buyer = db.session.scalars(select(Person).where(Person.email == "mai.lan@example.vn")).one()
    assert verify_password(buyer.password_hash, "mua-gom-battrang-2026")
    assert buyer.name == "Mai Lan"


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("pieces/net-lam.toml", 'form = "binh"', 'form = "chum-lon"', "no form called 'chum-lon'"),
        ("pieces/net-lam.toml", 'maker = "Tô Thị Lan"', 'maker = "Ai"', "Ai makes nothing at"),
        ("pieces/net-lam.toml", "price = 1850000", 'price = "nhiều"', "NL-BINH-01, price"),
        ("pieces/net-lam.toml", "stock = 1\n", "stocks = 1\n", "NL-BINH-01"),
        ("people.toml", 'role = "officer"', 'role = "king"', "'king' is none of buyer"),
        (
            "people.toml",
            'workshop = "net-lam"',
            'workshop = "lo-bau-do"',
            "lan@example.vn of people",
        ),
        ("heritage/glazes.toml", 'certainty = "documented"', 'certainty = "sure"', "hoa-lam"),
        ("workshops/net-lam.toml", 'slug = "net-lam"', "slug = 3", "a workshop lacks its slug"),
    ],
)
def test_a_mistake_in_the_files_is_named_and_nothing_is_loaded(
    context: Flask, bare_folder: Path, file: str, before: str, after: str, said: str
) -> None:
    rewrite(bare_folder, file, before, after)
    with pytest.raises(BadTable) as refused:
        load(bare_folder)
    assert said in str(refused.value)
    assert count(Term) == count(Person) == count(Product) == 0


def test_a_file_that_is_no_picture_is_named(context: Flask, bare_folder: Path, draw: Draw) -> None:
    [path] = draw("binh-hoa-lam-sen-day/front")
    path.write_bytes(b"not a picture")
    with pytest.raises(BadTable, match=r"front\.webp"):
        load(bare_folder)
