"""Lists as JSON for programs, and as CSV that no spreadsheet will run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qmsctl.cli.formats.table import as_csv, as_json
from qmsctl.core.text.writing import Writing
from qmsctl.reports.parts.sheet import Book, Sheet, Value

VERSION = 1
"""Of the JSON: it changes when something that programs read is taken out or means something else."""

MARK = "\ufeff"
"""Tells Excel that the file is UTF-8."""

Show = Callable[[object], str]


def lists_json(book: Book, name: str, show: Show, language: str) -> str:
    """The lists after ``docs/schema/lists.json``: days as in ISO 8601, numbers as numbers, whatever is not there as null."""
    return as_json(
        {
            "v": VERSION,
            "maker": "qmsctl",
            "report": name,
            "title": show(book.cover.title),
            "organization": book.cover.organization,
            "date": book.cover.today.isoformat(),
            "language": language,
            "lists": [_list(each, show) for each in book.sheets],
        }
    )


def _list(sheet: Sheet, show: Show) -> dict[str, Any]:
    keys = [each.key for each in sheet.columns]
    return {
        "id": sheet.id,
        "title": show(sheet.title),
        "columns": [{"key": each.key, "label": show(each.label), "kind": each.kind} for each in sheet.columns],
        "rows": [dict(zip(keys, (_plain(value, show) for value in row), strict=True)) for row in sheet.rows],
    }


def _plain(value: Value, show: Show) -> str | int | float | None:
    match value:
        case None | int():
            return value
        case date() if not isinstance(value, datetime):
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case _:
            return show(value)


def list_csv(sheet: Sheet, writing: Writing, show: Show, *, excel: bool = False) -> str:
    """One list with its labels as heads.

    For programs days are as in ISO 8601, decimals have a point, a comma parts the cells. For ``excel`` there is a mark of UTF-8 before it,
    and days, decimals and what parts cells are as the Windows of such an office has them.
    """
    chosen = writing if excel else Writing()
    rows = [[_written(value, chosen, show) for value in row] for row in sheet.rows]
    numbers = [[isinstance(value, (int, Decimal)) for value in row] for row in sheet.rows]
    text = as_csv([show(each.label) for each in sheet.columns], rows, numbers=numbers, separator=";" if chosen.comma else ",")
    return f"{MARK}{text}" if excel else text


def _written(value: Value, writing: Writing, show: Show) -> str:
    match value:
        case None:
            return ""
        case date() if not isinstance(value, datetime):
            return value.strftime("%d/%m/%Y") if writing.day_first else value.isoformat()
        case Decimal():
            return f"{value:f}".replace(".", ",") if writing.comma else f"{value:f}"
        case _:
            return show(value)
