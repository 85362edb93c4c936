"""Let visitors keep what they saw

Revision ID: 0016
Revises: 0015
Create Date: 2026-11-25 00:40:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "visit",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("share_id", sa.String(length=40), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("share_id", name=op.f("uq_visit_share_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_visit_token_digest")),
    )
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_visit_used_at"), ["used_at"], unique=False)
    op.create_table(
        "kept_exhibit",
        sa.Column("visit_id", KEY, nullable=False),
        sa.Column("exhibit_key", sa.String(length=40), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_kept_exhibit_visit_id_visit"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("visit_id", "exhibit_key", name=op.f("pk_kept_exhibit")),
    )


def downgrade() -> None:
    op.drop_table("kept_exhibit")
    with op.batch_alter_table("visit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visit_used_at"))
    op.drop_table("visit")
