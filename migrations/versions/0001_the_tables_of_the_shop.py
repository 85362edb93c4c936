"""The tables of the shop.

Revision ID: 0001
Revises: nothing
Create Date: 2026-11-23 14:32:05.536009
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "carrier",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("max_weight_g", sa.Integer(), nullable=False),
        sa.Column("max_side_mm", sa.Integer(), nullable=False),
        sa.Column("volumetric_divisor", sa.Integer(), nullable=False),
        sa.Column("tracking_url", sa.String(length=300), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carrier")),
        sa.UniqueConstraint("code", name=op.f("uq_carrier_code")),
    )
    op.create_table(
        "heritage_term",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("description_vi", sa.Text(), nullable=False),
        sa.Column("description_en", sa.Text(), nullable=False),
        sa.Column("synonyms_vi", sa.String(length=300), nullable=False),
        sa.Column("synonyms_en", sa.String(length=300), nullable=False),
        sa.Column("colour", sa.String(length=7), nullable=True),
        sa.Column("certainty", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heritage_term")),
        sa.UniqueConstraint("kind", "slug", name=op.f("uq_heritage_term_kind_slug")),
    )
    op.create_table(
        "image",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("alt_vi", sa.String(length=300), nullable=False),
        sa.Column("alt_en", sa.String(length=300), nullable=False),
        sa.Column("is_rendering", sa.Boolean(), nullable=False),
        sa.Column("renditions_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("width > 0 and height > 0", name=op.f("ck_image_has_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_image")),
        sa.UniqueConstraint("public_id", name=op.f("uq_image_public_id")),
    )
    with op.batch_alter_table("image", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_image_sha256"), ["sha256"], unique=False)

    op.create_table(
        "mail",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("cause", sa.String(length=160), nullable=False),
        sa.Column("recipient", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("cause", name=op.f("uq_mail_cause")),
        sa.UniqueConstraint("public_id", name=op.f("uq_mail_public_id")),
    )
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_mail_status_next_attempt_at"),
            ["status", "next_attempt_at"],
            unique=False,
        )

    op.create_table(
        "packing_rule",
        sa.Column("fragility", sa.String(length=30), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("extra_weight_g", sa.Integer(), nullable=False),
        sa.Column("instruction_vi", sa.String(length=300), nullable=False),
        sa.Column("instruction_en", sa.String(length=300), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packing_rule")),
    )
    with op.batch_alter_table("packing_rule", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_packing_rule_fragility_valid_from"),
            ["fragility", "valid_from"],
            unique=True,
        )

    op.create_table(
        "payment",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("transfer_reference", sa.String(length=20), nullable=True),
        sa.Column("provider_reference", sa.String(length=255), nullable=True),
        sa.Column("provider_charge", sa.String(length=255), nullable=True),
        sa.Column("provider_url", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payment_amount_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "method", "provider_reference", name=op.f("uq_payment_method_provider_reference")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_payment_public_id")),
        sa.UniqueConstraint("transfer_reference", name=op.f("uq_payment_transfer_reference")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_expires_at"), ["expires_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("email_proven_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("is_officer", sa.Boolean(), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_person_public_id")),
    )
    op.create_table(
        "cart",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cart_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cart_public_id")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_cart_token_digest")),
    )
    with op.batch_alter_table("cart", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cart_person_id"), ["person_id"], unique=False)

    op.create_table(
        "email_proof",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_email_proof_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_email_proof")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_email_proof_token_digest")),
    )
    with op.batch_alter_table("email_proof", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_email_proof_person_id_purpose"), ["person_id", "purpose"], unique=False
        )

    op.create_table(
        "order_group",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("tracking_token", sa.String(length=64), nullable=False),
        sa.Column("placement_key", sa.String(length=40), nullable=False),
        sa.Column("person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_fold", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("items_total", sa.BigInteger(), nullable=False),
        sa.Column("shipping_total", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("payment_method", sa.String(length=30), nullable=False),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("street", sa.String(length=300), nullable=False),
        sa.Column("province_code", sa.String(length=2), nullable=True),
        sa.Column("province_name", sa.String(length=120), nullable=True),
        sa.Column("ward_code", sa.String(length=5), nullable=True),
        sa.Column("ward_name", sa.String(length=120), nullable=True),
        sa.Column("places_version", sa.String(length=20), nullable=True),
        sa.Column("city", sa.String(length=120), nullable=True),
        sa.Column("region", sa.String(length=120), nullable=True),
        sa.Column("postcode", sa.String(length=20), nullable=True),
        sa.Column("hint", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "total = items_total + shipping_total", name=op.f("ck_order_group_total_adds_up")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_order_group_payment_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_order_group_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_group")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_order_group_payment_id")),
        sa.UniqueConstraint("placement_key", name=op.f("uq_order_group_placement_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_order_group_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_order_group_reference")),
        sa.UniqueConstraint("tracking_token", name=op.f("uq_order_group_tracking_token")),
    )
    with op.batch_alter_table("order_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_group_email"), ["email"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_group_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_group_phone"), ["phone"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_group_placed_at"), ["placed_at"], unique=False)

    op.create_table(
        "payment_event",
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("from_status", sa.String(length=30), nullable=True),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_payment_event_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_event_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_event")),
    )
    with op.batch_alter_table("payment_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payment_event_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "person_session",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_person_session_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_session")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_person_session_token_digest")),
    )
    with op.batch_alter_table("person_session", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_person_session_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "provider_event",
        sa.Column("method", sa.String(length=30), nullable=False),
        sa.Column("event_id", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=120), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_provider_event_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_event")),
        sa.UniqueConstraint("method", "event_id", name=op.f("uq_provider_event_method_event_id")),
    )
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_provider_event_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "refund",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("provider_reference", sa.String(length=255), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "settled_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_refund_amount_positive")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_refund_payment_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_refund_settled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("payment_id", "cause", name=op.f("uq_refund_payment_id_cause")),
        sa.UniqueConstraint("public_id", name=op.f("uq_refund_public_id")),
    )
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_refund_payment_id"), ["payment_id"], unique=False)

    op.create_table(
        "shipping_rate",
        sa.Column(
            "carrier_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("zone", sa.String(length=30), nullable=False),
        sa.Column("first_weight_g", sa.Integer(), nullable=False),
        sa.Column("first_price", sa.BigInteger(), nullable=False),
        sa.Column("step_weight_g", sa.Integer(), nullable=False),
        sa.Column("step_price", sa.BigInteger(), nullable=False),
        sa.Column("days_from", sa.Integer(), nullable=False),
        sa.Column("days_to", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("days_from <= days_to", name=op.f("ck_shipping_rate_days_in_order")),
        sa.CheckConstraint(
            "first_price >= 0 and step_price >= 0", name=op.f("ck_shipping_rate_not_negative")
        ),
        sa.CheckConstraint(
            "first_weight_g > 0 and step_weight_g > 0", name=op.f("ck_shipping_rate_has_steps")
        ),
        sa.ForeignKeyConstraint(
            ["carrier_id"], ["carrier.id"], name=op.f("fk_shipping_rate_carrier_id_carrier")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipping_rate")),
    )
    with op.batch_alter_table("shipping_rate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shipping_rate_carrier_id_zone_valid_from"),
            ["carrier_id", "zone", "valid_from"],
            unique=True,
        )

    op.create_table(
        "transfer_receipt",
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("bank_entry", sa.String(length=80), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_transfer_receipt_payment_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"],
            ["person.id"],
            name=op.f("fk_transfer_receipt_recorded_by_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_receipt")),
        sa.UniqueConstraint("bank_entry", name=op.f("uq_transfer_receipt_bank_entry")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_transfer_receipt_payment_id")),
    )
    op.create_table(
        "workshop",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("name_sort", sa.String(length=300), nullable=False),
        sa.Column("speciality_vi", sa.String(length=300), nullable=False),
        sa.Column("speciality_en", sa.String(length=300), nullable=False),
        sa.Column("story_vi", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.Column("place_vi", sa.String(length=300), nullable=False),
        sa.Column("place_en", sa.String(length=300), nullable=False),
        sa.Column("opening_vi", sa.String(length=300), nullable=False),
        sa.Column("opening_en", sa.String(length=300), nullable=False),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("street", sa.String(length=300), nullable=False),
        sa.Column("ward_code", sa.String(length=5), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("email", sa.String(length=300), nullable=False),
        sa.Column("tax_id", sa.String(length=40), nullable=False),
        sa.Column("seller_kind", sa.String(length=30), nullable=False),
        sa.Column("mark_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("map_x", sa.Integer(), nullable=True),
        sa.Column("map_y", sa.Integer(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["mark_id"], ["image.id"], name=op.f("fk_workshop_mark_id_image")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop")),
        sa.UniqueConstraint("slug", name=op.f("uq_workshop_slug")),
    )
    op.create_table(
        "maker",
        sa.Column(
            "workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("craft_vi", sa.String(length=300), nullable=False),
        sa.Column("craft_en", sa.String(length=300), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_maker_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_maker")),
        sa.UniqueConstraint("workshop_id", "name", name=op.f("uq_maker_workshop_id_name")),
    )
    op.create_table(
        "shop_order",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("group_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("items_total", sa.BigInteger(), nullable=False),
        sa.Column("shipping_total", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("delivery_kind", sa.String(length=30), nullable=False),
        sa.Column("carrier_code", sa.String(length=40), nullable=True),
        sa.Column("carrier_name", sa.String(length=120), nullable=True),
        sa.Column("zone", sa.String(length=30), nullable=False),
        sa.Column("billed_weight_g", sa.Integer(), nullable=False),
        sa.Column("days_from", sa.Integer(), nullable=True),
        sa.Column("days_to", sa.Integer(), nullable=True),
        sa.Column("lead_days", sa.Integer(), nullable=False),
        sa.Column("ship_by", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "total = items_total + shipping_total", name=op.f("ck_shop_order_total_adds_up")
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["order_group.id"], name=op.f("fk_shop_order_group_id_order_group")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_shop_order_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
        sa.UniqueConstraint(
            "group_id", "workshop_id", name=op.f("uq_shop_order_group_id_workshop_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_shop_order_public_id")),
    )
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_shop_order_workshop_id_status"), ["workshop_id", "status"], unique=False
        )

    op.create_table(
        "workshop_member",
        sa.Column(
            "workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column(
            "person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("role", sa.String(length=30), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_workshop_member_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_member_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_member")),
        sa.UniqueConstraint(
            "workshop_id", "person_id", name=op.f("uq_workshop_member_workshop_id_person_id")
        ),
    )
    with op.batch_alter_table("workshop_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_member_person_id"), ["person_id"], unique=False
        )

    op.create_table(
        "order_event",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_status", sa.String(length=30), nullable=True),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=30), nullable=False),
        sa.Column(
            "by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_order_event_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_event_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_event")),
    )
    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_event_order_id"), ["order_id"], unique=False)

    op.create_table(
        "payment_share",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("captured", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("captured_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "captured_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint(
            "captured >= 0 and captured <= amount",
            name=op.f("ck_payment_share_captured_within_amount"),
        ),
        sa.CheckConstraint(
            "refunded >= 0 and refunded <= captured",
            name=op.f("ck_payment_share_refunded_within_captured"),
        ),
        sa.ForeignKeyConstraint(
            ["captured_by_id"], ["person.id"], name=op.f("fk_payment_share_captured_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_payment_share_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_payment_share_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_share")),
        sa.UniqueConstraint("order_id", name=op.f("uq_payment_share_order_id")),
    )
    with op.batch_alter_table("payment_share", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payment_share_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "product",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column(
            "workshop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("summary_vi", sa.String(length=300), nullable=False),
        sa.Column("summary_en", sa.String(length=300), nullable=False),
        sa.Column("story_vi", sa.Text(), nullable=False),
        sa.Column("story_en", sa.Text(), nullable=False),
        sa.Column("care_vi", sa.Text(), nullable=False),
        sa.Column("care_en", sa.Text(), nullable=False),
        sa.Column("decoration_vi", sa.String(length=300), nullable=False),
        sa.Column("decoration_en", sa.String(length=300), nullable=False),
        sa.Column("supply", sa.String(length=30), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("form_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kiln_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("maker_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("fired_on", sa.Date(), nullable=True),
        sa.Column("firing_celsius", sa.Integer(), nullable=True),
        sa.Column("food_use", sa.String(length=30), nullable=False),
        sa.Column("food_note_vi", sa.String(length=300), nullable=False),
        sa.Column("food_note_en", sa.String(length=300), nullable=False),
        sa.Column("fragility", sa.String(length=30), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("name_fold", sa.String(length=300), nullable=False),
        sa.Column("name_sort", sa.String(length=300), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(supply = 'made_to_order') = (lead_days is not null)",
            name=op.f("ck_product_lead_days_when_to_order"),
        ),
        sa.ForeignKeyConstraint(
            ["form_id"], ["heritage_term.id"], name=op.f("fk_product_form_id_heritage_term")
        ),
        sa.ForeignKeyConstraint(
            ["kiln_id"], ["heritage_term.id"], name=op.f("fk_product_kiln_id_heritage_term")
        ),
        sa.ForeignKeyConstraint(["maker_id"], ["maker.id"], name=op.f("fk_product_maker_id_maker")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_product_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("slug", name=op.f("uq_product_slug")),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_form_id"), ["form_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_product_status_published_at"), ["status", "published_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_product_workshop_id"), ["workshop_id"], unique=False)

    op.create_table(
        "shipment",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("carrier_code", sa.String(length=40), nullable=True),
        sa.Column("carrier_name", sa.String(length=120), nullable=False),
        sa.Column("tracking_number", sa.String(length=40), nullable=False),
        sa.Column("tracking_url", sa.String(length=300), nullable=False),
        sa.Column("packed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_shipment_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
        sa.UniqueConstraint("order_id", name=op.f("uq_shipment_order_id")),
    )
    op.create_table(
        "product_photo",
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("image_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_product_photo_image_id_image")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_product_photo_product_id_product"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_photo")),
        sa.UniqueConstraint(
            "product_id", "position", name=op.f("uq_product_photo_product_id_position")
        ),
    )
    op.create_table(
        "product_technique",
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("term_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_product_technique_product_id_product"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["heritage_term.id"],
            name=op.f("fk_product_technique_term_id_heritage_term"),
        ),
        sa.PrimaryKeyConstraint("product_id", "term_id", name=op.f("pk_product_technique")),
    )
    with op.batch_alter_table("product_technique", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_technique_term_id"), ["term_id"], unique=False)

    op.create_table(
        "variant",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column(
            "product_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("label_vi", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("size_vi", sa.String(length=120), nullable=False),
        sa.Column("size_en", sa.String(length=120), nullable=False),
        sa.Column("glaze_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("set_count", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("height_mm", sa.Integer(), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=False),
        sa.Column("depth_mm", sa.Integer(), nullable=False),
        sa.Column("weight_g", sa.Integer(), nullable=False),
        sa.Column("packed_length_mm", sa.Integer(), nullable=False),
        sa.Column("packed_width_mm", sa.Integer(), nullable=False),
        sa.Column("packed_height_mm", sa.Integer(), nullable=False),
        sa.Column("packed_weight_g", sa.Integer(), nullable=False),
        sa.Column("is_unique", sa.Boolean(), nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("allocated", sa.Integer(), nullable=False),
        sa.Column("received_total", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("allocated >= 0", name=op.f("ck_variant_allocated_not_negative")),
        sa.CheckConstraint(
            "not is_unique or received_total <= 1", name=op.f("ck_variant_one_ever")
        ),
        sa.CheckConstraint("on_hand >= allocated", name=op.f("ck_variant_no_promise_beyond_stock")),
        sa.CheckConstraint(
            "packed_length_mm > 0 and packed_width_mm > 0 and packed_height_mm > 0"
            " and packed_weight_g > 0",
            name=op.f("ck_variant_packed_size"),
        ),
        sa.CheckConstraint("price > 0", name=op.f("ck_variant_price_positive")),
        sa.CheckConstraint("set_count > 0", name=op.f("ck_variant_set_count_positive")),
        sa.ForeignKeyConstraint(
            ["glaze_id"], ["heritage_term.id"], name=op.f("fk_variant_glaze_id_heritage_term")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_variant_product_id_product")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variant")),
        sa.UniqueConstraint("public_id", name=op.f("uq_variant_public_id")),
        sa.UniqueConstraint("sku", name=op.f("uq_variant_sku")),
    )
    with op.batch_alter_table("variant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_variant_glaze_id"), ["glaze_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_variant_product_id"), ["product_id"], unique=False)

    op.create_table(
        "cart_line",
        sa.Column("cart_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price_seen", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_cart_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["cart_id"], ["cart.id"], name=op.f("fk_cart_line_cart_id_cart"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_cart_line_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cart_line")),
        sa.UniqueConstraint("cart_id", "variant_id", name=op.f("uq_cart_line_cart_id_variant_id")),
    )
    op.create_table(
        "order_line",
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("product_slug", sa.String(length=120), nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=False),
        sa.Column("name_vi", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("label_vi", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("lead_days", sa.Integer(), nullable=True),
        sa.Column("fragility", sa.String(length=30), nullable=False),
        sa.Column("packed_weight_g", sa.Integer(), nullable=False),
        sa.Column("holds_stock", sa.Boolean(), nullable=False),
        sa.Column("image_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_line_quantity_positive")),
        sa.ForeignKeyConstraint(
            ["image_id"], ["image.id"], name=op.f("fk_order_line_image_id_image")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_line_order_id_shop_order")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_order_line_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_order_line_order_id"), ["order_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_order_line_variant_id"), ["variant_id"], unique=False)

    op.create_table(
        "stock_movement",
        sa.Column(
            "variant_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("on_hand_change", sa.Integer(), nullable=False),
        sa.Column("allocated_change", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "by_person_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_stock_movement_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variant.id"], name=op.f("fk_stock_movement_variant_id_variant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
        sa.UniqueConstraint(
            "variant_id", "kind", "cause", name=op.f("uq_stock_movement_variant_id_kind_cause")
        ),
    )


def downgrade() -> None:
    op.drop_table("stock_movement")
    with op.batch_alter_table("order_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_line_variant_id"))
        batch_op.drop_index(batch_op.f("ix_order_line_order_id"))

    op.drop_table("order_line")
    op.drop_table("cart_line")
    with op.batch_alter_table("variant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_variant_product_id"))
        batch_op.drop_index(batch_op.f("ix_variant_glaze_id"))

    op.drop_table("variant")
    with op.batch_alter_table("product_technique", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_technique_term_id"))

    op.drop_table("product_technique")
    op.drop_table("product_photo")
    op.drop_table("shipment")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_workshop_id"))
        batch_op.drop_index(batch_op.f("ix_product_status_published_at"))
        batch_op.drop_index(batch_op.f("ix_product_form_id"))

    op.drop_table("product")
    with op.batch_alter_table("payment_share", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_share_payment_id"))

    op.drop_table("payment_share")
    with op.batch_alter_table("order_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_event_order_id"))

    op.drop_table("order_event")
    with op.batch_alter_table("workshop_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_workshop_member_person_id"))

    op.drop_table("workshop_member")
    with op.batch_alter_table("shop_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shop_order_workshop_id_status"))

    op.drop_table("shop_order")
    op.drop_table("maker")
    op.drop_table("workshop")
    op.drop_table("transfer_receipt")
    with op.batch_alter_table("shipping_rate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shipping_rate_carrier_id_zone_valid_from"))

    op.drop_table("shipping_rate")
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_refund_payment_id"))

    op.drop_table("refund")
    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_event_payment_id"))

    op.drop_table("provider_event")
    with op.batch_alter_table("person_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_session_person_id"))

    op.drop_table("person_session")
    with op.batch_alter_table("payment_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_event_payment_id"))

    op.drop_table("payment_event")
    with op.batch_alter_table("order_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_order_group_placed_at"))
        batch_op.drop_index(batch_op.f("ix_order_group_phone"))
        batch_op.drop_index(batch_op.f("ix_order_group_person_id"))
        batch_op.drop_index(batch_op.f("ix_order_group_email"))

    op.drop_table("order_group")
    with op.batch_alter_table("email_proof", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_email_proof_person_id_purpose"))

    op.drop_table("email_proof")
    with op.batch_alter_table("cart", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cart_person_id"))

    op.drop_table("cart")
    op.drop_table("person")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_expires_at"))

    op.drop_table("payment")
    with op.batch_alter_table("packing_rule", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_packing_rule_fragility_valid_from"))

    op.drop_table("packing_rule")
    with op.batch_alter_table("mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mail_status_next_attempt_at"))

    op.drop_table("mail")
    with op.batch_alter_table("image", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_image_sha256"))

    op.drop_table("image")
    op.drop_table("heritage_term")
    op.drop_table("carrier")
