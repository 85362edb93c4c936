"""The buyer's receipt as a PDF: what was bought of whom, its VAT, the payment, what went back."""

from __future__ import annotations

import functools
import json
from typing import Any

import typst
from flask_babel import gettext

from shop.accounts.addresses import address_lines
from shop.core.i18n import day, language, localized, moment, money, percent
from shop.core.settings import PROJECT
from shop.orders.invoice_models import EInvoice, InvoiceRequest
from shop.orders.models import Order, OrderCharges, OrderGroup, OrderLine, OrderStatus
from shop.payments.models import PaymentMethod
from shop.workshops.models import SellerKind

TEMPLATE = PROJECT / "templates" / "orders" / "receipt.typ"
FONTS = PROJECT / "static" / "vendor" / "print"
Row = tuple[str, str]


@functools.cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def has_receipt(group: OrderGroup) -> bool:
    """Once some of it has been paid."""
    return any(order.share.captured for order in group.orders)


def receipt(group: OrderGroup, *, is_demonstration: bool) -> bytes:
    """A PDF on A4 in the page's language; the group comes whole."""
    words = words_of(group, is_demonstration=is_demonstration)
    pdf = typst.compile(
        TEMPLATE.read_bytes(),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(words)},
        format="pdf",
    )
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    return pdf


def words_of(group: OrderGroup, *, is_demonstration: bool) -> dict[str, Any]:
    """Every word on the sheet, in the page's language."""
    return {
        "language": language(),
        "title": gettext("Receipt %(reference)s", reference=group.reference),
        "heading": gettext("Receipt"),
        "shop": "Bát Tràng",
        "note": gettext("Demonstration village: nothing was sold or paid.")
        if is_demonstration
        else "",
        "reference": gettext("Order %(reference)s", reference=group.reference),
        "placed": gettext("ordered on %(day)s", day=day(group.placed_at)),
        "buyer_label": gettext("Ordered by"),
        "buyer": [group.name, *address_lines(group.address, language())],
        "company_label": gettext("E-invoice to"),
        "company": _company(group.invoice_request),
        "columns": [gettext("Piece"), gettext("Count"), gettext("Price"), gettext("Sum")],
        "parts": [_part(order) for order in group.orders],
        "totals": _totals(group),
        "total": [gettext("Total"), money(group.total)],
        "payment": _payment(group),
        "footer": gettext(
            "This receipt is not an e-invoice. E-invoices are issued by the workshops."
        ),
    }


def _company(request: InvoiceRequest | None) -> list[str]:
    if request is None:
        return []
    code = gettext("Tax code %(code)s", code=request.tax_code)
    return [request.company, code, request.address, request.email]


def _part(order: Order) -> dict[str, Any]:
    workshop = order.workshop
    tax_id = gettext("Tax code %(code)s", code=workshop.tax_id) if workshop.tax_id else ""
    return {
        "workshop": localized(workshop, "name"),
        "details": " · ".join(part for part in (tax_id, _standing(order)) if part),
        "lines": [_line(line) for line in order.lines],
        "rows": _rows(order),
        "notes": [*_vat(order), *_fund(order), *_invoice(order.e_invoice)],
    }


def _standing(order: Order) -> str:
    return gettext("Cancelled") if order.status is OrderStatus.CANCELLED else ""


def _line(line: OrderLine) -> list[str]:
    name, label = localized(line, "name"), localized(line, "label")
    return [
        f"{name}, {label}" if label else name,
        str(line.quantity),
        money(line.unit_price),
        money(line.total),
    ]


def _rows(order: Order) -> list[Row]:
    delivery = gettext("Collection at the workshop") if order.is_collected else gettext("Delivery")
    rows = [(delivery, money(order.shipping_total)), (gettext("Sum"), money(order.total))]
    if order.share.captured:
        rows.append((gettext("Paid"), money(order.share.captured)))
    if order.share.refunded:
        rows.append((gettext("Given back"), f"−{money(order.share.refunded)}"))
    return rows


def _charges(order: Order) -> OrderCharges | None:
    """None for one from before rates were kept."""
    return order.charges


def _vat(order: Order) -> list[str]:
    charges = _charges(order)
    if charges is None:
        return []
    if charges.seller_kind is not SellerKind.COMPANY:
        return [
            gettext(
                "The seller is a household or an individual, who pays VAT on turnover; the prices"
                " show none."
            )
        ]
    return [
        gettext(
            "In the price of the goods, %(base)s: VAT at %(rate)s, the rate of %(day)s: %(vat)s."
            " Without VAT: %(net)s.",
            base=money(charges.base),
            rate=percent(charges.goods_vat_rate / 10_000),
            day=day(charges.rates_of),
            vat=money(charges.goods_vat),
            net=money(charges.base - charges.goods_vat),
        )
    ]


def _fund(order: Order) -> list[str]:
    charges = _charges(order)
    if charges is None or not charges.fund_share or order.status is OrderStatus.CANCELLED:
        return []
    return [gettext("Of this, %(share)s goes to the craft fund.", share=money(charges.fund_share))]


def _invoice(invoice: EInvoice | None) -> list[str]:
    if invoice is None:
        return []
    return [
        gettext(
            "E-invoice %(series)s, number %(number)s, issued on %(day)s.",
            series=invoice.series,
            number=invoice.number,
            day=day(invoice.issued_on),
        )
    ]


def _totals(group: OrderGroup) -> list[Row]:
    rows = [
        (gettext("Subtotal"), money(group.items_total)),
        (gettext("Delivery"), money(group.shipping_total)),
    ]
    if group.gift:
        rows.append((gettext("Your gift to the craft fund"), money(group.gift)))
    return rows


def _payment(group: OrderGroup) -> list[Row]:
    names = {
        PaymentMethod.VIETQR: gettext("Bank transfer (VietQR)"),
        PaymentMethod.CASH: gettext("Cash on delivery"),
        PaymentMethod.STRIPE: gettext("International card"),
    }
    gift = group.gift if group.payment.paid_at else 0
    captured = sum(order.share.captured for order in group.orders) + gift
    refunded = sum(order.share.refunded for order in group.orders) + group.gift_refunded
    rows = [(names[group.payment.method], money(captured))]
    if group.payment.paid_at:
        rows.append((gettext("Paid on"), moment(group.payment.paid_at)))
    if refunded:
        rows.append((gettext("Given back"), f"−{money(refunded)}"))
        rows.append((gettext("Kept of what was paid"), money(captured - refunded)))
    return rows
