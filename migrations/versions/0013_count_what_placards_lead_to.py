"""Count what placards lead to

Revision ID: 0013
Revises: 0011
Create Date: 2026-11-25 00:20:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "placard_count",
        sa.Column(
            "placard_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=30), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint("count > 0", name=op.f("ck_placard_count_counted")),
        sa.ForeignKeyConstraint(
            ["placard_id"],
            ["placard.id"],
            name=op.f("fk_placard_count_placard_id_placard"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("placard_id", "day", "stage", name=op.f("pk_placard_count")),
    )


def downgrade() -> None:
    op.drop_table("placard_count")
