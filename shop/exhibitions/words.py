"""What the gallery's pages say of rights, and texts taken apart as they are shown."""

from __future__ import annotations

from flask_babel import LazyString, lazy_gettext

from shop.exhibitions.models.artefacts import Rights

RIGHTS_NAMES: dict[Rights, LazyString] = {
    Rights.CC0: lazy_gettext("CC0 1.0, in the public domain"),
    Rights.CC_BY: lazy_gettext("CC BY 4.0"),
    Rights.CC_BY_SA: lazy_gettext("CC BY-SA 4.0"),
    Rights.CC_BY_NC: lazy_gettext("CC BY-NC 4.0"),
    Rights.IN_COPYRIGHT: lazy_gettext("In copyright"),
}


def paragraphs(text: str) -> list[str]:
    """A text at its blank lines."""
    parts = text.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]
