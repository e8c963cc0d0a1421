"""A drawing of figures: shapes and words, laid out once for the phone, the desk and the paper.

Its unit is about a CSS pixel on a phone, so that letters are never smaller there than they are meant. Every figure stands in
the table below it as well; the drawing has a title and a description for those who do not see it.
"""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from qmsctl.core.text.quantity import percent
from qmsctl.message import Label, Message
from qmsctl.value import dataclass

Shown = Message | Label | str
Number = Decimal | int

WIDTH = 350
LINE = 18
"""The height of a line of words."""

MOST_ROWS = 20
_MOST_LETTERS = 52
_STEPS = (1, 2, 5)
_MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Words:
    """Words on the line ``y``; ``anchor`` says which end of them stands at ``x``, ``backed`` that lines go behind them."""

    x: int
    y: int
    text: Shown
    anchor: str = "start"
    tone: str = "ink"
    backed: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: int
    y: int
    width: int
    height: int
    tone: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; ``dash`` as SVG writes it, empty for a whole one."""

    points: tuple[tuple[int, int], ...]
    tone: str
    dash: str = ""

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x},{y}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a series; ``shape`` tells the series apart where colours do not."""

    x: int
    y: int
    shape: str
    tone: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing of :data:`WIDTH` by ``height`` units. ``told`` says in sentences what it shows."""

    id: str
    title: Message
    told: tuple[Message, ...]
    height: int
    boxes: tuple[Box, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    marks: tuple[Mark, ...] = ()
    words: tuple[Words, ...] = ()


def valued(value: Number, unit: str) -> Message | str:
    """A value as it is written beside its shape."""
    number = value.normalize() if isinstance(value, Decimal) and value else Decimal(value)
    return percent(number) if unit == "%" else Message("{number}", {"number": number})


def fitting(text: Shown) -> Shown:
    """A name that has room in the drawing; the table has the whole of it."""
    if not isinstance(text, str) or len(text) <= _MOST_LETTERS:
        return text
    return f"{text[: _MOST_LETTERS - 1].rstrip()}…"


def ticks(highest: Number) -> tuple[int, ...]:
    """Round numbers from 0 on, a few steps, the last one not below ``highest``."""
    step, power = 1, 1
    while highest > step * _MOST_STEPS:
        following = next((each * power for each in _STEPS if each * power > step), None)
        if following is None:
            power *= 10
            following = power
        step = following
    count = max(1, ceil(Decimal(highest) / step))
    return tuple(step * number for number in range(count + 1))
