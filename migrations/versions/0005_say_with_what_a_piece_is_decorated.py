"""Say with what a piece is decorated.

Revision ID: 0005
Revises: 0004
Create Date: 2026-11-24 20:55:00.000000
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "product_decoration",
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("term_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_product_decoration_product_id_product"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["heritage_term.id"],
            name=op.f("fk_product_decoration_term_id_heritage_term"),
        ),
        sa.PrimaryKeyConstraint("product_id", "term_id", name=op.f("pk_product_decoration")),
    )
    with op.batch_alter_table("product_decoration", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_product_decoration_term_id"), ["term_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("product_decoration")
