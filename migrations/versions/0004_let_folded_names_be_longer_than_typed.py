"""Let folded names be longer than typed: some signs fold to many letters.

Revision ID: 0004
Revises: 0003
Create Date: 2026-11-23 16:08:12.402518
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SHORT, LONG = sa.String(length=300), sa.Text()


def upgrade() -> None:
    with op.batch_alter_table("order_group", schema=None) as batch_op:
        batch_op.alter_column("name_fold", existing_type=SHORT, type_=LONG, existing_nullable=False)


def downgrade() -> None:
    # Searched by its parts, so that losing the end of one loses little.
    op.execute("update order_group set name_fold = substr(name_fold, 1, 300)")
    with op.batch_alter_table("order_group", schema=None) as batch_op:
        batch_op.alter_column("name_fold", existing_type=LONG, type_=SHORT, existing_nullable=False)
