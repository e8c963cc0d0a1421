"""Rows as a table for people, as JSON, and as CSV that no spreadsheet will run."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence

from qmsctl.cli.session import may_colour
from qmsctl.core.characters import HIDDEN, visible

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as wide as the terminal; wider, and unwrapped, where the output is no terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    to_terminal = sys.stdout.isatty()
    styled = to_terminal and may_colour()
    found = Table(box=None, pad_edge=False, show_edge=False, header_style="bold" if styled else "")
    for heading in headings:
        found.add_column(Text(heading), overflow="fold")
    for row in rows:
        found.add_row(*(Text(visible(cell)) for cell in row))
    buffer = io.StringIO()
    width = Console().width if to_terminal else 10_000
    console = Console(file=buffer, width=width, force_terminal=styled, markup=False, emoji=False, highlight=False)
    console.print(found)
    return "\n".join(line.rstrip() for line in buffer.getvalue().rstrip("\n").split("\n"))


def as_json(value: object) -> str:
    """JSON with Vietnamese letters as they are, and what nobody can see as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return HIDDEN.sub(lambda found: json.dumps(found.group())[1:-1], text)


def as_csv(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """CSV with CRLF line ends; a cell that would be a formula begins with an apostrophe."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([_harmless(visible(cell)) for cell in row] for row in rows)
    return buffer.getvalue().removesuffix("\r\n")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
