"""A day cannot be: it has not come, lies before what it follows, or is farther off than allowed.

## Why
A calibration that is dated in the future, or whose next one lies before it, proves nothing, and a next one ten years off
keeps an instrument in use that nobody looks at (ISO 9001:2008, 4.2.4 and 7.6; ISO 9001:2015, 7.5.3 and 7.1.5.2). What
the days of a record have to keep to is said by its type, under `when` and `day` of a field or column; whether one has
come is told by the real clock in the time zone of the office, whatever day a command is asked to look at. That a row is
older than the one above it is a warning: a paper may have turned up late. So is, in what is older than
`stricter_from`, a next day farther off than the cycle of the record; what is new or altered has to keep to it.

## Bad
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Máy đo độ ồn
status: in-service
owner: hoa
kind: measuring
cycle: 12m
---

~~~calibration
- {date: 2036-04-20, result: pass, certificate: KĐ-2, next: 2035-04-20}
~~~
```

## Good
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Máy đo độ ồn
status: in-service
owner: hoa
kind: measuring
cycle: 12m
---

~~~calibration
- {date: 2026-04-20, result: pass, certificate: KĐ-2, next: 2027-04-20}
~~~
```

## Mend
Write the day that is on the paper: `qmsctl set TB-001 calibration.1.next=2027-04-20`. Where the cycle is another now,
correct that: `qmsctl set TB-001 cycle=24m`.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Sequence as Listed
from datetime import date, tzinfo

from qmsctl.core.diagnostic import About, Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give, mend_field, mend_text
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.measuring_period import read_period
from qmsctl.core.records.latest_row import latest
from qmsctl.core.records.working_days import works
from qmsctl.core.sight import Sight
from qmsctl.core.strictness import is_strict
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.text.nodes import Node, Sequence
from qmsctl.core.text.values import read_date, read_moment
from qmsctl.core.types.day_limits import WHEN
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import Mend
from qmsctl.message import Message, _
from qmsctl.value import dataclass

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4", "7.6"), "iso9001-2015": ("7.5.3", "7.1.5")}

@dataclass(frozen=True, slots=True)
class _Fault:
    """What is wrong with a day; ``stricter`` where the first format had nothing to say."""

    message: Message
    severity: Severity | None = None
    stricter: Stricter | None = None


@dataclass(frozen=True, slots=True)
class _Limited:
    """What of a type has limits of days: fields, columns by the table or block they are of, fields with such parts."""

    fields: Listed[Field]
    tables: Mapping[str, Listed[Field]]
    parts: Listed[Field]


def check(library: Library) -> Iterator[Problem]:
    """Every day of what is judged to which its type has given limits."""
    today = library.clock.astimezone(library.now.tzinfo).date()
    known: dict[str, _Limited] = {}
    for item in library.judged:
        if item.type.name not in known:
            known[item.type.name] = _limited(item.type)
        limited = known[item.type.name]
        for field in limited.fields:
            for fault in _Day(field, item.text, item, library, today).faults():
                yield Problem(item.path, item.line(field.name), fault.message, mend_field(library, item, field.name), fault.severity, fault.stricter)
        for field in limited.parts:
            yield from _parts(library, item, field, today)
        for name, columns in limited.tables.items():
            yield from _rows(library, item, name, columns, today)


def _limited(found: RecordType) -> _Limited:
    tables = {**{name: field for name, field in found.fields.items() if field.kind == "table"}, **found.blocks}
    columns = {name: [column for column in table.keys.values() if column.day] for name, table in tables.items()}
    parts = [field for field in found.fields.values() if field.kind != "table" and any(map(_is_limited, (*field.of, *field.keys.values())))]
    return _Limited([field for field in found.fields.values() if field.day], {name: each for name, each in columns.items() if each}, parts)


def _is_limited(field: Field) -> bool:
    return field.day is not None or any(map(_is_limited, (*field.of, *field.keys.values())))


def _parts(library: Library, item: Item, field: Field, today: date) -> Iterator[Problem]:
    """The days in a list or a map, which at most have to have come."""
    node = item.node(field.name)
    for part, scalar in field.scalars(node) if node is not None else ():
        for fault in _Day(part, {part.name: scalar.text}.get, item, library, today).faults():
            yield Problem(item.path, scalar.line, fault.message, mend_field(library, item, field.name), fault.severity, fault.stricter)


def _rows(library: Library, item: Item, name: str, columns: Listed[Field], today: date) -> Iterator[Problem]:
    rows = list(_in_table(item.node(name)) if name in item.type.fields else item.block_rows(name) if item.blocks else ())
    last = latest(rows, [column.name for column in columns if column.day and column.day.come])
    for number, (row, above) in enumerate(zip(rows, [None, *rows], strict=False), 1):
        for column in columns:
            for fault in _Day(column, _texts(row, item), item, library, today, above, row is last).faults():
                said = _("block “{block}”, row {row}: {problem}", block=name, row=number, problem=fault.message)
                mend = mend_field(library, item, name) if name in item.type.fields else _mend(library, item, f"{name}.{number}.{column.name}")
                yield Problem(item.path, row.key_lines.get(column.name, row.line), said, mend, fault.severity, fault.stricter)


def _in_table(node: Node | None) -> Iterator[Row]:
    """The rows of a table in the front matter."""
    yield from (row for row in node.items if isinstance(row, Row)) if isinstance(node, Sequence) else ()


def _texts(row: Row, item: Item) -> Callable[[str], str | None]:
    """What stands in a column of the row, else in a field of the record."""
    columns: Mapping[str, object] = row.entries
    return lambda name: row.text(name) if name in columns else item.text(name)


def _mend(library: Library, item: Item, cell: str) -> Mend:
    return give(item, cell) if item.type.kind == "record" and not library.is_closed(item) else mend_text(library, item)


def _day(text: str, zone: tzinfo | None) -> date | None:
    """The day a text writes, in ``zone`` where it writes a moment; of a period the first."""
    moment = read_moment(text)
    if moment:
        return moment.astimezone(zone).date()
    period = read_period(text) if text else None
    return period.start if period else read_date(text)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day of ``item`` and its limits; ``text`` finds what it is compared with, ``above`` is the row over its own."""

    field: Field
    text: Callable[[str], str | None]
    item: Item
    library: Library
    today: date
    above: Row | None = None
    counts: bool = True

    def faults(self) -> Iterator[_Fault]:
        """What the day does not keep to; nothing where it is no day."""
        limits, day = self.field.day, _day(self.text(self.field.name) or "", self.library.now.tzinfo)
        if limits is None or day is None:
            return
        said = {"label": self.field.label, "field": self.field.name, "until": day}
        if limits.come and day > self.today:
            yield _Fault(_("“{label}” ({field}) is {until}; that day has not come on {day}", day=self.today, **said), stricter=self._stricter(WHEN, day))
        for name in limits.named:
            other = read_date(self.text(name))
            if other and day < other:
                yield _Fault(_("“{label}” ({field}) is {until}, before “{other}” ({day})", other=name, day=other, **said), stricter=self._stricter(name, day))
            elif other and day == other and name in limits.after:
                yield _Fault(_("“{label}” ({field}) is {until}, the same day as “{other}”", other=name, **said), stricter=self._stricter(name, day))
        yield from self._too_far(day)
        before = read_date(self.above.text(self.field.name)) if self.above and limits.rising else None
        if before and day < before:
            yield _Fault(_("“{label}” ({field}) is {until}, before {day} in the row above", day=before, **said), Severity.WARNING)

    def _stricter(self, limit: str, day: date) -> Stricter | None:
        return Stricter(day) if self.field.day and limit in self.field.day.stricter else None

    def _too_far(self, day: date) -> Iterator[_Fault]:
        limits = self.field.day
        if limits is None or limits.within is None or not self.counts:
            return
        length = Duration.parse(limits.within) or Duration.parse(self.item.text(limits.within) or "")
        start = read_date(self.text(limits.named[0]))
        if length and start and day > length.after(start, works(self.library)):
            message = _("“{label}” ({field}) is {until}, more than {length} after “{other}” ({day})",
                        label=self.field.label, field=self.field.name, until=day, length=length, other=limits.named[0], day=start)
            stricter = self._stricter(limits.within, start)
            yield _Fault(message, None if stricter or is_strict(self.library, self.item.path, start) else Severity.WARNING, stricter)
