"""Workshops are entered and described, and people and makers join them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from shop.core.db import db
from shop.core.errors import Invalid
from shop.workshops.actions import (
    WorkshopDetails,
    WorkshopSlugTaken,
    add_maker,
    add_member,
    create_workshop,
    edit_workshop,
    set_mark,
)
from shop.workshops.models import Maker, MemberRole, SellerKind, Workshop, WorkshopMember
from shop.workshops.queries import workshops_by_name
from tests.factories import make_image, make_person


def details(**changes: Any) -> WorkshopDetails:
    return replace(
        WorkshopDetails(
            name_vi="Xưởng Nét Lam",
            name_en="Net Lam Workshop",
            speciality_vi="Hoa lam",
            speciality_en="Blue and white",
            story_vi="Chuyện",
            story_en="Story",
            place_vi="Làng cổ",
            place_en="The old village",
            seller_kind=SellerKind.HOUSEHOLD,
            ward_code="00577",
        ),
        **changes,
    )


def test_a_workshop_is_kept_as_described(context: Flask) -> None:
    create_workshop("net-lam", details(founded_year=1991, is_demonstration=True))
    db.session.commit()
    kept = db.session.scalars(select(Workshop)).one()
    assert (kept.slug, kept.name_vi, kept.founded_year) == ("net-lam", "Xưởng Nét Lam", 1991)
    assert (kept.is_open, kept.is_demonstration, kept.lacks_working_address) == (True, True, True)


def test_workshops_stand_in_vietnamese_order(context: Flask) -> None:
    for slug, name in (("d", "Đồi Gốm"), ("a", "Ấm Nâu"), ("c", "Da Lươn"), ("b", "Bến Đá")):
        create_workshop(slug, details(name_vi=name))
    assert [row.slug for row in workshops_by_name()] == ["a", "b", "c", "d"]


def test_an_address_is_taken_once(context: Flask) -> None:
    create_workshop("net-lam", details())
    with pytest.raises(WorkshopSlugTaken):
        create_workshop("net-lam", details())


def test_a_workshop_has_a_name_in_both_languages_and_a_real_commune(context: Flask) -> None:
    wrong = details(name_en=" ", ward_code="99999")
    with pytest.raises(Invalid) as refused:
        create_workshop("net-lam", wrong)
    assert set(refused.value.fields) == {"name_en", "ward_code"}
    workshop = create_workshop("net-lam", details())
    with pytest.raises(Invalid):
        edit_workshop(workshop, wrong)


def test_editing_says_whether_anything_changed(context: Flask) -> None:
    workshop = create_workshop("net-lam", details())
    assert not edit_workshop(workshop, details())
    assert edit_workshop(workshop, details(name_vi="Nét Lam", phone="+84900000011"))
    assert (workshop.name_vi, workshop.phone) == ("Nét Lam", "+84900000011")
    assert not edit_workshop(workshop, details(name_vi="Nét Lam", phone="+84900000011"))


def test_a_mark_is_set_changed_and_taken_away(context: Flask) -> None:
    workshop, mark = create_workshop("net-lam", details()), make_image()
    assert set_mark(workshop, mark)
    assert not set_mark(workshop, mark)
    assert workshop.mark_id == mark.id
    assert set_mark(workshop, None)
    assert workshop.mark_id is None


def test_a_person_belongs_to_a_workshop_once_in_one_role(context: Flask) -> None:
    workshop, person = create_workshop("net-lam", details()), make_person()
    assert add_member(workshop, person, MemberRole.PACKER)
    assert not add_member(workshop, person, MemberRole.PACKER)
    assert add_member(workshop, person, MemberRole.OWNER)
    member = db.session.scalars(select(WorkshopMember)).one()
    assert (member.person_id, member.role) == (person.id, MemberRole.OWNER)


def test_a_maker_is_known_by_name_in_each_workshop(context: Flask) -> None:
    here = create_workshop("net-lam", details())
    there = create_workshop("lo-bau-do", details(name_vi="Lò Bầu Đỏ"))
    maker, is_new = add_maker(here, "Tô Thị Lan", "Vẽ", "Painting", 1)
    assert is_new
    assert add_maker(here, "Tô Thị Lan", "Vẽ", "Painting", 1) == (maker, False)
    assert add_maker(here, "Tô Thị Lan", "Vẽ dưới men", "Underglaze", 2) == (maker, True)
    other, _ = add_maker(there, "Tô Thị Lan", "Vẽ", "Painting", 1)
    assert other.id != maker.id
    assert db.session.query(Maker).count() == 2
