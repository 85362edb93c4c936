"""Set aside for breakage out of the commission, frozen with the order.

Revision ID: 0019
Revises: 0018
Create Date: 2026-11-25 03:21:40.118305
"""

from __future__ import annotations

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

CHECK = (
    "CONSTRAINT ck_order_charges_cover_within_commission "
    "CHECK (cover_share between 0 and commission - commission_vat)"
)


def upgrade() -> None:
    """Added in place: to rebuild the table would take its guards off. Past orders have none."""
    op.execute("ALTER TABLE order_charges ADD COLUMN cover_share_rate INTEGER DEFAULT 0 NOT NULL")
    op.execute(
        f"ALTER TABLE order_charges ADD COLUMN cover_share BIGINT DEFAULT 0 NOT NULL {CHECK}"
    )


def downgrade() -> None:
    op.execute("ALTER TABLE order_charges DROP COLUMN cover_share")
    op.execute("ALTER TABLE order_charges DROP COLUMN cover_share_rate")
