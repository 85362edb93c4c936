"""Tell the story of the craft: its steps, its years, its sayings, each with source and certainty.

Revision ID: 0007
Revises: 0006
Create Date: 2026-11-24 21:05:00.000000
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KNOWN_CERTAINTY = "certainty in ('documented', 'tradition', 'contested')"
HAS_SOURCE = "trim(source) <> ''"


def in_both_languages(*names: str) -> str:
    return " and ".join(f"trim({name}_{code}) <> ''" for name in names for code in ("vi", "en"))


def promises(table: str, *texts: str) -> list[sa.CheckConstraint]:
    return [
        sa.CheckConstraint(in_both_languages(*texts), name=op.f(f"ck_{table}_both_languages")),
        sa.CheckConstraint(HAS_SOURCE, name=op.f(f"ck_{table}_has_source")),
        sa.CheckConstraint(KNOWN_CERTAINTY, name=op.f(f"ck_{table}_known_certainty")),
    ]


def sourced() -> list[sa.Column]:
    return [
        sa.Column("certainty", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
    ]


def text(name: str, kind: sa.types.TypeEngine) -> list[sa.Column]:
    return [sa.Column(f"{name}_{code}", kind, nullable=False) for code in ("vi", "en")]


def create_links(owner: str) -> None:
    table = f"{owner}_term"
    op.create_table(
        table,
        sa.Column("owner_id", KEY, nullable=False),
        sa.Column("term_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            [f"{owner}.id"],
            name=op.f(f"fk_{table}_owner_id_{owner}"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["term_id"], ["heritage_term.id"], name=op.f(f"fk_{table}_term_id_heritage_term")
        ),
        sa.PrimaryKeyConstraint("owner_id", "term_id", name=op.f(f"pk_{table}")),
    )
    with op.batch_alter_table(table, schema=None) as batch_op:
        batch_op.create_index(batch_op.f(f"ix_{table}_term_id"), ["term_id"], unique=False)


def upgrade() -> None:
    name, long = sa.String(length=120), sa.Text()
    with op.batch_alter_table("heritage_term", schema=None) as batch_op:
        for label, condition in (
            ("both_languages", in_both_languages("name", "description")),
            ("has_source", HAS_SOURCE),
            ("known_certainty", KNOWN_CERTAINTY),
        ):
            batch_op.create_check_constraint(op.f(f"ck_heritage_term_{label}"), condition)
    op.create_table(
        "heritage_step",
        sa.Column("slug", name, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *text("name", name),
        *text("text", long),
        *sourced(),
        *promises("heritage_step", "name", "text"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heritage_step")),
        sa.UniqueConstraint("slug", name=op.f("uq_heritage_step_slug")),
    )
    op.create_table(
        "heritage_timeline_entry",
        sa.Column("slug", name, nullable=False),
        sa.Column("year_from", sa.Integer(), nullable=False),
        sa.Column("year_to", sa.Integer(), nullable=True),
        sa.Column("is_about", sa.Boolean(), nullable=False),
        *text("when", name),
        *text("name", name),
        *text("text", long),
        *sourced(),
        sa.CheckConstraint(
            "year_to is null or year_to >= year_from",
            name=op.f("ck_heritage_timeline_entry_years_in_order"),
        ),
        *promises("heritage_timeline_entry", "name", "text"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heritage_timeline_entry")),
        sa.UniqueConstraint("slug", name=op.f("uq_heritage_timeline_entry_slug")),
    )
    with op.batch_alter_table("heritage_timeline_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_heritage_timeline_entry_year_from"), ["year_from"], unique=False
        )
    op.create_table(
        "heritage_saying",
        sa.Column("slug", name, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *text("text", long),
        *text("note", long),
        *sourced(),
        *promises("heritage_saying", "text", "note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heritage_saying")),
        sa.UniqueConstraint("slug", name=op.f("uq_heritage_saying_slug")),
    )
    for owner in ("heritage_step", "heritage_timeline_entry", "heritage_saying"):
        create_links(owner)
    op.create_table(
        "heritage_related_term",
        sa.Column("term_id", KEY, nullable=False),
        sa.Column("other_id", KEY, nullable=False),
        sa.CheckConstraint(
            "term_id < other_id", name=op.f("ck_heritage_related_term_each_pair_once")
        ),
        sa.ForeignKeyConstraint(
            ["term_id"],
            ["heritage_term.id"],
            name=op.f("fk_heritage_related_term_term_id_heritage_term"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["other_id"],
            ["heritage_term.id"],
            name=op.f("fk_heritage_related_term_other_id_heritage_term"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("term_id", "other_id", name=op.f("pk_heritage_related_term")),
    )
    with op.batch_alter_table("heritage_related_term", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_heritage_related_term_other_id"), ["other_id"], unique=False
        )


def downgrade() -> None:
    op.drop_table("heritage_related_term")
    for owner in ("heritage_saying", "heritage_timeline_entry", "heritage_step"):
        op.drop_table(f"{owner}_term")
        op.drop_table(owner)
    with op.batch_alter_table("heritage_term", schema=None) as batch_op:
        for label in ("both_languages", "has_source", "known_certainty"):
            batch_op.drop_constraint(op.f(f"ck_heritage_term_{label}"), type_="check")
