"""The craft's pages: what they tell, where they lead, and what they cost."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from shop.catalogue.models import Product, ProductPhoto, ProductStatus, Supply, product_decoration
from shop.core.db import db
from shop.heritage.actions import (
    SayingDetails,
    StepDetails,
    TimelineDetails,
    put_saying,
    put_step,
    put_timeline_entry,
    relate,
)
from shop.heritage.models import Certainty, Term, TermKind, TimelineEntry
from shop.heritage.words import when
from shop.media.models import Image
from shop.pages.craft_words import chapters, first_sentence
from shop.pages.glossary import letters, matching
from tests.conftest import count_sql
from tests.factories import (
    find_term,
    make_product,
    make_term,
    make_variant,
    make_workshop,
    variant_of,
)
from tests.pages import get

HTMX = {"HX-Request": "true"}
SURE = {"certainty": Certainty.DOCUMENTED, "source": "Sách cũ"}


@pytest.fixture
def village(app: Flask) -> None:
    """Two workshops; celadon with a colour, two pieces of it, one sold; a step, years, a saying."""
    with app.app_context():
        jade = make_term(
            TermKind.GLAZE,
            "men-ngoc",
            "Men ngọc",
            "Celadon",
            colour="#8fb49c",
            synonyms_en="jade glaze, celadon",
            certainty=Certainty.CONTESTED,
            description_en="Green by iron. It needs little air.",
        )
        waves = make_term(TermKind.DECORATION, "song-nuoc", "Sóng nước", "Waves")
        make_term(TermKind.KILN, "lo-ech", "Lò ếch", "Frog kiln")
        prop = make_term(TermKind.WORD, "con-ke", "Con kê", "Prop", synonyms_en="spur, stilt")
        relate(jade, [waves, prop])
        net_lam, ben_da = make_workshop(), make_workshop("ben-da", "Xưởng Bến Đá")
        sold = make_product(ben_da, "sold", name_en="Sold bowl", stock=0)
        vase = make_product(ben_da, "vase", name_en="Jade vase")
        for product in (sold, vase):
            variant_of(product).glaze_id = jade.id
        make_product(net_lam, "cup", name_en="Blue cup")
        make_product(net_lam, "draft", name_en="Draft", status=ProductStatus.DRAFT)
        db.session.execute(product_decoration.insert().values(product_id=vase.id, term_id=waves.id))
        put_step(
            "trang-men",
            StepDetails(7, "Tráng men", "Glazing", "Nhúng men.", "It is dipped.", **SURE),  # type: ignore[arg-type]
            [jade],
        )
        put_timeline_entry(
            "lan-dau",
            TimelineDetails(1352, "Lần đầu", "First named", "Có tên.", "Named.", **SURE),  # type: ignore[arg-type]
            [jade],
        )
        for slug, name, about in (
            ("thuyen", "Junks", {"year_from": 1450, "year_to": 1500}),
            ("hoa-lam", "Cobalt", {"year_from": 1301, "when_en": "From the 14th century"}),
        ):
            texts = {"name_vi": "Mốc", "name_en": name, "text_vi": "Lời.", "text_en": "Told."}
            details: dict[str, Any] = {"is_about": True, **about, **texts, **SURE}
            put_timeline_entry(slug, TimelineDetails(**details), [jade])
        put_saying(
            "nhat-xuong",
            SayingDetails("Nhất xương", "First the bone", "Câu nói nghề", "A saying", **SURE),  # type: ignore[arg-type]
            [jade],
        )
        db.session.commit()


@pytest.mark.usefixtures("village")
class TestTerm:
    def test_it_tells_what_is_known_and_how_surely(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft/glaze/men-ngoc")
        assert page.headings == ["Celadon"]
        for words in (
            "Also: jade glaze",
            "Green by iron. It needs little air.",
            "Contested",
            "Sources disagree, and the text says on what.",
            "Source: test",
            "First the bone",
        ):
            assert words in page.text, words
        assert '<rect width="1" height="1" fill="#8fb49c"/>' in page.html
        assert 'name="description" content="Green by iron."' in page.html

    def test_it_leads_to_pieces_workshops_story_and_other_terms(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft/glaze/men-ngoc")
        links = page.links
        assert links["See all 2 pieces in the shop"] == "/en/ceramics?glaze=men-ngoc"
        assert links["Step 7: Glazing"] == "/en/craft/making#trang-men"
        assert links["1352: First named"] == "/en/craft/timeline#lan-dau"
        assert links["From the 14th century: Cobalt"] == "/en/craft/timeline#hoa-lam"
        assert links["about 1450–1500: Junks"] == "/en/craft/timeline#thuyen"
        assert links["Waves"] == "/en/craft/decoration/song-nuoc"
        assert links["Prop"] == "/en/craft/glossary#con-ke"
        assert links["Glazes"] == "/en/craft#glaze"
        houses = page.html.split('class="lines houses"')[1].split("</ul>")[0]
        assert "/en/workshops/ben-da" in houses
        assert "/en/workshops/net-lam" not in houses
        assert "2 pieces" in houses
        grid = page.html.split('class="grid"')[1].split("</ul>")[0]
        assert re.findall(r"/en/ceramics/([\w-]+)", grid) == ["vase", "sold"]

    @pytest.mark.parametrize(
        ("kind", "slug", "pieces"),
        [
            ("form", "binh", {"vase", "sold", "cup"}),
            ("decoration", "song-nuoc", {"vase"}),
            ("glaze", "hoa-lam", {"cup"}),
        ],
    )
    def test_each_kind_finds_its_pieces_here_and_in_the_shop(
        self, client: FlaskClient, kind: str, slug: str, pieces: set[str]
    ) -> None:
        html = client.get(f"/en/craft/{kind}/{slug}").text
        grid = html.split('class="grid"')[1].split("</ul>")[0]
        assert set(re.findall(r"/en/ceramics/([\w-]+)", grid)) == pieces
        shop = client.get(f"/en/ceramics?{kind}={slug}").text.split('id="results"')[1]
        assert set(re.findall(r'href="/en/ceramics/([\w-]+)"', shop)) == pieces

    def test_it_is_honest_when_there_is_nothing(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft/kiln/lo-ech")
        assert "No workshop has a piece of this kind on sale today." in page.text
        assert "Who makes it" not in page.text
        assert "/en/ceramics?kiln" not in page.html

    @pytest.mark.parametrize(
        "path",
        [
            "glaze/khong-co",
            "kiln/men-ngoc",
            "tea/men-ngoc",
            "word/con-ke",
            "glaze/",
            "glaze/men-ngoc/x",
            "glaze/%00",
        ],
    )
    def test_what_there_is_not_is_not_found(self, client: FlaskClient, path: str) -> None:
        assert client.get(f"/en/craft/{path}").status_code == 404

    def test_machines_read_a_defined_term(self, client: FlaskClient) -> None:
        html = client.get("/en/craft/glaze/men-ngoc").text
        data = {
            item["@type"]: item
            for item in map(json.loads, re.findall(r"ld\+json[^>]*>(.*?)</script>", html))
        }
        term = data["DefinedTerm"]
        assert term["name"] == "Celadon"
        assert term["alternateName"] == ["jade glaze"]
        assert term["inDefinedTermSet"] == "http://127.0.0.1:8000/en/craft/glossary"
        trail = [item["name"] for item in data["BreadcrumbList"]["itemListElement"]]
        assert trail == ["The craft", "Glazes", "Celadon"]
        assert 'hreflang="vi" href="http://127.0.0.1:8000/vi/craft/glaze/men-ngoc"' in html


@pytest.mark.usefixtures("village")
class TestPages:
    def test_the_index_shows_every_kind(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft")
        assert page.headings == ["The craft"]
        assert page.links["Celadon 2 pieces"] == "/en/craft/glaze/men-ngoc"
        assert page.links["Waves 1 piece"] == "/en/craft/decoration/song-nuoc"
        assert "/en/craft/kiln/lo-ech" in page.html
        assert "/en/craft/word" not in page.html

    def test_the_making_leads_to_its_terms(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft/making")
        assert "First the bone" in page.text
        assert page.links["Celadon"] == "/en/craft/glaze/men-ngoc"
        assert "Source: Sách cũ" in page.text
        assert 'id="trang-men"' in page.html

    def test_the_years_say_whether_they_are_exact(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft/timeline")
        assert "Up to the 14th century" in page.text
        assert "1352 (the year is exact)" in page.text
        assert "20th century" not in page.text

    def test_the_glossary_is_found_without_marks_and_in_either_language(
        self, client: FlaskClient
    ) -> None:
        for typed in ("con ke", "CON KÊ", "spur", "stil"):
            page = get(client, f"/vi/craft/glossary?word={typed}")
            assert "Con kê" in page.text, typed
            assert "Men ngọc" not in page.text
        assert 'name="robots" content="noindex' in page.html
        assert "Không" not in get(client, "/vi/craft/glossary").title

    def test_a_word_that_is_not_there_is_kept_and_said(self, client: FlaskClient) -> None:
        page = get(client, "/en/craft/glossary?word=<b>tram</b>")
        assert "No word here for “<b>tram</b>”" in page.text
        assert "<b>tram" not in page.html

    def test_only_the_entries_are_sent_to_who_types(self, client: FlaskClient) -> None:
        part = client.get("/en/craft/glossary?word=prop", headers=HTMX)
        assert part.text.lstrip().startswith('<div id="entries">')
        assert {"HX-Request"} <= set(part.headers["Vary"].split(", "))

    def test_letters_lead_where_they_say(self, client: FlaskClient) -> None:
        html = client.get("/vi/craft/glossary").text
        anchors = re.findall(r'href="#(letter-\d+)"', html)
        assert anchors
        assert all(f'id="{anchor}"' in html for anchor in anchors)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("", "The craft"),
        ("/making", "ten steps"),
        ("/timeline", "years"),
        ("/glossary", "Glossary"),
    ],
)
def test_before_anything_is_written_the_pages_stand(
    client: FlaskClient, path: str, title: str
) -> None:
    page = get(client, f"/en/craft{path}")
    assert title in page.headings[0]
    assert "Nothing has been written here yet" in page.text


@pytest.mark.parametrize("pieces", [1, 25])
@pytest.mark.parametrize(
    ("path", "statements"),
    [
        ("", 3),
        ("/making", 4),
        ("/timeline", 3),
        ("/glossary", 1),
        ("/glaze/men-ngoc", 5),
    ],
)
@pytest.mark.usefixtures("village")
def test_a_page_costs_few_statements_however_much_there_is(
    app: Flask, client: FlaskClient, path: str, statements: int, pieces: int
) -> None:
    with app.app_context():
        workshop = make_workshop("w", "Xưởng W")
        for number in range(pieces):
            make_product(workshop, f"piece-{number}")
            make_term(TermKind.FORM, f"form-{number}", f"Dáng {number}", f"Form {number}")
        db.session.commit()
    with count_sql(app) as sent:
        assert client.get(f"/vi/craft{path}").status_code == 200
    assert len(sent) == statements, sent.texts


def test_a_sold_only_piece_and_a_closed_workshop(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        closed = make_workshop("dong", "Xưởng Đóng", is_open=False)
        make_product(closed, "hidden", name_en="Hidden")
        make_product(make_workshop(), "only", name_en="Only", supply=Supply.ONE_OF_A_KIND, stock=0)
        db.session.commit()
    page = get(client, "/en/craft/form/binh")
    assert "Hidden" not in page.text
    assert "See the 1 piece in the shop" in page.text
    assert "Sold" in page.text


def test_a_glaze_shows_first_what_comes_in_no_other(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        jade = make_term(TermKind.GLAZE, "men-ngoc", "Men ngọc", "Celadon", synonyms_en="a-b, a b")
        plain = make_product(make_workshop(), "plain")
        variant_of(plain).glaze_id = jade.id
        both = make_product(make_workshop("ben-da", "Bến Đá"), "both")
        make_variant(both, glaze_id=jade.id, position=1)
        db.session.commit()
    page = get(client, "/en/craft/glaze/men-ngoc")
    grid = page.html.split('class="grid"')[1].split("</ul>")[0]
    assert re.findall(r"/en/ceramics/([\w-]+)", grid) == ["plain", "both"]
    assert "Also: a-b " in page.text
    tile = client.get("/en/craft").text.split("/en/craft/glaze/men-ngoc")[1].split("</a>")[0]
    with app.app_context():
        photo = db.session.scalars(
            select(Image.public_id)
            .join(ProductPhoto, ProductPhoto.image_id == Image.id)
            .join(Product, Product.id == ProductPhoto.product_id)
            .where(Product.slug == "plain")
        ).one()
    assert photo in tile


def term(name_vi: str, name_en: str = "x") -> Term:
    return Term(id=1, name_vi=name_vi, name_en=name_en, synonyms_vi="", synonyms_en="")


def test_letters_follow_the_vietnamese_alphabet() -> None:
    names = ["Đôn", "Ấm", "Dạc lò", "Bát", "Âu", "Ăng", "An", "Ông", "Ốp", "Ơ", "Đĩa"]
    filed = letters([term(name) for name in names])
    assert [letter.letter for letter in filed] == ["A", "Ă", "Â", "B", "D", "Đ", "Ô", "Ơ"]
    assert [t.name_vi for t in filed[5].terms] == ["Đĩa", "Đôn"]
    assert len({letter.anchor for letter in filed}) == len(filed)


def test_words_are_matched_from_their_beginning() -> None:
    terms = [term("Men rạn", "Crackle (men rạn)"), term("Rạn chân chim"), term("Bao nung")]
    assert [t.name_vi for t in matching(terms, "ran")] == ["Men rạn", "Rạn chân chim"]
    assert [t.name_vi for t in matching(terms, "men ran")] == ["Men rạn"]
    assert matching(terms, "ung") == []
    assert matching(terms, "") == terms


def entry(first: int, last: int | None = None, **values: object) -> TimelineEntry:
    return TimelineEntry(
        **{
            "year_from": first,
            "year_to": last,
            "is_about": False,
            "when_vi": "",
            "when_en": "",
            **values,
        }
    )


def test_a_time_is_written_as_people_write_it(app: Flask) -> None:
    with app.test_request_context("/en/craft/timeline"):
        assert when(entry(1352)) == "1352"
        assert when(entry(2001, 2003)) == "2001–2003"
        assert when(entry(1958, is_about=True)) == "about 1958"
        assert when(entry(1570, 1599, when_en="Late 16th century")) == "Late 16th century"
        eras = [
            (c.number, len(c.entries)) for c in chapters([entry(1400), entry(1401), entry(2001)])
        ]
    assert eras == [(1, 1), (2, 1), (5, 1)]


def test_the_first_sentence_defines() -> None:
    assert first_sentence("Một dòng 1.300 °C.\nHai dòng. Ba.") == "Một dòng 1.300 °C."
    assert first_sentence("Một câu thôi.") == "Một câu thôi."


def test_a_withdrawn_piece_is_nobodys_face(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        form = find_term(TermKind.FORM, "binh", "Bình", "Vase")
        make_product(make_workshop(), "gone", status=ProductStatus.WITHDRAWN, form_id=form.id)
        db.session.commit()
        assert db.session.query(Product).count() == 1
    html = client.get("/en/craft").text
    assert "/media/" not in html
    assert "/en/craft/form/binh" in html
