"""Let a market have one status more."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = None

BEFORE = ["BEFORE"]
AFTER = ["AFTER"]


def upgrade() -> None:
    _allow(AFTER)


def downgrade() -> None:
    _allow(BEFORE)


def _allow(statuses: list[str]) -> None:
    with op.batch_alter_table("market") as table:
        table.drop_constraint(op.f("ck_market_status"), type_="check")
        table.create_check_constraint(op.f("ck_market_status"), sa.column("status", sa.String()).in_(statuses))
