"""Migrations that do not fit, as after a merge of two branches of the repository, or a deletion."""

from collections.abc import Callable
from unittest.mock import Mock

import pytest
from django.db.migrations.exceptions import NodeNotFoundError
from django.db.migrations.loader import MigrationLoader


@pytest.mark.parametrize("name", ["migrate", "serve"])
def test_two_heads_give_one_sentence_with_the_command_that_merges_them(
    name: str, command: Callable[..., None], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MigrationLoader, "detect_conflicts", lambda _: {"shop": {"0002_b", "0002_a"}})
    with pytest.raises(SystemExit) as ended:
        command(name, DATABASE_URL=address)

    assert ended.value.code == (
        "The app shop has several heads, 0002_a and 0002_b: "
        "merge them by `uv run python manage.py makemigrations --merge`."
    )


@pytest.mark.parametrize("name", ["migrate", "serve"])
def test_a_migration_that_follows_a_deleted_one_gives_one_sentence_that_says_what_to_do(
    name: str, command: Callable[..., None], address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = NodeNotFoundError("Migration shop.0003 dependencies reference nonexistent parent node", ("shop", "0002"))
    monkeypatch.setattr(MigrationLoader, "build_graph", Mock(side_effect=error))
    with pytest.raises(SystemExit) as ended:
        command(name, DATABASE_URL=address)

    assert ended.value.code == (
        "Migration shop.0003 dependencies reference nonexistent parent node: "
        "set its dependencies to the newest migration before it."
    )
