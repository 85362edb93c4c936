"""The catalogue's page: facets, order, paging, with htmx and without."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.catalogue.models import (
    Product,
    ProductStatus,
    Supply,
    product_decoration,
    product_technique,
)
from shop.catalogue.queries.browsing import PAGE_SIZE, Listing, listing
from shop.catalogue.selection import PRICE_BANDS, Facet, Selection, Sort
from shop.core.db import db
from shop.heritage.models import Term, TermKind
from shop.workshops.models import Workshop
from tests.conftest import count_sql
from tests.factories import (
    NOW,
    make_cart,
    make_product,
    make_term,
    make_variant,
    make_workshop,
    variant_of,
)
from tests.pages import get

HTMX = {"HX-Request": "true"}


@pytest.fixture
def village(app: Flask) -> None:
    """Five pieces of two workshops in two glazes; one is sold out, one unique, one to order."""
    with app.app_context():
        net_lam, ben_da = make_workshop(), make_workshop("ben-da", "Xưởng Bến Đá")
        jade = make_term(TermKind.GLAZE, "men-ngoc", "Men ngọc", "Celadon", position=2)
        bowl = make_term(TermKind.FORM, "bat", "Bát", "Bowl", position=2)
        wheel = make_term(TermKind.TECHNIQUE, "vuot-tay", "Vuốt tay", "Throwing")
        waves = make_term(TermKind.DECORATION, "song-nuoc", "Sóng nước", "Waves")
        gas = make_term(TermKind.KILN, "lo-gas", "Lò gas", "Gas kiln")
        red = make_term(TermKind.BODY, "hong-sa", "Hồng sa", "Red clay")
        pieces = {
            "vase": make_product(net_lam, "vase", price=1_850_000, supply=Supply.ONE_OF_A_KIND),
            "bowl": make_product(net_lam, "bowl", price=65_000, name_vi="Âu", form_id=bowl.id),
            "dish": make_product(ben_da, "dish", price=290_000, stock=0, name_vi="Đĩa"),
            "jar": make_product(ben_da, "jar", price=3_600_000, supply=Supply.MADE_TO_ORDER),
            "cup": make_product(ben_da, "cup", price=95_000, name_vi="Ấm"),
        }
        for days, product in enumerate(pieces.values()):
            product.published_at = NOW - timedelta(days=days)
        for slug in ("dish", "jar"):
            variant_of(pieces[slug]).glaze_id = jade.id
        make_variant(pieces["cup"], price=250_000, stock=3, glaze_id=jade.id)
        db.session.execute(
            product_technique.insert().values(product_id=pieces["bowl"].id, term_id=wheel.id)
        )
        for slug in ("dish", "vase"):
            db.session.execute(
                product_decoration.insert().values(product_id=pieces[slug].id, term_id=waves.id)
            )
        pieces["cup"].body_id, pieces["cup"].kiln_id = red.id, gas.id
        pieces["jar"].kiln_id = gas.id
        db.session.commit()


def piece(slug: str) -> Product:
    return db.session.query(Product).filter_by(slug=slug).one()


def browse(sort: Sort = Sort.NEWEST, language: str = "vi", **chosen: str) -> Listing:
    wishes = {Facet(facet): tuple(values.split()) for facet, values in chosen.items()}
    return listing(Selection(chosen=wishes, sort=sort), language)


def slugs(found: Listing) -> list[str]:
    return [card.slug for card in found.cards]


def counts(found: Listing, facet: Facet) -> dict[str, int]:
    names = {named.key: named.slug for named in found.vocabulary[facet]}
    if facet is Facet.PRICE:
        names = {place: band.slug for place, band in enumerate(PRICE_BANDS)}
    if facet is Facet.AVAILABILITY:
        names = {0: "now", 1: "one-of-a-kind", 2: "to-order"}
    return {names[key]: n for (own, key), n in found.counts.items() if own is facet and n}


@pytest.mark.usefixtures("village")
class TestFacets:
    @pytest.fixture(autouse=True)
    def _context(self, context: Flask) -> None:
        """Queries run without a request."""

    def test_values_of_a_facet_widen_and_facets_narrow(self) -> None:
        assert set(slugs(browse(glaze="hoa-lam"))) == {"vase", "bowl", "cup"}
        assert set(slugs(browse(glaze="hoa-lam men-ngoc"))) == {
            *("vase", "bowl", "cup", "dish", "jar")
        }
        assert set(slugs(browse(glaze="men-ngoc", workshop="net-lam"))) == set()
        assert slugs(browse(glaze="hoa-lam", form="bat")) == ["bowl"]
        assert slugs(browse(technique="vuot-tay")) == ["bowl"]
        assert set(slugs(browse(decoration="song-nuoc"))) == {"dish", "vase"}
        assert slugs(browse(decoration="song-nuoc", glaze="men-ngoc")) == ["dish"]
        assert set(slugs(browse(kiln="lo-gas"))) == {"cup", "jar"}
        assert slugs(browse(kiln="lo-gas", body="hong-sa")) == ["cup"]

    def test_one_variant_has_to_be_all_of_it(self) -> None:
        """The cup is 95.000 ₫ in blue and 250.000 ₫ in celadon."""
        assert "cup" in slugs(browse(glaze="men-ngoc", price="200k-500k"))
        assert "cup" in slugs(browse(glaze="hoa-lam", price="under-200k"))
        assert "cup" not in slugs(browse(glaze="men-ngoc", price="under-200k"))

    def test_availability(self) -> None:
        assert set(slugs(browse(availability="now"))) == {"vase", "bowl", "cup"}
        assert slugs(browse(availability="one-of-a-kind")) == ["vase"]
        assert slugs(browse(availability="to-order")) == ["jar"]
        assert set(slugs(browse(availability="one-of-a-kind to-order"))) == {"vase", "jar"}

    def test_counts_are_of_products_and_ignore_their_own_facet(self) -> None:
        plain, jade = browse(), browse(glaze="men-ngoc")
        assert counts(plain, Facet.GLAZE) == {"hoa-lam": 3, "men-ngoc": 3}
        assert counts(plain, Facet.DECORATION) == {"song-nuoc": 2}
        assert counts(plain, Facet.KILN) == {"lo-gas": 2}
        assert counts(browse(workshop="net-lam"), Facet.DECORATION) == {"song-nuoc": 1}
        assert counts(jade, Facet.GLAZE) == {"hoa-lam": 3, "men-ngoc": 3}
        assert counts(plain, Facet.WORKSHOP) == {"net-lam": 2, "ben-da": 3}
        assert counts(jade, Facet.WORKSHOP) == {"ben-da": 3}
        assert counts(jade, Facet.AVAILABILITY) == {"now": 1, "to-order": 1}
        assert counts(plain, Facet.PRICE) == {
            "under-200k": 2,
            "200k-500k": 2,
            "1m-3m": 1,
            "3m-10m": 1,
        }
        assert counts(plain, Facet.TECHNIQUE) == {"vuot-tay": 1}
        assert (plain.total, jade.total) == (5, 3)

    def test_what_a_count_promises_is_what_choosing_it_gives(self) -> None:
        start = browse(workshop="ben-da")
        for facet in Facet:
            for value, count in counts(start, facet).items():
                wishes = {"workshop": "ben-da", facet.value: value}
                assert browse(Sort.NEWEST, "vi", **wishes).total == count, (facet, value)

    def test_the_ends_of_price_bands(self) -> None:
        variant = variant_of(piece("bowl"))
        variant.price = 200_000
        db.session.flush()
        assert "bowl" in slugs(browse(price="200k-500k"))
        assert "bowl" not in slugs(browse(price="under-200k"))

    def test_order(self) -> None:
        assert slugs(browse()) == ["vase", "bowl", "dish", "jar", "cup"]
        assert slugs(browse(Sort.PRICE_UP)) == ["bowl", "cup", "dish", "vase", "jar"]
        assert slugs(browse(Sort.PRICE_DOWN)) == ["jar", "vase", "dish", "cup", "bowl"]
        assert slugs(browse(Sort.NAME))[:2] == ["cup", "bowl"], "Ấm comes before Âu"
        assert slugs(browse(Sort.NAME))[-1] == "dish", "Đĩa comes after Bình"

    def test_what_is_not_on_sale_is_not_shown(self) -> None:
        piece("vase").status = ProductStatus.DRAFT
        piece("bowl").status = ProductStatus.WITHDRAWN
        variant_of(piece("dish")).active = False
        db.session.flush()
        assert set(slugs(browse())) == {"jar", "cup"}
        db.session.query(Workshop).filter_by(slug="ben-da").one().is_open = False
        db.session.flush()
        assert browse().total == 0

    def test_cards_say_what_is_left_and_what_it_costs(self) -> None:
        cards = {card.slug: card for card in browse().cards}
        assert cards["dish"].is_sold_out
        assert not cards["jar"].is_sold_out
        assert cards["jar"].lead_days == 30
        assert cards["vase"].is_one_of_a_kind
        assert (cards["cup"].price_from, cards["cup"].price_to) == (95_000, 250_000)
        assert cards["cup"].has_several_prices
        assert cards["cup"].available == 8
        assert cards["vase"].image
        assert cards["vase"].image.alt_en == "Vase with a lotus scroll"


@pytest.mark.usefixtures("village")
class TestPage:
    def test_facets_are_boxes_of_one_form_that_needs_no_script(self, client: FlaskClient) -> None:
        page = get(client, "/en/ceramics?glaze=men-ngoc&sort=price-up")
        (form,) = (f for f in page.forms if f.action == "/en/ceramics" and "glaze" in f.names)
        assert form.method == "get"
        assert form.names - {"q", "sort"} <= set(Facet)
        assert form.values["glaze"] == "men-ngoc"
        assert form.values["sort"] == "price-up"
        assert "<button" in page.html.split('class="apply"')[1].split("</p>")[0]
        assert page.headings == ["Celadon"]

    def test_chosen_values_are_links_that_drop_them(self, client: FlaskClient) -> None:
        page = get(client, "/en/ceramics?glaze=men-ngoc&workshop=ben-da&q=vase")
        assert page.links["Celadon: remove"] == "/en/ceramics?q=vase&workshop=ben-da"
        assert page.links["“vase”: remove"] == "/en/ceramics?glaze=men-ngoc&workshop=ben-da"
        assert page.links["Clear all"] == "/en/ceramics"

    def test_nothing_found_names_the_wishes_and_offers_ways_back(self, client: FlaskClient) -> None:
        page = get(client, "/en/ceramics?glaze=men-ngoc&workshop=net-lam")
        assert page.status == 200
        assert "No piece is all of this at once" in page.text
        assert "You asked for: Celadon, Xưởng Nét Lam workshop." in page.text
        assert page.links["Without Glaze: Celadon"] == "/en/ceramics?workshop=net-lam"
        assert page.links["Without Workshop: Xưởng Nét Lam workshop"] == (
            "/en/ceramics?glaze=men-ngoc"
        )
        assert page.links["See all ceramics"] == "/en/ceramics"
        for way in (page.links["Without Glaze: Celadon"],):
            assert "No piece is all of this" not in get(client, way).text

    def test_an_unknown_word_is_named(self, client: FlaskClient) -> None:
        page = get(client, "/en/ceramics?q=" + "%3Cscript%3Exyz")
        assert "Nothing here for “<script>xyz”" in page.text
        assert "<script>xyz" not in page.html

    def test_values_nobody_knows_are_passed_over(self, client: FlaskClient) -> None:
        page = get(
            client, "/en/ceramics?glaze=purple&glaze=hoa-lam&price=free&colour=red&page=zero"
        )
        assert page.headings == ["Cobalt blue"]
        assert "3 pieces" in page.text

    def test_htmx_gets_the_results_and_the_facets_alone(self, client: FlaskClient) -> None:
        response = client.get("/en/ceramics?sort=newest&glaze=men-ngoc&q=", headers=HTMX)
        assert "<html" not in response.text
        assert '<section id="results"' in response.text
        assert response.text.count("hx-swap-oob") == 6 + len(Facet)
        assert "<title>Celadon · Bát Tràng</title>" in response.text
        assert response.headers["HX-Push-Url"] == "/en/ceramics?glaze=men-ngoc"
        assert 'href="/vi/ceramics?' in response.text, "the other language follows"

    def test_the_back_button_gets_the_whole_page(self, client: FlaskClient) -> None:
        restoring = {**HTMX, "HX-History-Restore-Request": "true"}
        response = client.get("/en/ceramics?glaze=men-ngoc", headers=restoring)
        assert "<html" in response.text
        assert "HX-Push-Url" not in response.headers
        assert "HX-Request" in response.headers["Vary"]

    def test_canonical_address_and_languages(self, client: FlaskClient) -> None:
        plain = client.get("/vi/ceramics?glaze=men-ngoc&utm_source=x").text
        assert '<link rel="canonical" href="http://127.0.0.1:8000/vi/ceramics?glaze=men-ngoc">' in (
            plain
        )
        assert 'hreflang="en" href="http://127.0.0.1:8000/en/ceramics?glaze=men-ngoc"' in plain
        assert "noindex" not in plain
        narrowed = client.get("/vi/ceramics?glaze=men-ngoc&form=bat").text
        assert '<meta name="robots" content="noindex, follow">' in narrowed

    def test_a_card_shows_price_and_state(self, client: FlaskClient) -> None:
        text = get(client, "/en/ceramics").text
        assert "from ₫95,000" in text
        assert "Out of stock" in text
        assert "One of a kind" in text
        assert "Made to order, 30 days" in text


def fill_shelves(count: int) -> None:
    workshop = make_workshop()
    for number in range(count):
        make_product(workshop, f"piece-{number:03}", name_vi=f"Bình {number}")
    db.session.commit()


def test_pages_of_results(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        fill_shelves(PAGE_SIZE + 3)
    first, last = get(client, "/en/ceramics"), get(client, "/en/ceramics?page=2")
    shown = [set(re.findall(r"/en/ceramics/(piece-\d+)", page.html)) for page in (first, last)]
    assert [len(pieces) for pieces in shown] == [PAGE_SIZE, 3]
    assert not shown[0] & shown[1]
    assert first.links["Next page"] == "/en/ceramics?page=2"
    assert last.links["Previous page"] == "/en/ceramics"
    assert "page 2" in last.title
    beyond = client.get("/en/ceramics?page=99&sort=name")
    assert (beyond.status_code, beyond.headers["Location"]) == (
        302,
        "/en/ceramics?sort=name&page=2",
    )


def test_an_empty_shop_says_so(client: FlaskClient) -> None:
    page = get(client, "/en/ceramics")
    assert "The shelves are empty just now" in page.text
    assert page.links["See the workshops"] == "/en/workshops"


@pytest.mark.parametrize("pieces", [2, 60])
def test_a_page_costs_four_statements_however_many_pieces(
    app: Flask, client: FlaskClient, pieces: int
) -> None:
    with app.app_context():
        fill_shelves(pieces)
        _, token = make_cart((variant_of(db.session.query(Product).first()), 1))  # type: ignore[arg-type]
        db.session.commit()
    client.set_cookie("__Host-basket", token, domain="localhost", secure=True)
    with count_sql(app) as sent:
        page = get(client, "/vi/ceramics?q=binh&glaze=hoa-lam&price=1m-3m&sort=name")
    assert page.status == 200
    assert len(sent) == 4, sent.texts


def test_words_of_the_trade_are_no_facet(app: Flask, context: Flask) -> None:
    make_term(TermKind.WORD, "con-ke", "Con kê", "Prop")
    assert db.session.query(Term).count() == 1
    assert all(not named for named in listing(Selection(), "vi").vocabulary.values())
