"""Keep the books: transactions and entries that the database itself holds balanced and unchanged.

Revision ID: 0006
Revises: 0005
Create Date: 2026-11-24 21:02:17.118204
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("ledger_transaction", "ledger_entry")

NEVER_CHANGED = "the books are never changed, only added to"


def create_tables() -> None:
    op.create_table(
        "ledger_transaction",
        sa.Column("cause", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("reverses_id", KEY, nullable=True),
        sa.Column("by_person_id", KEY, nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("entry_count >= 2", name=op.f("ck_ledger_transaction_has_two_sides")),
        sa.ForeignKeyConstraint(
            ["by_person_id"], ["person.id"], name=op.f("fk_ledger_transaction_by_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["ledger_transaction.id"],
            name=op.f("fk_ledger_transaction_reverses_id_ledger_transaction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_transaction")),
        sa.UniqueConstraint("cause", name=op.f("uq_ledger_transaction_cause")),
    )
    for column in ("about", "at", "reverses_id"):
        op.create_index(op.f(f"ix_ledger_transaction_{column}"), "ledger_transaction", [column])
    op.create_table(
        "ledger_entry",
        sa.Column("transaction_id", KEY, nullable=False),
        sa.Column("account", sa.String(length=30), nullable=False),
        sa.Column("workshop_id", KEY, nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_ledger_entry_amount_not_zero")),
        sa.CheckConstraint(
            "(account in ('cash_with_workshop', 'workshop_payable')) = (workshop_id is not null)",
            name=op.f("ck_ledger_entry_workshop_where_due"),
        ),
        sa.ForeignKeyConstraint(
            ["transaction_id"],
            ["ledger_transaction.id"],
            name=op.f("fk_ledger_entry_transaction_id_ledger_transaction"),
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name=op.f("fk_ledger_entry_workshop_id_workshop")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
    )
    op.create_index(
        op.f("ix_ledger_entry_account_workshop_id"), "ledger_entry", ["account", "workshop_id"]
    )
    op.create_index(op.f("ix_ledger_entry_transaction_id"), "ledger_entry", ["transaction_id"])


# RAISE(ABORT) there and the error code here both reach the program as IntegrityError.
def guard_sqlite() -> None:
    """SQLite has no deferred triggers: so entries come first and the transaction closes them.

    What is inserted in place of a row deletes that row without a trigger, and is refused too.
    """
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
            )
    op.execute(
        "CREATE TRIGGER ledger_transaction_not_replaced BEFORE INSERT ON ledger_transaction "
        "WHEN EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.id OR cause = NEW.cause) "
        "BEGIN SELECT RAISE(ABORT, 'the books are never changed, only added to'); END"
    )
    op.execute(
        "CREATE TRIGGER ledger_entry_not_replaced BEFORE INSERT ON ledger_entry "
        "WHEN EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'the books are never changed, only added to'); END"
    )
    op.execute(
        "CREATE TRIGGER ledger_entry_before_its_transaction BEFORE INSERT ON ledger_entry "
        "WHEN EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id) "
        "BEGIN SELECT RAISE(ABORT, 'a transaction of the books takes no further entries'); END"
    )
    op.execute(
        "CREATE TRIGGER ledger_transaction_balances AFTER INSERT ON ledger_transaction "
        "WHEN (SELECT count(*) <> NEW.entry_count OR coalesce(sum(amount), 0) <> 0 "
        "FROM ledger_entry WHERE transaction_id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'a transaction of the books has to balance'); END"
    )


POSTGRESQL_FUNCTIONS = (
    """
    CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'the books are never changed, only added to'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    """
    CREATE FUNCTION ledger_refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM ledger_transaction WHERE id = NEW.transaction_id) THEN
            RAISE EXCEPTION 'a transaction of the books takes no further entries'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION ledger_require_balance(closed bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        IF (
            SELECT count(e.id) <> t.entry_count OR coalesce(sum(e.amount), 0) <> 0
            FROM ledger_transaction t LEFT JOIN ledger_entry e ON e.transaction_id = t.id
            WHERE t.id = closed GROUP BY t.entry_count
        ) THEN
            RAISE EXCEPTION 'a transaction of the books has to balance'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END $$
    """,
    """
    CREATE FUNCTION ledger_check_transaction() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM ledger_require_balance(NEW.id);
        RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION ledger_check_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM ledger_require_balance(NEW.transaction_id);
        RETURN NULL;
    END $$
    """,
)
POSTGRESQL_FUNCTION_NAMES = (
    "ledger_check_entry()",
    "ledger_check_transaction()",
    "ledger_require_balance(bigint)",
    "ledger_refuse_late_entry()",
    "ledger_refuse_change()",
)


def guard_postgresql() -> None:
    """The same order of writing as on SQLite, and once more at commit what two at once may do."""
    for function in POSTGRESQL_FUNCTIONS:
        op.execute(function)
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_change()"
        )
    op.execute(
        "CREATE TRIGGER ledger_entry_before_its_transaction BEFORE INSERT ON ledger_entry "
        "FOR EACH ROW EXECUTE FUNCTION ledger_refuse_late_entry()"
    )
    op.execute(
        "CREATE TRIGGER ledger_transaction_balances AFTER INSERT ON ledger_transaction "
        "FOR EACH ROW EXECUTE FUNCTION ledger_check_transaction()"
    )
    for table, check in zip(TABLES, ("transaction", "entry"), strict=True):
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_balances_at_commit AFTER INSERT ON {table} "
            "DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION ledger_check_{check}()"
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
    for table in reversed(TABLES):
        op.drop_table(table)
    if is_postgresql():
        for function in POSTGRESQL_FUNCTION_NAMES:
            op.execute(f"DROP FUNCTION {function}")
