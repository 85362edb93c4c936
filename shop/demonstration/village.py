"""The village as its files describe it, before any of it is in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import Any

from shop.core.settings import PROJECT
from shop.core.tables import BadTable, Table, build, read_toml, tables
from shop.demonstration.gallery_files import GalleryFiles, read_gallery
from shop.workshops.models import MemberRole

DEMO = PROJECT / "demo"
# Where a table of the craft was read, so that a fault in it can be named.
FILE = "file"


class AccountRole(StrEnum):
    BUYER = "buyer"
    ARTISAN = "artisan"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Account:
    """Someone a visitor may sign in as; `workshop` is the slug of an artisan's."""

    role: AccountRole
    name: str
    email: str
    password: str
    language: str
    workshop: str | None = None


@dataclass(frozen=True, slots=True)
class Member:
    key: str
    name: str
    role: MemberRole
    email: str
    craft_vi: str
    craft_en: str


@dataclass(frozen=True, slots=True)
class Photo:
    """`file` is under demo/photographs for pieces, under demo for a workshop's mark."""

    file: str
    alt_vi: str
    alt_en: str


@dataclass(frozen=True, slots=True)
class Craft:
    """What is told of the craft: the words, the steps of making, the years, the sayings."""

    terms: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    timeline: list[dict[str, Any]]
    sayings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Turnable:
    """A piece's 3D model, under demo/models.

    What [piece.model] leaves out follows from the piece: the file is named by its slug, the words
    are those of its first photograph.
    """

    file: str
    alt_vi: str
    alt_en: str


@dataclass(frozen=True, slots=True)
class Village:
    """Tables as read; `pieces` by workshop slug. Pictures not drawn yet are simply not there."""

    folder: Path
    craft: Craft
    accounts: tuple[Account, ...]
    workshops: list[dict[str, Any]]
    pieces: dict[str, list[dict[str, Any]]]
    gallery: GalleryFiles

    @property
    def price_list(self) -> Path:
        return self.folder / "village" / "shipping.toml"

    @property
    def history(self) -> Path:
        return self.folder / "village" / "history.toml"

    @property
    def fund(self) -> Path:
        return self.folder / "village" / "fund.toml"

    @property
    def rate_list(self) -> Path:
        return self.folder / "village" / "rates.toml"

    def photograph(self, file: str) -> Path:
        return self.folder / "photographs" / file

    def model(self, file: str) -> Path:
        return self.folder / "models" / file

    def poster(self, file: str) -> Path:
        """What a model shows at first, drawn where its front photograph shows it otherwise."""
        return self.model(file).with_suffix(".webp")

    def mark(self, file: str) -> Path:
        return self.folder / file

    def picture_files(self) -> Iterator[Path]:
        """Every picture that has been drawn, marks first."""
        marks = (self.mark(table["mark"]) for table in self.workshops if "mark" in table)
        photographs = (
            self.photograph(photo["file"])
            for tables_of_workshop in self.pieces.values()
            for piece in tables_of_workshop
            for photo in piece.get("photo", ())
        )
        posters = (self.poster(model.file) for model in self._models())
        drawn = (path for path in (*marks, *photographs, *posters) if path.is_file())
        return chain(drawn, self.gallery.picture_files())

    def model_files(self) -> Iterator[Path]:
        """Every 3D model that has been made."""
        paths = (self.model(model.file) for model in self._models())
        return (path for path in paths if path.is_file())

    def _models(self) -> Iterator[Turnable]:
        for tables_of_workshop in self.pieces.values():
            yield from map(turnable, tables_of_workshop)


def turnable(piece: Table) -> Turnable:
    """What a piece's table says, or leaves to be said, of its 3D model. Raises BadTable."""
    slug = _slug(piece, "piece")
    front = next(iter(tables(piece, "photo", slug)), {})
    said = piece.get("model", {})
    if not isinstance(said, dict):
        raise BadTable(f"{slug}: model must be written as [piece.model]")
    words = {name: front.get(name, "") for name in ("alt_vi", "alt_en")}
    return build(Turnable, {"file": f"{slug}.glb", **words, **said}, f"{slug}, model")


def read_village(folder: Path = DEMO) -> Village:
    """Raises BadTable naming the file and the place in it."""
    village = folder / "village"
    workshops = read_workshops(village / "workshops")
    slugs = [_slug(table) for table in workshops]
    return Village(
        folder,
        read_craft(village / "heritage"),
        read_accounts(village / "people.toml"),
        workshops,
        {slug: _tables_of(village / "pieces" / f"{slug}.toml", "piece") for slug in slugs},
        read_gallery(folder / "gallery"),
    )


def read_craft(folder: Path) -> Craft:
    """One file a kind of statement; terms may stand in any of them."""
    paths = sorted(folder.glob("*.toml"))

    def gathered(name: str) -> list[dict[str, Any]]:
        return [{**table, FILE: path.name} for path in paths for table in _tables_of(path, name)]

    return Craft(gathered("term"), gathered("step"), gathered("entry"), gathered("saying"))


def read_workshops(folder: Path) -> list[dict[str, Any]]:
    """One file a workshop; named by its slug."""
    return [
        table for path in sorted(folder.glob("*.toml")) for table in _tables_of(path, "workshop")
    ]


def read_accounts(path: Path) -> tuple[Account, ...]:
    return tuple(
        build(Account, table, f"{path.name}, {table.get('email')}")
        for table in _tables_of(path, "person")
    )


def _tables_of(path: Path, name: str) -> list[dict[str, Any]]:
    return tables(read_toml(path), name, path.name)


def _slug(table: Table, kind: str = "workshop") -> str:
    slug = table.get("slug")
    if not isinstance(slug, str):
        raise BadTable(f"{kind}s: a {kind} lacks its slug")
    return slug
