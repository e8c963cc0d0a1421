"""The rows of a table that name its columns: below what titles stand above, on one line or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from qmsctl.core.incoming.moments import words_of
from qmsctl.core.incoming.sheet import Row, Sheet
from qmsctl.core.text.labels import plain_label
from qmsctl.regex import regex
from qmsctl.value import dataclass

_WITHIN = 40
"""Rows: nobody writes more above a table."""
_LEAST = 3
"""So many headings that are known make a row the head of a table."""
_NUMBERED = regex(r"\(?(\d{1,2})\)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """The headings of the columns as they are written, empty where there is none, and the rows below them."""

    line: int
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


def find_head(sheet: Sheet, knows: Callable[[str], bool]) -> Head | None:
    """The head of the table, ``knows`` being true of the headings, in plain form, that may stand there.

    What stands over several columns goes before what stands below it, unless that says enough by itself.
    """
    rows = sheet.filled()
    best = None
    for place, row in enumerate(rows[:_WITHIN]):
        one = _headings(row)
        two = _joined(sheet, rows, place, knows)
        alone = max(_count(each, knows) for each in (one, _headings(rows[place + 1]) if two else ()))
        names, below = (two, place + 2) if two and _count(two, knows) > alone else (one, place + 1)
        if _count(names, knows) >= _LEAST and (best is None or _count(names, knows) > _count(best.headings, knows)):
            best = Head(row.line, names, _below(rows[below:], (one, _headings(rows[below - 1]))))
    return best


def _headings(row: Row) -> tuple[str, ...]:
    return tuple(words_of(cell) for cell in row.cells)


def _count(headings: Sequence[str], knows: Callable[[str], bool]) -> int:
    return len({plain for each in headings if (plain := plain_label(each)) and knows(plain)})


def _joined(sheet: Sheet, rows: Sequence[Row], place: int, knows: Callable[[str], bool]) -> tuple[str, ...] | None:
    """The headings of two lines in one, where the second line is one of headings."""
    if place + 1 >= len(rows):
        return None
    upper, lower = _headings(rows[place]), _headings(rows[place + 1])
    over = _over(sheet, rows[place], upper)
    names = tuple(
        _name(above, below, knows) if below else own
        for own, above, below in zip(upper, over, (*lower, *[""] * len(over)), strict=False)
    )
    added = [name for name, below in zip(names, lower, strict=False) if below]
    return names if added and all(knows(plain_label(name)) or not _is_value(name) for name in added) else None


def _over(sheet: Sheet, row: Row, upper: Sequence[str]) -> tuple[str, ...]:
    """What stands above each column; a text file does not say what is merged, and leaves its cells empty."""
    if sheet.spans:
        return tuple(upper)
    found: list[str] = []
    for heading in upper:
        found.append(heading or (found[-1] if found else ""))
    return tuple(found)


def _name(above: str, below: str, knows: Callable[[str], bool]) -> str:
    if below == above:
        return above
    both = f"{above} {below}".strip()
    if knows(plain_label(both)):
        return both
    return below if knows(plain_label(below)) else both


def _is_value(text: str) -> bool:
    return any(letter.isdigit() for letter in text)


def _below(rows: Sequence[Row], heads: Sequence[tuple[str, ...]]) -> tuple[Row, ...]:
    """The rows of the table: without one that numbers its columns, and without the head as a print repeats it."""
    if rows and _numbers_columns(rows[0]):
        rows = rows[1:]
    return tuple(row for row in rows if _headings(row) not in heads)


def _numbers_columns(row: Row) -> bool:
    found = [_NUMBERED.fullmatch(words) for cell in row.cells if (words := words_of(cell))]
    return len(found) >= _LEAST and all(found) and [int(each[1]) for each in found if each] == list(range(1, len(found) + 1))


def groups(rows: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    """Each row with anything in it, and whether it only heads those below it: all that it says, it says once."""
    for row in rows:
        said = {words_of(cell) or "=" for cell in row.cells if not cell.is_empty}
        if said:
            yield row, len(said) == 1
