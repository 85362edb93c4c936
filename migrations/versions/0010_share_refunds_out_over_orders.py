"""Share refunds out over orders.

Revision ID: 0010
Revises: 0009
Create Date: 2026-11-24 21:37:09.224186
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "refund_share",
        sa.Column("refund_id", KEY, nullable=False),
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_share_amount_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_refund_share_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_refund_share_refund_id_refund")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_share")),
        sa.UniqueConstraint(
            "refund_id", "order_id", name=op.f("uq_refund_share_refund_id_order_id")
        ),
    )
    op.create_index(op.f("ix_refund_share_order_id"), "refund_share", ["order_id"])


def downgrade() -> None:
    op.drop_table("refund_share")
