"""Rows of CSV, each with the line on which it begins; a line ends with a line feed alone, whatever else a cell holds."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from qmsctl.message import Message, _


class NoRows(Exception):
    """What is no CSV: ``line`` is where the row begins that cannot be read."""

    def __init__(self, line: int, message: Message) -> None:
        super().__init__(str(message))
        self.line, self.message = line, message


def lines_of(text: str) -> list[str]:
    """Lines with their ends."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def csv_rows(lines: Sequence[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """The cells of each row. Raises :class:`NoRows` where quotes do not match, or a cell has no end."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error:
        quoted = any('"' in each for each in lines[line - 1 : reader.line_num])
        why = _("the quotation marks of the row that begins here do not match") if quoted else _("a cell has more than {limit} characters", limit=csv.field_size_limit())
        raise NoRows(line, why) from None
