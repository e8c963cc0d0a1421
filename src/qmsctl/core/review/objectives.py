"""How far the quality objectives have been reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, stands
from qmsctl.core.records.objective import is_measured, progress
from qmsctl.core.review.figures import Figures, Ids, Numbers, Words, some
from qmsctl.core.text.quantity import quantity
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "objectives"


@dataclass(frozen=True, slots=True)
class Objectives(Figures):
    """The objectives whose time falls into the period, each by its id with its latest value, the period that value is of, its target and their unit."""

    INPUT: ClassVar[str] = INPUT
    objectives: int = 0
    reached: Ids = ()
    missed: Ids = ()
    unmeasured: Ids = ()
    values: Numbers = field(default_factory=dict)
    targets: Numbers = field(default_factory=dict)
    units: Words = field(default_factory=dict)
    measured: Words = field(default_factory=dict)


def collect(library: Library, period: Period, review: str) -> Objectives:
    """The objectives of a period."""
    found = [each for each in counted(library, INPUT, "objectives") if _overlaps(each, period)]
    known = {each.id: _reached(each) for each in found}
    measured = {each.id: progress(each) for each in found}
    return Objectives(
        objectives=len(found),
        reached=tuple(name for name, met in known.items() if met),
        missed=tuple(name for name, met in known.items() if met is False),
        unmeasured=tuple(name for name, met in known.items() if met is None),
        values={name: each.last.value for name, each in measured.items() if each.last},
        targets={name: each.target for name, each in measured.items() if each.target is not None},
        units={name: each.unit for name, each in measured.items()},
        measured={name: each.last.period for name, each in measured.items() if each.last},
    )


def _overlaps(objective: Item, period: Period) -> bool:
    start, end = objective.day("period_from") or date.min, objective.day("due") or date.max
    return is_measured(objective.type) and start <= (period.end or date.max) and (period.start or date.min) <= end


def _reached(objective: Item) -> bool | None:
    """Decided by its state, else by the latest value."""
    decided = next((met for figure, met in (("reached", True), ("missed", False)) if stands(objective, INPUT, figure)), None)
    return progress(objective).reached if decided is None else decided


def told(figures: Objectives, library: Library) -> Iterator[Message]:
    """How many, and which not."""
    if not figures:
        return
    yield _("Objectives: {count}; on or above target: {reached}.", count=figures.objectives, reached=len(figures.reached))
    for name in figures.missed:
        value, target = (quantity(each[name], figures.units.get(name, "")) if name in each else "–" for each in (figures.values, figures.targets))
        yield _("{id} misses its target: {value} against {target}.", id=name, value=value, target=target)
    if figures.unmeasured:
        yield _("Not measured yet: {ids}.", ids=some(figures.unmeasured))
