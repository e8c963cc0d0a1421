"""How a procedure was kept: cases early, on time and late, time at each step, waiting, and who released."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from statistics import median

from qmsctl.core.cases.case import FINISHED, Case, Result
from qmsctl.core.cases.register import clock_of, month_of, registers, steps_ever, steps_on, table_of
from qmsctl.core.library import Library
from qmsctl.core.office.working_time import OfficeClock
from qmsctl.core.procedures.steps import Step
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class StepTime:
    """What the cases took at a step, in working seconds, the times in which the clock stood still left out.

    ``cases`` were handed over there, ``over`` of them after the step's own time of their day. ``limit`` is that
    of the latest case; ``None`` where there is none. ``median`` and ``ninetieth`` (nine of ten took no
    longer) are rounded to a second.
    """

    no: str
    task: str
    agency: str
    limit: int | None
    cases: int
    median: int
    ninetieth: int
    over: int


@dataclass(frozen=True, slots=True)
class AgencyWait:
    """What the cases waited at another agency in working seconds, ``cases`` being hand-overs from there; see :class:`StepTime`."""

    agency: str
    cases: int
    total: int
    median: int
    ninetieth: int
    over: int


@dataclass(frozen=True, slots=True)
class Told:
    """A case with what became of it; ``late`` is working seconds past its due moment, up to now where it is open."""

    case: Case
    register: str
    result: Result
    worked: int
    late: int


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Figures of the cases received in a period; ``agencies`` are the others at which cases were, the longest first.

    ``released`` counts the finished cases by who released them; an empty name stands for nobody named.
    ``unread`` are registers whose data could not be read whole.
    """

    cases: tuple[Told, ...]
    results: Mapping[Result, int]
    supplemented: int
    steps: tuple[StepTime, ...]
    agencies: tuple[AgencyWait, ...]
    released: tuple[tuple[str, int], ...]
    unread: tuple[str, ...]

    @property
    def received(self) -> int:
        """How many cases came in."""
        return len(self.cases)

    @property
    def finished(self) -> int:
        """How many of them are finished."""
        return sum(self.results[each] for each in FINISHED)

    @property
    def elsewhere(self) -> int:
        """The working seconds at other agencies."""
        return sum(each.total for each in self.agencies)

    @property
    def in_time(self) -> float | None:
        """The share of the finished ones that were early or on time, from 0 to 1; ``None`` where none is finished."""
        return 1 - self.results[Result.LATE] / self.finished if self.finished else None

    @property
    def first_pass(self) -> float | None:
        """The share of all that never went back for a supplement, from 0 to 1."""
        return 1 - self.supplemented / self.received if self.received else None

    @property
    def late(self) -> tuple[Told, ...]:
        """The late ones, finished or not, the latest first."""
        found = (each for each in self.cases if each.result in (Result.LATE, Result.OVERDUE))
        return tuple(sorted(found, key=lambda each: (-each.late, each.case.id)))


def figures(library: Library, procedure: str, first: date, last: date) -> CaseFigures:
    """The figures of a procedure's cases received from ``first`` to ``last``, as they stand at ``library.now``."""
    clock = clock_of(library)
    told: list[Told] = []
    unread: list[str] = []
    for register in registers(library, procedure):
        month = month_of(register)
        if month is None or month.last < first or month.first > last:
            continue
        table = table_of(register, library)
        if table is None or table.faults:
            unread.append(register.id)
        received = (case for case in (table.cases if table else ()) if first <= case.received.date() <= last)
        told += [_told(case, register.id, clock, library.now) for case in received if case.received <= library.now]
    released = Counter(each.case.released_by for each in told if each.result in FINISHED)
    steps, agencies = _steps(library, procedure, clock, [each.case for each in told])
    return CaseFigures(
        cases=tuple(told),
        results=Counter(each.result for each in told),
        supplemented=sum(each.case.supplements > 0 for each in told),
        steps=steps,
        agencies=agencies,
        released=tuple(sorted(released.items(), key=lambda pair: (-pair[1], pair[0]))),
        unread=tuple(unread),
    )


def _told(case: Case, register: str, clock: OfficeClock, now: datetime) -> Told:
    result = case.result(now)
    until = min(case.finished or now, now)
    late = result in (Result.LATE, Result.OVERDUE) and case.due is not None
    return Told(
        case,
        register,
        result,
        worked=clock.between_stops(case.received, until, case.stops),
        late=clock.between(case.due.at, until) if late and case.due else 0,
    )


def _steps(
    library: Library, procedure: str, clock: OfficeClock, cases: Iterable[Case]
) -> tuple[tuple[StepTime, ...], tuple[AgencyWait, ...]]:
    """The times at each step in the order of the procedure, and those at each other agency."""

    @cache
    def on(day: date) -> Mapping[str, Step]:
        return {step.no: step for step in steps_on(procedure, day, library)}

    taken: defaultdict[str, list[int]] = defaultdict(list)
    over: Counter[str] = Counter()
    held: dict[str, Step] = {}
    waited: defaultdict[str, list[int]] = defaultdict(list)
    waited_over: Counter[str] = Counter()
    for case in sorted(cases, key=lambda case: case.received):
        day = case.received.date()
        before = case.received
        for no, moment in sorted(case.steps, key=lambda pair: pair[1]):
            seconds = clock.between_stops(before, moment, case.stops)
            before = moment
            taken[no].append(seconds)
            step = on(day).get(no)
            if step is None:
                continue
            held[no] = step
            limit = _limit(step, clock)
            is_over = limit is not None and seconds > limit
            over[no] += is_over
            if step.agency:
                waited[step.agency].append(seconds)
                waited_over[step.agency] += is_over
    ever = steps_ever(procedure, library)
    agencies = sorted((_waited(name, found, waited_over[name]) for name, found in waited.items()), key=lambda each: (-each.total, each.agency))
    return tuple(_time(ever[no], held.get(no), taken[no], over[no], clock) for no in ever if no in taken), tuple(agencies)


def _limit(step: Step, clock: OfficeClock) -> int | None:
    return clock.seconds(step.time) if step.time else None


def _time(step: Step, held: Step | None, taken: Sequence[int], over: int, clock: OfficeClock) -> StepTime:
    """The times at a step, ``held`` being it as it was when the last of the cases came in."""
    return StepTime(
        no=step.no,
        task=(held or step).task,
        agency=(held or step).agency,
        limit=_limit(held, clock) if held else None,
        cases=len(taken),
        median=round(median(taken)),
        ninetieth=_ninetieth(taken),
        over=over,
    )


def _waited(agency: str, taken: Sequence[int], over: int) -> AgencyWait:
    return AgencyWait(agency, len(taken), sum(taken), round(median(taken)), _ninetieth(taken), over)


def _ninetieth(taken: Sequence[int]) -> int:
    """What nine of ten did not exceed."""
    return sorted(taken)[-(-9 * len(taken) // 10) - 1]
