"""Where one looks on entering a room, where its exhibits and its doors are in the panorama."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from shop.core.access import Audience, audience
from shop.core.errors import Invalid
from shop.core.i18n import localized
from shop.exhibitions.actions.editing import ChangedMeanwhile, marks, refuse_changed
from shop.exhibitions.actions.placing import Angles, Places, put_places
from shop.exhibitions.actions.rooms import DoorDetails
from shop.exhibitions.drafts import doors_of, draft, exhibits_in_order, room_of, rooms_in_order
from shop.exhibitions.models.rooms import Exhibition, Room
from shop.office.forms.details import PlaceForm
from shop.office.forms.exhibitions import EmptyForm
from shop.office.views.base import blueprint
from shop.office.views.gallery.base import Refusal, back, saving
from shop.office.views.gallery.rooms import ROOM

START = "start"


@dataclass(frozen=True, slots=True)
class Point:
    """Something to point at: the view on entering, an exhibit (`e-key`) or a door (`d-slug`)."""

    name: str
    kind: str
    words: str
    form: PlaceForm


def _points(exhibition: Exhibition, room: Room, *, sent: bool) -> list[Point]:
    angles = _angles(exhibition, room)
    found = [
        (START, START, gettext("View on entering")),
        *(
            (f"e-{exhibit.key}", "exhibit", localized(exhibit.artefact, "name"))
            for exhibit in exhibits_in_order(room)
        ),
        *(
            (f"d-{other.slug}", "door", localized(other, "name"))
            for other in rooms_in_order(exhibition)
            if other.id != room.id
        ),
    ]
    return [
        Point(name, kind, words, _form(name, angles[name], sent=sent))
        for name, kind, words in found
    ]


def _form(name: str, angles: Angles | None, *, sent: bool) -> PlaceForm:
    prefix = f"{name}-"
    if sent:
        return PlaceForm(prefix=prefix)
    yaw, pitch = angles or (None, None)
    return PlaceForm(formdata=None, prefix=prefix, data={"yaw": yaw, "pitch": pitch})


def _angles(exhibition: Exhibition, room: Room) -> dict[str, Angles | None]:
    """What is in the database, by the names of the points."""
    found: dict[str, Angles | None] = {START: (room.start_yaw, room.start_pitch)}
    for exhibit in exhibits_in_order(room):
        placed = exhibit.yaw is not None and exhibit.pitch is not None
        found[f"e-{exhibit.key}"] = (exhibit.yaw, exhibit.pitch) if placed else None  # type: ignore[assignment]
    doors = doors_of(room)
    for other in rooms_in_order(exhibition):
        door = doors.get(other.id)
        found[f"d-{other.slug}"] = (door.yaw, door.pitch) if door else None
    return found


@blueprint.get(f"{ROOM}/places")
@audience(Audience.OFFICER)
def gallery_places(slug: str, room_slug: str) -> str:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    return _page(exhibition, room, _points(exhibition, room, sent=False))


def _page(
    exhibition: Exhibition, room: Room, points: list[Point], refusal: Refusal | None = None
) -> str:
    return render_template(
        "office/gallery/places.html",
        exhibition=exhibition,
        room=room,
        points=points,
        seen=marks(_angles(exhibition, room)),
        refusal=refusal,
    )


@blueprint.post(f"{ROOM}/places")
@audience(Audience.OFFICER)
def save_gallery_places(slug: str, room_slug: str) -> ResponseReturnValue:
    exhibition = draft(slug)
    room = room_of(exhibition, room_slug)
    points = _points(exhibition, room, sent=True)
    sound = [point.form.validate() for point in points]
    if not EmptyForm().validate_on_submit() or not all(sound):
        refusal = Refusal(Invalid.status, Invalid.message)
        return _page(exhibition, room, points, refusal), refusal.status
    try:
        _save(slug, room_slug, {point.name: _sent_angles(point.form) for point in points})
    except ChangedMeanwhile as error:
        exhibition = draft(slug)
        room = room_of(exhibition, room_slug)
        refusal = Refusal(error.status, error.message, error.now)
        return _page(exhibition, room, points, refusal), refusal.status
    flash(gettext("Saved."))
    return back("office.gallery_room", "exhibits", slug=slug, room_slug=room_slug)


def _sent_angles(form: PlaceForm) -> Angles | None:
    yaw, pitch = form.yaw.data, form.pitch.data
    return (yaw, pitch) if yaw is not None and pitch is not None else None


def _save(slug: str, room_slug: str, sent: dict[str, Angles | None]) -> None:
    room = room_of(draft(slug), room_slug)
    summary = gettext("Places in the panorama of “%(name)s”", name=room.name_vi)
    with saving(slug, summary) as exhibition:
        room = room_of(exhibition, room_slug)
        now = {name: angles for name, angles in _angles(exhibition, room).items() if name in sent}
        refuse_changed(request.form.get("seen", ""), now, sent)
        others = {other.slug: other for other in rooms_in_order(exhibition)}
        doors = [
            DoorDetails(others[name[2:]], *angles)
            for name, angles in sent.items()
            if name.startswith("d-") and angles is not None
        ]
        places = {name[2:]: angles for name, angles in sent.items() if name.startswith("e-")}
        start = sent[START] or (0.0, 0.0)
        put_places(room, exhibits_in_order(room), Places(start, places, doors))
