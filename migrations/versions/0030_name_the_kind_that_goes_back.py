"""Name the kind of pieces for which money goes back.

Revision ID: 0030
Revises: 0029
Create Date: 2026-11-25 04:40:02.310744
"""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE refund_share ADD COLUMN taxed_as VARCHAR(30)")


def downgrade() -> None:
    op.execute("ALTER TABLE refund_share DROP COLUMN taxed_as")
