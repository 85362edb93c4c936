"""The storage of the application at hand."""

from __future__ import annotations

from typing import cast

from flask import current_app

from shop.media.storage import Storage

EXTENSION = "media_storage"


def media_storage() -> Storage:
    return cast(Storage, current_app.extensions[EXTENSION])
