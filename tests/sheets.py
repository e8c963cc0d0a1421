"""Reads an Excel file back from its XML alone: what a program sees that knows nothing of who wrote it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED = re.compile(r"_x([0-9A-F]{4})_")
_BEGINNING = date(1899, 12, 30)


def parts(data: bytes) -> dict[str, bytes]:
    """The files in the archive, by name."""
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read_back(data: bytes) -> dict[str, list[list[Any]]]:
    """Each sheet by its name: the cells of its rows, days as days, empty ones as None."""
    files = parts(data)
    strings = [_text(each) for each in ET.fromstring(files["xl/sharedStrings.xml"])] if "xl/sharedStrings.xml" in files else []
    days = _day_styles(ET.fromstring(files["xl/styles.xml"]))
    names = [each.get("name") or "" for each in ET.fromstring(files["xl/workbook.xml"]).iter(f"{MAIN}sheet")]
    return {name: _rows(ET.fromstring(files[f"xl/worksheets/sheet{number}.xml"]), strings, days) for number, name in enumerate(names, 1)}


def _text(node: ET.Element) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(each.text or "" for each in node.iter(f"{MAIN}t")))


def _day_styles(styles: ET.Element) -> set[int]:
    formats = {each.get("numFmtId") for each in styles.iter(f"{MAIN}numFmt") if "yyyy" in (each.get("formatCode") or "")}
    used = styles.find(f"{MAIN}cellXfs")
    assert used is not None
    return {number for number, each in enumerate(used) if each.get("numFmtId") in formats}


def _rows(sheet: ET.Element, strings: list[str], days: set[int]) -> list[list[Any]]:
    return [[_value(cell, strings, days) for cell in row] for row in sheet.iter(f"{MAIN}row")]


def _value(cell: ET.Element, strings: list[str], days: set[int]) -> Any:
    assert cell.find(f"{MAIN}f") is None, "a formula"
    found = cell.find(f"{MAIN}v")
    if found is None:
        return None
    text = found.text or ""
    if cell.get("t") == "s":
        return strings[int(text)]
    assert cell.get("t") in (None, "n"), cell.get("t")
    return _BEGINNING + timedelta(days=int(text)) if int(cell.get("s") or 0) in days else float(text)
