"""A small exhibition for tests: two rooms and all kinds of sections, made through the actions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from shop.catalogue.models import Product
from shop.core import clock
from shop.core.db import db
from shop.core.ids import secret_token
from shop.exhibitions.actions.artefacts import (
    ArtefactDetails,
    ArtefactLinks,
    PictureInRole,
    keep_picture,
    put_artefact,
    set_pictures,
)
from shop.exhibitions.actions.placards import give_placard
from shop.exhibitions.actions.publishing import publish
from shop.exhibitions.actions.rooms import (
    DetailDetails,
    DoorDetails,
    ExhibitDetails,
    ExhibitionDetails,
    RoomDetails,
    put_exhibit,
    put_exhibition,
    put_room,
    set_details,
    set_doors,
)
from shop.exhibitions.actions.sections import LabelledPicture, SectionDetails, set_sections
from shop.exhibitions.models.artefacts import Artefact, ArtefactPicture, Picture, Rights
from shop.exhibitions.models.rooms import Exhibit, Exhibition, Room, SectionKind
from shop.heritage.actions import TimelineDetails, put_timeline_entry
from shop.heritage.models import Certainty, TermKind, TimelineEntry
from shop.media.models import Image, Model3D, Recording, RecordingKind
from shop.workshops.models import Workshop
from tests.factories import find_term

EXHIBITION = "net-lam-dau-tien"
ROOMS = ("phong-mot", "phong-hai")
CREDIT_VI, CREDIT_EN = "Bản dựng, làng Bát Tràng", "Rendering, Bát Tràng village"
SOURCE = "Sách thử"
STATED = {"certainty": Certainty.DOCUMENTED, "source": SOURCE}
FIRST_STOP = 11


def make_picture(width: int = 1200, height: int = 1500, name: str = "Bình") -> Picture:
    """A picture under CC BY whose file is nowhere."""
    image = Image(
        sha256=secret_token()[:64],
        width=width,
        height=height,
        byte_count=1000,
        alt_vi=f"{name}, nhìn thẳng",
        alt_en=f"{name}, seen from the front",
        is_rendering=True,
    )
    db.session.add(image)
    db.session.flush()
    return keep_picture(image, Rights.CC_BY, CREDIT_VI, CREDIT_EN)


def make_artefact(
    slug: str,
    name_vi: str,
    name_en: str,
    *,
    product: Product | None = None,
    model: Model3D | None = None,
    **values: object,
) -> Artefact:
    """40 cm high, of cobalt blue under the glaze, with one picture, `front`."""
    terms = (
        find_term(TermKind.GLAZE, "hoa-lam", "Hoa lam", "Cobalt blue"),
        find_term(TermKind.FORM, "binh", "Bình", "Vase"),
    )
    details = ArtefactDetails(
        name_vi,
        name_en,
        **{
            "summary_vi": f"{name_vi} vẽ lam",
            "summary_en": f"{name_en}, painted in blue",
            "description_vi": f"Chuyện {name_vi}",
            "description_en": f"About the {name_en}",
            "when_vi": "Bản dựng 2026",
            "when_en": "Rendering of 2026",
            "year_from": 2026,
            "place_vi": "Bát Tràng, Hà Nội",
            "place_en": "Bát Tràng, Hà Nội",
            "height_mm": 400,
            "width_mm": 260,
            "depth_mm": 260,
            "rights": Rights.CC_BY,
            "credit_vi": CREDIT_VI,
            "credit_en": CREDIT_EN,
            "may_download": True,
            **STATED,
            **values,
        },  # type: ignore[arg-type]
    )
    artefact, _ = put_artefact(
        slug, details, ArtefactLinks(terms=terms, product=product, model=model)
    )
    set_pictures(artefact, [PictureInRole(make_picture(name=name_vi), "front")])
    return artefact


def front_of(artefact: Artefact) -> Picture:
    """Its first picture."""
    return db.session.scalars(
        select(Picture)
        .join(ArtefactPicture, ArtefactPicture.picture_id == Picture.id)
        .where(ArtefactPicture.artefact_id == artefact.id)
        .order_by(ArtefactPicture.position)
    ).one()


def make_room(exhibition: Exhibition, slug: str, name_vi: str, name_en: str) -> Room:
    """Behind the rooms there are, with a panorama, its flat view and a simple text."""
    room, _ = put_room(
        exhibition,
        slug,
        RoomDetails(
            name_vi,
            name_en,
            intro_vi=f"Đây là {name_vi}.\n\nGồm hai đoạn.",
            intro_en=f"This is {name_en}.\n\nIt has two paragraphs.",
            simple_vi=f"Lời dễ hiểu của {name_vi}.",
            simple_en=f"Plain words on {name_en}.",
            start_yaw=10.0,
            **STATED,  # type: ignore[arg-type]
        ),
        position=db.session.query(Room).filter_by(exhibition_id=exhibition.id).count(),
        panorama=make_picture(4096, 2048, "Toàn cảnh"),
        view=make_picture(1600, 1000, "Phòng"),
    )
    return room


def make_exhibit(room: Room, artefact: Artefact, position: int, stop: int | None) -> Exhibit:
    """Under the artefact's slug; its simple text is written, its place is by its position."""
    exhibit, _ = put_exhibit(
        room,
        artefact,
        ExhibitDetails(
            text_vi=f"{artefact.name_vi} đứng ở đây.",
            text_en=f"{artefact.name_en} stands here.",
            simple_vi=f"Lời dễ hiểu của {artefact.name_vi}.",
            simple_en=f"Plain words on {artefact.name_en}.",
            yaw=-40.0 + 40.0 * position,
            pitch=-5.0,
            **STATED,  # type: ignore[arg-type]
        ),
        slug=artefact.slug,
        position=position,
    )
    if stop is not None:
        give_placard(exhibit, stop)
    return exhibit


def make_recording(language: str) -> Recording:
    """A spoken guide whose file is nowhere."""
    recording = Recording(
        sha256=language * 32,
        kind=RecordingKind.AUDIO,
        mime="audio/mpeg",
        byte_count=1000,
        duration_ms=900,
        language=language,
        transcript="Đây là bình sen.",
        cues=[],
    )
    db.session.add(recording)
    db.session.flush()
    return recording


def make_timeline_entry() -> TimelineEntry:
    put_timeline_entry(
        "nam-1352",
        TimelineDetails(
            year_from=1352,
            name_vi="Tên làng trong sử",
            name_en="The village in the chronicle",
            text_vi="Sử chép tên làng.",
            text_en="The chronicle names the village.",
            certainty=Certainty.DOCUMENTED,
            source=SOURCE,
        ),
        [],
    )
    return db.session.query(TimelineEntry).filter_by(slug="nam-1352").one()


def make_sections(
    exhibition: Exhibition, room: Room, pictures: list[Picture], workshop: Workshop | None
) -> None:
    """One section of each kind, the prose before the room's first exhibit."""
    shown = [
        LabelledPicture(picture, f"Nhãn {n}", f"Label {n}", f"Lời {n}", f"Words {n}")
        for n, picture in enumerate(pictures[:2], start=1)
    ]
    first = db.session.query(Exhibit).filter_by(room_id=room.id).order_by(Exhibit.position).first()
    texts = {
        SectionKind.PROSE: {"before": first},
        SectionKind.QUOTATION: {"attribution_vi": "Câu truyền", "attribution_en": "A saying"},
        SectionKind.TIMELINE: {"entries": [make_timeline_entry()]},
        SectionKind.MAP: {"workshops": [workshop] if workshop else []},
        SectionKind.COMPARISON: {"pictures": shown},
        SectionKind.SLIDER: {"pictures": shown},
        SectionKind.MAKING: {"pictures": shown},
    }
    set_sections(
        exhibition,
        room,
        [
            SectionDetails(
                kind,
                heading_vi=f"Mục {kind.value}",
                heading_en=f"Section {kind.value}",
                text_vi=f"Lời của mục {kind.value}",
                text_en=f"Words of section {kind.value}",
                **STATED,  # type: ignore[arg-type]
                **values,
            )
            for kind, values in texts.items()
        ],
    )


def make_exhibition(
    *,
    product: Product | None = None,
    model: Model3D | None = None,
    workshop: Workshop | None = None,
    at: datetime | None = None,
    is_published: bool = True,
    first_stop: int = FIRST_STOP,
) -> Exhibition:
    """Rooms `phong-mot` (stops 11 and 12) and `phong-hai` (21), joined by doors.

    `product` and `model` are those of the first artefact, `binh-sen`, which has two details: one
    on its picture and, with a model, one on that. Open from `at`, else from a moment ago.
    """
    sen = make_artefact("binh-sen", "Bình sen", "Lotus vase", product=product, model=model)
    cuc = make_artefact("lo-cuc", "Lọ cúc", "Chrysanthemum jar")
    am = make_artefact("am-truc", "Ấm trúc", "Bamboo teapot")
    exhibition, _ = put_exhibition(
        EXHIBITION,
        ExhibitionDetails(
            "Nét lam đầu tiên",
            "The first stroke of blue",
            subtitle_vi="Ba món, hai phòng",
            subtitle_en="Three pieces, two rooms",
            intro_vi="Chuyện màu lam.",
            intro_en="The story of blue.",
            curator_vi="Ban biên tập",
            curator_en="The editors",
            **STATED,  # type: ignore[arg-type]
        ),
        cover=front_of(sen),
        position=0,
    )
    first = make_room(exhibition, ROOMS[0], "Phòng một", "Room one")
    second = make_room(exhibition, ROOMS[1], "Phòng hai", "Room two")
    set_doors(first, [DoorDetails(second, 120.0, 0.0)])
    set_doors(second, [DoorDetails(first, -120.0, 0.0)])
    lotus = make_exhibit(first, sen, 0, first_stop)
    make_exhibit(first, cuc, 1, first_stop + 1)
    make_exhibit(second, am, 0, first_stop + 10)
    set_details(lotus, _details(front_of(sen), model))
    make_sections(exhibition, first, [front_of(sen), front_of(cuc)], workshop)
    if is_published:
        publish(exhibition, by=None, at=at or clock.now())
    return exhibition


def _details(picture: Picture, model: Model3D | None) -> list[DetailDetails]:
    on_picture = DetailDetails(
        "Cánh sen",
        "A petal",
        "Nét bút dừng ở đây.",
        "The brush stopped here.",
        picture=picture,
        region=(0.3, 0.4, 0.2, 0.1),
    )
    on_model = DetailDetails(
        "Vành chân",
        "The foot",
        "Đất mộc.",
        "Bare clay.",
        point=(0.0, 0.02, 0.1),
        orbit=(20.0, 80.0, 0.9),
    )
    return [on_picture, on_model] if model else [on_picture]
