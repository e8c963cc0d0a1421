"""Tables as text: CSV and HTML as spreadsheets and other programs save them, and JSON as programs send it to each other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from qmsctl.core.incoming.html_table import read_html
from qmsctl.core.incoming.sheet import EMPTY, Cell, Row, Sheet
from qmsctl.core.text.csv_rows import NoRows, csv_rows, lines_of
from qmsctl.errors import Refusal
from qmsctl.message import Message, _
from qmsctl.regex import regex

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 400

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = (";", ",", "\t", "|")
_NAMED = regex(r"\"?sep=([,;\t|])\1*\"?[ ,;\t|]*", re.IGNORECASE)
"""What Excel reads as the separator of the lines below: no row of the table."""
_LISTS = ("data", "items", "rows", "result", "content", "danhsachhoso", "dshoso")
"""What other programs call the list that is all of their answer."""


class Unreadable(Refusal):
    """A file that is no table. Its sentence holds nothing that stands in it."""


def is_json(data: bytes) -> bool:
    """True if the bytes begin as JSON does."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{")


def text_of(data: bytes) -> str:
    """The bytes as text. Raises :class:`Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable(_("the file is larger than {limit} MB", limit=MOST_BYTES // 1024 // 1024))
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(_("line {line}: the file is not UTF-8 text; save it as “CSV UTF-8”", line=line)) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_csv(data: bytes, weigh: Callable[[Sheet], int]) -> Sheet:
    """The table in a text file; of CSV with the separator that its first line names, else with that of most weight.

    Raises :class:`Unreadable` where its quotes do not match.
    """
    text = text_of(data)
    if text.lstrip()[:1] == "<":
        return read_html(text, MOST_ROWS)
    lines = lines_of(text)
    named = _NAMED.fullmatch(lines[0].strip("\n")) if lines else None
    if named:
        return Sheet(tuple(_csv_rows(lines[1:], named[1], 1)))
    if not any(line.strip() for line in lines):
        raise Unreadable(_("the file is empty"))
    there = [each for each in _SEPARATORS if any(each in line for line in lines[:100])] or [_SEPARATORS[0]]
    tables = [each for each in (_table(lines, each) for each in there) if each is not None]
    if not tables:
        return Sheet(tuple(_csv_rows(lines, there[0], 0)))
    return max(tables, key=weigh)


def _table(lines: list[str], separator: str) -> Sheet | None:
    try:
        return Sheet(tuple(_csv_rows(lines, separator, 0)))
    except Unreadable:
        return None


def _csv_rows(lines: list[str], separator: str, above: int) -> Iterator[Row]:
    try:
        for line, cells in csv_rows(lines, separator):
            if line > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise Unreadable(too_large())
            yield Row(line + above, tuple(Cell(text) if (text := each.strip()) else EMPTY for each in cells))
    except NoRows as error:
        raise Unreadable(_("line {line}: {why}", line=error.line + above, why=error.message)) from None


def too_large() -> Message:
    """What is said of a table that no office keeps."""
    return _("the table has more than {rows} rows or {columns} columns", rows=MOST_ROWS, columns=MOST_COLUMNS)


def read_json(data: bytes) -> Sheet:
    """The records of a JSON file as a table: a key a column, in the order in which they come; lines count the records.

    Raises :class:`Unreadable`.
    """
    records = _records(_values(text_of(data)))
    if len(records) > MOST_ROWS:
        raise Unreadable(too_large())
    names = tuple(dict.fromkeys(key for each in records for key in each))
    if len(names) > MOST_COLUMNS:
        raise Unreadable(too_large())
    head = Row(0, tuple(Cell(name) for name in names))
    return Sheet((head, *(Row(number, tuple(_cell(each.get(name)) for name in names)) for number, each in enumerate(records, 1))))


def _records(values: Any) -> list[Mapping[str, Any]]:
    if isinstance(values, dict):
        lists = [each for key, each in values.items() if isinstance(each, list) and key.replace("_", "").lower() in _LISTS]
        values = lists[0] if len(lists) == 1 else [values]
    if not isinstance(values, list) or not values or not all(isinstance(each, dict) for each in values):
        raise Unreadable(_("a list of records with keys and values is expected"))
    return values


def _cell(value: Any) -> Cell:
    match value:
        case None | [] | {}:
            return EMPTY
        case list():
            if not all(isinstance(each, dict) for each in value):
                return Cell("…")
            return Cell(parts=tuple({str(key): _word(part) for key, part in each.items()} for each in value))
        case dict():
            return Cell(parts=({str(key): _word(part) for key, part in value.items()},))
        case _:
            return Cell(_word(value))


def _word(value: Any) -> str:
    return "" if value is None else str(value).strip() if isinstance(value, str | int | float) else "…"


def _values(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_int=str, parse_float=str, parse_constant=str)
    except json.JSONDecodeError as error:
        raise Unreadable(_("line {line}: this is no JSON", line=error.lineno)) from None
    except RecursionError:
        raise Unreadable(_("this is no JSON that a program of an office writes: it is nested too deep")) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Unreadable(_("a record has two values under one key"))
    return found
