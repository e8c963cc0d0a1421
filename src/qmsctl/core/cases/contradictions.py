"""Rows of a case register that cannot be true, whether alone, together, or with what the procedure says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import pairwise

from qmsctl.core.cases.case import Case
from qmsctl.core.cases.register import Month, steps_on
from qmsctl.core.cases.table import Fault
from qmsctl.core.library import Library
from qmsctl.core.office.period_words import period_words
from qmsctl.core.proof.holders import role_title
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field


@dataclass
class Judge:
    """Judges the cases of a procedure and a month; remembers who may release on which day."""

    library: Library
    procedure: str
    month: Month
    _allowed: dict[date, tuple[str, ...]] = field(default_factory=dict)

    def contradictions(self, cases: Iterable[Case]) -> Iterator[Fault]:
        """What cannot be true, case by case."""
        known: dict[str, Case] = {}
        for case in cases:
            first = known.setdefault(case.key, case)
            if first is not case:
                yield Fault(case.line, _already(case, first))
            for message in self._of(case):
                yield Fault(case.line, _("case {case}: {problem}", case=case.id, problem=message))

    def _of(self, case: Case) -> Iterator[Message]:
        if case.received.date() not in self.month:
            yield _("it was received on {day}, which is not in {month}", day=case.received.date(), month=period_words(str(self.month)))
        yield from _out_of_order(case)
        yield from _stops(case)
        for name, moment in _moments(case):
            if moment > self.library.clock:
                yield _("“{field}” is {moment}, which has not come yet", field=name, moment=moment)
        yield from self._release(case)

    def _release(self, case: Case) -> Iterator[Message]:
        name, library = case.released_by, self.library
        if not name:
            return
        if case.finished is None:
            yield _("it was released by {name} and is not finished", name=name)
            return
        day = case.finished.date()
        if library.people.get(name) is None and library.config.role(name) is None:
            yield _("“released_by” is “{name}”; the id of a role in qms.yaml or of a person in people.yaml is expected", name=name)
            return
        allowed = self._may_release(day)
        if allowed and not any(self._stands_for(name, each, day) for each in allowed):
            yield _("it was released by {name}; {procedure} allows {roles}",
                    name=name, procedure=self.procedure, roles=tuple(self._called(each) for each in allowed))

    def _may_release(self, day: date) -> tuple[str, ...]:
        """The roles and units to which the procedure of that day gives the release."""
        if day not in self._allowed:
            releasing = [step for step in steps_on(self.procedure, day, self.library) if step.release]
            found = (name for step in releasing for name in (step.responsible, step.deputy) if name)
            self._allowed[day] = tuple(dict.fromkeys(found))
        return self._allowed[day]

    def _called(self, name: str) -> str:
        """The name of a unit, or the title of a role."""
        unit = self.library.config.unit(name)
        return unit.name if unit else role_title(name, self.library)

    def _stands_for(self, name: str, allowed: str, day: date) -> bool:
        """True if a role or person is the allowed role or unit, holds it, or belongs to it."""
        person = self.library.people.get(name)
        if person is not None:
            return person.held(allowed, day) or (allowed in person.units_on(day) and person.period.covers(day))
        holders = self.library.people.holders(name, day)
        return name == allowed or any(allowed in holder.units_on(day) for holder in holders)


def _already(case: Case, first: Case) -> Message:
    if case.id == first.id:
        return _("case {case} stands on line {first} already", case=case.id, first=first.line)
    return _("case {case} stands on line {first} already, as {other}: capitals make no other case", case=case.id, first=first.line, other=first.id)


def _out_of_order(case: Case) -> Iterator[Message]:
    for name, moment in _moments(case):
        if moment < case.received:
            yield _("“{field}” is {moment}, before it was received ({received})",
                    field=name, moment=moment, received=case.received)
    if case.due and case.due.at < case.received:
        yield _("“{field}” is {moment}, before it was received ({received})",
                field="due", moment=case.due.at, received=case.received)
    for step, moment in case.steps:
        if case.finished and moment > case.finished:
            yield _("“{field}” is {moment}, after it was finished ({finished})",
                    field=step, moment=moment, finished=case.finished)


def _stops(case: Case) -> Iterator[Message]:
    for stop in case.stops:
        if stop.end is not None and stop.end < stop.start:
            yield _("a stop ends ({end}) before it begins ({start})", end=stop.end, start=stop.start)
        if case.finished and stop.start < case.finished and (stop.end is None or case.finished < stop.end):
            yield _("it was finished on {finished}, while the clock stood still since {start}",
                    finished=case.finished, start=stop.start)
    for first, second in pairwise(sorted(case.stops, key=lambda stop: stop.start)):
        if first.end is None or second.start < first.end:
            yield _("a stop begins ({start}) before the one above it has ended", start=second.start)


def _moments(case: Case) -> Iterator[tuple[str, datetime]]:
    """Every moment of a case after its reception, with its column; the promise only lies ahead."""
    yield from case.steps
    for stop in case.stops:
        yield "stops", stop.start
        if stop.end:
            yield "stops", stop.end
    if case.finished:
        yield "finished", case.finished
