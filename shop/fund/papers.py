"""Documents of grants as they are sent: a PDF as it is, a picture made anew from its pixels."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext

from shop.core.errors import Invalid
from shop.fund.models import PaperKind
from shop.media.pictures import NotAPicture, ingest

LARGEST = 10 * 1024 * 1024
HEADER, END = b"%PDF-", b"%%EOF"
WHERE_HEADER, WHERE_END = 1024, 2048
"""Readers look for header and end within so many bytes (ISO 32000-1, annex H.3)."""


class NotAPaper(Invalid):
    message = lazy_gettext("Send a PDF, or a picture as JPEG, PNG, WebP, AVIF or HEIC.")


class CutPaper(NotAPaper):
    message = lazy_gettext("This PDF is cut off: its end is missing.")


class LargePaper(NotAPaper):
    message = lazy_gettext("A document has at most 10 MB.")


@dataclass(frozen=True, slots=True)
class Paper:
    data: bytes
    kind: PaperKind


def read_paper(data: bytes) -> Paper:
    """Raises NotAPaper, or one of its kinds, saying what is wrong."""
    if HEADER not in data[:WHERE_HEADER]:
        try:
            return Paper(ingest(data).webp, PaperKind.PICTURE)
        except NotAPicture as error:
            raise NotAPaper from error
    if len(data) > LARGEST:
        raise LargePaper
    if END not in data[-WHERE_END:]:
        raise CutPaper
    return Paper(data, PaperKind.PDF)
