"""How the processes run: cases kept in time, taken back for a supplement, and results that were wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import ClassVar

from qmsctl.core.cases.case import Result
from qmsctl.core.cases.figures import CaseFigures
from qmsctl.core.cases.figures import figures as case_figures
from qmsctl.core.cases.register import registers
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted_ids
from qmsctl.core.review.figures import Counts, Figures, Ids, Share, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "process-performance"


@dataclass(frozen=True, slots=True)
class Performance(Figures):
    """By procedure: cases received, finished, of these late, sent back for a supplement, and overdue now."""

    INPUT: ClassVar[str] = INPUT
    received: Counts = field(default_factory=dict)
    finished: Counts = field(default_factory=dict)
    late: Counts = field(default_factory=dict)
    overdue: Counts = field(default_factory=dict)
    supplemented: Counts = field(default_factory=dict)
    unread: Ids = ()
    wrong: Ids = ()

    @property
    def in_time(self) -> Share:
        """The finished cases that were not late."""
        done = sum(self.finished.values())
        return Share(done - sum(self.late.values()), done)

    @property
    def first_pass(self) -> Share:
        """The cases that were complete at the first visit."""
        received = sum(self.received.values())
        return Share(received - sum(self.supplemented.values()), received)

    def of(self, procedure: str) -> Performance:
        """The cases of one procedure alone."""
        received, finished, late, overdue, supplemented = (
            {procedure: each.get(procedure, 0)} for each in (self.received, self.finished, self.late, self.overdue, self.supplemented)
        )
        return Performance(received, finished, late, overdue, supplemented)


def collect(library: Library, period: Period, review: str) -> Performance:
    """How the processes ran in a period."""
    procedures = sorted({name for each in registers(library) if (name := each.text("procedure"))})
    first, last = period.start or library.today, period.end or library.today
    found = {name: case_figures(library, name, first, last) for name in procedures}
    found = {name: each for name, each in found.items() if each.received}
    return Performance(
        received=_by(found, lambda each: each.received),
        finished=_by(found, lambda each: each.finished),
        late=_by(found, lambda each: each.results[Result.LATE]),
        overdue=_by(found, lambda each: each.results[Result.OVERDUE]),
        supplemented=_by(found, lambda each: each.supplemented),
        unread=tuple(name for each in found.values() for name in each.unread),
        wrong=counted_ids(library, INPUT, "wrong", period),
    )


def _by(found: Mapping[str, CaseFigures], of: Callable[[CaseFigures], int]) -> Counts:
    return {name: count for name, each in found.items() if (count := of(each))}


def told(figures: Performance, library: Library) -> Iterator[Message]:
    """All procedures together, then those with late cases."""
    if figures.received:
        yield _("Cases received: {received}, finished: {finished}, in time: {share}.",
                received=sum(figures.received.values()), finished=figures.in_time.whole, share=figures.in_time)
        yield _("Complete at the first visit: {share}.", share=figures.first_pass)
    for name in sorted(figures.late, key=lambda each: -figures.late[each]):
        yield _("{id}: {late} of {finished} finished cases late.", id=name, late=figures.late[name], finished=figures.finished.get(name, 0))
    if figures.overdue:
        yield _("Overdue now: {cases}.", cases=tuple(_("{name}: {value}", name=name, value=count) for name, count in figures.overdue.items()))
    if figures.unread:
        yield _("Case registers that could not be read whole: {ids}.", ids=some(figures.unread))
    if figures.wrong:
        yield _("Nonconforming results: {count} ({ids}).", count=len(figures.wrong), ids=some(figures.wrong))
