"""Let buyers ask for e-invoices, and workshops write down what they issued.

Revision ID: 0031
Revises: 0030
Create Date: 2026-11-25 04:45:00.000000
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "invoice_request",
        sa.Column("group_id", KEY, nullable=False),
        sa.Column("company", sa.String(length=300), nullable=False),
        sa.Column("tax_code", sa.String(length=14), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["order_group.id"], name=op.f("fk_invoice_request_group_id_order_group")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_request")),
        sa.UniqueConstraint("group_id", name=op.f("uq_invoice_request_group_id")),
    )
    op.create_table(
        "e_invoice",
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_e_invoice_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_e_invoice_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_e_invoice")),
        sa.UniqueConstraint("order_id", name=op.f("uq_e_invoice_order_id")),
    )


def downgrade() -> None:
    op.drop_table("e_invoice")
    op.drop_table("invoice_request")
