"""How the processes run: cases kept in time, taken back for a supplement, and results that were wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from qmsctl.core.cases.case import Result
from qmsctl.core.cases.figures import CaseFigures
from qmsctl.core.cases.figures import figures as case_figures
from qmsctl.core.cases.register import registers
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.review.figures import Figures, percent, some
from qmsctl.message import Message, _

TYPES = ("case-register", NONCONFORMITY)


def collect(library: Library, period: Period, review: str) -> Figures:
    """By procedure: cases received, finished, of these late, sent back for a supplement, and overdue now."""
    procedures = sorted({name for each in registers(library) if (name := each.text("procedure"))})
    first, last = period.start or library.today, period.end or library.today
    found = {name: case_figures(library, name, first, last) for name in procedures}
    found = {name: each for name, each in found.items() if each.received}
    wrong = [
        each.id
        for each in library.by_type.get(NONCONFORMITY, ())
        if each.text("about") == "output" and not each.is_given_up and (day := each.day("raised")) and period.covers(day)
    ]
    return Figures.of(
        received=_by(found, lambda each: each.received),
        finished=_by(found, lambda each: each.finished),
        late=_by(found, lambda each: each.results[Result.LATE]),
        overdue=_by(found, lambda each: each.results[Result.OVERDUE]),
        supplemented=_by(found, lambda each: each.supplemented),
        unread=[name for each in found.values() for name in each.unread],
        wrong=wrong,
    )


def _by(found: Mapping[str, CaseFigures], of: Callable[[CaseFigures], int]) -> Mapping[str, int]:
    return {name: of(each) for name, each in found.items()}


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """All procedures together, then those with late cases."""
    received, finished, late = (figures.counts(name) for name in ("received", "finished", "late"))
    if received:
        done, behind = sum(finished.values()), sum(late.values())
        yield _("Cases received: {received}, finished: {finished}, in time: {share}.",
                received=sum(received.values()), finished=done, share=percent(done - behind, done))  # fmt: skip
        back = sum(figures.counts("supplemented").values())
        yield _("Complete at the first visit: {share}.", share=percent(sum(received.values()) - back, sum(received.values())))
    for name in sorted(late, key=lambda each: -late[each]):
        yield _("{id}: {late} of {finished} finished cases late.", id=name, late=late[name], finished=finished.get(name, 0))
    overdue = figures.counts("overdue")
    if overdue:
        yield _("Overdue now: {cases}.", cases=tuple(_("{name}: {value}", name=name, value=overdue[name]) for name in overdue))
    if figures.count("unread"):
        yield _("Case registers that could not be read whole: {ids}.", ids=some(figures.ids("unread")))
    if figures.count("wrong"):
        yield _("Nonconforming results: {count} ({ids}).", count=figures.count("wrong"), ids=some(figures.ids("wrong")))
