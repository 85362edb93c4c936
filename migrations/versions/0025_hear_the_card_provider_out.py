"""Hear the card provider out: disputes, lines of its account, payouts, stray money.

Revision ID: 0025
Revises: 0024
Create Date: 2026-11-25 03:18:35.427923
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provider_balance",
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("booked", sa.BigInteger(), nullable=False),
        sa.Column("under_way", sa.BigInteger(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_balance")),
    )
    with op.batch_alter_table("provider_balance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_balance_at"), ["at"], unique=False)

    op.create_table(
        "provider_entry",
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("charge", sa.String(length=255), nullable=True),
        sa.Column("payout", sa.String(length=255), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_entry")),
        sa.UniqueConstraint("reference", name=op.f("uq_provider_entry_reference")),
    )
    with op.batch_alter_table("provider_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_entry_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_provider_entry_charge"), ["charge"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_provider_entry_kind_subject"), ["kind", "subject"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_provider_entry_payout"), ["payout"], unique=False)

    op.create_table(
        "provider_payout",
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_payout")),
        sa.UniqueConstraint("reference", name=op.f("uq_provider_payout_reference")),
    )
    op.create_table(
        "dispute",
        sa.Column("reference", sa.String(length=255), nullable=False),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=False),
        sa.Column("due_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_dispute_amount_positive")),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_dispute_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("reference", name=op.f("uq_dispute_reference")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_payment_id"), ["payment_id"], unique=False)

    op.create_table(
        "stray_charge",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column(
            "payment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("charge", sa.String(length=255), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("refund_reference", sa.String(length=255), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "asked_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_stray_charge_amount_positive")),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_stray_charge_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_stray_charge_payment_id_payment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stray_charge")),
        sa.UniqueConstraint("charge", name=op.f("uq_stray_charge_charge")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stray_charge_public_id")),
    )
    with op.batch_alter_table("stray_charge", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_stray_charge_payment_id"), ["payment_id"], unique=False
        )

    op.create_table(
        "dispute_event",
        sa.Column(
            "dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispute_id"], ["dispute.id"], name=op.f("fk_dispute_event_dispute_id_dispute")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute_event")),
    )
    with op.batch_alter_table("dispute_event", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_dispute_event_dispute_id"), ["dispute_id"], unique=False
        )

    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("charge", sa.String(length=255), nullable=True))
        batch_op.create_index(batch_op.f("ix_provider_event_charge"), ["charge"], unique=False)

    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
            )
        )
        batch_op.create_index(batch_op.f("ix_refund_dispute_id"), ["dispute_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_refund_dispute_id_dispute"), "dispute", ["dispute_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("refund", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_refund_dispute_id_dispute"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_refund_dispute_id"))
        batch_op.drop_column("dispute_id")

    with op.batch_alter_table("provider_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_event_charge"))
        batch_op.drop_column("charge")

    with op.batch_alter_table("dispute_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_event_dispute_id"))

    op.drop_table("dispute_event")
    with op.batch_alter_table("stray_charge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stray_charge_payment_id"))

    op.drop_table("stray_charge")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_payment_id"))

    op.drop_table("dispute")
    op.drop_table("provider_payout")
    with op.batch_alter_table("provider_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_entry_payout"))
        batch_op.drop_index(batch_op.f("ix_provider_entry_kind_subject"))
        batch_op.drop_index(batch_op.f("ix_provider_entry_charge"))
        batch_op.drop_index(batch_op.f("ix_provider_entry_at"))

    op.drop_table("provider_entry")
    with op.batch_alter_table("provider_balance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_balance_at"))

    op.drop_table("provider_balance")
