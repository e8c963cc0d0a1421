"""Excel files as people make them, by openpyxl: titles above, heads of two lines, cells of several fonts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from qmsctl.core.incoming.old_fonts import _TCVN3


def saved(*sheets: Sequence[Sequence[Any]], merged: Sequence[str] = (), then: Callable[[Worksheet], None] | None = None) -> bytes:
    """A file with these rows; ``merged`` are areas of its first sheet."""
    book = Workbook()
    for number, rows in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert isinstance(sheet, Worksheet)
        for row in rows:
            sheet.append(list(row))
    first = book.worksheets[0]
    for area in merged:
        first.merge_cells(area)
    if then is not None:
        then(first)
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with a part changed, or added."""
    found = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(found, "w", ZIP_DEFLATED) as new:
        parts = {each: old.read(each) for each in old.namelist()}
        parts[name] = change(parts.get(name, b""))
        for each, part in parts.items():
            new.writestr(each, part)
    return found.getvalue()


def in_tcvn3(text: str) -> str:
    """A text as a font of TCVN3 has it."""
    letters = {letter: byte for byte, letter in _TCVN3.items()}
    return "".join(letters.get(each, each) for each in text)


def typed(font: str) -> Callable[[Worksheet], None]:
    """Put a font on every cell."""

    def put(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                cell.font = Font(name=font)

    return put
