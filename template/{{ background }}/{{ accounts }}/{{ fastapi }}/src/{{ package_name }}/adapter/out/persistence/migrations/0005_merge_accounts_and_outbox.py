"""Join the migrations of accounts and of the outbox: each of them can be added first."""

revision = "0005_merge"
down_revision = ("0002_accounts", "0003_outbox")
# [sample]
down_revision = ("0002_accounts", "0004")
# [/sample]


def upgrade() -> None: ...


def downgrade() -> None: ...
