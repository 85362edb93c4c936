"""Certify the tax withheld.

Revision ID: 0024
Revises: 0023
Create Date: 2026-11-25 03:31:07.230145
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEPT = "a certificate is never changed, only replaced by another"


def create_table() -> None:
    op.create_table(
        "tax_certificate",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("workshop_id", KEY, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in ("base", "vat", "pit")),
        sa.Column("seller_name", sa.String(length=300), nullable=False),
        sa.Column("seller_tax_id", sa.String(length=40), nullable=False),
        sa.Column("seller_address", sa.String(length=300), nullable=False),
        sa.Column("payer_name", sa.String(length=300), nullable=False),
        sa.Column("payer_tax_id", sa.String(length=40), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by_id", KEY, nullable=False),
        sa.Column("issued_by", sa.String(length=120), nullable=False),
        sa.Column("replaces_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_tax_certificate_counted_from_one")),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_tax_certificate_workshop_id_workshop")
        ),
        sa.ForeignKeyConstraint(
            ["issued_by_id"], ["person.id"], name=op.f("fk_tax_certificate_issued_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["tax_certificate.id"],
            name=op.f("fk_tax_certificate_replaces_id_tax_certificate"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_certificate")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_tax_certificate_replaces_id")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_tax_certificate_year_number")),
    )
    op.create_index(op.f("ix_tax_certificate_workshop_id"), "tax_certificate", ["workshop_id"])
    op.create_index(
        "uq_tax_certificate_first_of_month",
        "tax_certificate",
        ["workshop_id", "month"],
        unique=True,
        sqlite_where=sa.text("replaces_id is null"),
        postgresql_where=sa.text("replaces_id is null"),
    )


def guard_sqlite() -> None:
    """What is inserted in place of a row deletes it without a trigger, so it is refused itself."""
    replaced = (
        "WHEN EXISTS (SELECT 1 FROM tax_certificate WHERE id = NEW.id"
        " OR (year = NEW.year AND number = NEW.number) OR replaces_id = NEW.replaces_id"
        " OR (workshop_id = NEW.workshop_id AND month = NEW.month"
        " AND replaces_id IS NULL AND NEW.replaces_id IS NULL)) "
    )
    for event, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", replaced)):
        op.execute(
            f"CREATE TRIGGER tax_certificate_no_{event.lower()} BEFORE {event} ON tax_certificate "
            f"{condition}BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"
        )


def guard_postgresql() -> None:
    op.execute(
        f"""
        CREATE FUNCTION tax_certificate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    for events, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        op.execute(
            f"CREATE TRIGGER tax_certificate_kept_{each.lower()} BEFORE {events} "
            f"ON tax_certificate FOR EACH {each} EXECUTE FUNCTION tax_certificate_refuse_change()"
        )


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    create_table()
    if is_postgresql():
        guard_postgresql()
    else:
        guard_sqlite()


def downgrade() -> None:
    op.drop_table("tax_certificate")
    if is_postgresql():
        op.execute("DROP FUNCTION tax_certificate_refuse_change()")
