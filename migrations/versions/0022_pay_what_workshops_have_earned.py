"""Pay workshops what they have earned, by dated terms of trade.

Revision ID: 0022
Revises: 0021
Create Date: 2026-11-25 03:13:49.610925
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "dated_term",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("set_by_id", KEY, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("value between 0 and 365", name=op.f("ck_dated_term_a_few_days")),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_dated_term_set_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_dated_term_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dated_term")),
    )
    with op.batch_alter_table("dated_term", schema=None) as batch_op:
        batch_op.create_index(
            "uq_dated_term_kind_valid_from",
            ["kind", "valid_from"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at is null"),
            postgresql_where=sa.text("withdrawn_at is null"),
        )

    op.create_table(
        "payout_run",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("up_to", sa.Date(), nullable=False),
        sa.Column("by_person_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_payout_run_by_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_run")),
        sa.UniqueConstraint("key", name=op.f("uq_payout_run_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payout_run_public_id")),
    )
    op.create_table(
        "payout_batch_file",
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("payouts", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("by_person_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_payout_batch_file_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["payout_run.id"], name=op.f("fk_payout_batch_file_run_id_payout_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_batch_file")),
        sa.UniqueConstraint("run_id", "sha256", name=op.f("uq_payout_batch_file_run_id_sha256")),
    )
    op.create_table(
        "workshop_account",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("bank_bin", sa.String(length=6), nullable=False),
        sa.Column("number", sa.String(length=19), nullable=False),
        sa.Column("holder", sa.String(length=120), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", KEY, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_workshop_account_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_workshop_account_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_workshop_account_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_account")),
        sa.UniqueConstraint("public_id", name=op.f("uq_workshop_account_public_id")),
    )
    with op.batch_alter_table("workshop_account", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_workshop_account_workshop_id"), ["workshop_id"], unique=False
        )
        batch_op.create_index(
            "uq_workshop_account_one_confirmed",
            ["workshop_id"],
            unique=True,
            sqlite_where=sa.text("status = 'confirmed'"),
            postgresql_where=sa.text("status = 'confirmed'"),
        )
        batch_op.create_index(
            "uq_workshop_account_one_held",
            ["workshop_id"],
            unique=True,
            sqlite_where=sa.text("status = 'held'"),
            postgresql_where=sa.text("status = 'held'"),
        )

    op.create_table(
        "payout",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("earned_before", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_payout_amount_positive")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["workshop_account.id"],
            name=op.f("fk_payout_account_id_workshop_account"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["payout_run.id"], name=op.f("fk_payout_run_id_payout_run")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_payout_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payout_public_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_payout_reference")),
        sa.UniqueConstraint("run_id", "workshop_id", name=op.f("uq_payout_run_id_workshop_id")),
    )
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_payout_workshop_id_status"), ["workshop_id", "status"], unique=False
        )

    op.create_table(
        "payout_entry",
        sa.Column("payout_id", KEY, nullable=False),
        sa.Column("entry_id", KEY, nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["ledger_entry.id"], name=op.f("fk_payout_entry_entry_id_ledger_entry")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payout.id"], name=op.f("fk_payout_entry_payout_id_payout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_entry")),
        sa.UniqueConstraint(
            "payout_id", "entry_id", name=op.f("uq_payout_entry_payout_id_entry_id")
        ),
    )
    with op.batch_alter_table("payout_entry", schema=None) as batch_op:
        batch_op.create_index(
            "uq_payout_entry_claimed_once",
            ["entry_id"],
            unique=True,
            sqlite_where=sa.text("released_at is null"),
            postgresql_where=sa.text("released_at is null"),
        )

    op.create_table(
        "payout_event",
        sa.Column("payout_id", KEY, nullable=False),
        sa.Column("from_status", sa.String(length=30), nullable=True),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", KEY, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_payout_event_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["payout_id"], ["payout.id"], name=op.f("fk_payout_event_payout_id_payout")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payout_event")),
    )
    with op.batch_alter_table("payout_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payout_event_payout_id"), ["payout_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("payout_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payout_event_payout_id"))

    op.drop_table("payout_event")
    with op.batch_alter_table("payout_entry", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_payout_entry_claimed_once",
            sqlite_where=sa.text("released_at is null"),
            postgresql_where=sa.text("released_at is null"),
        )

    op.drop_table("payout_entry")
    with op.batch_alter_table("payout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payout_workshop_id_status"))

    op.drop_table("payout")
    with op.batch_alter_table("workshop_account", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_workshop_account_one_held",
            sqlite_where=sa.text("status = 'held'"),
            postgresql_where=sa.text("status = 'held'"),
        )
        batch_op.drop_index(
            "uq_workshop_account_one_confirmed",
            sqlite_where=sa.text("status = 'confirmed'"),
            postgresql_where=sa.text("status = 'confirmed'"),
        )
        batch_op.drop_index(batch_op.f("ix_workshop_account_workshop_id"))

    op.drop_table("workshop_account")
    op.drop_table("payout_batch_file")
    op.drop_table("payout_run")
    with op.batch_alter_table("dated_term", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_dated_term_kind_valid_from",
            sqlite_where=sa.text("withdrawn_at is null"),
            postgresql_where=sa.text("withdrawn_at is null"),
        )

    op.drop_table("dated_term")
