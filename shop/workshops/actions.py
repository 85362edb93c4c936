"""What is done with workshops: they are entered, described, joined by people and makers."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flask_babel import lazy_gettext
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import Person
from shop.accounts.places import ward
from shop.core.changes import take_over
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, Message
from shop.core.vietnamese import sort_key
from shop.media.models import Image
from shop.workshops.models import Maker, MemberRole, SellerKind, Workshop, WorkshopMember

LONGEST_SORT_KEY = 300
NAMES = ("name_vi", "name_en")


class WorkshopSlugTaken(Conflict):
    message = lazy_gettext("Another workshop has this address already.")


@dataclass(frozen=True, slots=True)
class WorkshopDetails:
    """Everything of a workshop that may be edited.

    `ward_code` is of the places dataset, `phone` in E.164, `map_x` and `map_y` are hundredths
    of the village map's width and height.
    """

    name_vi: str
    name_en: str
    speciality_vi: str
    speciality_en: str
    story_vi: str
    story_en: str
    place_vi: str
    place_en: str
    seller_kind: SellerKind
    opening_vi: str = ""
    opening_en: str = ""
    founded_year: int | None = None
    street: str = ""
    ward_code: str | None = None
    phone: str | None = None
    email: str = ""
    tax_id: str = ""
    map_x: int | None = None
    map_y: int | None = None
    is_demonstration: bool = False


def create_workshop(slug: str, details: WorkshopDetails) -> Workshop:
    """Raises Invalid, or WorkshopSlugTaken, after which the transaction cannot go on."""
    _refuse_wrong_details(details)
    workshop = Workshop(slug=slug, **_columns_of(details))
    db.session.add(workshop)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise WorkshopSlugTaken from error
    return workshop


def edit_workshop(workshop: Workshop, details: WorkshopDetails) -> bool:
    """Take over what changed; False when nothing did. Raises Invalid.

    Its pieces are found by its name: index them again (catalogue's index_product).
    """
    _refuse_wrong_details(details)
    return take_over(workshop, _columns_of(details))


def _columns_of(details: WorkshopDetails) -> dict[str, object]:
    return {**asdict(details), "name_sort": sort_key(details.name_vi)[:LONGEST_SORT_KEY]}


def _refuse_wrong_details(details: WorkshopDetails) -> None:
    wrong: dict[str, Message] = {
        name: lazy_gettext("A workshop has a name in both languages.")
        for name in NAMES
        if not getattr(details, name).strip()
    }
    if details.ward_code is not None and ward(details.ward_code) is None:
        wrong["ward_code"] = lazy_gettext("There is no such commune or ward.")
    if wrong:
        raise Invalid(fields=wrong)


def set_contact(workshop: Workshop, *, street: str, ward_code: str, phone: str, email: str) -> bool:
    """Where carriers fetch parcels and notices arrive; False when that stands. Raises Invalid.

    `phone` in E.164, `email` as parse_email gives it.
    """
    if ward(ward_code) is None:
        wrong: Message = lazy_gettext("There is no such commune or ward.")
        raise Invalid(fields={"ward_code": wrong})
    values = {"street": street, "ward_code": ward_code, "phone": phone, "email": email}
    return take_over(workshop, values)


def set_mark(workshop: Workshop, mark: Image | None) -> bool:
    """The maker's mark shown beside the name; False when it is so already."""
    return take_over(workshop, {"mark_id": mark.id if mark else None})


def add_member(workshop: Workshop, person: Person, role: MemberRole) -> bool:
    """Let a person work for the workshop; False when that was so, in this very role."""
    member = db.session.scalar(
        select(WorkshopMember).where(
            WorkshopMember.workshop_id == workshop.id, WorkshopMember.person_id == person.id
        )
    )
    if member is not None:
        return take_over(member, {"role": role})
    db.session.add(WorkshopMember(workshop_id=workshop.id, person_id=person.id, role=role))
    db.session.flush()
    return True


def add_maker(
    workshop: Workshop, name: str, craft_vi: str, craft_en: str, position: int = 0
) -> tuple[Maker, bool]:
    """Someone whose hands pieces come from, new or brought up to date; whether that changed it."""
    values = {"craft_vi": craft_vi, "craft_en": craft_en, "position": position}
    maker = db.session.scalar(
        select(Maker).where(Maker.workshop_id == workshop.id, Maker.name == name)
    )
    if maker is not None:
        return maker, take_over(maker, values)
    maker = Maker(workshop_id=workshop.id, name=name, **values)
    db.session.add(maker)
    db.session.flush()
    return maker, True
