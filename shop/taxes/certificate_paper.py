"""The certificate of tax withheld on one sheet: Vietnamese, with English below."""

from __future__ import annotations

import functools
import json
from datetime import date
from typing import Any

import typst

from shop.core.clock import HANOI
from shop.core.money import Money, format_money
from shop.core.settings import PROJECT
from shop.taxes.queries.certificates import KeptCertificate

TEMPLATE = PROJECT / "templates" / "taxes" / "certificate.typ"
FONTS = PROJECT / "static" / "vendor" / "print"


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def certificate_pdf(kept: KeptCertificate, *, is_demonstration: bool) -> bytes:
    """A PDF on A4, the same whatever language the page is in."""
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(words_of(kept, is_demonstration=is_demonstration))},
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def words_of(kept: KeptCertificate, *, is_demonstration: bool) -> dict[str, Any]:
    """What is written on the sheet beside its fixed words."""
    paper = kept.paper
    return {
        "number": paper.name,
        "month_vi": f"{paper.month:%m/%Y}",
        "month_en": f"{paper.month:%B %Y}",
        "seller": paper.seller_name,
        "seller_tax_id": paper.seller_tax_id,
        "seller_address": paper.seller_address,
        "payer": paper.payer_name,
        "payer_tax_id": paper.payer_tax_id,
        "base": _dong(paper.base),
        "vat": _dong(paper.vat),
        "pit": _dong(paper.pit),
        "total": _dong(paper.withheld),
        "issued": _day(paper.issued_at.astimezone(HANOI).date()),
        "issued_by": paper.issued_by,
        "replaces": kept.replaces or "",
        "replaced_by": kept.replaced_by or "",
        "is_demonstration": is_demonstration,
    }


def _dong(amount: int) -> str:
    return format_money(Money(amount), "vi")


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
