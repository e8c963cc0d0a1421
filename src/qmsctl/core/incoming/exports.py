"""Tables that list cases together with the persons who brought them: they have no place in a repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qmsctl.core.incoming.blocks import TABLE, Block
from qmsctl.core.incoming.columns import ColumnMap
from qmsctl.core.incoming.head import find_head
from qmsctl.core.incoming.moments import words_of
from qmsctl.core.incoming.sheet import Cell, Row, Sheet
from qmsctl.core.text.labels import plain_label
from qmsctl.message import _

EXPORT = _("the file is a list of cases with data about persons, as one-stop systems export it: it is not kept here")
"""All that is said of a file that has such a table."""


def lists_persons(sheets: Iterable[Sheet], maps: Sequence[ColumnMap]) -> bool:
    """True where a table has cases by their ids, and beside them what its maps call personal. A form with nothing in it has none."""
    return any(_lists(sheet, each) for sheet in sheets for each in maps)


def sheets_of(blocks: Iterable[Block]) -> Iterator[Sheet]:
    """The tables of a paper."""
    for block in blocks:
        if block.kind == TABLE:
            yield Sheet(tuple(Row(line, tuple(Cell(text) for text in row)) for line, row in enumerate(block.rows, 1)))


def _lists(sheet: Sheet, given: ColumnMap) -> bool:
    head = find_head(sheet, given.knows)
    if head is None:
        return False
    headings = [plain_label(each) for each in head.headings]
    cases = [place for place, heading in enumerate(headings) if given.target(heading) == "case"]
    persons = [place for place, heading in enumerate(headings) if heading in given.personal and heading not in _NOTES]
    return any(_says(row, cases, digit=True) and _says(row, persons) for row in head.rows)


_NOTES = frozenset(map(plain_label, ("Ghi chú", "Note", "Notes")))
"""What may hold data about persons, and mostly does not."""


def _says(row: Row, places: Sequence[int], *, digit: bool = False) -> bool:
    found = [words_of(row.cells[place]) for place in places if place < len(row.cells)]
    return any(each and (not digit or any(letter.isdigit() for letter in each)) for each in found)
