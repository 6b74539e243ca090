"""Let a market have one status more."""

from alembic import op

revision = "0002"
down_revision = None


def upgrade() -> None:
    with op.batch_alter_table("market") as table:
        table.drop_constraint(op.f("ck_market_status"), type_="check")
        table.create_check_constraint(op.f("ck_market_status"), "status IN ('AFTER')")


def downgrade() -> None:
    with op.batch_alter_table("market") as table:
        table.drop_constraint(op.f("ck_market_status"), type_="check")
        table.create_check_constraint(op.f("ck_market_status"), "status IN ('BEFORE')")
