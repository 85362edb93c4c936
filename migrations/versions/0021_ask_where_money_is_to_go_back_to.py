"""Ask where money is to go back to.

Revision ID: 0021
Revises: 0020
Create Date: 2026-11-25 03:20:00
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "bank_details",
        sa.Column("payment_id", KEY, nullable=False),
        sa.Column("bank_bin", sa.String(length=6), nullable=True),
        sa.Column("account", sa.String(length=19), nullable=True),
        sa.Column("holder", sa.String(length=120), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by_id", KEY, nullable=True),
        sa.Column("times_given", sa.Integer(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint(
            "(bank_bin is null) = (erased_at is not null)"
            " and (account is null) = (erased_at is not null)"
            " and (holder is null) = (erased_at is not null)",
            name=op.f("ck_bank_details_whole_or_erased"),
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"], ["payment.id"], name=op.f("fk_bank_details_payment_id_payment")
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_bank_details_given_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_details")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_bank_details_payment_id")),
    )


def downgrade() -> None:
    op.drop_table("bank_details")
