"""Two heads of an app, as after a merge of two branches of the repository."""

from collections.abc import Callable

import pytest
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
