"""How many people got their result in time, as far as that may be told."""

from __future__ import annotations

from datetime import date

from qmsctl.core.cases.case import Result
from qmsctl.core.cases.disclosure import Told, disclosed, least, share
from qmsctl.core.cases.figures import figures
from qmsctl.core.cases.register import Month
from qmsctl.core.library import Library
from qmsctl.message import Message, _
from qmsctl.value import dataclass

_FINISHED = (Result.EARLY, Result.ON_TIME, Result.LATE)


@dataclass(frozen=True, slots=True)
class Line:
    """A month, or all of them together: finished cases, in time and late, and how many were in time at least."""

    month: str
    in_time: Told
    late: Told
    whole: Told
    least: int

    @property
    def share(self) -> Message | None:
        """The share in words: what is printed does not say more."""
        found = share(self.least, self.whole)
        if found is None:
            return None
        return _("{share} %", share=found) if self.in_time.number is not None else _("at least {share} %", share=found)


@dataclass(frozen=True, slots=True)
class OnTime:
    """The cases of a year that are finished, by the month in which they came in; the last line is their sum."""

    lines: tuple[Line, ...]


def on_time(procedure: str, library: Library) -> OnTime | None:
    """The figures of a procedure; ``None`` where no case is finished."""
    today = library.today
    first = date(today.year - 1, today.month, 1)
    counts: dict[str, list[int]] = {}
    for each in figures(library, procedure, first, today).cases:
        if each.result in _FINISHED:
            month = str(Month(each.case.received.year, each.case.received.month))
            counts.setdefault(month, [0, 0])[each.result is Result.LATE] += 1
    months = sorted(counts)
    if not months:
        return None
    *rows, (in_time, late, whole) = disclosed([counts[month] for month in months])
    lines = [Line(month, part, rest, both, least(part, rest, both)) for month, (part, rest, both) in zip(months, rows, strict=True)]
    return OnTime((*lines, Line("", in_time, late, whole, max(least(in_time, late, whole), sum(each.least for each in lines)))))
