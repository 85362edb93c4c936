"""Let pieces be turned in 3D.

Revision ID: 0009
Revises: 0008
Create Date: 2026-11-24 21:09:47.238394
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model3d",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("triangles", sa.Integer(), nullable=False),
        sa.Column("texture_px", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("view_azimuth", sa.Double(), nullable=True),
        sa.Column("view_polar", sa.Double(), nullable=True),
        sa.Column("view_distance_mm", sa.Double(), nullable=True),
        sa.Column("view_field", sa.Double(), nullable=True),
        sa.Column("target_x_mm", sa.Double(), nullable=True),
        sa.Column("target_y_mm", sa.Double(), nullable=True),
        sa.Column("target_z_mm", sa.Double(), nullable=True),
        sa.Column("alt_vi", sa.String(length=300), nullable=False),
        sa.Column("alt_en", sa.String(length=300), nullable=False),
        sa.Column("is_rendering", sa.Boolean(), nullable=False),
        sa.Column(
            "poster_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(view_azimuth is null) = (view_polar is null)"
            " and (view_azimuth is null) = (view_distance_mm is null)"
            " and (view_azimuth is null) = (view_field is null)"
            " and (view_azimuth is null) = (target_x_mm is null)"
            " and (view_azimuth is null) = (target_y_mm is null)"
            " and (view_azimuth is null) = (target_z_mm is null)",
            name=op.f("ck_model3d_whole_view"),
        ),
        sa.CheckConstraint(
            "byte_count > 0 and triangles > 0", name=op.f("ck_model3d_has_substance")
        ),
        sa.CheckConstraint(
            "width_mm > 0 and height_mm > 0 and depth_mm > 0", name=op.f("ck_model3d_has_size")
        ),
        sa.ForeignKeyConstraint(
            ["poster_id"], ["image.id"], name=op.f("fk_model3d_poster_id_image")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model3d")),
        sa.UniqueConstraint("public_id", name=op.f("uq_model3d_public_id")),
    )
    with op.batch_alter_table("model3d", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_model3d_poster_id"), ["poster_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_model3d_sha256"), ["sha256"], unique=False)

    op.create_table(
        "product_model",
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("model_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model3d.id"], name=op.f("fk_product_model_model_id_model3d")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_product_model_product_id_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product_model")),
    )
    with op.batch_alter_table("product_model", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_model_model_id"), ["model_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("product_model", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_model_model_id"))

    op.drop_table("product_model")
    with op.batch_alter_table("model3d", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_model3d_sha256"))
        batch_op.drop_index(batch_op.f("ix_model3d_poster_id"))

    op.drop_table("model3d")
