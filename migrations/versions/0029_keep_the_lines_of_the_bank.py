"""Keep the lines of the bank.

Revision ID: 0029
Revises: 0028
Create Date: 2026-11-25 03:58:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bank_statement",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("file_name", sa.String(length=300), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.String(length=300), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("uploaded_by_id", KEY, nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("imported_by_id", KEY, nullable=True),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("opening", sa.BigInteger(), nullable=True),
        sa.Column("closing", sa.BigInteger(), nullable=True),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["imported_by_id"], ["person.id"], name=op.f("fk_bank_statement_imported_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_bank_statement_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_statement")),
        sa.UniqueConstraint("digest", name=op.f("uq_bank_statement_digest")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_statement_public_id")),
    )
    op.create_table(
        "statement_columns",
        sa.Column("shape", sa.String(length=64), nullable=False),
        sa.Column("columns", sa.String(length=300), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by_id"], ["person.id"], name=op.f("fk_statement_columns_changed_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_columns")),
        sa.UniqueConstraint("shape", name=op.f("uq_statement_columns_shape")),
    )
    op.create_table(
        "bank_line",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "statement", "webhook", "hand", name="linesource", native_enum=False, length=30
            ),
            nullable=False,
        ),
        sa.Column("statement_id", KEY, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("entry_number", sa.String(length=80), nullable=True),
        sa.Column("balance", sa.BigInteger(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "waiting",
                "claimed",
                "returning",
                "foreign",
                "matched",
                "banked",
                name="lineoutcome",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("matched_to", sa.String(length=120), nullable=True),
        sa.Column("entered_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_bank_line_ck_bank_line_amount_not_zero")),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_bank_line_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_bank_line_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["bank_statement.id"],
            name=op.f("fk_bank_line_statement_id_bank_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint(
            "entry_number", "amount", name=op.f("uq_bank_line_entry_number_amount")
        ),
        sa.UniqueConstraint("matched_to", name=op.f("uq_bank_line_matched_to")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_line_public_id")),
    )
    op.create_index(op.f("ix_bank_line_day_amount"), "bank_line", ["day", "amount"])
    op.create_index(op.f("ix_bank_line_outcome"), "bank_line", ["outcome"])
    op.create_index(op.f("ix_bank_line_statement_id"), "bank_line", ["statement_id"])
    op.create_table(
        "transfer_part",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("line_id", KEY, nullable=False),
        sa.Column("payment_id", KEY, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "held",
                "claimed",
                "owed",
                "returned",
                name="partstatus",
                native_enum=False,
                length=30,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason",
            sa.Enum(
                "surplus",
                "duplicate",
                "lapsed",
                "cancelled",
                "incomplete",
                "unknown",
                name="partreason",
                native_enum=False,
                length=30,
            ),
            nullable=True,
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount > 0", name=op.f("ck_transfer_part_ck_transfer_part_amount_positive")
        ),
        sa.ForeignKeyConstraint(
            ["line_id"], ["bank_line.id"], name=op.f("fk_transfer_part_line_id_bank_line")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_transfer_part_payment_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by_id"], ["person.id"], name=op.f("fk_transfer_part_settled_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_part")),
        sa.UniqueConstraint("public_id", name=op.f("uq_transfer_part_public_id")),
    )
    op.create_index(op.f("ix_transfer_part_line_id"), "transfer_part", ["line_id"])
    op.create_index(op.f("ix_transfer_part_payment_id"), "transfer_part", ["payment_id"])


def downgrade() -> None:
    op.drop_table("transfer_part")
    op.drop_table("bank_line")
    op.drop_table("statement_columns")
    op.drop_table("bank_statement")
