"""How the cases of a procedure were kept, on a terminal; and what is wrong with a file of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from qmsctl.cli.formats.item_text import fact, heading
from qmsctl.cli.formats.table import table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, RED, YELLOW
from qmsctl.core.cases.case import RESULT_WORDS, Due, Result
from qmsctl.core.cases.figures import CaseFigures, StepTime, Told
from qmsctl.core.cases.table import Fault
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.mend import command
from qmsctl.message import Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.case_words import due_words, hours, share

_MOST_FAULTS = 50


def fault_lines(session: Session, name: str, faults: Sequence[Fault]) -> Iterator[str]:
    """The faults of a file, a line each; the first ones where there are many."""
    for fault in faults[:_MOST_FAULTS]:
        place = f"{session.words(name)}:{fault.line}" if fault.line else session.words(name)
        yield f"{place}: {session.words(fault.message)}"
    if len(faults) > _MOST_FAULTS:
        yield session.words(_("… and {count} more", count=len(faults) - _MOST_FAULTS))


def cases_text(session: Session, library: Library, procedure: Item, first: date, last: date, found: CaseFigures) -> Iterator[str]:
    """The lines: how many were kept, the time at each step, who released, and the late ones."""
    yield heading(session, procedure)
    yield wrapped(session.terminal, session.words(_("cases received from {start} to {end}", start=first, end=last)), "  ", "    ")
    for register in found.unread:
        warning = _("the cases of {id} cannot be read whole; {mend}", id=register, mend=command("check").in_order_to(_("to see why")))
        yield session.colour(wrapped(session.terminal, session.words(warning), "  ", "    "), YELLOW)
    yield from _facts(session, found)
    if found.steps:
        yield from _headed(session, _("Time at each step, in working hours"))
        yield _steps(session, found.steps)
    if found.released:
        yield from _headed(session, _("Released by"))
        yield _released(session, library, found)
    if found.late:
        yield from _headed(session, _("Late cases"))
        yield _late(session, found.late)


def _headed(session: Session, title: Message) -> Iterator[str]:
    yield ""
    yield session.colour(session.words(title), BOLD)


def _facts(session: Session, found: CaseFigures) -> Iterator[str]:
    yield fact(session, _("Cases received"), str(found.received))
    for each in Result:
        if found.results[each]:
            line = fact(session, RESULT_WORDS[each], str(found.results[each]))
            yield session.colour(line, RED) if each in (Result.LATE, Result.OVERDUE) else line
    if found.in_time is not None:
        yield fact(session, _("Kept in time"), _("{share} of {count} finished", share=share(found.in_time), count=found.finished))
    if found.first_pass is not None:
        yield fact(session, _("Right the first time"),
                   _("{share}; sent back for a supplement: {count}", share=share(found.first_pass), count=found.supplemented))
    if any(step.agency for step in found.steps):
        yield fact(session, _("At other agencies"), hours(found.elsewhere))


def _steps(session: Session, steps: Sequence[StepTime]) -> str:
    headings = (_("Step"), _("Task"), _("Cases"), _("Median"), _("9 of 10 within"), _("Own time"), _("Longer"))
    lines = [
        [
            step.no, f"{step.task} ({step.agency})" if step.agency else step.task, str(step.cases),
            session.words(hours(step.median)), session.words(hours(step.ninetieth)),
            "–" if step.limit is None else session.words(hours(step.limit)), str(step.over) if step.over else "–",
        ]
        for step in steps
    ]
    return table(session.terminal, [session.words(each) for each in headings], lines)


def _released(session: Session, library: Library, found: CaseFigures) -> str:
    headings = [session.words(each) for each in (_("Role or person"), _("Cases"))]
    nobody = session.words(_("not recorded"))
    return table(session.terminal, headings, [[naming.holder(library, name) if name else nobody, str(count)] for name, count in found.released])


def _late(session: Session, late: Sequence[Told]) -> str:
    headings = (_("Case"), _("Received"), _("Promised for"), _("Finished"), _("Late by"))
    lines = [
        [
            each.case.id, session.words(each.case.received), session.words(due_words(each.case.due or Due(each.case.received))),
            session.words(each.case.finished or RESULT_WORDS[each.result]), session.words(hours(each.late)),
        ]
        for each in late
    ]
    return table(session.terminal, [session.words(each) for each in headings], lines)
