"""Figures for everybody: what is so small that it may point at a person is not told, nor what would tell it.

A row of counts is printed with its sum. A count under :data:`FEW` is hidden; so are further ones, until whoever knows the others and how
small the hidden ones are finds for each of them at least two values that fit. Below the rows stands a total where all of a column is
told: who keeps the page of last month subtracts its totals from those of today, and would have what is hidden in the row that came since.
"""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.value import dataclass

FEW = 5
_ANY = 1 << 60


@dataclass(frozen=True, slots=True)
class Told:
    """A count as it is printed: the number, that there are ``few``, or nothing at all."""

    number: int | None
    few: bool = False


def disclosed(counts: Sequence[Sequence[int]]) -> tuple[tuple[Told, ...], ...]:
    """The rows of ``counts`` as they may be printed, with the sum at the end of each, and below them a row of totals."""
    rows = [_row((*row, sum(row))) for row in counts]
    whole = [(*row, sum(row)) for row in counts]
    totals = (_told(sum(column), any(each.number is None for each in told)) for column, told in zip(zip(*whole, strict=True), zip(*rows, strict=True), strict=True))
    return (*rows, tuple(totals))


def least(part: Told, rest: Told, whole: Told) -> int:
    """How many ``part`` are at least, as far as what is printed of a row says it."""
    if part.number is not None:
        return part.number
    return max(whole.number - (FEW - 1), 0) if rest.few and whole.number is not None else 0


def share(part: int, whole: Told) -> int | None:
    """The share of so many in ``whole``, in whole per cent; ``None`` where nothing of it is told."""
    return 100 * part // whole.number if part and whole.number else None


def _told(count: int, hidden: bool) -> Told:
    return Told(None, count < FEW) if hidden else Told(count)


def _row(cells: Sequence[int]) -> tuple[Told, ...]:
    hidden = {place for place, count in enumerate(cells) if count < FEW}
    while (known := next((each for each in sorted(hidden) if cells[each] < FEW and _is_known(cells, hidden, each)), None)) is not None and len(hidden) < len(cells):
        shown = sorted((count, place) for place, count in enumerate(cells) if place not in hidden)
        helping = (place for _count, place in shown if not _is_known(cells, {*hidden, place}, known))
        hidden.add(next(helping, shown[0][1]))
    return tuple(_told(count, place in hidden) for place, count in enumerate(cells))


def _is_known(cells: Sequence[int], hidden: set[int], wanted: int) -> bool:
    """True if only one value fits the count at ``wanted``; the last of ``cells`` is the sum of the others."""
    bounds = [_bounds(count) if place in hidden else (count, count) for place, count in enumerate(cells)]
    least_, most = bounds[wanted]
    *parts, (sum_least, sum_most) = bounds
    if wanted == len(parts):
        return min(most, sum(each for _least, each in parts)) <= max(least_, sum(each for each, _most in parts))
    others = parts[:wanted] + parts[wanted + 1 :]
    return min(most, sum_most - sum(each for each, _most in others)) <= max(least_, sum_least - sum(each for _least, each in others))


def _bounds(count: int) -> tuple[int, int]:
    """What a reader knows of a hidden count."""
    return (0, FEW - 1) if count < FEW else (FEW, _ANY)
