"""How the cases of each procedure were kept in a period: a line a procedure."""

from __future__ import annotations

from qmsctl.core.cases.case import Result
from qmsctl.core.cases.figures import figures
from qmsctl.core.cases.register import month_of, registers
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.message import Message
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.case_words import share
from qmsctl.value import dataclass

_NAMED = 5


@dataclass(frozen=True, slots=True)
class CaseLine:
    """The cases of a procedure. ``open`` counts all that are not finished; ``named`` are ids of late ones, ``more`` the rest.

    ``unread`` names registers whose cases cannot be read whole: the figures are then too small.
    """

    procedure: str
    title: str
    registers: tuple[str, ...]
    received: int
    early: int
    on_time: int
    late: int
    open: int
    overdue: int
    in_time: Message | str
    first_pass: Message | str
    named: tuple[str, ...]
    more: int
    unread: tuple[str, ...]


def case_lines(library: Library, period: Period) -> tuple[CaseLine, ...]:
    """A line for each procedure with a register of a month in the period, by id."""
    first, last = period.start or library.today, period.end or library.today
    found: dict[str, list[str]] = {}
    for register in registers(library):
        month = month_of(register)
        if month and first <= month.last and month.first <= last:
            found.setdefault(register.text("procedure") or "", []).append(register.id)
    return tuple(_line(library, procedure, tuple(found[procedure]), period) for procedure in sorted(found))


def _line(library: Library, procedure: str, named: tuple[str, ...], period: Period) -> CaseLine:
    found = figures(library, procedure, period.start or library.today, period.end or library.today)
    late = tuple(each.case.id for each in found.late)
    finished = found.finished
    return CaseLine(
        procedure=procedure,
        title=naming.title(library, procedure),
        registers=named,
        received=found.received,
        early=found.results[Result.EARLY],
        on_time=found.results[Result.ON_TIME],
        late=found.results[Result.LATE],
        open=found.received - finished,
        overdue=found.results[Result.OVERDUE],
        in_time="" if found.in_time is None else share(found.in_time),
        first_pass="" if found.first_pass is None else share(found.first_pass),
        named=late[:_NAMED],
        more=max(0, len(late) - _NAMED),
        unread=found.unread,
    )
