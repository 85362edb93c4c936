"""Keep the history of a product's status.

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-23 14:47:00.465133
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "product_event",
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("from_status", sa.String(length=30), nullable=False),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_product_event_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_event_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_event")),
    )
    with op.batch_alter_table("product_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_product_event_product_id"), ["product_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("product_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_event_product_id"))

    op.drop_table("product_event")
