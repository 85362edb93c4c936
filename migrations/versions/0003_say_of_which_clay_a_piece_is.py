"""Say of which clay a piece is.

Revision ID: 0003
Revises: 0002
Create Date: 2026-11-23 14:51:29.875741
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "body_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_product_body_id_heritage_term"), "heritage_term", ["body_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_product_body_id_heritage_term"), type_="foreignkey")
        batch_op.drop_column("body_id")
