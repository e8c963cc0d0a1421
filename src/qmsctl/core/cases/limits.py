"""The second promise: when the procedure's own limit wanted a case finished, whatever day the citizen was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from qmsctl.core.cases.case import FINISHED, Case, Due, Result
from qmsctl.core.cases.figures import Told
from qmsctl.core.cases.register import clock_of, text_on
from qmsctl.core.library import Library
from qmsctl.core.office.time_limit import TimeLimit, read_limit
from qmsctl.value import dataclass, replace

TOO_LATE = (Result.LATE, Result.OVERDUE)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case by the day it was promised for, and by the limit; ``limit`` and ``by_limit`` are ``None`` where the procedure has none."""

    told: Told
    limit: Due | None
    by_limit: Result | None

    @property
    def differs(self) -> bool:
        """True where one of the two has it late and the other has not."""
        return self.by_limit is not None and (self.by_limit in TOO_LATE) != (self.told.result in TOO_LATE)


class Limits:
    """Counts from the limit of a procedure, as it was on the day on which a case came in."""

    def __init__(self, library: Library, procedure: str) -> None:
        self._library = library
        self._procedure = procedure
        self._clock = clock_of(library)
        self._known: dict[date, TimeLimit | None] = {}

    def on(self, day: date) -> TimeLimit | None:
        """The limit that held on a day."""
        if day not in self._known:
            text = text_on(self._procedure, day, self._library)
            self._known[day] = read_limit((text.text("time_limit") if text else None) or "")
        return self._known[day]

    def due(self, case: Case) -> Due | None:
        """When the limit of a case is over; ``None`` where there is none, or while its clock stands still."""
        limit = self.on(case.received.date())
        at = self._clock.due(case.received, limit, case.stops) if limit else None
        return Due(at) if at else None

    def judged(self, told: Told) -> Judged:
        """A case by both promises."""
        due = self.due(told.case)
        by_limit = replace(told.case, due=due).result(self._library.now) if due else None
        return Judged(told, due, by_limit)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many of some cases were received, finished and so on; ``limited`` are the finished ones that have a limit."""

    received: int
    finished: int
    late: int
    overdue: int
    limited: int
    late_by_limit: int
    differing: int
    supplemented: int


def sums(cases: Iterable[Judged]) -> Sums:
    """The sums of some cases."""
    known = tuple(cases)
    results = Counter(each.told.result for each in known)
    finished = [each for each in known if each.told.result in FINISHED]
    return Sums(
        received=len(known),
        finished=len(finished),
        late=results[Result.LATE],
        overdue=results[Result.OVERDUE],
        limited=sum(each.by_limit is not None for each in finished),
        late_by_limit=sum(each.by_limit is Result.LATE for each in finished),
        differing=sum(each.differs for each in known),
        supplemented=sum(each.told.case.supplements > 0 for each in known),
    )
