"""Withhold by what is sold: goods, services, or services tied to goods.

Revision ID: 0027
Revises: 0026
Create Date: 2026-11-25 03:58:20.771390
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
FIXED = "kind, sellers, basis_points, valid_from, source, set_by_id, created_at"
FIXED_TOO = FIXED.replace("sellers, ", "sellers, taxed_as, ")
RATE_COLUMNS = f"id, {FIXED}, withdrawn_at, withdrawn_by_id"
SUPPLY = "CASE WHEN kind IN ('withheld_vat', 'withheld_pit') THEN 'goods' ELSE 'all' END"
CARRY_OVER = (
    f"INSERT INTO charge_rate_new ({RATE_COLUMNS}, taxed_as)"  # noqa: S608
    f" SELECT {RATE_COLUMNS}, {SUPPLY} FROM charge_rate"
)
CARRY_BACK = (
    f"INSERT INTO charge_rate_new ({RATE_COLUMNS}) SELECT {RATE_COLUMNS}"  # noqa: S608
    " FROM charge_rate WHERE taxed_as IN ('all', 'goods')"
)
SUPPLY_WHERE_DUE = "(kind in ('withheld_vat', 'withheld_pit')) = (taxed_as <> 'all')"
SELLERS_WHERE_DUE = "(kind in ('goods_vat', 'withheld_vat', 'withheld_pit')) = (sellers <> 'all')"
INDEX = "uq_charge_rate_kind_sellers_valid_from"
INDEX_TOO = "uq_charge_rate_kind_sellers_taxed_as_valid_from"
WITHHELD = "what is withheld of an order is never changed"


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def index_rates(name: str, columns: list[str]) -> None:
    op.create_index(
        name,
        "charge_rate",
        columns,
        unique=True,
        sqlite_where=sa.text("withdrawn_at is null"),
        postgresql_where=sa.text("withdrawn_at is null"),
    )


def rate_table(name: str, *, with_supply: bool) -> None:
    """SQLite: the table anew, its constraints under the names they have."""
    supply = (
        sa.Column("taxed_as", sa.String(length=30), server_default="all", nullable=False),
        sa.CheckConstraint(SUPPLY_WHERE_DUE, name=op.f("ck_charge_rate_supply_where_due")),
    )
    op.create_table(
        name,
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("sellers", sa.String(length=30), nullable=False),
        *(supply if with_supply else ()),
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
        sa.CheckConstraint(SELLERS_WHERE_DUE, name=op.f("ck_charge_rate_sellers_where_due")),
        sa.ForeignKeyConstraint(
            ["set_by_id"], ["person.id"], name=op.f("fk_charge_rate_set_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_charge_rate_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge_rate")),
    )


def rebuild_rates(*, with_supply: bool) -> None:
    """Rows and guards are carried over; a guard names the new column where it has to."""
    bind = op.get_bind()
    guards = bind.execute(
        sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'charge_rate'")
    ).scalars()
    kept = [sql.replace(*pair(with_supply, "columns")) for sql in guards]
    kept = [sql.replace(*pair(with_supply, "replaced")) for sql in kept]
    rate_table("charge_rate_new", with_supply=with_supply)
    op.execute(CARRY_OVER if with_supply else CARRY_BACK)
    op.drop_table("charge_rate")
    op.rename_table("charge_rate_new", "charge_rate")
    for sql in kept:
        op.execute(sql)


def pair(with_supply: bool, part: str) -> tuple[str, str]:
    before, after = {
        "columns": (f"UPDATE OF {FIXED} ", f"UPDATE OF {FIXED_TOO} "),
        "replaced": (
            "sellers = NEW.sellers AND valid_from",
            "sellers = NEW.sellers AND taxed_as = NEW.taxed_as AND valid_from",
        ),
    }[part]
    return (before, after) if with_supply else (after, before)


def guard_rate_columns(columns: str) -> None:
    op.execute("DROP TRIGGER charge_rate_stays ON charge_rate")
    op.execute(
        f"CREATE TRIGGER charge_rate_stays BEFORE UPDATE OF {columns} ON charge_rate "
        "FOR EACH ROW EXECUTE FUNCTION charge_rate_refuse_change()"
    )


def tell_supplies_of_rates_apart() -> None:
    op.drop_index(INDEX, table_name="charge_rate")
    if is_postgresql():
        op.execute("ALTER TABLE charge_rate DISABLE TRIGGER USER")
        op.execute("ALTER TABLE charge_rate ADD COLUMN taxed_as VARCHAR(30) DEFAULT 'all' NOT NULL")
        op.execute(f"UPDATE charge_rate SET taxed_as = {SUPPLY}")  # noqa: S608
        op.execute("ALTER TABLE charge_rate ENABLE TRIGGER USER")
        op.create_check_constraint(
            op.f("ck_charge_rate_supply_where_due"), "charge_rate", SUPPLY_WHERE_DUE
        )
        guard_rate_columns(FIXED_TOO)
    else:
        rebuild_rates(with_supply=True)
    index_rates(INDEX_TOO, ["kind", "sellers", "taxed_as", "valid_from"])


def create_tables() -> None:
    op.create_table(
        "product_taxation",
        sa.Column("product_id", KEY, nullable=False),
        sa.Column("taxed_as", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_person_id", KEY, nullable=False),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("taxed_as <> 'all'", name=op.f("ck_product_taxation_one_kind")),
        sa.ForeignKeyConstraint(
            ["product_id"], ["product.id"], name=op.f("fk_product_taxation_product_id_product")
        ),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_product_taxation_by_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_taxation")),
    )
    op.create_index(op.f("ix_product_taxation_product_id"), "product_taxation", ["product_id"])
    op.create_table(
        "order_withholding",
        sa.Column("order_id", KEY, nullable=False),
        sa.Column("taxed_as", sa.String(length=30), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=False),
        sa.Column("pit_rate", sa.Integer(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("pit", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("taxed_as <> 'all'", name=op.f("ck_order_withholding_one_kind")),
        sa.CheckConstraint(
            "base >= 0 and vat >= 0 and pit >= 0", name=op.f("ck_order_withholding_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_withholding_order_id_shop_order")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_withholding")),
        sa.UniqueConstraint(
            "order_id", "taxed_as", name=op.f("uq_order_withholding_order_id_taxed_as")
        ),
    )


def create_thresholds() -> None:
    op.create_table(
        "revenue_threshold",
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_verified", sa.Boolean(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_revenue_threshold_amount_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revenue_threshold")),
        sa.UniqueConstraint("valid_from", name=op.f("uq_revenue_threshold_valid_from")),
    )


def guard_withholding() -> None:
    if is_postgresql():
        op.execute(
            f"""
            CREATE FUNCTION order_withholding_refuse_change() RETURNS trigger
            LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '{WITHHELD}' USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """
        )
        for events, each in (("UPDATE OR DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER order_withholding_stays_{each.lower()} BEFORE {events} "
                f"ON order_withholding FOR EACH {each} "
                "EXECUTE FUNCTION order_withholding_refuse_change()"
            )
        return
    replaced = (
        "WHEN EXISTS (SELECT 1 FROM order_withholding WHERE id = NEW.id"
        " OR (order_id = NEW.order_id AND taxed_as = NEW.taxed_as)) "
    )
    for event, condition in (("UPDATE", ""), ("DELETE", ""), ("INSERT", replaced)):
        op.execute(
            f"CREATE TRIGGER order_withholding_no_{event.lower()} BEFORE {event} "
            f"ON order_withholding {condition}"
            f"BEGIN SELECT RAISE(ABORT, '{WITHHELD}'); END"
        )


def upgrade() -> None:
    tell_supplies_of_rates_apart()
    op.execute(
        "ALTER TABLE product ADD COLUMN taxed_as VARCHAR(30) DEFAULT 'goods' NOT NULL "
        "CONSTRAINT ck_product_taxed_as_one_kind CHECK (taxed_as <> 'all')"
    )
    op.execute("ALTER TABLE order_line ADD COLUMN taxed_as VARCHAR(30) DEFAULT 'goods' NOT NULL")
    create_tables()
    create_thresholds()
    guard_withholding()


def downgrade() -> None:
    """Rates of services go with the column that tells them apart."""
    op.drop_table("revenue_threshold")
    op.drop_table("order_withholding")
    op.drop_table("product_taxation")
    op.execute("ALTER TABLE order_line DROP COLUMN taxed_as")
    op.execute("ALTER TABLE product DROP COLUMN taxed_as")
    op.drop_index(INDEX_TOO, table_name="charge_rate")
    if is_postgresql():
        op.execute("DROP FUNCTION order_withholding_refuse_change()")
        op.execute("ALTER TABLE charge_rate DISABLE TRIGGER USER")
        op.execute("DELETE FROM charge_rate WHERE taxed_as NOT IN ('all', 'goods')")
        op.execute("ALTER TABLE charge_rate ENABLE TRIGGER USER")
        guard_rate_columns(FIXED)
        op.execute("ALTER TABLE charge_rate DROP COLUMN taxed_as")
    else:
        rebuild_rates(with_supply=False)
    index_rates(INDEX, ["kind", "sellers", "valid_from"])
