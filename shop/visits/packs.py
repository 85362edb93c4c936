"""A room to take along: every file its pages need where there is no network, and their bytes.

What is needed is read from the pages themselves: their style sheets with the fonts in them, their
modules, and of each picture one small rendition. Viewers, models, tiles and panoramas stay out;
the pages do without them.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from shop.core.assets import asset_at, assets_version, bytes_sent, modules
from shop.exhibitions import shown
from shop.media.models import Image, Recording
from shop.media.renditions import rendition_widths
from shop.media.storage import NotStored, Storage, original_key, recording_key, rendition_key

SMALL = 640
"""Pixels in width at the least, where a picture has so many: enough for a telephone's breadth."""
STATIC = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')
FONT = re.compile(r"url\((/static/[^)]+\.woff2)\)")
MODULE = re.compile(r'(?:import|from)\s*\(?\s*"(shop/[\w-]+)"')
PICTURE = re.compile(r"/media/([0-9a-z]{12})(?:-\d+)?\.(?:avif|webp)")


@dataclass(frozen=True, slots=True)
class PackFile:
    """`bytes` as they are sent."""

    url: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Pack:
    """`pages` are read without a network, `files` are what they need.

    `placards` and `numbers` lead from codes and numbers to the pages of their exhibits. The
    revision is another one whenever any of this is.
    """

    pages: tuple[PackFile, ...]
    files: tuple[PackFile, ...]
    placards: Mapping[str, str]
    numbers: Mapping[int, str]
    revision: str

    @property
    def bytes(self) -> int:
        return sum(each.bytes for each in (*self.pages, *self.files))


@dataclass(frozen=True, slots=True)
class Media:
    """What the pages show and play, by public id, and where its files are kept."""

    images: Mapping[str, Image]
    recordings: Iterable[Recording]
    storage: Storage


def make_pack(
    digest: str, pages: Mapping[str, str], exhibits: Mapping[str, shown.Exhibit], media: Media
) -> Pack:
    """Of these pages, HTML by address; `exhibits` by the address of their page."""
    text = "".join(pages.values())
    files = (*_assets(text), *_pictures(media), *_recordings(media))
    whole = tuple(PackFile(url, len(html.encode())) for url, html in pages.items())
    mark = [digest, assets_version(), [each.url for each in (*whole, *files)]]
    return Pack(
        whole,
        files,
        {each.code: url for url, each in exhibits.items() if each.code},
        {each.stop: url for url, each in exhibits.items() if each.stop},
        hashlib.sha256(json.dumps(mark).encode()).hexdigest()[:16],
    )


def pictures_in(pages: Iterable[str]) -> set[str]:
    """Public ids of the pictures the pages show."""
    return {match[1] for page in pages for match in PICTURE.finditer(page)}


def recordings_in(room: shown.Room, language: str) -> set[str]:
    """Public ids of the spoken guides of a room and its exhibits in a language."""
    sounds = (*room.sounds, *(sound for each in room.exhibits for sound in each.sounds))
    return {s.recording for s in sounds if s.kind == "audio" and s.language == language}


def _assets(text: str) -> Iterator[PackFile]:
    named = dict.fromkeys(STATIC.findall(text))
    sheets = [url for url in named if url.endswith(".css")]
    fonts = (font for url in sheets for font in FONT.findall(asset_at(url).read_text()))
    for url in dict.fromkeys((*named, *fonts, *_modules(text))):
        yield PackFile(url, bytes_sent(url))


def _modules(text: str) -> list[str]:
    """The addresses of our modules that the text imports, and of those that they import."""
    addresses, found = modules(), dict[str, str]()
    waiting = MODULE.findall(text)
    while waiting:
        name = waiting.pop()
        if name in found or name not in addresses:
            continue
        found[name] = addresses[name]
        waiting += MODULE.findall(asset_at(addresses[name]).read_text())
    return list(found.values())


def _pictures(media: Media) -> Iterator[PackFile]:
    for public_id, image in sorted(media.images.items()):
        if image.renditions_at is None:
            yield from _stored(media.storage, f"/media/{public_id}.webp", original_key(public_id))
            continue
        widths = rendition_widths(image.width)
        width = next((each for each in widths if each >= SMALL), widths[-1])
        url = f"/media/{public_id}-{width}.webp"
        yield from _stored(media.storage, url, rendition_key(public_id, width, "webp"))


def _recordings(media: Media) -> Iterator[PackFile]:
    for row in media.recordings:
        url = f"/media/recordings/{row.public_id}"
        key = recording_key(row.public_id, row.ending)
        yield from _stored(media.storage, f"{url}.{row.ending}", key)
        yield PackFile(f"{url}.vtt", sum(len(cue["text"].encode()) + 40 for cue in row.cues))


def _stored(storage: Storage, url: str, key: str) -> Iterator[PackFile]:
    """Nothing for a file that is gone: the page says so with a picture's words."""
    try:
        yield PackFile(url, storage.path(key).stat().st_size)
    except NotStored:
        return
