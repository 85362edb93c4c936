"""Where the pages of an exhibition are: the public ones, or its draft's for who has the link."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from shop.core.i18n import absolute_url
from shop.exhibitions import shown


@dataclass(frozen=True, slots=True)
class Way:
    """Its addresses are of this site; `preview_key` opens the draft."""

    exhibition: str
    preview_key: str | None = None

    @property
    def is_preview(self) -> bool:
        return self.preview_key is not None

    @staticmethod
    def to_index() -> str:
        return url_for("gallery.index")

    def to_exhibition(self) -> str:
        if self.is_preview:
            return url_for("gallery.preview", key=self.preview_key)
        return url_for("gallery.exhibition", exhibition=self.exhibition)

    def to_room(self, room: shown.Room) -> str:
        if self.is_preview:
            return url_for("gallery.preview_room", key=self.preview_key, room=room.slug)
        return url_for("gallery.room", exhibition=self.exhibition, room=room.slug)

    def to_exhibit(self, room: shown.Room, exhibit: shown.Exhibit) -> str:
        if self.is_preview:
            return url_for(
                "gallery.preview_exhibit",
                key=self.preview_key,
                room=room.slug,
                exhibit=exhibit.slug,
            )
        return url_for(
            "gallery.exhibit", exhibition=self.exhibition, room=room.slug, exhibit=exhibit.slug
        )


def full_address(
    exhibition: shown.Exhibition,
    room: shown.Room | None = None,
    exhibit: shown.Exhibit | None = None,
) -> str:
    """The public page's whole address, for search engines and citations."""
    places = {"exhibition": exhibition.slug}
    if room is None:
        return absolute_url("gallery.exhibition", **places)
    places["room"] = room.slug
    if exhibit is None:
        return absolute_url("gallery.room", **places)
    return absolute_url("gallery.exhibit", exhibit=exhibit.slug, **places)
