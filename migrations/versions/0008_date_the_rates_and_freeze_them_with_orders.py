"""Date the rates, and freeze what an order is charged when it is placed.

Revision ID: 0008
Revises: 0007
Create Date: 2026-11-24 21:20:44.706113
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SUMS = (
    "base",
    "commission",
    "commission_vat",
    "fund_share",
    "goods_vat",
    "withheld_vat",
    "withheld_pit",
)
RATES = tuple(f"{name}_rate" for name in SUMS[1:])
FIXED_IN_A_RATE = "kind, sellers, basis_points, valid_from, source, set_by_id, created_at"


def create_tables() -> None:
    op.create_table(
        "charge_rate",
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("sellers", sa.String(length=30), nullable=False),
        sa.Column("basis_points", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("set_by_id", KEY, nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", KEY, nullable=True),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "basis_points between 0 and 10000", name=op.f("ck_charge_rate_share_of_a_whole")
        ),
        sa.CheckConstraint(
            "(kind in ('goods_vat', 'withheld_vat', 'withheld_pit')) = (sellers <> 'all')",
            name=op.f("ck_charge_rate_sellers_where_due"),
        ),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_charge_rate_set_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_charge_rate_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge_rate")),
    )
    op.create_index(
        "uq_charge_rate_kind_sellers_valid_from",
        "charge_rate",
        ["kind", "sellers", "valid_from"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at is null"),
        postgresql_where=sa.text("withdrawn_at is null"),
    )
    op.create_table(
        "order_charges",
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("seller_kind", sa.String(length=30), nullable=False),
        sa.Column("rates_of", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in RATES),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in SUMS),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint(
            "commission_vat between 0 and commission",
            name=op.f("ck_order_charges_vat_within_commission"),
        ),
        sa.CheckConstraint(
            "goods_vat between 0 and base", name=op.f("ck_order_charges_vat_within_goods")
        ),
        sa.CheckConstraint(
            "fund_share >= 0 and withheld_vat >= 0 and withheld_pit >= 0",
            name=op.f("ck_order_charges_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_charges_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_charges")),
        sa.UniqueConstraint("order_id", name=op.f("uq_order_charges_order_id")),
    )


def guard_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER order_charges_stay BEFORE UPDATE ON order_charges "
        "BEGIN SELECT RAISE(ABORT, 'what an order is charged is never changed'); END"
    )
    op.execute(
        f"CREATE TRIGGER charge_rate_stays BEFORE UPDATE OF {FIXED_IN_A_RATE} ON charge_rate "
        "BEGIN SELECT RAISE(ABORT, 'a rate is never changed, only followed by another'); END"
    )


def guard_postgresql() -> None:
    op.execute(
        """
        CREATE FUNCTION order_charges_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'what an order is charged is never changed'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        """
        CREATE FUNCTION charge_rate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'a rate is never changed, only followed by another'
                USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER order_charges_stay BEFORE UPDATE ON order_charges "
        "FOR EACH ROW EXECUTE FUNCTION order_charges_refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER charge_rate_stays BEFORE UPDATE OF {FIXED_IN_A_RATE} ON charge_rate "
        "FOR EACH ROW EXECUTE FUNCTION charge_rate_refuse_change()"
    )


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    create_tables()
    if is_postgresql():
        guard_postgresql()
    else:
        guard_sqlite()


def downgrade() -> None:
    op.drop_table("order_charges")
    op.drop_table("charge_rate")
    if is_postgresql():
        op.execute("DROP FUNCTION order_charges_refuse_change()")
        op.execute("DROP FUNCTION charge_rate_refuse_change()")
