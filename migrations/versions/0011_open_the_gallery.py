"""Open the gallery

Revision ID: 0011
Revises: 0010
Create Date: 2026-11-24 23:51:51.882982
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "placard",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("exhibit_key", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_placard_number_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placard")),
        sa.UniqueConstraint("code", name=op.f("uq_placard_code")),
        sa.UniqueConstraint("exhibit_key", name=op.f("uq_placard_exhibit_key")),
        sa.UniqueConstraint("number", name=op.f("uq_placard_number")),
    )
    op.create_table(
        "gallery_picture",
        sa.Column("image_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rights", sa.String(length=30), nullable=False),
        sa.Column("credit_vi", sa.String(length=300), nullable=False),
        sa.Column("credit_en", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "trim(credit_vi) <> '' and trim(credit_en) <> ''",
            name=op.f("ck_gallery_picture_has_credit"),
        ),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_gallery_picture_image_id_image")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_picture")),
        sa.UniqueConstraint("image_id", name=op.f("uq_gallery_picture_image_id")),
    )
    op.create_table(
        "exhibition",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title_vi", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("subtitle_vi", sa.String(length=300), nullable=False),
        sa.Column("subtitle_en", sa.String(length=300), nullable=False),
        sa.Column("intro_vi", sa.Text(), nullable=False),
        sa.Column("intro_en", sa.Text(), nullable=False),
        sa.Column("curator_vi", sa.String(length=300), nullable=False),
        sa.Column("curator_en", sa.String(length=300), nullable=False),
        sa.Column("cover_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("preview_key", sa.String(length=40), nullable=False),
        sa.Column("certainty", sa.String(length=30), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cover_id"],
            ["gallery_picture.id"],
            name=op.f("fk_exhibition_cover_id_gallery_picture"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibition")),
        sa.UniqueConstraint("preview_key", name=op.f("uq_exhibition_preview_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_exhibition_slug")),
    )
    with op.batch_alter_table("exhibition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exhibition_cover_id"), ["cover_id"], unique=False)

    op.create_table(
        "exhibition_revision",
        sa.Column(
            "exhibition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("summary", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_exhibition_revision_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["exhibition_id"],
            ["exhibition.id"],
            name=op.f("fk_exhibition_revision_exhibition_id_exhibition"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibition_revision")),
        sa.UniqueConstraint(
            "exhibition_id", "number", name=op.f("uq_exhibition_revision_exhibition_id_number")
        ),
    )
    op.create_table(
        "gallery_room",
        sa.Column(
            "exhibition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("intro_vi", sa.Text(), nullable=False),
        sa.Column("intro_en", sa.Text(), nullable=False),
        sa.Column("simple_vi", sa.Text(), nullable=False),
        sa.Column("simple_en", sa.Text(), nullable=False),
        sa.Column(
            "panorama_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("view_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("start_yaw", sa.Double(), nullable=False),
        sa.Column("start_pitch", sa.Double(), nullable=False),
        sa.Column("certainty", sa.String(length=30), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["exhibition_id"],
            ["exhibition.id"],
            name=op.f("fk_gallery_room_exhibition_id_exhibition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["panorama_id"],
            ["gallery_picture.id"],
            name=op.f("fk_gallery_room_panorama_id_gallery_picture"),
        ),
        sa.ForeignKeyConstraint(
            ["view_id"],
            ["gallery_picture.id"],
            name=op.f("fk_gallery_room_view_id_gallery_picture"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_room")),
        sa.UniqueConstraint(
            "exhibition_id", "slug", name=op.f("uq_gallery_room_exhibition_id_slug")
        ),
    )
    with op.batch_alter_table("gallery_room", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_room_panorama_id"), ["panorama_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gallery_room_view_id"), ["view_id"], unique=False)

    op.create_table(
        "artefact",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("summary_vi", sa.String(length=300), nullable=False),
        sa.Column("summary_en", sa.String(length=300), nullable=False),
        sa.Column("description_vi", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("when_vi", sa.String(length=120), nullable=False),
        sa.Column("when_en", sa.String(length=120), nullable=False),
        sa.Column("year_from", sa.Integer(), nullable=True),
        sa.Column("year_to", sa.Integer(), nullable=True),
        sa.Column("place_vi", sa.String(length=120), nullable=False),
        sa.Column("place_en", sa.String(length=120), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=True),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("depth_mm", sa.Integer(), nullable=True),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("rights", sa.String(length=30), nullable=False),
        sa.Column("credit_vi", sa.String(length=300), nullable=False),
        sa.Column("credit_en", sa.String(length=300), nullable=False),
        sa.Column("may_download", sa.Boolean(), nullable=False),
        sa.Column(
            "workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("model_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("certainty", sa.String(length=30), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "year_to is null or year_to >= year_from", name=op.f("ck_artefact_years_in_order")
        ),
        sa.ForeignKeyConstraint(
            ["model_id"], ["model3d.id"], name=op.f("fk_artefact_model_id_model3d")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_artefact_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_artefact_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artefact")),
        sa.UniqueConstraint("slug", name=op.f("uq_artefact_slug")),
    )
    with op.batch_alter_table("artefact", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_artefact_model_id"), ["model_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_artefact_product_id"), ["product_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_artefact_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "exhibition_publication",
        sa.Column(
            "exhibition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "revision_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("goes_live_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "closes_at is null or closes_at > goes_live_at",
            name=op.f("ck_exhibition_publication_closes_after"),
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"],
            ["person.id"],
            name=op.f("fk_exhibition_publication_by_person_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["exhibition_id"],
            ["exhibition.id"],
            name=op.f("fk_exhibition_publication_exhibition_id_exhibition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"],
            ["exhibition_revision.id"],
            name=op.f("fk_exhibition_publication_revision_id_exhibition_revision"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibition_publication")),
    )
    with op.batch_alter_table("exhibition_publication", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exhibition_publication_exhibition_id"), ["exhibition_id"], unique=False
        )

    op.create_table(
        "gallery_door",
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "to_room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("yaw", sa.Double(), nullable=False),
        sa.Column("pitch", sa.Double(), nullable=False),
        sa.CheckConstraint("room_id <> to_room_id", name=op.f("ck_gallery_door_leads_elsewhere")),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["gallery_room.id"],
            name=op.f("fk_gallery_door_room_id_gallery_room"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["to_room_id"],
            ["gallery_room.id"],
            name=op.f("fk_gallery_door_to_room_id_gallery_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("room_id", "to_room_id", name=op.f("pk_gallery_door")),
    )
    with op.batch_alter_table("gallery_door", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_door_to_room_id"), ["to_room_id"], unique=False
        )

    op.create_table(
        "artefact_picture",
        sa.Column(
            "artefact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "picture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("caption_vi", sa.String(length=300), nullable=False),
        sa.Column("caption_en", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["artefact_id"],
            ["artefact.id"],
            name=op.f("fk_artefact_picture_artefact_id_artefact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["gallery_picture.id"],
            name=op.f("fk_artefact_picture_picture_id_gallery_picture"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artefact_picture")),
        sa.UniqueConstraint(
            "artefact_id", "role", name=op.f("uq_artefact_picture_artefact_id_role")
        ),
    )
    with op.batch_alter_table("artefact_picture", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_artefact_picture_picture_id"), ["picture_id"], unique=False
        )

    op.create_table(
        "artefact_term",
        sa.Column(
            "artefact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["artefact_id"],
            ["artefact.id"],
            name=op.f("fk_artefact_term_artefact_id_artefact"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["heritage_term.id"], name=op.f("fk_artefact_term_term_id_heritage_term")
        ),
        sa.PrimaryKeyConstraint("artefact_id", "term_id", name=op.f("pk_artefact_term")),
    )
    with op.batch_alter_table("artefact_term", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_artefact_term_term_id"), ["term_id"], unique=False)

    op.create_table(
        "exhibit",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "artefact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("simple_vi", sa.Text(), nullable=False),
        sa.Column("simple_en", sa.Text(), nullable=False),
        sa.Column("yaw", sa.Double(), nullable=True),
        sa.Column("pitch", sa.Double(), nullable=True),
        sa.Column("certainty", sa.String(length=30), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(yaw is null) = (pitch is null)", name=op.f("ck_exhibit_whole_place")),
        sa.ForeignKeyConstraint(
            ["artefact_id"], ["artefact.id"], name=op.f("fk_exhibit_artefact_id_artefact")
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["gallery_room.id"],
            name=op.f("fk_exhibit_room_id_gallery_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit")),
        sa.UniqueConstraint("key", name=op.f("uq_exhibit_key")),
        sa.UniqueConstraint("room_id", "slug", name=op.f("uq_exhibit_room_id_slug")),
    )
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_exhibit_artefact_id"), ["artefact_id"], unique=False)

    op.create_table(
        "exhibit_detail",
        sa.Column(
            "exhibit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column(
            "picture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("x", sa.Double(), nullable=True),
        sa.Column("y", sa.Double(), nullable=True),
        sa.Column("width", sa.Double(), nullable=True),
        sa.Column("height", sa.Double(), nullable=True),
        sa.Column("point_x", sa.Double(), nullable=True),
        sa.Column("point_y", sa.Double(), nullable=True),
        sa.Column("point_z", sa.Double(), nullable=True),
        sa.Column("azimuth", sa.Double(), nullable=True),
        sa.Column("polar", sa.Double(), nullable=True),
        sa.Column("distance", sa.Double(), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "(picture_id is null) <> (point_x is null)", name=op.f("ck_exhibit_detail_one_place")
        ),
        sa.CheckConstraint(
            "(point_x is null) = (point_y is null)"
            " and (point_x is null) = (point_z is null)"
            " and (point_x is null) = (azimuth is null)"
            " and (point_x is null) = (polar is null)"
            " and (point_x is null) = (distance is null)",
            name=op.f("ck_exhibit_detail_whole_point"),
        ),
        sa.CheckConstraint(
            "picture_id is null or (x >= 0 and y >= 0 and width > 0 and height > 0"
            " and x + width <= 1.0001 and y + height <= 1.0001)",
            name=op.f("ck_exhibit_detail_region_inside"),
        ),
        sa.ForeignKeyConstraint(
            ["exhibit_id"],
            ["exhibit.id"],
            name=op.f("fk_exhibit_detail_exhibit_id_exhibit"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["gallery_picture.id"],
            name=op.f("fk_exhibit_detail_picture_id_gallery_picture"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exhibit_detail")),
    )
    with op.batch_alter_table("exhibit_detail", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_exhibit_detail_exhibit_id"), ["exhibit_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_exhibit_detail_picture_id"), ["picture_id"], unique=False
        )

    op.create_table(
        "gallery_section",
        sa.Column(
            "exhibition_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("room_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("before_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("heading_vi", sa.String(length=300), nullable=False),
        sa.Column("heading_en", sa.String(length=300), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("attribution_vi", sa.String(length=300), nullable=False),
        sa.Column("attribution_en", sa.String(length=300), nullable=False),
        sa.Column("certainty", sa.String(length=30), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["before_id"],
            ["exhibit.id"],
            name=op.f("fk_gallery_section_before_id_exhibit"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["exhibition_id"],
            ["exhibition.id"],
            name=op.f("fk_gallery_section_exhibition_id_exhibition"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["gallery_room.id"],
            name=op.f("fk_gallery_section_room_id_gallery_room"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_section")),
    )
    with op.batch_alter_table("gallery_section", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_section_before_id"), ["before_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gallery_section_exhibition_id"), ["exhibition_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_gallery_section_room_id"), ["room_id"], unique=False)

    op.create_table(
        "gallery_section_entry",
        sa.Column(
            "section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("entry_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["heritage_timeline_entry.id"],
            name=op.f("fk_gallery_section_entry_entry_id_heritage_timeline_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["gallery_section.id"],
            name=op.f("fk_gallery_section_entry_section_id_gallery_section"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("section_id", "entry_id", name=op.f("pk_gallery_section_entry")),
    )
    with op.batch_alter_table("gallery_section_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_section_entry_entry_id"), ["entry_id"], unique=False
        )

    op.create_table(
        "gallery_section_picture",
        sa.Column(
            "section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "picture_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label_vi", sa.String(length=300), nullable=False),
        sa.Column("label_en", sa.String(length=300), nullable=False),
        sa.Column("text_vi", sa.Text(), nullable=False),
        sa.Column("text_en", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_id"],
            ["gallery_picture.id"],
            name=op.f("fk_gallery_section_picture_picture_id_gallery_picture"),
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["gallery_section.id"],
            name=op.f("fk_gallery_section_picture_section_id_gallery_section"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gallery_section_picture")),
    )
    with op.batch_alter_table("gallery_section_picture", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_section_picture_picture_id"), ["picture_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_gallery_section_picture_section_id"), ["section_id"], unique=False
        )

    op.create_table(
        "gallery_section_workshop",
        sa.Column(
            "section_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["gallery_section.id"],
            name=op.f("fk_gallery_section_workshop_section_id_gallery_section"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"],
            ["workshop.id"],
            name=op.f("fk_gallery_section_workshop_workshop_id_workshop"),
        ),
        sa.PrimaryKeyConstraint(
            "section_id", "workshop_id", name=op.f("pk_gallery_section_workshop")
        ),
    )
    with op.batch_alter_table("gallery_section_workshop", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_gallery_section_workshop_workshop_id"), ["workshop_id"], unique=False
        )


def downgrade() -> None:
    with op.batch_alter_table("gallery_section_workshop", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_section_workshop_workshop_id"))

    op.drop_table("gallery_section_workshop")
    with op.batch_alter_table("gallery_section_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_section_picture_section_id"))
        batch_op.drop_index(batch_op.f("ix_gallery_section_picture_picture_id"))

    op.drop_table("gallery_section_picture")
    with op.batch_alter_table("gallery_section_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_section_entry_entry_id"))

    op.drop_table("gallery_section_entry")
    with op.batch_alter_table("gallery_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_section_room_id"))
        batch_op.drop_index(batch_op.f("ix_gallery_section_exhibition_id"))
        batch_op.drop_index(batch_op.f("ix_gallery_section_before_id"))

    op.drop_table("gallery_section")
    with op.batch_alter_table("exhibit_detail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibit_detail_picture_id"))
        batch_op.drop_index(batch_op.f("ix_exhibit_detail_exhibit_id"))

    op.drop_table("exhibit_detail")
    with op.batch_alter_table("exhibit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibit_artefact_id"))

    op.drop_table("exhibit")
    with op.batch_alter_table("artefact_term", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_artefact_term_term_id"))

    op.drop_table("artefact_term")
    with op.batch_alter_table("artefact_picture", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_artefact_picture_picture_id"))

    op.drop_table("artefact_picture")
    with op.batch_alter_table("gallery_door", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_door_to_room_id"))

    op.drop_table("gallery_door")
    with op.batch_alter_table("exhibition_publication", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibition_publication_exhibition_id"))

    op.drop_table("exhibition_publication")
    with op.batch_alter_table("artefact", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_artefact_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_artefact_product_id"))
        batch_op.drop_index(batch_op.f("ix_artefact_model_id"))

    op.drop_table("artefact")
    with op.batch_alter_table("gallery_room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gallery_room_view_id"))
        batch_op.drop_index(batch_op.f("ix_gallery_room_panorama_id"))

    op.drop_table("gallery_room")
    op.drop_table("exhibition_revision")
    with op.batch_alter_table("exhibition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_exhibition_cover_id"))

    op.drop_table("exhibition")
    op.drop_table("gallery_picture")
    op.drop_table("placard")
