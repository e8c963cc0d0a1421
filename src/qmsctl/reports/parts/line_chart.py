"""A chart of lines: how figures went from one period to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from qmsctl.core.office.measuring_period import MeasuringPeriod
from qmsctl.core.office.period_words import period_words
from qmsctl.message import Message, _
from qmsctl.reports.parts.chart import LINE, WIDTH, Chart, Mark, Number, Shown, Stroke, Words, ticks, valued
from qmsctl.value import dataclass

_LEFT, _RIGHT, _HEIGHT, _LABEL = 44, 22, 150, 52
_STYLES = (("one", "", "circle"), ("two", "6 4", "square"), ("three", "2 3", "diamond"))
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Series:
    """A line: a value for each period, ``None`` where there is none; three lines at most are told apart."""

    name: Message
    values: tuple[Number | None, ...]


def line_chart(name: str, title: Message, periods: Sequence[MeasuringPeriod], series: Sequence[Series], unit: str = "") -> Chart | None:
    """The lines over the periods; percents begin below the lowest of them, counts at 0. ``None`` where there is no value."""
    known = [value for each in series for value in each.values if value is not None]
    if not known:
        return None
    drawn = [each for each in series if any(value is not None for value in each.values)]
    scale = _Scale(_grid(known, unit), len(periods), LINE * len(drawn) + 10)
    strokes, marks = [], []
    for each, (tone, dash, shape) in zip(drawn, _STYLES, strict=False):
        points = scale.points(each.values)
        strokes += [Stroke(run, tone, dash) for run in _runs(points) if len(run) > 1]
        marks += [Mark(*point, shape, tone) for point in points if point]
    return Chart(
        id=name,
        title=title,
        told=tuple(_told(each, periods, unit) for each in drawn),
        height=scale.bottom + 24,
        strokes=(*scale.lines(), *_samples(drawn), *strokes),
        marks=(*(Mark(14, _middle(place), style[2], style[0]) for place, style in enumerate(_STYLES[: len(drawn)])), *marks),
        words=(*_legend(drawn), *scale.numbers(unit), *scale.labels(periods)),
    )


def _grid(known: Sequence[Number], unit: str) -> tuple[int, ...]:
    if unit != "%":
        return ticks(max(known))
    low = max(0, int((min(known) - 5) // 10) * 10)
    step = 10 if low >= _HUNDRED // 2 else 25
    return tuple(range(low - low % step, _HUNDRED + 1, step))


@dataclass(frozen=True, slots=True)
class _Scale:
    grid: tuple[int, ...]
    count: int
    top: int

    @property
    def bottom(self) -> int:
        return self.top + _HEIGHT

    def x(self, place: int) -> int:
        return round(_LEFT + (WIDTH - _LEFT - _RIGHT) * (place + 0.5) / self.count)

    def y(self, value: Number) -> int:
        low, high = self.grid[0], self.grid[-1]
        return round(self.bottom - _HEIGHT * (Decimal(value) - low) / (high - low))

    def points(self, values: Sequence[Number | None]) -> list[tuple[int, int] | None]:
        return [None if value is None else (self.x(place), self.y(value)) for place, value in enumerate(values)]

    def lines(self) -> Iterator[Stroke]:
        yield from (Stroke(((_LEFT, self.y(each)), (WIDTH - 2, self.y(each))), "line") for each in self.grid)

    def numbers(self, unit: str) -> Iterator[Words]:
        yield from (Words(_LEFT - 6, self.y(each) + 4, valued(each, unit), "end", "soft") for each in self.grid)

    def labels(self, periods: Sequence[MeasuringPeriod]) -> Iterator[Words]:
        """As many of the periods as have room, the last one among them."""
        every = -(-self.count * _LABEL // (WIDTH - _LEFT - _RIGHT))
        for place, each in enumerate(periods):
            if (self.count - 1 - place) % every == 0:
                yield Words(self.x(place), self.bottom + 18, period_label(each), "middle", "soft")


def period_label(period: MeasuringPeriod) -> Shown:
    """A period in few letters."""
    return period_words(period.text) if period.kind == "month" else period.text


def _runs(points: Sequence[tuple[int, int] | None]) -> Iterator[tuple[tuple[int, int], ...]]:
    """The points between two gaps."""
    for is_gap, run in groupby(points, key=lambda point: point is None):
        if not is_gap:
            yield tuple(point for point in run if point)


def _middle(place: int) -> int:
    return LINE * place + 8


def _samples(series: Sequence[Series]) -> Iterator[Stroke]:
    for place, (tone, dash, _shape) in enumerate(_STYLES[: len(series)]):
        yield Stroke(((2, _middle(place)), (26, _middle(place))), tone, dash)


def _legend(series: Sequence[Series]) -> Iterator[Words]:
    for place, each in enumerate(series[: len(_STYLES)]):
        yield Words(34, _middle(place) + 4, each.name)


def _told(series: Series, periods: Sequence[MeasuringPeriod], unit: str) -> Message:
    found = [(period, value) for period, value in zip(periods, series.values, strict=True) if value is not None]
    (first, begun), (last, ended) = found[0], found[-1]
    values = [value for _period, value in found]
    if len(found) == 1:
        return _("{name}: {value} in {period}.", name=series.name, value=valued(begun, unit), period=period_label(first))
    return _(
        "{name}: {begun} in {first}, {ended} in {last}; the lowest {low}, the highest {high}.",
        name=series.name, begun=valued(begun, unit), first=period_label(first), ended=valued(ended, unit), last=period_label(last),
        low=valued(min(values), unit), high=valued(max(values), unit),
    )

