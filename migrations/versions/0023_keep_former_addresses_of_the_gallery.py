"""Keep former addresses of the gallery

Revision ID: 0023
Revises: 0022
Create Date: 2026-11-25 03:45:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INDEXED = ("exhibition_id", "room_id", "slug")


def upgrade() -> None:
    op.create_table(
        "gallery_former_address",
        sa.Column("exhibition_id", KEY, nullable=False),
        sa.Column("room_id", KEY, nullable=True),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibition_id"],
            ["exhibition.id"],
            name=op.f("fk_gallery_former_address_exhibition_id_exhibition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["gallery_room.id"],
            name=op.f("fk_gallery_former_address_room_id_gallery_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_former_address")),
    )
    with op.batch_alter_table("gallery_former_address", schema=None) as batch_op:
        for column in INDEXED:
            batch_op.create_index(batch_op.f(f"ix_gallery_former_address_{column}"), [column])


def downgrade() -> None:
    op.drop_table("gallery_former_address")
