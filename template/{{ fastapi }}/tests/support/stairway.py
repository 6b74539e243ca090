"""Every migration up, down and up again."""

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory


def climb(config: Config) -> None:
    """Fail where a migration cannot be undone, or where what it leaves behind prevents it from being repeated.

    An enum type may outlive its table: drop it in ``downgrade``, by ``op.execute("DROP TYPE …")``.
    """
    for migration in reversed(list(ScriptDirectory.from_config(config).walk_revisions())):
        command.upgrade(config, migration.revision)
        if migration.is_merge_point:  # it changes nothing, and the way down has no single next step
            continue
        command.downgrade(config, f"{migration.revision}-1")
        command.upgrade(config, migration.revision)
