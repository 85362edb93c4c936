"""The sheet that lies on the packing table: what, how many, how, and where to. No prices."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

import typst
from flask_babel import gettext, ngettext

from shop.accounts.addresses import address_lines
from shop.accounts.places.vietnam import ward
from shop.core.i18n import day, kilograms, language, localized
from shop.core.phones import display
from shop.core.settings import PROJECT
from shop.orders.models import Order, OrderLine
from shop.shipping.models import Fragility
from shop.shipping.quotes import Packing
from shop.studio.words import fragility_word, piece_name, sets_word
from shop.workshops.models import Workshop

TEMPLATE = PROJECT / "templates" / "studio" / "packing_slip.typ"
FONTS = PROJECT / "static" / "vendor" / "print"
Rules = Mapping[Fragility, Packing]


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def packing_slip(order: Order, rules: Rules) -> bytes:
    """A PDF on A5 in the page's language. `order` comes with group, workshop and lines."""
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"slip": json.dumps(slip_of(order, rules))},
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def slip_of(order: Order, rules: Rules) -> dict[str, Any]:
    """Every word on the sheet, in the page's language."""
    group = order.group
    pieces = sum(line.standing * line.variant.set_count for line in order.lines)
    return {
        "language": language(),
        "title": gettext("Packing slip %(reference)s", reference=group.reference),
        "heading": gettext("Packing slip"),
        "workshop": localized(order.workshop, "name"),
        "workshop_lines": _workshop_lines(order.workshop),
        "reference_label": gettext("Order"),
        "reference": group.reference,
        "placed": gettext("ordered on %(day)s", day=day(group.placed_at)),
        "receiver_label": gettext("Goes to"),
        "receiver": group.name,
        "phone": display(group.phone, language()),
        "address": [] if order.is_collected else address_lines(group.address, language()),
        **_delivery(order),
        "note_label": gettext("The buyer writes"),
        "note": group.note,
        "packed_label": gettext("Packed"),
        "quantity_label": gettext("Count"),
        "piece_label": gettext("Piece, and how to pack it"),
        "lines": [_line(line, rules) for line in order.lines if line.standing],
        "total": ngettext("%(num)d piece in all", "%(num)d pieces in all", pieces),
        "signatures": [gettext("Packed by, date"), gettext("Handed over to, date")],
        "footer": "Bát Tràng",
    }


def _workshop_lines(workshop: Workshop) -> list[str]:
    place = ward(workshop.ward_code) if workshop.ward_code else None
    where = ", ".join(part for part in (workshop.street, place.name if place else "") if part)
    phone = display(workshop.phone, language()) if workshop.phone else ""
    return [line for line in (where, phone) if line]


def _unbroken(words: str) -> str:
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def _delivery(order: Order) -> dict[str, Any]:
    if order.is_collected:
        return {
            "delivery_label": gettext("Delivery"),
            "delivery": gettext("Collection at the workshop"),
            "delivery_lines": [gettext("ready by %(day)s", day=_unbroken(day(order.ship_by)))],
        }
    weight = kilograms(sum(line.packed_weight_g * line.standing for line in order.lines))
    return {
        "delivery_label": gettext("Delivery"),
        "delivery": order.carrier_name or "",
        "delivery_lines": [
            gettext("hand over by %(day)s", day=_unbroken(day(order.ship_by))),
            gettext("about %(weight)s packed", weight=weight),
        ],
    }


def _line(line: OrderLine, rules: Rules) -> dict[str, Any]:
    rule = rules.get(line.fragility)
    sets = sets_word(line)
    details = [line.sku]
    if line.lead_days:
        details.append(gettext("made to order"))
    return {
        "quantity": line.standing,
        "name": f"{piece_name(line)} ({sets})" if sets else piece_name(line),
        "details": " · ".join(part for part in details if part),
        "fragility": str(fragility_word(line.fragility)),
        "instruction": localized(rule, "instruction") if rule else "",
    }
