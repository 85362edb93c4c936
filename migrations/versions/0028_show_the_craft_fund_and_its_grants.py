"""Show the craft fund and its grants, and count apprentices.

Revision ID: 0028
Revises: 0027
Create Date: 2026-11-25 03:47:38.480155
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "apprentice_count",
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("apprentices", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("entered_by_id", KEY, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_illustrative", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("trim(source) <> ''", name=op.f("ck_apprentice_count_has_source")),
        sa.CheckConstraint(
            "apprentices between 0 and 999", name=op.f("ck_apprentice_count_plausible")
        ),
        sa.CheckConstraint(
            "year between 1950 and 2100", name=op.f("ck_apprentice_count_plausible_year")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_apprentice_count_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_apprentice_count_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_apprentice_count")),
        sa.UniqueConstraint(
            "workshop_id", "year", name=op.f("uq_apprentice_count_workshop_id_year")
        ),
    )
    op.create_table(
        "fund_grant",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("recipient", sa.String(length=120), nullable=False),
        sa.Column("workshop_id", KEY, nullable=True),
        sa.Column("purpose_vi", sa.String(length=300), nullable=False),
        sa.Column("purpose_en", sa.String(length=300), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("proposed_by_id", KEY, nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", KEY, nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", sa.String(length=300), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("bank_reference", sa.String(length=80), nullable=True),
        sa.Column("is_illustrative", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint(
            "(status = 'paid') = (bank_reference is not null) "
            "and (bank_reference is null) = (paid_on is null)",
            name=op.f("ck_fund_grant_paid_with_reference"),
        ),
        sa.CheckConstraint(
            "(status = 'proposed') = (decided_at is null) "
            "and (decided_at is null) = (decided_by_id is null)",
            name=op.f("ck_fund_grant_decided_by_somebody"),
        ),
        sa.CheckConstraint("amount > 0", name=op.f("ck_fund_grant_amount_positive")),
        sa.CheckConstraint(
            "decided_by_id <> proposed_by_id", name=op.f("ck_fund_grant_two_officers")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_fund_grant_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by_id"], ["person.id"], name=op.f("fk_fund_grant_proposed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_fund_grant_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fund_grant")),
        sa.UniqueConstraint("bank_reference", name=op.f("uq_fund_grant_bank_reference")),
        sa.UniqueConstraint("public_id", name=op.f("uq_fund_grant_public_id")),
    )
    op.create_index(op.f("ix_fund_grant_status"), "fund_grant", ["status"])
    op.create_index(op.f("ix_fund_grant_workshop_id"), "fund_grant", ["workshop_id"])

    op.create_table(
        "grant_event",
        sa.Column("grant_id", KEY, nullable=False),
        sa.Column("from_status", sa.String(length=30), nullable=True),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", KEY, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_grant_event_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["fund_grant.id"], name=op.f("fk_grant_event_grant_id_fund_grant")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_event")),
    )
    op.create_index(op.f("ix_grant_event_grant_id"), "grant_event", ["grant_id"])

    op.create_table(
        "grant_paper",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("grant_id", KEY, nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("title_vi", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("byte_count", sa.Integer(), nullable=False),
        sa.Column("added_by_id", KEY, nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_by_id", KEY, nullable=True),
        sa.Column("public_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint(
            "(public_at is null) = (public_by_id is null)",
            name=op.f("ck_grant_paper_public_by_somebody"),
        ),
        sa.CheckConstraint("byte_count > 0", name=op.f("ck_grant_paper_has_substance")),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_grant_paper_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["grant_id"], ["fund_grant.id"], name=op.f("fk_grant_paper_grant_id_fund_grant")
        ),
        sa.ForeignKeyConstraint(
            ["public_by_id"], ["person.id"], name=op.f("fk_grant_paper_public_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grant_paper")),
        sa.UniqueConstraint("public_id", name=op.f("uq_grant_paper_public_id")),
    )
    op.create_index(op.f("ix_grant_paper_grant_id"), "grant_paper", ["grant_id"])


def downgrade() -> None:
    for table in ("grant_paper", "grant_event", "fund_grant", "apprentice_count"):
        op.drop_table(table)
