"""The page of one product: what it says, what it offers, and to whom it is not there."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from shop.catalogue.actions.products import set_model
from shop.catalogue.models import (
    FoodUse,
    Product,
    ProductStatus,
    Supply,
    product_decoration,
    product_technique,
)
from shop.core.db import db
from shop.heritage.models import TermKind
from shop.workshops.models import Maker
from tests.conftest import count_sql
from tests.factories import (
    make_cart,
    make_model,
    make_product,
    make_rates,
    make_term,
    make_variant,
    make_workshop,
    variant_of,
)
from tests.pages import get

PATH = "/en/ceramics/vase"


def keep(product: Product, **values: object) -> None:
    for name, value in values.items():
        setattr(product, name, value)
    db.session.commit()


def structured(html: str) -> list[dict[str, Any]]:
    bodies = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html)
    return [json.loads(body) for body in bodies]


def offers(html: str) -> list[dict[str, Any]]:
    (product,) = (data for data in structured(html) if data["@type"] == "Product")
    found: list[dict[str, Any]] = product["offers"]
    return found


@pytest.mark.parametrize("status", [ProductStatus.DRAFT, ProductStatus.WITHDRAWN])
def test_only_what_is_published_has_a_page(
    app: Flask, client: FlaskClient, status: ProductStatus
) -> None:
    with app.app_context():
        keep(make_product(make_workshop(), "vase"), status=status)
    assert client.get(PATH).status_code == 404
    assert client.get(f"{PATH}/delivery").status_code == 404


def test_a_piece_without_anything_on_sale_has_no_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        variant_of(make_product(make_workshop(), "vase")).active = False
        db.session.commit()
    assert client.get(PATH).status_code == 404


@pytest.mark.parametrize("slug", ["not-here", "%00", "a" * 500, "..%2f..%2fetc"])
def test_unknown_pieces(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/vi/ceramics/{slug}").status_code == 404


def test_one_of_a_kind_is_bought_with_one_button(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        product = make_product(make_workshop(), "vase", supply=Supply.ONE_OF_A_KIND)
        public_id = variant_of(product).public_id
        db.session.commit()
    page = get(client, PATH)
    assert page.form("/basket/lines").values | {"csrf_token": ""} == {
        "csrf_token": "",
        "variant": public_id,
        "quantity": "1",
    }
    assert "One of a kind: there is only this one" in page.text
    assert "₫1,850,000" in page.text


def test_variants_are_chosen_by_radio_the_first_to_be_had_at_first(
    app: Flask, client: FlaskClient
) -> None:
    with app.app_context():
        product = make_product(make_workshop(), "vase", price=300_000, stock=0)
        second = make_variant(product, price=500_000, stock=4, label_en="Large", position=1)
        make_variant(product, price=100_000, label_en="Retired", position=2, active=False)
        chosen = second.public_id
        db.session.commit()
    page = get(client, PATH)
    form = page.form("/basket/lines")
    assert form.values["variant"] == chosen
    radios = re.findall(r'<input type="radio"[^>]*>', page.html)
    assert ["disabled" in radio for radio in radios] == [True, False]
    assert 'max="4"' in page.html
    assert "from ₫300,000" in page.text
    assert "Large" in page.text
    assert "Out of stock" in page.text
    assert "Retired" not in page.text


def test_made_to_order_says_how_long_it_takes(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_product(make_workshop(), "vase", supply=Supply.MADE_TO_ORDER, stock=0)
        db.session.commit()
    page = get(client, PATH)
    assert "Made to order in 30 days" in page.text
    assert page.has_form("/basket/lines")
    assert offers(page.html)[0]["availability"] == "https://schema.org/MadeToOrder"


@pytest.mark.parametrize(
    ("supply", "words", "availability"),
    [
        (Supply.ONE_OF_A_KIND, "This piece has been sold.", "SoldOut"),
        (Supply.COUNTED, "Out of stock just now.", "OutOfStock"),
    ],
)
def test_what_is_gone_cannot_be_put_into_the_basket(
    app: Flask, client: FlaskClient, supply: Supply, words: str, availability: str
) -> None:
    with app.app_context():
        make_product(make_workshop(), "vase", supply=supply, stock=0)
        db.session.commit()
    page = get(client, PATH)
    assert words in page.text
    assert not page.has_form("/basket/lines")
    assert offers(page.html)[0]["availability"] == f"https://schema.org/{availability}"


def test_a_workshop_that_takes_no_orders_sells_nothing(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_product(make_workshop(is_open=False), "vase")
        db.session.commit()
    page = get(client, PATH)
    assert "The workshop takes no orders just now." in page.text
    assert not page.has_form("/basket/lines")


def test_facts_of_the_craft(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        workshop = make_workshop()
        maker = Maker(workshop_id=workshop.id, name="Tô Thị Lan", craft_vi="Vẽ", craft_en="Paints")
        db.session.add(maker)
        db.session.flush()
        kiln = make_term(TermKind.KILN, "lo-gas", "Lò con thoi", "Shuttle kiln")
        body = make_term(TermKind.BODY, "xuong-truc-thon", "Xương đất Trúc Thôn", "Trúc Thôn body")
        wheel = make_term(TermKind.TECHNIQUE, "vuot-tay", "Vuốt tay", "Throwing")
        lotus = make_term(TermKind.DECORATION, "sen-day", "Sen dây", "Lotus")
        product = make_product(
            workshop,
            "vase",
            maker_id=maker.id,
            kiln_id=kiln.id,
            body_id=body.id,
            firing_celsius=1280,
            decoration_en="Lotus scroll",
            food_use=FoodUse.NOT_FOR_FOOD,
            food_note_en="A crackle glaze lets liquid in.",
        )
        db.session.execute(
            product_technique.insert().values(product_id=product.id, term_id=wheel.id)
        )
        db.session.execute(
            product_decoration.insert().values(product_id=product.id, term_id=lotus.id)
        )
        db.session.commit()
    page = get(client, PATH)
    for words in (
        "By Tô Thị Lan at",
        "1,280 °C",
        "Trúc Thôn body",
        "12 October 2026",
        "24 cm high, 18 cm wide, 18 cm deep",
        "1.6 kg",
        "Not for food",
        "A crackle glaze lets liquid in.",
        "Lotus scroll",
        "renderings of a modelled piece",
    ):
        assert words in page.text, words
    facts = page.html.split('<dl class="facts">')[1].split("</dl>")[0]
    for address, name in (
        ("form/binh", "Vase"),
        ("glaze/hoa-lam", "Cobalt blue"),
        ("decoration/sen-day", "Lotus"),
        ("technique/vuot-tay", "Throwing"),
        ("body/xuong-truc-thon", "Trúc Thôn body"),
        ("kiln/lo-gas", "Shuttle kiln"),
    ):
        assert f'<a href="/en/craft/{address}">{name}</a>' in facts
        assert client.get(f"/en/craft/{address}").status_code == 200
    assert page.links["Xưởng Nét Lam workshop"] == "/en/workshops/net-lam"


def test_search_engines_read_product_offers_and_place(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        product = make_product(make_workshop(), "vase", price=1_850_000, stock=1)
        make_variant(product, price=2_000_000, stock=9, label_en="Large", position=1)
        db.session.commit()
    html = client.get(PATH).text
    data = {item["@type"]: item for item in structured(html)}
    assert data["Product"]["@context"] == "https://schema.org"
    assert data["Product"]["url"] == "http://127.0.0.1:8000/en/ceramics/vase"
    assert data["Product"]["image"][0].startswith("http://127.0.0.1:8000/media/")
    first, second = data["Product"]["offers"]
    assert (first["price"], first["priceCurrency"]) == ("1850000", "VND")
    assert first["availability"] == "https://schema.org/LimitedAvailability"
    assert second["availability"] == "https://schema.org/InStock"
    assert first["itemCondition"] == "https://schema.org/NewCondition"
    assert first["seller"] == {
        "@type": "Organization",
        "name": "Xưởng Nét Lam workshop",
        "url": "http://127.0.0.1:8000/en/workshops/net-lam",
    }
    trail = [item["name"] for item in data["BreadcrumbList"]["itemListElement"]]
    assert trail == ["Ceramics", "Vase", "Blue and white lotus vase"]
    assert '<meta property="og:image" content="http://127.0.0.1:8000/media/' in html
    assert '<meta property="og:type" content="product">' in html


def test_no_text_breaks_out_of_the_page(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        make_product(make_workshop(), "vase", name_en='</script><script>alert("1")</script>&')
        db.session.commit()
    html = client.get(PATH).text
    assert "<script>alert" not in html
    (product,) = (data for data in structured(html) if data["@type"] == "Product")
    assert product["name"] == '</script><script>alert("1")</script>&'


def test_delivery_is_worked_out_for_this_piece(app: Flask, client: FlaskClient) -> None:
    """2 kg packed, volumetric 2 kg: the first weight and 10.000 ₫ of packing."""
    with app.app_context():
        make_product(make_workshop(), "vase")
        make_rates()
        db.session.commit()
    page = get(client, f"{PATH}/delivery")
    for words in ("Hà Nội 1–3 days ₫40,000", "Abroad 1–3 days ₫710,000", "Packing: Wrap twice"):
        assert words in page.text
    part = client.get(f"{PATH}/delivery", headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert "₫40,000" in part.text
    assert "HX-Request" in part.headers["Vary"]


def test_what_no_carrier_takes_is_collected(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        variant_of(make_product(make_workshop(), "vase")).packed_height_mm = 2200
        make_rates()
        db.session.commit()
    assert "too large for the carriers" in get(client, f"{PATH}/delivery").text


def test_other_pieces_of_the_workshop_and_of_the_glaze(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        own, other = make_workshop(), make_workshop("ben-da", "Xưởng Bến Đá")
        jade = make_term(TermKind.GLAZE, "men-ngoc", "Men ngọc", "Celadon")
        make_product(own, "vase")
        for number in range(6):
            make_product(own, f"own-{number}")
        make_product(other, "blue", name_en="Blue of another")
        variant_of(make_product(other, "green", name_en="Green")).glaze_id = jade.id
        db.session.commit()
    html = client.get(PATH).text
    of_workshop, of_glaze = html.split('<section class="beside">')[1:]
    assert len(set(re.findall(r"/en/ceramics/own-\d", of_workshop))) == 4
    assert "/en/ceramics/blue" in of_glaze
    assert "/en/ceramics/green" not in html


@pytest.mark.parametrize("pieces", [1, 30])
def test_a_product_costs_five_statements_however_much_hangs_on_it(
    app: Flask, client: FlaskClient, pieces: int
) -> None:
    with app.app_context():
        workshop = make_workshop()
        product = make_product(workshop, "vase")
        for number in range(pieces):
            make_product(workshop, f"other-{number}")
            make_variant(product, position=number + 1)
        _, token = make_cart((variant_of(product), 1))
        db.session.commit()
    client.set_cookie("__Host-basket", token, domain="localhost", secure=True)
    with count_sql(app) as sent:
        assert client.get(PATH).status_code == 200
    assert len(sent) == 5, sent.texts


def policy(answer: Any) -> str:
    return str(answer.headers["Content-Security-Policy"])


def test_a_piece_with_a_model_can_be_turned(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        product = make_product(make_workshop(), "vase")
        model = make_model()
        public_id = model.public_id
        assert set_model(product, model)
        assert not set_model(product, model)
        db.session.commit()
    for language, size in (("en", "42 cm high, 26 cm wide"), ("vi", "Cao 42 cm, rộng 26 cm")):
        page = get(client, f"/{language}/ceramics/vase")
        assert size in page.text.replace("\N{NO-BREAK SPACE}", " ")
        assert f'data-model="/media/{public_id}.glb"' in page.html
        assert 'data-orbit="0.0deg 84.0deg 1.37m"' in page.html
        assert 'id="turn"' in page.html
        assert "shop/turn" in page.html
        assert re.search(r'<button[^>]*id="turn"[^>]*hidden>', page.html), "useless without script"
    answer = client.get(PATH)
    assert "'wasm-unsafe-eval'" in policy(answer)
    assert "connect-src 'self' blob:" in policy(answer)
    for never in ("'unsafe-inline'", "'unsafe-eval'", "http://", "*"):
        assert never not in policy(answer)


def test_a_piece_without_a_model_keeps_the_strict_policy(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        product = make_product(make_workshop(), "vase")
        set_model(product, make_model())
        assert set_model(product, None)
        assert not set_model(product, None)
        db.session.commit()
    page = get(client, PATH)
    for trace in ('id="turn"', 'import "shop/turn"', "data-model"):
        assert trace not in page.html
    assert "wasm" not in policy(client.get(PATH))
    assert "blob:" not in policy(client.get(PATH))


def test_a_model_costs_no_statement(app: Flask, client: FlaskClient) -> None:
    with app.app_context():
        product_id = make_product(make_workshop(), "vase").id
        db.session.commit()
    with count_sql(app) as without:
        client.get(PATH)
    with app.app_context():
        set_model(db.session.get_one(Product, product_id), make_model())
        db.session.commit()
    with count_sql(app) as with_model:
        client.get(PATH)
    assert len(with_model) == len(without)
