"""The gallery as its files describe it, before any of it is in the database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shop.core.tables import BadTable, Table, read_toml, tables

DOOR = "door:"


@dataclass(frozen=True, slots=True)
class Places:
    """Where one looks on entering a room, and where its exhibits and doors are: yaw, pitch."""

    start: tuple[float, float] = (0.0, 0.0)
    exhibits: dict[str, tuple[float, float]] = field(default_factory=dict)
    doors: dict[str, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GalleryFiles:
    """Tables as read. Rooms not drawn and recordings not made yet are simply not there."""

    folder: Path
    artefacts: list[dict[str, Any]]
    exhibitions: list[dict[str, Any]]
    places: dict[str, Places]

    def picture(self, file: str) -> Path:
        """`file` as artefacts.toml names it."""
        return self.folder / file

    def panorama(self, exhibition: str, room: str) -> Path:
        return self.folder / "panoramas" / f"{exhibition}-{room}.webp"

    def view(self, exhibition: str, room: str) -> Path:
        return self.folder / "views" / f"{exhibition}-{room}.webp"

    def spoken(self, exhibition: str, of: str, language: str) -> Path:
        """The audio guide of a room or an exhibit, by its slug."""
        return self.folder / "audio" / exhibition / f"{of}.{language}.mp3"

    def picture_files(self) -> Iterator[Path]:
        """Every picture that has been drawn for the gallery alone."""
        return (path for path in self._pictures() if path.is_file())

    def _pictures(self) -> Iterator[Path]:
        for artefact in self.artefacts:
            for row in tables(artefact, "picture", str(artefact.get("slug"))):
                yield self.picture(str(row.get("file")))
        for exhibition in self.exhibitions:
            slug = str(exhibition.get("slug"))
            for room in tables(exhibition, "room", slug):
                yield self.view(slug, str(room.get("slug")))
                yield self.panorama(slug, str(room.get("slug")))


def read_gallery(folder: Path) -> GalleryFiles:
    """Raises BadTable naming the file and the place in it; a village may have no gallery."""
    if not folder.is_dir():
        return GalleryFiles(folder, [], [], {})
    own = {"artefacts.toml", "places.toml"}
    paths = [path for path in sorted(folder.glob("*.toml")) if path.name not in own]
    exhibitions = [read_toml(path) for path in paths]
    artefacts = folder / "artefacts.toml"
    return GalleryFiles(
        folder,
        tables(read_toml(artefacts), "artefact", artefacts.name) if artefacts.is_file() else [],
        sorted(exhibitions, key=lambda each: int(each.get("position", 0))),
        _read_places(folder / "places.toml"),
    )


def _read_places(path: Path) -> dict[str, Places]:
    if not path.is_file():
        return {}
    return {name: _places(table, f"{path.name}, {name}") for name, table in read_toml(path).items()}


def _places(table: Table, where: str) -> Places:
    start = (float(table.get("start_yaw", 0)), float(table.get("start_pitch", 0)))
    named = {
        name: _angles(value, f"{where}, {name}")
        for name, value in table.items()
        if not name.startswith("start_")
    }
    return Places(
        start,
        {name: angles for name, angles in named.items() if not name.startswith(DOOR)},
        {name[len(DOOR) :]: a for name, a in named.items() if name.startswith(DOOR)},
    )


def _angles(value: object, where: str) -> tuple[float, float]:
    match value:
        case [int() | float() as yaw, int() | float() as pitch]:
            return float(yaw), float(pitch)
    raise BadTable(f"{where}: {value!r} is not yaw and pitch in degrees")
