"""A small village for tests: made through models, with numbers one can check in the head."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

from flask.testing import FlaskClient

from shop.accounts.addresses import Address
from shop.accounts.models import Person, PersonSession
from shop.accounts.passwords import hash_password
from shop.accounts.places import DATASET_VERSION
from shop.cart.models import Cart, CartLine
from shop.catalogue.actions.stock import receive_stock
from shop.catalogue.models import (
    FoodUse,
    Product,
    ProductPhoto,
    ProductStatus,
    Supply,
    Variant,
)
from shop.core import clock
from shop.core.db import db
from shop.core.ids import secret_token, token_digest
from shop.core.vietnamese import fold, sort_key
from shop.heritage.models import Certainty, Term, TermKind
from shop.ledger.models import ChargeRate, DatedTerm, RateKind, Sellers, TaxedAs, TermOfTrade
from shop.media.models import Image, Model3D
from shop.shipping.models import Carrier, Fragility, PackingRule, ShippingRate, Zone
from shop.workshops.models import MemberRole, SellerKind, Workshop, WorkshopMember

NOW = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
PASSWORD = "mot-mat-khau-de-thu"
_numbers = itertools.count(1)
HOAN_KIEM = Address(
    country="VN",
    street="12 Hàng Trống",
    province_code="01",
    province_name="Thành phố Hà Nội",
    ward_code="00070",
    ward_name="Phường Hoàn Kiếm",
    places_version=DATASET_VERSION,
)


def make_person(name: str = "Mai Lan", **values: object) -> Person:
    number = next(_numbers)
    person = Person(
        **{
            "email": f"person{number}@example.vn",
            "name": name,
            "password_hash": hash_password(PASSWORD),
            "email_proven_at": NOW,
            **values,
        }
    )
    db.session.add(person)
    db.session.flush()
    return person


def sign_in(client: FlaskClient, person: Person) -> None:
    """Open a session for the person in this browser, as the sign-in page would."""
    token = secret_token()
    now = clock.now()
    db.session.add(
        PersonSession(
            token_digest=token_digest(token),
            person_id=person.id,
            seen_at=now,
            expires_at=now.replace(year=now.year + 1),
        )
    )
    db.session.commit()
    with client.session_transaction(base_url="https://localhost") as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True


def make_term(kind: TermKind, slug: str, name_vi: str, name_en: str, **values: object) -> Term:
    term = Term(
        **{
            "kind": kind,
            "slug": slug,
            "name_vi": name_vi,
            "name_en": name_en,
            "description_vi": f"Về {name_vi}",
            "description_en": f"About {name_en}",
            "certainty": Certainty.DOCUMENTED,
            "source": "test",
            **values,
        }
    )
    db.session.add(term)
    db.session.flush()
    return term


def find_term(kind: TermKind, slug: str, name_vi: str, name_en: str) -> Term:
    found = db.session.query(Term).filter_by(kind=kind, slug=slug).one_or_none()
    return found or make_term(kind, slug, name_vi, name_en)


def make_workshop(slug: str = "net-lam", name: str = "Xưởng Nét Lam", **values: object) -> Workshop:
    workshop = Workshop(
        **{
            "slug": slug,
            "name_vi": name,
            "name_en": f"{name} workshop",
            "name_sort": sort_key(name),
            "speciality_vi": "Gốm hoa lam",
            "speciality_en": "Blue and white",
            "story_vi": "Chuyện xưởng",
            "story_en": "The workshop's story",
            "place_vi": "Xóm 3",
            "place_en": "Hamlet 3",
            "street": "Xóm 3",
            "ward_code": "00577",
            "phone": "+84900000001",
            "email": f"{slug}@example.vn",
            "seller_kind": SellerKind.HOUSEHOLD,
            **values,
        }
    )
    db.session.add(workshop)
    db.session.flush()
    return workshop


def make_member(workshop: Workshop, role: MemberRole = MemberRole.OWNER) -> Person:
    person = make_person("Thợ Lan")
    db.session.add(WorkshopMember(workshop_id=workshop.id, person_id=person.id, role=role))
    db.session.flush()
    return person


def make_image() -> Image:
    image = Image(
        sha256=secret_token()[:64],
        width=1200,
        height=1500,
        byte_count=1000,
        alt_vi="Bình hoa lam vẽ sen dây",
        alt_en="Vase with a lotus scroll",
        is_rendering=True,
    )
    db.session.add(image)
    db.session.flush()
    return image


def make_model(poster: Image | None = None) -> Model3D:
    """A 3D model of a vase 42 cm high and 26 cm wide, first seen a little from above."""
    model = Model3D(
        sha256=secret_token()[:64],
        byte_count=380_000,
        triangles=17_000,
        texture_px=2048,
        width_mm=260,
        height_mm=420,
        depth_mm=260,
        view_azimuth=0.0,
        view_polar=84.0,
        view_distance_mm=1370.0,
        view_field=24.0,
        target_x_mm=0.0,
        target_y_mm=206.0,
        target_z_mm=0.0,
        alt_vi="Bình hoa lam vẽ sen dây",
        alt_en="Vase with a lotus scroll",
        is_rendering=True,
        poster_id=(poster or make_image()).id,
    )
    db.session.add(model)
    db.session.flush()
    return model


def make_product(
    workshop: Workshop,
    slug: str = "binh-sen-day",
    *,
    name_vi: str = "Bình hoa lam vẽ sen dây",
    name_en: str = "Blue and white lotus vase",
    supply: Supply = Supply.COUNTED,
    stock: int = 5,
    price: int = 1_850_000,
    **values: object,
) -> Product:
    """A published product with one variant (2 kg packed, 20×20×25 cm) and a photograph."""
    product = Product(
        **{
            "slug": slug,
            "workshop_id": workshop.id,
            "name_vi": name_vi,
            "name_en": name_en,
            "summary_vi": "Bình vẽ tay",
            "summary_en": "A hand-painted vase",
            "story_vi": "Chuyện chiếc bình",
            "story_en": "The vase's story",
            "care_vi": "Rửa tay",
            "care_en": "Wash by hand",
            "supply": supply,
            "lead_days": 30 if supply is Supply.MADE_TO_ORDER else None,
            "form_id": find_term(TermKind.FORM, "binh", "Bình", "Vase").id,
            "fired_on": date(2026, 10, 12),
            "food_use": FoodUse.DECORATIVE,
            "fragility": Fragility.STANDARD,
            "status": ProductStatus.PUBLISHED,
            "published_at": NOW,
            "search_text": f" {fold(name_vi)} {fold(name_en)} ",
            "name_fold": fold(name_vi),
            "name_sort": sort_key(name_vi),
            **values,
        }
    )
    db.session.add(product)
    db.session.flush()
    db.session.add(ProductPhoto(product_id=product.id, image_id=make_image().id, position=0))
    make_variant(product, stock=stock, price=price)
    return product


def make_variant(
    product: Product, *, stock: int = 5, price: int = 1_850_000, **values: object
) -> Variant:
    unique = product.supply is Supply.ONE_OF_A_KIND
    variant = Variant(
        **{
            "product_id": product.id,
            "sku": f"SKU-{next(_numbers)}",
            "glaze_id": find_term(TermKind.GLAZE, "hoa-lam", "Hoa lam", "Cobalt blue").id,
            "price": price,
            "height_mm": 240,
            "width_mm": 180,
            "depth_mm": 180,
            "weight_g": 1600,
            "packed_length_mm": 200,
            "packed_width_mm": 200,
            "packed_height_mm": 250,
            "packed_weight_g": 2000,
            "is_unique": unique,
            **values,
        }
    )
    db.session.add(variant)
    db.session.flush()
    if product.supply is not Supply.MADE_TO_ORDER and stock:
        receive_stock(variant, 1 if unique else stock, cause="test", at=NOW)
        db.session.refresh(variant)
    return variant


def variant_of(product: Product) -> Variant:
    return db.session.query(Variant).filter_by(product_id=product.id).order_by(Variant.id).first()  # type: ignore[return-value]


def make_rates() -> None:
    """GHN: 30.000 ₫ for 2 kg and 5.000 ₫ a further 500 g in Hà Nội; packing 10.000 ₫ a piece.

    And what sales are charged, by make_charge_rates.
    """
    make_charge_rates()
    carrier = Carrier(
        code="ghn",
        name_vi="Giao Hàng Nhanh",
        name_en="GHN",
        max_weight_g=50_000,
        max_side_mm=2000,
        volumetric_divisor=5000,
    )
    db.session.add(carrier)
    db.session.flush()
    for zone, price in zip(Zone, (30_000, 40_000, 50_000, 60_000, 700_000), strict=True):
        db.session.add(
            ShippingRate(
                carrier_id=carrier.id,
                zone=zone,
                first_weight_g=2000,
                first_price=price,
                step_weight_g=500,
                step_price=5000,
                days_from=1,
                days_to=3,
                valid_from=date(2026, 1, 1),
                source="test",
            )
        )
    for fragility in Fragility:
        db.session.add(
            PackingRule(
                fragility=fragility,
                price=10_000,
                extra_weight_g=0,
                instruction_vi="Bọc hai lớp",
                instruction_en="Wrap twice",
                valid_from=date(2026, 1, 1),
                source="test",
            )
        )
    db.session.flush()


CHARGES = {
    (RateKind.COMMISSION, Sellers.ALL): 900,
    (RateKind.COMMISSION_VAT, Sellers.ALL): 800,
    (RateKind.FUND_SHARE, Sellers.ALL): 300,
    (RateKind.GOODS_VAT, Sellers.HOUSEHOLD): 0,
    (RateKind.GOODS_VAT, Sellers.INDIVIDUAL): 0,
    (RateKind.GOODS_VAT, Sellers.COMPANY): 800,
    (RateKind.WITHHELD_VAT, Sellers.HOUSEHOLD): 100,
    (RateKind.WITHHELD_VAT, Sellers.INDIVIDUAL): 100,
    (RateKind.WITHHELD_VAT, Sellers.COMPANY): 0,
    (RateKind.WITHHELD_PIT, Sellers.HOUSEHOLD): 50,
    (RateKind.WITHHELD_PIT, Sellers.INDIVIDUAL): 50,
    (RateKind.WITHHELD_PIT, Sellers.COMPANY): 0,
    (RateKind.GOODS_VAT, Sellers.NON_RESIDENT): 0,
    (RateKind.WITHHELD_VAT, Sellers.NON_RESIDENT): 100,
    (RateKind.WITHHELD_PIT, Sellers.NON_RESIDENT): 100,
}


TERMS = {
    TermOfTrade.RETURN_DAYS: 7,
    TermOfTrade.PAYOUT_WEEKDAY: 5,
    TermOfTrade.CASH_LATE_DAYS: 7,
    TermOfTrade.FAULT_RETURN_DAYS: 15,
    TermOfTrade.ANSWER_DAYS: 3,
}


def make_charge_rates(valid_from: date = date(2026, 1, 1)) -> None:
    """9 % commission with 8 % VAT in it, 3 % to the fund; households 1 % and 0.5 % withheld.

    And the terms of trade: 7 days to return, payouts on Fridays, cash late after 7 days.
    """
    db.session.add_all(
        DatedTerm(kind=kind, value=value, valid_from=valid_from, source="test")
        for kind, value in TERMS.items()
    )
    db.session.add_all(
        ChargeRate(
            kind=kind,
            sellers=sellers,
            taxed_as=TaxedAs.GOODS if kind.is_per_supply else TaxedAs.ALL,
            basis_points=points,
            valid_from=valid_from,
            source="test",
        )
        for (kind, sellers), points in CHARGES.items()
    )
    db.session.flush()


def make_cart(*wanted: tuple[Variant, int], person: Person | None = None) -> tuple[Cart, str]:
    """A basket with these pieces at today's prices, and the token that opens it."""
    token = secret_token()
    cart = Cart(
        token_digest=token_digest(token),
        person_id=person.id if person else None,
        changed_at=NOW,
    )
    db.session.add(cart)
    db.session.flush()
    for variant, quantity in wanted:
        db.session.add(
            CartLine(
                cart_id=cart.id,
                variant_id=variant.id,
                quantity=quantity,
                price_seen=variant.price,
            )
        )
    db.session.flush()
    return cart, token
