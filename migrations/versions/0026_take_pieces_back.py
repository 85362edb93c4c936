"""Take pieces back: requests with photographs, refused parcels, and why money was given back.

Revision ID: 0026
Revises: 0025
Create Date: 2026-11-25 03:20:00.000000
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=30)


def key(name: str = "id", *, optional: bool = False) -> sa.Column[int]:
    return sa.Column(name, KEY, nullable=optional)


def count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def dong(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def primary(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def foreign(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"))


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def create_pictures() -> None:
    op.create_table(
        "private_picture",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        count("width"),
        count("height"),
        count("byte_count"),
        key(),
        sa.Column("created_at", MOMENT, nullable=False),
        check("private_picture", "has_size", "width > 0 and height > 0"),
        primary("private_picture"),
        unique("private_picture", "public_id"),
    )
    op.create_table(
        "packing_photo",
        key("order_id"),
        key("picture_id"),
        key("by_person_id"),
        key(),
        sa.Column("created_at", MOMENT, nullable=False),
        foreign("packing_photo", "order_id", "shop_order"),
        foreign("packing_photo", "picture_id", "private_picture"),
        foreign("packing_photo", "by_person_id", "person"),
        primary("packing_photo"),
        unique("packing_photo", "picture_id"),
    )
    op.create_index(op.f("ix_packing_photo_order_id"), "packing_photo", ["order_id"])


def create_requests() -> None:
    table = "return_request"
    op.create_table(
        table,
        sa.Column("public_id", sa.String(length=40), nullable=False),
        key("order_id"),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answer_by", MOMENT, nullable=False),
        sa.Column("goes_back", sa.Boolean(), nullable=True),
        sa.Column("is_appealed", sa.Boolean(), nullable=False),
        key("refund_id", optional=True),
        dong("compensated"),
        key(),
        sa.Column("created_at", MOMENT, nullable=False),
        check(table, "compensated_not_negative", "compensated >= 0"),
        foreign(table, "order_id", "shop_order"),
        foreign(table, "refund_id", "refund"),
        primary(table),
        unique(table, "public_id"),
    )
    op.create_index(op.f("ix_return_request_order_id"), table, ["order_id"])
    op.create_index(op.f("ix_return_request_refund_id"), table, ["refund_id"])
    op.create_index(op.f("ix_return_request_status_answer_by"), table, ["status", "answer_by"])


def create_parts_of_requests() -> None:
    op.create_table(
        "return_line",
        key("request_id"),
        key("order_line_id"),
        *(count(name) for name in ("quantity", "shelved", "seconds", "written_off")),
        key(),
        check("return_line", "quantity_positive", "quantity > 0"),
        check(
            "return_line",
            "no_more_than_asked",
            "shelved >= 0 and seconds >= 0 and written_off >= 0"
            " and shelved + seconds + written_off <= quantity",
        ),
        foreign("return_line", "request_id", "return_request"),
        foreign("return_line", "order_line_id", "order_line"),
        primary("return_line"),
        unique("return_line", "request_id", "order_line_id"),
    )
    op.create_index(op.f("ix_return_line_order_line_id"), "return_line", ["order_line_id"])
    op.create_table(
        "return_photo",
        key("request_id"),
        key("picture_id"),
        key(),
        foreign("return_photo", "request_id", "return_request"),
        foreign("return_photo", "picture_id", "private_picture"),
        primary("return_photo"),
        unique("return_photo", "picture_id"),
    )
    op.create_index(op.f("ix_return_photo_request_id"), "return_photo", ["request_id"])
    op.create_table(
        "return_event",
        key("request_id"),
        sa.Column("from_status", WORD, nullable=True),
        sa.Column("to_status", WORD, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", WORD, nullable=False),
        key("by_person_id", optional=True),
        sa.Column("note", sa.Text(), nullable=False),
        key(),
        foreign("return_event", "request_id", "return_request"),
        foreign("return_event", "by_person_id", "person"),
        primary("return_event"),
    )
    op.create_index(op.f("ix_return_event_request_id"), "return_event", ["request_id"])


def create_refusals_and_reasons() -> None:
    op.create_table(
        "refused_parcel",
        sa.Column("public_id", sa.String(length=40), nullable=False),
        key("order_id"),
        sa.Column("came_back_on", sa.Date(), nullable=False),
        dong("freight"),
        dong("covered"),
        count("broken"),
        key(),
        sa.Column("created_at", MOMENT, nullable=False),
        check("refused_parcel", "covered_within_freight", "covered between 0 and freight"),
        check("refused_parcel", "broken_not_negative", "broken >= 0"),
        foreign("refused_parcel", "order_id", "shop_order"),
        primary("refused_parcel"),
        unique("refused_parcel", "public_id"),
        unique("refused_parcel", "order_id"),
    )
    op.create_table(
        "refund_reason",
        key("refund_id"),
        key("order_id"),
        key("order_line_id", optional=True),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("by", WORD, nullable=False),
        key("by_person_id", optional=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        key(),
        foreign("refund_reason", "refund_id", "refund"),
        foreign("refund_reason", "order_id", "shop_order"),
        foreign("refund_reason", "order_line_id", "order_line"),
        foreign("refund_reason", "by_person_id", "person"),
        primary("refund_reason"),
        unique("refund_reason", "refund_id"),
    )
    op.create_index(op.f("ix_refund_reason_order_id"), "refund_reason", ["order_id"])


def upgrade() -> None:
    create_pictures()
    create_requests()
    create_parts_of_requests()
    create_refusals_and_reasons()
    with op.batch_alter_table("order_line") as line:
        line.add_column(
            sa.Column("cancelled", sa.Integer(), nullable=False, server_default=sa.text("0"))
        )
        line.create_check_constraint(
            op.f("ck_order_line_cancelled_within_quantity"), "cancelled between 0 and quantity"
        )
    with op.batch_alter_table("payment_share") as share:
        for name in ("waived", "kept"):
            share.add_column(
                sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text("0"))
            )
        share.create_check_constraint(
            op.f("ck_payment_share_waived_within_amount"),
            "waived >= 0 and captured + waived <= amount",
        )
        share.create_check_constraint(
            op.f("ck_payment_share_kept_within_captured"), "kept >= 0 and kept <= captured"
        )
    with op.batch_alter_table("order_line") as line:
        line.alter_column("cancelled", server_default=None)
    with op.batch_alter_table("payment_share") as share:
        for name in ("waived", "kept"):
            share.alter_column(name, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("payment_share") as share:
        share.drop_constraint(op.f("ck_payment_share_waived_within_amount"), type_="check")
        share.drop_constraint(op.f("ck_payment_share_kept_within_captured"), type_="check")
        share.drop_column("waived")
        share.drop_column("kept")
    with op.batch_alter_table("order_line") as line:
        line.drop_constraint(op.f("ck_order_line_cancelled_within_quantity"), type_="check")
        line.drop_column("cancelled")
    for table in (
        "refund_reason",
        "refused_parcel",
        "return_event",
        "return_photo",
        "return_line",
        "return_request",
        "packing_photo",
        "private_picture",
    ):
        op.drop_table(table)
