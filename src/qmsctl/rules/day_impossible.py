"""A day cannot be: it has not come, lies before what it follows, or is farther off than allowed.

## Why
A calibration that is dated in the future, or whose next one lies before it, proves nothing, and a next one ten years off
keeps an instrument in use that nobody looks at (ISO 9001:2008, 4.2.4 and 7.6; ISO 9001:2015, 7.5.3 and 7.1.5.2). What
the days of a record have to keep to is said by its type, under `day` of a field or column. That a row is older than
the one above it, or that the next day is farther off than the cycle of the record, is a warning: a paper may have
turned up late, and a cycle may have been shortened.

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
from dataclasses import dataclass
from datetime import date

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give, mend_field, mend_text
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.working_days import works
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.text.values import read_date
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import Mend
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
CLAUSES = {"iso9001-2008": ("4.2.4", "7.6"), "iso9001-2015": ("7.5.3", "7.1.5")}

_Fault = tuple[Message, Severity | None]


def check(library: Library) -> Iterator[Problem]:
    """Every day of what is judged to which its type has given limits."""
    today = library.clock.astimezone(library.now.tzinfo).date()
    known: dict[str, tuple[list[Field], dict[str, list[Field]]]] = {}
    for item in library.judged:
        if item.type.name not in known:
            known[item.type.name] = _limited(item.type)
        fields, blocks = known[item.type.name]
        for field in fields:
            for message, severity in _Day(field, item.text, item, library, today).faults():
                yield Problem(item.path, item.line(field.name), message, mend_field(library, item, field.name), severity)
        for block in blocks if item.body.blocks else ():
            yield from _rows(library, item, block, blocks[block], today)


def _limited(found: RecordType) -> tuple[list[Field], dict[str, list[Field]]]:
    """The fields with limits, and the columns of each block that has any."""
    blocks = {name: [column for column in block.keys.values() if column.day] for name, block in found.blocks.items()}
    return [field for field in found.fields.values() if field.day], {name: columns for name, columns in blocks.items() if columns}


def _rows(library: Library, item: Item, block: str, columns: list[Field], today: date) -> Iterator[Problem]:
    rows = list(item.block_rows(block))
    for number, (row, above) in enumerate(zip(rows, [None, *rows], strict=False), 1):
        for column in columns:
            for message, severity in _Day(column, _texts(row, item), item, library, today, above, number == len(rows)).faults():
                said = _("block “{block}”, row {row}: {problem}", block=block, row=number, problem=message)
                yield Problem(item.path, row.key_lines.get(column.name, row.line), said, _mend(library, item, f"{block}.{number}.{column.name}"), severity)


def _texts(row: Row, item: Item) -> Callable[[str], str | None]:
    """What stands in a column of the row, else in a field of the record."""
    columns: Mapping[str, object] = row.entries
    return lambda name: row.text(name) if name in columns else item.text(name)


def _mend(library: Library, item: Item, cell: str) -> Mend:
    return give(item, cell) if item.type.kind == "record" and not library.is_closed(item) else mend_text(library, item)


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
        limits, day = self.field.day, read_date(self.text(self.field.name) or "")
        if limits is None or day is None:
            return
        said = {"label": self.field.label, "field": self.field.name, "until": day}
        if limits.come and day > self.today:
            yield _("“{label}” ({field}) is {until}; that day has not come on {day}", day=self.today, **said), None
        for name in limits.named:
            other = read_date(self.text(name) or "")
            if other and day < other:
                yield _("“{label}” ({field}) is {until}, before “{other}” ({day})", other=name, day=other, **said), None
            elif other and day == other and name in limits.after:
                yield _("“{label}” ({field}) is {until}, the same day as “{other}”", other=name, **said), None
        yield from self._too_far(day)
        before = read_date(self.above.text(self.field.name) or "") if self.above and limits.rising else None
        if before and day < before:
            yield _("“{label}” ({field}) is {until}, before {day} in the row above", day=before, **said), Severity.WARNING

    def _too_far(self, day: date) -> Iterator[_Fault]:
        limits = self.field.day
        if limits is None or limits.within is None or not self.counts:
            return
        length = Duration.parse(limits.within) or Duration.parse(self.item.text(limits.within) or "")
        start = read_date(self.text(limits.named[0]) or "")
        if length and start and day > length.after(start, works(self.library)):
            yield _("“{label}” ({field}) is {until}, more than {length} after “{other}” ({day})",
                    label=self.field.label, field=self.field.name, until=day, length=length, other=limits.named[0], day=start), Severity.WARNING
