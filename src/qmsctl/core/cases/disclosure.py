"""Figures for everybody: what is so small that it may point at a person is not told, nor what would tell it.

A table of counts is printed with its totals. A count under :data:`FEW` is hidden; so are further ones, until whoever knows
the totals and how small the hidden ones are finds for each of them at least two values that fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from qmsctl.value import dataclass

FEW = 5
_ANY = 1 << 60

Place = tuple[int, int]


class Bounds(NamedTuple):
    """What a reader knows of a hidden count."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Told:
    """A count as it is printed: the number, that there are ``few``, or nothing at all."""

    number: int | None
    few: bool = False


def disclosed(counts: Sequence[Sequence[int]]) -> tuple[tuple[Told, ...], ...]:
    """The rows of ``counts`` as they may be printed, with a total at the end of each, and below them a row of totals."""
    table = _with_totals(counts)
    hidden = {place for place, count in _places(table) if count < FEW}
    while (open_ := _recoverable(table, hidden)) is not None:
        hidden.add(_next_to_hide(table, hidden, open_))
    return tuple(tuple(_told(count, (i, j) in hidden) for j, count in enumerate(row)) for i, row in enumerate(table))


def at_least(part: Told, rest: Told, whole: Told) -> int | None:
    """The least share of ``part`` in ``whole``, in whole per cent, as far as what is printed says it."""
    if not whole.number:
        return None
    least = part.number if part.number is not None else whole.number - (FEW - 1) if rest.few else None
    return None if least is None or least < 0 else 100 * least // whole.number


def _told(count: int, hidden: bool) -> Told:
    return Told(None, count < FEW) if hidden else Told(count)


def _with_totals(counts: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in counts]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _places(table: Sequence[Sequence[int]]) -> Iterator[tuple[Place, int]]:
    return (((i, j), count) for i, row in enumerate(table) for j, count in enumerate(row))


def _next_to_hide(table: Sequence[Sequence[int]], hidden: set[Place], place: Place) -> Place:
    """The smallest count that is shown and helps ``place``, else the smallest in its row, else the smallest of all."""
    shown = [each for _count, each in sorted((count, each) for each, count in _places(table) if each not in hidden)]
    near = [each for each in shown if each[0] == place[0] or each[1] == place[1]]
    helping = (each for each in (*near, *shown) if _can_move(table, {*hidden, each}, place))
    return next(chain(helping, near, shown))


def _recoverable(table: Sequence[Sequence[int]], hidden: set[Place]) -> Place | None:
    """A small count that only one value fits, while there is a shown one that could still be hidden."""
    if len(hidden) == sum(map(len, table)):
        return None
    return next((each for each in sorted(hidden) if table[each[0]][each[1]] < FEW and not _can_move(table, hidden, each)), None)


def _can_move(table: Sequence[Sequence[int]], hidden: set[Place], place: Place) -> bool:
    """True if the count at ``place`` could be one more or one less, with others changed so that every total is right.

    Rows and columns are the two sides of a net, hidden counts its edges: a change goes round in a circle.
    """
    row, column = place
    return any(
        _may_change(table, place, step) and _reaches(table, hidden - {place}, start, end)
        for step, start, end in ((1, (1, column), (0, row)), (-1, (0, row), (1, column)))
    )


def _reaches(table: Sequence[Sequence[int]], edges: set[Place], start: Place, end: Place) -> bool:
    """True if a change that came to ``start``, a side and a number, can be passed on to ``end``."""
    seen, waiting = {start}, [start]
    while waiting:
        side, number = waiting.pop()
        for edge in edges:
            if edge[side] != number or not _may_change(table, edge, -1 if side else 1):
                continue
            other = (1 - side, edge[1 - side])
            if other == end:
                return True
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return False


def _may_change(table: Sequence[Sequence[int]], place: Place, step: int) -> bool:
    """True if a count can be moved by ``step`` within what is known of it; a total stands on the other side of the sum."""
    count = table[place[0]][place[1]]
    is_total = (place[0] == len(table) - 1) != (place[1] == len(table[0]) - 1)
    least, most = Bounds(0, FEW - 1) if count < FEW else Bounds(FEW, _ANY)
    return least <= count + (-step if is_total else step) <= most
