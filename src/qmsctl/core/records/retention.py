"""Until when a record is kept, from the day it was closed or the end of that year, as the office counts: by the retention of its type, or a longer one that a text in force names for the type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.link_target import reaches
from qmsctl.core.mentions import mentions
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.duration_words import length
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.disposal import FIELD, proposed
from qmsctl.core.records.record_days import closed_on
from qmsctl.core.records.working_days import works
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace

PERMANENT = "permanent"
BY_LAW = "by law:"
YEAR_END = "year-end"
"""What ``retention_from`` says where the time runs from the end of the year in which a matter ended, as archives count it."""
_ANY_DAY = date(2001, 1, 1)

Lines = Mapping[str, tuple["Line", ...]]
"""What texts say of the records of a type, by its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """How long records of a type are kept, as it is written, and the document that says so; empty where the type does."""

    written: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Retention:
    """A time from the closing of the record or the end of its year on, for ever (neither time nor law), or what a law says.

    A law may begin with its time: ``by law: 20y, Thông tư 10/2022/TT-BNV``. One that does not is for people to judge.
    """

    time: Duration | None = None
    law: str | None = None

    @classmethod
    def parse(cls, text: str | None) -> Retention | None:
        """The retention ``text`` writes, or ``None``; a law has to be named."""
        if text == PERMANENT:
            return cls()
        if text is not None and text.startswith(BY_LAW):
            law = text.removeprefix(BY_LAW).strip()
            first = law.split(maxsplit=1)[0].rstrip(",;") if law else ""
            return cls(Duration.parse(first), law) if law else None
        time = Duration.parse(text or "")
        return cls(time) if time else None

    @property
    def is_permanent(self) -> bool:
        """True if the record is never destroyed."""
        return self.time is None and self.law is None

    def until(self, first: date, is_worked: Callable[[date], bool]) -> date | None:
        """The last day a record is kept whose time runs from ``first`` on; ``None`` where no day can be told."""
        return self.time.after(first, is_worked) if self.time else None


def counted_from(closed: date | None, library: Library) -> date | None:
    """The day from which the time of a record runs that was closed on ``closed``."""
    return closed.replace(month=12, day=31) if closed and library.config.retention_from == YEAR_END else closed


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a record is kept: ``line`` is what keeps it longest, as it is written.

    ``closed`` is ``None`` while it is open, ``until`` where no day can be told; it is kept until ``least``, the latest
    day that its type or a text names, whatever a law says besides. ``by_year`` is set where its time runs from the end of a year. ``needed`` are the open records that name it,
    ``disposals`` those not yet carried out that list it.
    """

    record: Item
    line: Line
    retention: Retention | None
    closed: date | None
    until: date | None
    least: date | None = None
    needed: tuple[str, ...] = ()
    disposals: tuple[str, ...] = ()
    by_year: bool = False

    def is_due(self, today: date) -> bool:
        """True if it may be destroyed: closed, its retention over, and no open matter rests on it."""
        return self.until is not None and self.until < today and not self.needed


def retention_lines(library: Library) -> Lines:
    """What the ``records`` of the texts in force say of the records of a type that they name."""
    found: dict[str, list[Line]] = defaultdict(list)
    for item in texts_in_force(library.whole or library):
        for row in item.block_rows("records"):
            name, written = row.text("type"), row.text("retention")
            if name and written and Retention.parse(written):
                found[name].append(Line(written, item.id))
    return {name: tuple(lines) for name, lines in found.items()}


def longest(type_: RecordType, lines: Lines) -> Line:
    """What keeps records of a type longest: for ever, a law that names no time, the longer time; of equal ones the type itself."""
    return max(_said(type_, lines), key=_length)


def _said(type_: RecordType, lines: Lines) -> tuple[Line, ...]:
    return (Line(type_.retention or ""), *lines.get(type_.name, ()))


def _length(line: Line) -> tuple[int, date]:
    found = Retention.parse(line.written)
    if found is None:
        return 0, date.min
    if found.time is None:
        return (3 if found.is_permanent else 2), date.max
    return 1, found.time.after(_ANY_DAY, lambda day: day.weekday() < 5)


def keeping(record: Item, library: Library, lines: Lines | None = None) -> Keeping:
    """How one record is kept, or was where its file is gone and ``record`` its signed copy; ``lines`` are those of the office where they are known."""
    said = _said(record.type, retention_lines(library) if lines is None else lines)
    line = max(said, key=_length)
    retention = Retention.parse(line.written)
    closed = closed_on(record, library)
    first = counted_from(closed, library)
    until = retention.until(first, works(library)) if retention and first else None
    least = [day for each in said if first and (kept := Retention.parse(each.written)) and (day := kept.until(first, works(library)))]
    return Keeping(record, line, retention, closed, until, max(least, default=None), by_year=library.config.retention_from == YEAR_END)


def keepings(library: Library) -> Iterator[Keeping]:
    """How every record is kept, by id."""
    needed, listed, lines = open_matters(library), proposed(library), retention_lines(library)
    for record in sorted(library.records, key=lambda each: each.id):
        yield replace(keeping(record, library, lines), needed=needed.get(record.id, ()), disposals=listed.get(record.id, ()))


def open_matters(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The records that open ones name, in a field, a row or a link, or that say themselves what they are part of, each with those open ones.

    What one names that rests where it is, such as equipment in service, is not a matter of which it is part.
    """
    found: dict[str, set[str]] = defaultdict(set)
    held = [r for r in library.records if not library.is_closed(r) and not r.is_void and FIELD not in r.type.fields]
    for mention in mentions(held, "reference"):
        found[mention.value.text].add(mention.item.id)
    for reach in reaches(held):
        if reach.target.id:
            found[reach.target.id].add(reach.item.id)
    under_way = {each.id for each in held if (state := each.type.states.get(each.status or "")) and not state.rests}
    for mention in mentions([each for each in library.records if library.is_closed(each)], "reference") if under_way else ():
        if mention.value.text in under_way:
            found[mention.item.id].add(mention.value.text)
    return {name: tuple(sorted(ids - {name})) for name, ids in found.items()}


def kept_for(found: Keeping) -> Message:
    """Until when, for the end of a sentence: “it is kept …”."""
    retention = found.retention
    if retention is None:
        return _("as long as nothing says how long")
    if retention.is_permanent:
        return _("for ever")
    if retention.time is None:
        return _("as the law says: {law}", law=retention.law)
    if found.until is None and found.by_year:
        return _("for {time} from the end of the year in which it is closed", time=length(retention.time))
    if found.until is None:
        return _("for {time} from the day it is closed", time=length(retention.time))
    return _("until {day}", day=found.until)
