"""Let the gallery be heard

Revision ID: 0017
Revises: 0016
Create Date: 2026-11-25 00:43:15.608867
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "gallery_sound",
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column(
            "exhibit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "recording_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("rights", sa.String(length=30), nullable=False),
        sa.Column("credit_vi", sa.String(length=300), nullable=False),
        sa.Column("credit_en", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(credit_vi) <> '' and trim(credit_en) <> ''",
            name=op.f("ck_gallery_sound_has_credit"),
        ),
        sa.CheckConstraint(
            "(room_id is null) <> (exhibit_id is null)", name=op.f("ck_gallery_sound_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_gallery_sound_exhibit_id_exhibit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["recording_id"], ["recording.id"], name=op.f("fk_gallery_sound_recording_id_recording")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["gallery_room.id"],
            name=op.f("fk_gallery_sound_room_id_gallery_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_sound")),
    )
    with op.batch_alter_table("gallery_sound", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_sound_exhibit_id"), ["exhibit_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gallery_sound_recording_id"), ["recording_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gallery_sound_room_id"), ["room_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("gallery_sound", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_sound_room_id"))
        batch_op.drop_index(batch_op.f("ix_gallery_sound_recording_id"))
        batch_op.drop_index(batch_op.f("ix_gallery_sound_exhibit_id"))

    op.drop_table("gallery_sound")
