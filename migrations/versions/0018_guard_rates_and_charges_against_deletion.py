"""Guard rates and what orders are charged against deletion, replacement and late withdrawal.

Revision ID: 0018
Revises: 0017
Create Date: 2026-11-25 03:05:11.402118
"""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

CHARGES = "what an order is charged is never changed"
RATE = "a rate is never changed, only followed by another"
IN_TIME = "a rate is withdrawn once, and only before its day; it is never changed otherwise"
TABLES = {"order_charges": CHARGES, "charge_rate": RATE}
SQLITE_TRIGGERS = (
    "order_charges_not_deleted",
    "order_charges_not_replaced",
    "charge_rate_not_deleted",
    "charge_rate_not_replaced",
    "charge_rate_withdrawn_in_time",
)


def refuse_on_sqlite(trigger: str, event: str, table: str, message: str, when: str = "") -> None:
    condition = f"WHEN {when} " if when else ""
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE {event} ON {table} {condition}"
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def guard_sqlite() -> None:
    """What is inserted in place of a row deletes it without a trigger, so it is refused itself.

    What is no moment at all has no day, and is refused like a day too late.
    """
    for table, message in TABLES.items():
        refuse_on_sqlite(f"{table}_not_deleted", "DELETE", table, message)
    refuse_on_sqlite(
        "order_charges_not_replaced",
        "INSERT",
        "order_charges",
        CHARGES,
        "EXISTS (SELECT 1 FROM order_charges WHERE id = NEW.id OR order_id = NEW.order_id)",
    )
    refuse_on_sqlite(
        "charge_rate_not_replaced",
        "INSERT",
        "charge_rate",
        RATE,
        "EXISTS (SELECT 1 FROM charge_rate WHERE id = NEW.id OR (kind = NEW.kind"
        " AND sellers = NEW.sellers AND valid_from = NEW.valid_from"
        " AND withdrawn_at IS NULL AND NEW.withdrawn_at IS NULL))",
    )
    refuse_on_sqlite(
        "charge_rate_withdrawn_in_time",
        "UPDATE",
        "charge_rate",
        IN_TIME,
        "NOT coalesce(NEW.id = OLD.id AND OLD.withdrawn_at IS NULL"
        " AND date(NEW.withdrawn_at, '+7 hours') < OLD.valid_from"
        " AND date('now', '+7 hours') < OLD.valid_from, 0)",
    )


def guard_postgresql() -> None:
    op.execute(
        f"""
        CREATE FUNCTION charge_rate_require_withdrawal_in_time() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            IF NOT coalesce(
                NEW.id = OLD.id AND OLD.withdrawn_at IS NULL
                AND (NEW.withdrawn_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < OLD.valid_from
                AND (clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date < OLD.valid_from,
                false
            ) THEN
                RAISE EXCEPTION '{IN_TIME}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN NEW;
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER charge_rate_withdrawn_in_time BEFORE UPDATE ON charge_rate "
        "FOR EACH ROW EXECUTE FUNCTION charge_rate_require_withdrawal_in_time()"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_not_deleted BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_not_truncated BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse_change()"
        )


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def upgrade() -> None:
    if is_postgresql():
        guard_postgresql()
    else:
        guard_sqlite()


def downgrade() -> None:
    if not is_postgresql():
        for trigger in SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {trigger}")
        return
    for table in TABLES:
        for trigger in ("not_deleted", "not_truncated"):
            op.execute(f"DROP TRIGGER {table}_{trigger} ON {table}")
    op.execute("DROP TRIGGER charge_rate_withdrawn_in_time ON charge_rate")
    op.execute("DROP FUNCTION charge_rate_require_withdrawal_in_time()")
