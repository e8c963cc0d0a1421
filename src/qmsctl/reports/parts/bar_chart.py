"""Charts of bars that lie one below the other, each under its name: plain ones, and a Pareto of shares."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from qmsctl.core.text.quantity import percent, rounded
from qmsctl.message import Message, _
from qmsctl.reports.parts.chart import (
    LINE,
    MOST_ROWS,
    WIDTH,
    Box,
    Chart,
    Mark,
    Number,
    Shown,
    Stroke,
    Words,
    fitting,
    valued,
)
from qmsctl.value import dataclass

_ROW, _BAR, _PLACE = 40, 14, 70
"""The height of a row and of its bar, and the room for what stands behind the longest one."""

_MOST_OF = 80
"""The few causes that make so many percents of all are those to begin with."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value under its name; ``mark`` is what it is to be compared with, ``bad`` where somebody has to act."""

    name: Shown
    value: Number
    mark: Number | None = None
    bad: bool = False


def bar_chart(name: str, title: Message, bars: Sequence[Bar], unit: str = "", mark: Message | None = None, whole: Number = 0) -> Chart | None:
    """The first bars in their order; ``mark`` says what the upright line is, ``whole`` what fills the width. ``None`` without bars."""
    shown = bars[:MOST_ROWS]
    longest = max((each for bar in shown for each in (bar.value, bar.mark, whole) if each is not None), default=0)
    if not shown:
        return None
    marked = any(bar.mark is not None for bar in shown)
    top = LINE if marked else 0
    rows = [(top + _ROW * place, bar) for place, bar in enumerate(shown)]
    upright = [Stroke(_upright(_length(bar.mark, longest), y), "ink") for y, bar in rows if bar.mark is not None]
    sample = [Stroke(((6, 2), (6, 16)), "ink")] if marked else []
    return Chart(
        id=name,
        title=title,
        told=tuple(_told(bar, unit, mark) for bar in shown),
        height=top + _ROW * len(shown) + _rest_height(bars),
        boxes=tuple(Box(0, y + LINE, _length(bar.value, longest), _BAR, "two" if bar.bad else "one") for y, bar in rows),
        strokes=(*sample, *upright),
        words=(
            *((Words(14, 13, mark or ""),) if marked else ()),
            *(Words(0, y + 13, fitting(bar.name)) for y, bar in rows),
            *_rest(bars, top + _ROW * len(shown)),
            *(Words(max(_length(bar.value, longest), _length(bar.mark or 0, longest)) + 6, y + LINE + 11, valued(bar.value, unit)) for y, bar in rows),
        ),
    )


def _rest(known: Sequence[object], bottom: int) -> Iterator[Words]:
    """How many there are for which the drawing has no room."""
    if len(known) > MOST_ROWS:
        yield Words(0, bottom + 12, _("{count} more in the list below", count=len(known) - MOST_ROWS), tone="soft")


def _rest_height(known: Sequence[object]) -> int:
    return LINE if len(known) > MOST_ROWS else 2


def _length(value: Number, longest: Number) -> int:
    """A value that is not zero is seen."""
    return max(round((WIDTH - _PLACE) * Decimal(value) / Decimal(longest)), 2) if value and longest else 0


def _upright(x: int, y: int) -> tuple[tuple[int, int], ...]:
    return ((x, y + LINE - 3), (x, y + LINE + _BAR + 3))


def _told(bar: Bar, unit: str, mark: Message | None) -> Message:
    if bar.mark is None or mark is None:
        return _("{name}: {value}.", name=bar.name, value=valued(bar.value, unit))
    return _("{name}: {value}; {mark}: {marked}.", name=bar.name, value=valued(bar.value, unit), mark=mark, marked=valued(bar.mark, unit))


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in a Pareto: how many, and the percents that it has of all, and with those before it."""

    name: Shown
    count: int
    share: Decimal
    reached: Decimal


def ranked(counts: Iterable[tuple[Shown, int]]) -> tuple[Rank, ...]:
    """The greatest first, those that are alike in the order given."""
    ordered = sorted(((name, count) for name, count in counts if count > 0), key=lambda pair: -pair[1])
    whole, reached = sum(count for _name, count in ordered), 0
    found = []
    for name, count in ordered:
        reached += count
        found.append(Rank(name, count, _percents(count, whole), _percents(reached, whole)))
    return tuple(found)


def _percents(part: int, whole: int) -> Decimal:
    return rounded(Decimal(100 * part) / whole, 1)


def pareto_chart(name: str, title: Message, ranks: Sequence[Rank]) -> Chart | None:
    """Bars of the shares, the greatest first, and the line of what they reach together; ``None`` where there is nothing."""
    shown = ranks[:MOST_ROWS]
    if not shown:
        return None
    wide = WIDTH - _PLACE
    rows = [(LINE + _ROW * place, rank) for place, rank in enumerate(shown)]
    points = tuple((round(wide * rank.reached / 100), y + LINE + _BAR // 2) for y, rank in rows)
    bottom = LINE + _ROW * len(shown)
    limit = round(wide * _MOST_OF / 100)
    return Chart(
        id=name,
        title=title,
        told=tuple(
            _("{name}: {count}; {share} of all, {reached} with those before it.", name=rank.name, count=rank.count, share=valued(rank.share, "%"), reached=valued(rank.reached, "%"))
            for rank in shown
        ),
        height=bottom + _rest_height(ranks),
        boxes=tuple(Box(0, y + LINE, max(2, round(wide * rank.share / 100)), _BAR, "one") for y, rank in rows),
        strokes=(Stroke(((limit, LINE), (limit, bottom)), "soft", "3 3"), *((Stroke(points, "two"),) if len(points) > 1 else ())),
        marks=tuple(Mark(*point, "circle", "two") for point in points),
        words=(
            Words(limit, 12, percent(Decimal(_MOST_OF)), "middle", "soft"),
            *_rest(ranks, bottom),
            *(Words(0, y + 13, _("{name}: {value}", name=fitting(rank.name), value=rank.count), backed=True) for y, rank in rows),
            *(Words(WIDTH, y + LINE + 12, valued(rank.reached, "%"), "end") for y, rank in rows),
        ),
    )
