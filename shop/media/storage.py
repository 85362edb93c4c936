"""Where the files of pictures and models are kept: a port, and this machine's disk behind it."""

from __future__ import annotations

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Protocol

KEY = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*\.[a-z0-9]+")


class NotStored(LookupError):
    """There is no file under this key."""


class Storage(Protocol):
    """Files under keys such as originals/4k/4kq0….webp; what stands is never overwritten."""

    def put(self, key: str, data: bytes) -> bool:
        """Keep the file durably; False when one stands under this key already."""

    def has(self, key: str) -> bool: ...

    def path(self, key: str) -> Path:
        """A local file to read from. Raises NotStored."""


class DiskStorage:
    """A folder. Originals belong in the backup; renditions can be made again from them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def _place(self, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"not a storage key: {key!r}")
        return self.root / key

    def put(self, key: str, data: bytes) -> bool:
        place = self._place(key)
        if place.exists():
            return False
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = _write_durably(place.parent, data)
        try:
            # A link fails where a file stands, so of two writers the second changes nothing.
            os.link(draft, place)
        except FileExistsError:
            return False
        finally:
            draft.unlink()
        _sync_folder(place.parent)
        return True

    def has(self, key: str) -> bool:
        return self._place(key).is_file()

    def path(self, key: str) -> Path:
        place = self._place(key)
        if not place.is_file():
            raise NotStored(key)
        return place


def _write_durably(folder: Path, data: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".draft-")
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        os.fsync(file.fileno())
    return Path(name)


def _sync_folder(folder: Path) -> None:
    # Some file systems know no sync of a folder.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def original_key(public_id: str) -> str:
    return f"originals/{public_id[:2]}/{public_id}.webp"


def private_key(public_id: str) -> str:
    return f"private/{public_id[:2]}/{public_id}.webp"


def rendition_key(public_id: str, width: int, kind: str) -> str:
    """`kind` is avif or webp, `width` in pixels."""
    return f"renditions/{public_id[:2]}/{public_id}-{width}.{kind}"


def tiles_key(public_id: str) -> str:
    return f"tiles/{public_id[:2]}/{public_id}.zip"


def model_key(public_id: str) -> str:
    return f"models/{public_id[:2]}/{public_id}.glb"


def recording_key(public_id: str, ending: str) -> str:
    """`ending` is one of shop.media.models.MIME_ENDINGS."""
    return f"recordings/{public_id[:2]}/{public_id}.{ending}"
