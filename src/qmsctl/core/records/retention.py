"""Until when a record is kept: by the retention of its type, from the day it was closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.link_target import reaches
from qmsctl.core.mentions import mentions
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.disposal import FIELD, proposed
from qmsctl.core.records.record_days import closed_on
from qmsctl.core.records.working_days import works
from qmsctl.message import Message, _
from qmsctl.value import dataclass

PERMANENT = "permanent"
BY_LAW = "by law:"


@dataclass(frozen=True, slots=True)
class Retention:
    """A time from the closing of the record on, for ever (neither time nor law), or what a law says.

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

    def until(self, closed: date, is_worked: Callable[[date], bool]) -> date | None:
        """The last day a record closed on ``closed`` is kept; ``None`` where no day can be told."""
        return self.time.after(closed, is_worked) if self.time else None


@dataclass(frozen=True, slots=True)
class Keeping:
    """How a record is kept.

    ``closed`` is ``None`` while it is open, ``until`` where no day can be told. ``needed`` are the open records
    that name it, ``disposals`` those not yet carried out that list it.
    """

    record: Item
    retention: Retention | None
    closed: date | None
    until: date | None
    needed: tuple[str, ...] = ()
    disposals: tuple[str, ...] = ()

    def is_due(self, today: date) -> bool:
        """True if it may be destroyed: closed, its retention over, and no open matter rests on it."""
        return self.until is not None and self.until < today and not self.needed


def keeping(record: Item, library: Library) -> Keeping:
    """How one record is kept, or was where its file is gone and ``record`` its signed copy."""
    retention = Retention.parse(record.type.retention)
    closed = closed_on(record, library)
    until = retention.until(closed, works(library)) if retention and closed else None
    return Keeping(record, retention, closed, until)


def keepings(library: Library) -> Iterator[Keeping]:
    """How every record is kept, by id."""
    needed, listed = open_matters(library), proposed(library)
    for record in sorted(library.records, key=lambda each: each.id):
        found = keeping(record, library)
        yield Keeping(
            record, found.retention, found.closed, found.until,
            needed.get(record.id, ()), listed.get(record.id, ()),
        )


def open_matters(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The records that open ones name, in a field, a row or a link, each with those that do."""
    found: dict[str, set[str]] = defaultdict(set)
    held = [r for r in library.records if not library.is_closed(r) and not r.is_void and FIELD not in r.type.fields]
    for mention in mentions(held, "reference"):
        found[mention.value.text].add(mention.item.id)
    for reach in reaches(held):
        if reach.target.id:
            found[reach.target.id].add(reach.item.id)
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
    if found.until is None:
        return _("for {time} from the day it is closed", time=retention.time)
    return _("until {day}", day=found.until)
