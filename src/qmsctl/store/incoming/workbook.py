"""Reads an Excel file in the child process: cells with what they show, in the letters of today whatever their fonts.

Of openpyxl the parser of a sheet is used as it stands: it makes cells one after another, however wide an area the file
claims to be, and follows no link, picture or comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from math import isfinite
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet._reader import WorkSheetParser

from qmsctl.core.incoming.old_fonts import decoded, encoding_of
from qmsctl.core.incoming.text_table import MOST_COLUMNS, MOST_ROWS, too_large
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.incoming.container import opened
from qmsctl.store.incoming.unfit import Unfit

_MOST_SPANS = 20_000
_MOST_CELLS = 500_000
_WIDEST = 16_384
"""So many columns has a sheet of Excel."""
_ROW, _CELL, _SPAN = (regex(rb"<(?:\w+:)?%s[\s/>]" % name) for name in (b"row", b"c", b"mergeCell"))
_NOT_TAKEN = {"xl/comments": "comments", "xl/media/": "pictures", "xl/drawings/": "drawings", "xl/externallinks/": "links"}
"""Parts that a file may have besides its cells, by the beginnings of their names."""
_STRICT = b"http://purl.oclc.org/ooxml/"
"""How the names of another dialect of these files begin, which openpyxl finds nothing in."""
_FORMULA, _ERROR = "f", "e"
_UNTRUE = {"formula": True}
"""What the file does not say itself, or no sheet can show."""


def read(data: bytes) -> dict[str, Any]:
    """The sheets of a file. Raises :class:`Unfit` where it is none, or larger than an office's."""
    container = opened(data)
    for name, part in container.parts.items():
        if name.lower().startswith("xl/worksheets/"):
            _check_size(part)
    if _STRICT in container.parts.get("xl/workbook.xml", b""):
        raise Unfit(_("it is saved as “Strict Open XML Spreadsheet”: save it anew as an ordinary Excel Workbook (.xlsx)"))
    notes = sorted({note for name in container.parts for beginning, note in _NOT_TAKEN.items() if name.lower().startswith(beginning)})
    macros = ["macros"] if container.macros else []
    del container
    book = load_workbook(BytesIO(data), read_only=True, keep_links=False, rich_text=True)
    return {"sheets": [_sheet(book, each) for each in book.worksheets], "notes": [*macros, *notes]}


def _check_size(part: bytes) -> None:
    """Raise :class:`Unfit` for a sheet that takes long to read, before anybody begins to."""
    widths = [len(_CELL.findall(row)) for row in _ROW.split(part)]
    if sum(widths) > _MOST_CELLS or max(widths) > _WIDEST or len(_SPAN.findall(part)) > _MOST_SPANS:
        raise Unfit(too_large())


def _sheet(book: Any, sheet: Any) -> dict[str, Any]:
    parser = WorkSheetParser(
        sheet._get_source(), sheet._shared_strings, epoch=book.epoch, date_formats=book._date_formats,  # noqa: SLF001 — what openpyxl's own reader of a sheet is given
        timedelta_formats=book._timedelta_formats, rich_text=True,  # noqa: SLF001
    )
    rows = [row for row in _rows(book, parser) if row[1]]
    return {
        "name": sheet.title, "hidden": sheet.sheet_state != "visible", "rows": rows,
        "spans": _spans(parser, max((row[0] for row in rows), default=0)), "first_day": book.epoch.date().isoformat(),
    }


def _rows(book: Any, parser: Any) -> Iterator[tuple[int, list[tuple[int, dict[str, Any]]]]]:
    count = 0
    for line, cells in parser.parse():
        found = [(each["column"], told) for each in cells if (told := _told(book, each))]
        count += bool(found)
        if count > MOST_ROWS or any(column > MOST_COLUMNS for column, _told_ in found):
            raise Unfit(too_large())
        yield line, found


def _spans(parser: Any, last: int) -> list[tuple[int, int, int, int]]:
    """The cells over several, by line and column, as far as the table goes."""
    areas = parser.merged_cells.mergeCell if parser.merged_cells else ()
    found = [tuple(filter(None, range_boundaries(each.ref))) for each in areas]
    return [
        (top, left, min(bottom, last) - top + 1, min(right, MOST_COLUMNS) - left + 1)
        for left, top, right, bottom in (each for each in found if len(each) == 4) if top <= last
    ]


def _told(book: Any, cell: dict[str, Any]) -> dict[str, Any] | None:
    """A cell as JSON has it; nothing where it is empty."""
    if cell["data_type"] in (_FORMULA, _ERROR) or _is_beyond(cell["value"], book.epoch):
        return _UNTRUE
    match cell["value"]:
        case None:
            return None
        case CellRichText() as text:
            shown = _runs(text, _font(book, cell))
        case str() as text:
            shown = _shown([(_font(book, cell), text)])
        case bool() as truth:
            return {"text": "x" if truth else ""}
        case datetime() as moment:
            return {"text": moment.isoformat(" ", "seconds"), "moment": _rounded(moment).isoformat()}
        case date() as day:
            return {"text": day.isoformat(), "moment": f"{day.isoformat()}T00:00:00"}
        case time() | timedelta() as other:
            return {"text": str(other)}
        case number:
            told = f"{Decimal(str(number)).normalize():f}"
            return {"text": told, "number": told}
    return {"text": shown} if shown.strip() else None


def _is_beyond(value: object, epoch: datetime) -> bool:
    """Whether it is a number without end, or a day before the calendar of the sheet."""
    return (isinstance(value, float) and not isfinite(value)) or (isinstance(value, datetime) and value < epoch)


def _rounded(moment: datetime) -> datetime:
    """To the second: days as fractions miss it by some millionths."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _font(book: Any, cell: dict[str, Any]) -> str:
    style = book._cell_styles[cell["style_id"]]  # noqa: SLF001 — a cell that is not made names its font by numbers
    return book._fonts[style.fontId].name or ""  # noqa: SLF001


def _runs(text: CellRichText, own: str) -> str:
    return _shown([(each.font.rFont or own, each.text) if isinstance(each, TextBlock) else (own, str(each)) for each in text])


def _shown(runs: list[tuple[str, str]]) -> str:
    """The text of runs, those of one encoding after another joined before they are put into letters of today."""
    found, pending, last = "", "", None
    for font, text in [*runs, ("", "")]:
        encoding = encoding_of(font)
        if encoding is not last and pending:
            found += decoded(pending, last) if last else pending
            pending = ""
        pending, last = pending + text, encoding
    return found + pending
