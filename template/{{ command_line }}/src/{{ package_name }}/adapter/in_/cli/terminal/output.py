"""What commands print: tables for people, JSON for programs."""

import sys
from collections.abc import Iterable, Sequence

from pydantic import BaseModel
from rich.console import Console
from rich.table import Table
from rich.text import Text

PIPE_WIDTH = 1000  # columns: nobody looks at the lines, so that none has to be broken


def print_json(body: BaseModel) -> None:
    sys.stdout.write(body.model_dump_json(indent=2) + "\n")


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    table = Table(*columns)
    for row in rows:
        table.add_row(*(Text(printable(str(cell))) for cell in row))
    Console(width=None if sys.stdout.isatty() else PIPE_WIDTH).print(table)


def printable(text: str) -> str:
    """Return the text without anything that could control the terminal."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
