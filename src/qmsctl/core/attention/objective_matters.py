"""Objectives whose latest value misses the target."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.attention.matter import Kind, Matter
from qmsctl.core.library import Library
from qmsctl.core.office.period_words import period_words
from qmsctl.core.records.counted import counted
from qmsctl.core.records.objective import Progress, is_measured, progress
from qmsctl.core.records.objective_words import target_words
from qmsctl.core.tasks.who import Who
from qmsctl.core.text.quantity import quantity
from qmsctl.mend import command
from qmsctl.message import _
from qmsctl.value import replace


def off_target(library: Library, who: Who) -> Iterator[Matter]:
    """The objectives still followed, since the first of the periods that have missed the target one after another; a period that goes on misses nothing."""
    for record in counted(library, "objectives", "objectives"):
        if library.is_closed(record) or not is_measured(record.type):
            continue
        found = progress(record)
        found = replace(found, points=tuple(point for point in found.points if point.end <= library.today))
        if found.reached is not False or found.last is None:
            continue
        owner, unit = record.text("owner") or "", record.text("unit")
        people = who.people(owner, unit)
        what = _("{value} in {period}, the target is {target}", value=quantity(found.last.value, found.unit), period=period_words(found.last.period), target=target_words(found))
        yield Matter(
            Kind.OBJECTIVES, record.id, record.title, what, who.unit(unit, people) or "", (owner,) if owner else (), people,
            _since(found), command("show", record.id),
        )


def _since(found: Progress) -> date:
    """The end of the first period of those that missed it up to now."""
    missed = found.points[-1].end
    for point in reversed(found.points):
        if found.meets(point.value) is not False:
            break
        missed = point.end
    return missed
