"""Cases beyond the day that was promised: open ones, and those that came out late within a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from qmsctl.core.attention.matter import Kind, Matter
from qmsctl.core.cases.case import Case, Result
from qmsctl.core.cases.register import month_of, registers, table_of
from qmsctl.core.library import Library
from qmsctl.core.office.duration import month_before
from qmsctl.core.tasks.who import Who
from qmsctl.mend import command
from qmsctl.message import Message, _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class CaseBook:
    """The cases of all registers by procedure, each read once; ``unread`` are registers that could not be read whole.

    ``first`` is the first day that a register is of: what was before it is not known.
    """

    cases: dict[str, list[Case]]
    unread: tuple[str, ...]
    first: date | None


def case_book(library: Library) -> CaseBook:
    """What the registers hold today."""
    cases: defaultdict[str, list[Case]] = defaultdict(list)
    unread, months = [], []
    for register in registers(library):
        table, month = table_of(register, library), month_of(register)
        if table is None or table.faults:
            unread.append(register.id)
        months += [month.first] if month else []
        cases[register.text("procedure") or ""] += table.cases if table else ()
    return CaseBook(dict(cases), tuple(unread), min(months, default=None))


def late_cases(book: CaseBook, library: Library, who: Who) -> Iterator[Matter]:
    """A matter for each procedure with late cases, as it stood at ``library.now``."""
    since = datetime.combine(month_before(library.today), time.max, library.config.zone)
    for procedure, cases in book.cases.items():
        open_ = [each for each in cases if each.received <= library.now and each.result(library.now) is Result.OVERDUE]
        out = [each for each in cases if each.finished and since < each.finished <= library.now and each.result(library.now) is Result.LATE]
        if open_ or out:
            yield _matter(procedure, open_, out, library, who)


def _matter(procedure: str, open_: Sequence[Case], out: Sequence[Case], library: Library, who: Who) -> Matter:
    text = library.by_id.get(procedure)
    owner, unit = (text.text("owner") or "", text.text("unit")) if text else ("", None)
    people = who.people(owner, unit)
    days = [each.due.at.date() for each in (*open_, *out) if each.due]
    first = min((each.received.date() for each in (*open_, *out)), default=library.today)
    return Matter(
        Kind.CASES, procedure, text.title if text else "", _words(len(open_), len(out)), who.unit(unit, people) or "",
        (owner,) if owner else (), people, min(days, default=None),
        command("cases show", procedure, from_=first.isoformat()), len(open_) + len(out),
    )


def _words(open_: int, out: int) -> Message:
    if not out:
        return _("{count} past the day promised and still open", count=open_)
    if not open_:
        return _("{count} finished late in the last month", count=out)
    return _("{open} past the day promised and still open, {late} finished late in the last month", open=open_, late=out)
