"""Pieces are described, found, put on sale and taken off, and nothing half-made is sold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.catalogue.actions.products import (
    ProductDetails,
    SlugTaken,
    SupplyFixed,
    create_product,
    edit_product,
    set_photos,
)
from shop.catalogue.actions.publication import (
    NotPublishable,
    missing_for_sale,
    publish_product,
    withdraw_product,
)
from shop.catalogue.actions.search_index import index_product
from shop.catalogue.actions.variants import SkuTaken, VariantDetails, add_variant, edit_variant
from shop.catalogue.models import (
    FoodUse,
    Product,
    ProductEvent,
    ProductPhoto,
    ProductStatus,
    Supply,
    Variant,
    product_decoration,
    product_technique,
)
from shop.catalogue.queries.search import matches, search_words
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import in_language
from shop.core.vietnamese import sort_key
from shop.heritage.models import Term, TermKind
from shop.shipping.models import Fragility
from shop.workshops.actions import add_maker
from shop.workshops.models import Workshop
from tests.factories import find_term, make_image, make_person, make_term, make_workshop

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)


@pytest.fixture
def workshop(context: Flask) -> Workshop:
    return make_workshop(
        "net-lam", "Xưởng Nét Lam", place_vi="Ngõ Bút Lam", place_en="Bút Lam lane"
    )


def form() -> Term:
    return find_term(TermKind.FORM, "binh", "Bình", "Vase")


def glaze() -> Term:
    found = find_term(TermKind.GLAZE, "hoa-lam", "Hoa lam", "Cobalt blue")
    found.synonyms_vi = "men lam, xanh trắng"
    found.synonyms_en = "blue and white, blue-and-white"
    return found


def details(**changes: Any) -> ProductDetails:
    return replace(
        ProductDetails(
            name_vi="Bình đựng rượu",
            name_en="Wine vase",
            summary_vi="Bình vẽ tay",
            summary_en="Painted by hand",
            story_vi="Chuyện chiếc bình",
            story_en="The vase's story",
            care_vi="Rửa tay",
            care_en="Wash by hand",
            supply=Supply.COUNTED,
            form=form(),
            food_use=FoodUse.DECORATIVE,
            fragility=Fragility.STANDARD,
        ),
        **changes,
    )


def variant_details(**changes: Any) -> VariantDetails:
    return replace(
        VariantDetails(
            glaze=glaze(),
            price=620_000,
            height_mm=300,
            width_mm=150,
            depth_mm=150,
            weight_g=1500,
            packed_length_mm=250,
            packed_width_mm=250,
            packed_height_mm=400,
            packed_weight_g=2100,
        ),
        **changes,
    )


def complete_product(workshop: Workshop, **changes: Any) -> Product:
    product = create_product(workshop, "binh-dung-ruou", details(**changes))
    add_variant(product, "NL-BINH-01", variant_details())
    set_photos(product, [make_image()])
    return product


def techniques_of(product: Product) -> set[int]:
    links = product_technique.c
    return set(db.session.scalars(select(links.term_id).where(links.product_id == product.id)))


def decorations_of(product: Product) -> set[int]:
    links = product_decoration.c
    return set(db.session.scalars(select(links.term_id).where(links.product_id == product.id)))


def photo_ids(product: Product) -> list[int]:
    return list(
        db.session.scalars(
            select(ProductPhoto.image_id)
            .where(ProductPhoto.product_id == product.id)
            .order_by(ProductPhoto.position)
        )
    )


def finds(product: Product, typed: str) -> bool:
    return (
        db.session.scalar(
            select(Product.id).where(Product.id == product.id, *matches(search_words(typed)))
        )
        is not None
    )


def test_a_new_piece_is_a_draft_with_all_that_was_said_of_it(workshop: Workshop) -> None:
    kiln = make_term(TermKind.KILN, "lo-bau", "Lò bầu", "Climbing kiln")
    body = make_term(TermKind.BODY, "xuong", "Xương trắng", "White body")
    throwing = make_term(TermKind.TECHNIQUE, "vuot-tay", "Vuốt tay", "Throwing")
    maker, _ = add_maker(workshop, "Hồ Văn Bình", "Vuốt tay", "Throwing")
    product = create_product(
        workshop,
        "binh-dung-ruou",
        details(
            kiln=kiln,
            body=body,
            maker=maker,
            techniques=(throwing,),
            fired_on=date(2026, 10, 1),
            firing_celsius=1250,
        ),
    )
    db.session.commit()
    kept = db.session.scalars(select(Product)).one()
    assert (kept.status, kept.published_at) == (ProductStatus.DRAFT, None)
    assert (kept.workshop_id, kept.kiln_id, kept.body_id, kept.maker_id) == (
        workshop.id,
        kiln.id,
        body.id,
        maker.id,
    )
    assert (kept.fired_on, kept.firing_celsius) == (date(2026, 10, 1), 1250)
    assert techniques_of(product) == {throwing.id}
    assert decorations_of(product) == set()


@pytest.mark.parametrize("slug", ["", "Bình", "binh--x", "-binh", "binh_x", "a/b"])
def test_an_address_is_plain(workshop: Workshop, slug: str) -> None:
    with pytest.raises(Invalid) as refused:
        create_product(workshop, slug, details())
    assert set(refused.value.fields) == {"slug"}


def test_an_address_is_taken_once(workshop: Workshop) -> None:
    create_product(workshop, "binh", details())
    with pytest.raises(SlugTaken):
        create_product(workshop, "binh", details())


def test_terms_of_another_kind_and_makers_of_another_house_are_refused(
    workshop: Workshop,
) -> None:
    stranger, _ = add_maker(make_workshop("lo-bau-do", "Lò Bầu Đỏ"), "Chum", "Be chạch", "Coils")
    wrong = details(form=glaze(), kiln=form(), body=form(), maker=stranger)
    wrong = replace(wrong, techniques=(form(),), decorations=(form(),))
    with pytest.raises(Invalid) as refused:
        create_product(workshop, "binh", wrong)
    assert set(refused.value.fields) == {
        "form",
        "kiln",
        "body",
        "techniques",
        "decorations",
        "maker",
    }


@pytest.mark.parametrize(
    ("supply", "lead_days"),
    [(Supply.MADE_TO_ORDER, None), (Supply.MADE_TO_ORDER, 0), (Supply.COUNTED, 30)],
)
def test_a_lead_time_goes_with_pieces_made_to_order_only(
    workshop: Workshop, supply: Supply, lead_days: int | None
) -> None:
    with pytest.raises(Invalid) as refused:
        create_product(workshop, "binh", details(supply=supply, lead_days=lead_days))
    assert set(refused.value.fields) == {"lead_days"}


def test_editing_takes_over_what_changed_and_nothing_else(workshop: Workshop) -> None:
    first, second = (
        make_term(TermKind.TECHNIQUE, slug, slug, slug) for slug in ("vuot-tay", "khac-chim")
    )
    product = create_product(workshop, "binh", details(techniques=(first,)))
    assert not edit_product(product, details(techniques=(first,)))
    assert edit_product(product, details(techniques=(first, second)))
    assert techniques_of(product) == {first.id, second.id}
    assert edit_product(product, details(techniques=(second,), name_vi="Lọ đựng rượu"))
    assert techniques_of(product) == {second.id}
    assert finds(product, "lo dung ruou")


def test_a_piece_is_found_by_its_motifs_as_long_as_it_bears_them(workshop: Workshop) -> None:
    waves, dragon = (
        make_term(TermKind.DECORATION, slug, name, name, synonyms_vi=synonyms)
        for slug, name, synonyms in (("song-nuoc", "Sóng", "thuỷ ba"), ("rong", "Rồng", "long"))
    )
    product = create_product(workshop, "binh", details(decorations=(waves,)))
    assert finds(product, "thuy ba")
    assert not edit_product(product, details(decorations=(waves,)))
    assert edit_product(product, details(decorations=(dragon,)))
    assert decorations_of(product) == {dragon.id}
    assert finds(product, "rồng")
    assert not finds(product, "thuy ba")


def test_the_only_one_stays_the_only_one(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details(supply=Supply.ONE_OF_A_KIND))
    variant = add_variant(product, "NL-1", variant_details())
    assert variant.is_unique
    with pytest.raises(Conflict):
        add_variant(product, "NL-2", variant_details())
    with pytest.raises(SupplyFixed):
        edit_product(product, details())


def test_a_counted_piece_cannot_become_the_only_one_but_may_be_made_to_order(
    workshop: Workshop,
) -> None:
    product = create_product(workshop, "binh", details())
    assert edit_product(product, details(supply=Supply.ONE_OF_A_KIND))
    assert edit_product(product, details())
    assert not add_variant(product, "NL-1", variant_details()).is_unique
    with pytest.raises(SupplyFixed):
        edit_product(product, details(supply=Supply.ONE_OF_A_KIND))
    assert edit_product(product, details(supply=Supply.MADE_TO_ORDER, lead_days=45))


def test_an_article_number_is_taken_once(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details())
    add_variant(product, "NL-1", variant_details())
    with pytest.raises(SkuTaken):
        add_variant(product, "NL-1", variant_details())


def test_sizes_weights_and_price_are_more_than_zero(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details())
    wrong = variant_details(price=0, height_mm=0, packed_weight_g=1499, set_count=0, glaze=form())
    with pytest.raises(Invalid) as refused:
        add_variant(product, "NL-1", wrong)
    assert set(refused.value.fields) == {
        "price",
        "height_mm",
        "packed_weight_g",
        "set_count",
        "glaze",
    }
    variant = add_variant(product, "NL-1", variant_details())
    with pytest.raises(Invalid):
        edit_variant(product, variant, wrong)
    assert variant.price == 620_000


def test_editing_a_variant_says_whether_it_changed(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details())
    variant = add_variant(product, "NL-1", variant_details())
    assert not edit_variant(product, variant, variant_details())
    assert edit_variant(product, variant, variant_details(price=700_000))
    assert db.session.get_one(Variant, variant.id).price == 700_000


def test_photographs_stand_in_the_order_given(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details())
    images = [make_image() for _ in range(3)]
    assert set_photos(product, images)
    assert photo_ids(product) == [image.id for image in images]
    assert not set_photos(product, images)
    assert set_photos(product, images[::-1])
    assert photo_ids(product) == [image.id for image in images[::-1]]
    assert set_photos(product, [])
    assert photo_ids(product) == []


def test_what_is_missing_is_named_in_the_readers_language(workshop: Workshop) -> None:
    product = create_product(
        workshop, "binh", details(name_en=" ", story_vi="", summary_en="", care_vi="")
    )
    with pytest.raises(NotPublishable) as refused, in_language("en"):
        publish_product(product, by=None, at=AT)
    with in_language("en"):
        assert [str(missing) for missing in refused.value.missing] == [
            "its name in English",
            "a summary in English",
            "a description in Vietnamese",
            "advice on care in Vietnamese",
            "an article to buy, with size and weight",
            "a photograph",
        ]
        assert "its name in English, a summary in English" in str(refused.value.message)
    assert product.status is ProductStatus.DRAFT


def test_every_photograph_needs_words_before_a_piece_is_sold(workshop: Workshop) -> None:
    product = complete_product(workshop)
    wordless = make_image()
    wordless.alt_en = ""
    set_photos(product, [make_image(), wordless])
    with in_language("en"):
        assert list(map(str, missing_for_sale(product))) == [
            "words for every photograph, in both languages"
        ]


def test_only_variants_on_offer_count(workshop: Workshop) -> None:
    product = complete_product(workshop)
    variant = db.session.scalars(select(Variant)).one()
    edit_variant(product, variant, variant_details(active=False))
    with pytest.raises(NotPublishable):
        publish_product(product, by=None, at=AT)


def test_publishing_is_recorded_with_who_and_when(workshop: Workshop) -> None:
    product, artisan = complete_product(workshop), make_person()
    assert missing_for_sale(product) == []
    publish_product(product, by=artisan, at=AT)
    assert (product.status, product.published_at) == (ProductStatus.PUBLISHED, AT)
    with pytest.raises(Conflict):
        publish_product(product, by=artisan, at=AT)
    later = AT.replace(day=21)
    withdraw_product(product, by=artisan, at=later, note="vỡ khi chụp ảnh")
    with pytest.raises(Conflict):
        withdraw_product(product, by=artisan, at=later)
    publish_product(product, by=None, at=later)
    assert product.published_at == AT
    events = db.session.scalars(select(ProductEvent).order_by(ProductEvent.id)).all()
    assert [(e.from_status.value, e.to_status.value, e.by_person_id, e.note) for e in events] == [
        ("draft", "published", artisan.id, ""),
        ("published", "withdrawn", artisan.id, "vỡ khi chụp ảnh"),
        ("withdrawn", "published", None, ""),
    ]


def test_a_draft_cannot_be_withdrawn(workshop: Workshop) -> None:
    with pytest.raises(Conflict):
        withdraw_product(complete_product(workshop), by=None, at=AT)


def test_a_piece_on_sale_keeps_what_it_needs(workshop: Workshop) -> None:
    product = complete_product(workshop)
    variant = db.session.scalars(select(Variant)).one()
    publish_product(product, by=None, at=AT)
    db.session.commit()
    spoilings: list[Callable[[], bool]] = [
        lambda: edit_product(product, details(name_en="")),
        lambda: edit_variant(product, variant, variant_details(active=False)),
        lambda: set_photos(product, []),
    ]
    for spoil in spoilings:
        with pytest.raises(NotPublishable):
            spoil()
        db.session.rollback()
    assert missing_for_sale(product) == []


@pytest.mark.parametrize(
    "typed",
    [
        "binh dung ruou",
        "Bình đựng rượu",
        "BÌNH ĐỰNG",
        "binh đung ruo",
        "wine vase",
        "vase wine",
        "men lam",
        "xanh trang",
        "blue-and-white",
        "blue white vase",
        "sen day",
        "lotus scroll",
        "nét lam",
        "ho van binh",
        "NL-BINH-01",
        "nl binh",
        "bo hai chiec",
        "pair",
        "vuot tay",
        "climbing kiln",
    ],
)
def test_a_piece_is_found_by_everything_said_of_it(workshop: Workshop, typed: str) -> None:
    maker, _ = add_maker(workshop, "Hồ Văn Bình", "Vuốt tay", "Throwing")
    product = create_product(
        workshop,
        "binh-dung-ruou",
        details(
            maker=maker,
            kiln=make_term(TermKind.KILN, "lo-bau", "Lò bầu", "Climbing kiln"),
            techniques=(make_term(TermKind.TECHNIQUE, "vuot-tay", "Vuốt tay", "Throwing"),),
            decoration_vi="Sen dây quanh thân",
            decoration_en="Lotus scroll",
        ),
    )
    add_variant(product, "NL-BINH-01", variant_details(label_vi="Bộ hai chiếc", label_en="A pair"))
    assert finds(product, typed)


def test_a_word_is_matched_from_its_beginning_only(workshop: Workshop) -> None:
    product = complete_product(workshop)
    assert finds(product, "ruo")
    assert not finds(product, "uou")
    assert not finds(product, "teapot")


def test_the_index_holds_each_word_once_between_spaces(workshop: Workshop) -> None:
    product = complete_product(workshop)
    words = product.search_text.split(" ")
    assert (words[0], words[-1]) == ("", "")
    inner = words[1:-1]
    assert len(inner) == len(set(inner))
    assert {"binh", "dung", "ruou", "blue-and-white", "nl-binh-01", "nl"} <= set(inner)
    assert all(word == word.lower() and word.isascii() for word in inner)


def test_what_no_longer_belongs_is_forgotten(workshop: Workshop) -> None:
    product = complete_product(workshop)
    variant = db.session.scalars(select(Variant)).one()
    jade = make_term(TermKind.GLAZE, "men-ngoc", "Men ngọc", "Celadon")
    edit_variant(product, variant, variant_details(glaze=jade))
    assert finds(product, "celadon")
    assert not finds(product, "cobalt")
    workshop.name_vi, workshop.name_en = "Xưởng Bến Đá", "Stone Landing"
    index_product(product)
    assert finds(product, "bến đá stone")
    assert not finds(product, "nét")


def test_names_sort_as_in_a_vietnamese_dictionary(workshop: Workshop) -> None:
    names = ["Đĩa", "Đèn", "Lọ", "Lò", "Ấm", "Âu", "Bát", "Dao"]
    for number, name in enumerate(names):
        create_product(workshop, f"piece-{number}", details(name_vi=name))
    ordered = db.session.scalars(select(Product.name_vi).order_by(Product.name_sort)).all()
    assert ordered == ["Ấm", "Âu", "Bát", "Dao", "Đèn", "Đĩa", "Lò", "Lọ"]


def test_the_longest_name_still_sorts(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details(name_vi="Ấ" * 120))
    db.session.commit()
    assert product.name_sort == sort_key("Ấ" * 120)[:300]


def test_a_name_that_folds_to_more_letters_is_kept(workshop: Workshop) -> None:
    product = create_product(workshop, "binh", details(name_vi="ﬃ" * 120))
    db.session.commit()
    assert product.name_fold == "ffi" * 100
