"""Let buyers give to the craft fund, and remember which exhibition led to a piece.

Revision ID: 0020
Revises: 0019
Create Date: 2026-11-25 03:25:00.000000
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
ADDS_UP = "ck_order_group_total_adds_up"


def upgrade() -> None:
    with op.batch_alter_table("order_group") as group:
        for name in ("gift", "gift_refunded"):
            group.add_column(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        group.drop_constraint(op.f(ADDS_UP), type_="check")
        group.create_check_constraint(op.f(ADDS_UP), "total = items_total + shipping_total + gift")
        group.create_check_constraint(
            op.f("ck_order_group_gift"), "gift >= 0 and (gift = 0 or payment_method <> 'cash')"
        )
        group.create_check_constraint(
            op.f("ck_order_group_gift_refunded_within_gift"), "gift_refunded between 0 and gift"
        )
    with op.batch_alter_table("order_group") as group:
        for name in ("gift", "gift_refunded"):
            group.alter_column(name, existing_type=sa.BigInteger(), server_default=None)
    for table in ("cart_line", "order_line"):
        with op.batch_alter_table(table) as line:
            line.add_column(sa.Column("exhibition_id", KEY, nullable=True))
            line.create_foreign_key(
                op.f(f"fk_{table}_exhibition_id_exhibition"),
                "exhibition",
                ["exhibition_id"],
                ["id"],
            )
    op.create_index(op.f("ix_order_line_exhibition_id"), "order_line", ["exhibition_id"])
    op.create_table(
        "gift_refund",
        sa.Column("refund_id", KEY, nullable=False),
        sa.Column("group_id", KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_gift_refund_amount_positive")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["order_group.id"], name=op.f("fk_gift_refund_group_id_order_group")
        ),
        sa.ForeignKeyConstraint(
            ["refund_id"], ["refund.id"], name=op.f("fk_gift_refund_refund_id_refund")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_refund")),
        sa.UniqueConstraint("refund_id", name=op.f("uq_gift_refund_refund_id")),
    )
    op.create_index(op.f("ix_gift_refund_group_id"), "gift_refund", ["group_id"])


def downgrade() -> None:
    op.drop_table("gift_refund")
    op.drop_index(op.f("ix_order_line_exhibition_id"), "order_line")
    for table in ("order_line", "cart_line"):
        with op.batch_alter_table(table) as line:
            line.drop_constraint(op.f(f"fk_{table}_exhibition_id_exhibition"), type_="foreignkey")
            line.drop_column("exhibition_id")
    with op.batch_alter_table("order_group") as group:
        for name in ("gift_refunded_within_gift", "gift", "total_adds_up"):
            group.drop_constraint(op.f(f"ck_order_group_{name}"), type_="check")
        group.create_check_constraint(op.f(ADDS_UP), "total = items_total + shipping_total")
        group.drop_column("gift")
        group.drop_column("gift_refunded")
