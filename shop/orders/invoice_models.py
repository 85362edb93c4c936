"""E-invoices: asked for with a company's particulars, and issued by each workshop of the order."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import Base, Keyed, Text40, Text120, Text300


class InvoiceRequest(Keyed, Base):
    """Whom the e-invoices of an order are to be made out to; the buyer may correct it until one
    has been issued."""

    __tablename__ = "invoice_request"

    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), unique=True)
    company: Mapped[Text300]
    tax_code: Mapped[str] = mapped_column(String(14))
    address: Mapped[Text300]
    email: Mapped[Text300]
    asked_at: Mapped[datetime]


class EInvoice(Keyed, Base):
    """What a workshop has issued in its own invoice system; here stands only how to find it."""

    __tablename__ = "e_invoice"

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    series: Mapped[Text40]
    number: Mapped[Text120]
    issued_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
