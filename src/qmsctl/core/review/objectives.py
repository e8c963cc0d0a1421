"""How far the quality objectives have been reached."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.objective import is_measured, progress
from qmsctl.core.review.figures import Figures, some
from qmsctl.message import Message, _

OBJECTIVE = "objective"
TYPES = (OBJECTIVE,)
_DECIDED = {"achieved": True, "missed": False}


def collect(library: Library, period: Period, review: str) -> Figures:
    """The objectives whose time falls into the period: reached, missed, not measured yet, each with value and target."""
    found = [each for each in library.by_type.get(OBJECTIVE, ()) if _counts(each, period)]
    known = {each.id: _reached(each) for each in found}
    measured = {each.id: progress(each) for each in found}
    return Figures.of(
        objectives=len(found),
        reached=[name for name, met in known.items() if met],
        missed=[name for name, met in known.items() if met is False],
        unmeasured=[name for name, met in known.items() if met is None],
        values={name: each.last.value for name, each in measured.items() if each.last},
        targets={name: each.target for name, each in measured.items() if each.target is not None},
        units={name: each.unit for name, each in measured.items()},
    )


def _counts(objective: Item, period: Period) -> bool:
    start, end = objective.day("period_from") or date.min, objective.day("due") or date.max
    draft = objective.status == objective.type.first_state
    overlaps = start <= (period.end or date.max) and (period.start or date.min) <= end
    return is_measured(objective.type) and overlaps and not draft and not objective.is_given_up


def _reached(objective: Item) -> bool | None:
    """Decided by its state, else by the latest value."""
    return _DECIDED.get(objective.status or "", progress(objective).reached)


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """How many, and which not."""
    if not figures:
        return
    yield _("Objectives: {count}; on or above target: {reached}.", count=figures.count("objectives"), reached=figures.count("reached"))
    values, targets, units = figures.texts("values"), figures.texts("targets"), figures.texts("units")
    for name in figures.ids("missed"):
        yield _("{id} misses its target: {value} against {target} {unit}.", id=name, value=values.get(name, "–"), target=targets.get(name, "–"), unit=units.get(name, ""))
    if figures.count("unmeasured"):
        yield _("Not measured yet: {ids}.", ids=some(figures.ids("unmeasured")))
