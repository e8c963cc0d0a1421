"""The tables of a file that somebody names: of Excel, CSV or JSON, told by what it holds and not by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from qmsctl.core.incoming.secrecy import FIRST_PAGE, SECRET, is_secret
from qmsctl.core.incoming.sheet import EMPTY, Cell, Row, Sheet, Span, Workbook
from qmsctl.core.incoming.text_table import is_json, read_csv, read_json
from qmsctl.message import _
from qmsctl.store.incoming.extra import check_installed
from qmsctl.store.incoming.reader import Reader
from qmsctl.store.incoming.unfit import Unfit

_ARCHIVES = (b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))
_BESIDE_EACH_OTHER = 2
"""Titles of a page: the agency at the left, the motto or a stamp at the right."""
_BESIDES = {"macros": _("macros"), "comments": _("comments"), "pictures": _("pictures"), "drawings": _("shapes and charts"), "links": _("links to other files")}


def read_tables(data: bytes, weigh: Callable[[Sheet], int]) -> Workbook:
    """What the bytes hold; of text, ``weigh`` says which separator makes a table of it.

    Raises :class:`Refusal` where they hold no table, :class:`RepositoryError` where openpyxl is needed and not installed.
    """
    found = read_workbook(data) if data.startswith(_ARCHIVES) else Workbook((read_json(data) if is_json(data) else read_csv(data, weigh),))
    if any(is_secret(_alone(sheet)) for sheet in found.sheets):
        raise Unfit(SECRET)
    return found


def _alone(sheet: Sheet) -> Iterator[str]:
    """What stands by itself on the first page of a table: lines of its titles, and stamps beside them."""
    for row in sheet.rows[:FIRST_PAGE]:
        said = [cell.text for cell in row.cells if cell.text]
        if len(said) <= _BESIDE_EACH_OTHER:
            yield from (line for text in said for line in text.split("\n"))


def read_workbook(data: bytes) -> Workbook:
    """The sheets of an Excel file, read in a process with limits. Raises like :func:`read_tables`."""
    check_installed("openpyxl")
    with Reader() as reader:
        found = reader.read("excel", data)
    if all(each["hidden"] for each in found["sheets"]):
        raise Unfit(_("none of its sheets can be seen, and what is hidden is not taken in: have them shown in Excel, and save it anew"))
    hidden = tuple(_("the hidden sheet “{sheet}”", sheet=each["name"]) for each in found["sheets"] if each["hidden"])
    return Workbook(tuple(map(_sheet, found["sheets"])), (*hidden, *(_BESIDES[each] for each in found["notes"])))


def _sheet(told: dict[str, Any]) -> Sheet:
    width = max((column for _line, cells in told["rows"] for column, _cell_ in cells), default=0)
    spans = tuple(Span(line, column - 1, lines, columns) for line, column, lines, columns in told["spans"])
    rows = tuple(_row(line, cells, width) for line, cells in told["rows"])
    if len({row.line for row in rows}) < len(rows):
        raise Unfit(_("two rows of a sheet have one number: it is damaged"))
    return Sheet(rows, told["name"], spans, date.fromisoformat(told["first_day"]), hidden=told["hidden"])


def _row(line: int, told: list[list[Any]], width: int) -> Row:
    cells = [EMPTY] * width
    for column, each in told:
        cells[column - 1] = _cell(each)
    return Row(line, tuple(cells))


def _cell(told: dict[str, Any]) -> Cell:
    return Cell(
        told.get("text", ""), Decimal(told["number"]) if "number" in told else None,
        datetime.fromisoformat(told["moment"]) if "moment" in told else None, told.get("formula", False),
    )
