"""How far a quality objective has come: what was measured, against its target."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.measuring_period import MeasuringPeriod, last_day, period_around, period_kind
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_number
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import dataclass

BLOCK = "measurements"
AT_MOST = "at-most"
_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Point:
    """A value measured for a period that ends on ``end``; ``row`` counts the rows of the block from 1."""

    period: str
    end: date
    value: Decimal
    row: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The values measured so far, in the order of their periods, and what they are measured against."""

    unit: str
    target: Decimal | None
    at_most: bool
    baseline: Decimal | None
    points: tuple[Point, ...]

    @property
    def last(self) -> Point | None:
        """The latest value."""
        return self.points[-1] if self.points else None

    @property
    def reached(self) -> bool | None:
        """True if the latest value meets the target; ``None`` while one of the two is not known."""
        return self.meets(self.last.value) if self.last else None

    def meets(self, value: Decimal) -> bool | None:
        """True if ``value`` meets the target."""
        if self.target is None:
            return None
        return value <= self.target if self.at_most else value >= self.target

    @property
    def trend(self) -> int:
        """1 if the latest value is nearer to what is wanted than the one before, -1 if farther, 0 if neither."""
        before = self.points[-2].value if len(self.points) > 1 else self.baseline
        if self.last is None or before is None:
            return 0
        rise = (self.last.value > before) - (self.last.value < before)
        return -rise if self.at_most else rise

    @property
    def falls_off(self) -> bool:
        """True if each of the last two values is farther from what is wanted than the one before it."""
        if len(self.points) < 3:
            return False
        first, second, third = (each.value if self.at_most else -each.value for each in self.points[-3:])
        return first < second < third


def is_measured(kind: RecordType) -> bool:
    """True for a type whose records have a target and a block of measurements."""
    block = kind.blocks.get(BLOCK)
    return block is not None and {"period", "value"} <= block.keys.keys() and "target" in kind.fields


def follows(record: Item, plan: Item, row: Mapping) -> bool:
    """True if an objective is that of a row of the plan: as it says, else by its title, which has the number in front or is the text."""
    if plan.id not in record.texts("plan"):
        return False
    number, said = row.text("no") or "", record.text("row")
    if said:
        return said == number
    title = record.title.strip()
    after = title.removeprefix(number)
    numbered = bool(number) and after != title and not (after[:1].isalnum() or (after[:1] == "." and after[1:2].isalnum()))
    return numbered or title == (row.text("objective") or "").strip()


def progress(item: Item) -> Progress:
    """What is known of an objective."""
    found = (_point(row.text("period") or row.text("date") or "", row.text("value") or "", number)
             for number, row in enumerate(item.block_rows(BLOCK), 1))
    points = sorted((each for each in found if each), key=lambda each: (each.end, each.row))
    return Progress(
        item.text("unit_of_measure") or "", item.number("target"), item.text("direction") == AT_MOST, item.number("baseline"), tuple(points)
    )


def _point(period: str, value: str, number: int) -> Point | None:
    end, measured = last_day(period), read_number(value)
    return Point(period, end, measured, number) if end and measured is not None else None


def kind_of_periods(item: Item) -> str:
    """How the periods of an objective are written."""
    return period_kind(Duration.parse(item.text("every") or ""))


def next_period(item: Item) -> MeasuringPeriod | None:
    """The period after the last one measured, else the first; ``None`` where that is not known."""
    last = progress(item).last
    start = last.end + timedelta(days=1) if last else item.day("period_from")
    return period_around(start, kind_of_periods(item)) if start else None


def sparkline(values: tuple[Decimal, ...]) -> str:
    """The values as bars in a row of text."""
    low, high = min(values, default=Decimal(0)), max(values, default=Decimal(0))
    if low == high:
        return _BARS[len(_BARS) // 2] * len(values)
    return "".join(_BARS[int((value - low) / (high - low) * (len(_BARS) - 1))] for value in values)
