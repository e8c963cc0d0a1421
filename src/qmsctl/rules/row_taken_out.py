"""A row of a table that only grows was taken out, or tells another result.

## Why
A calibration that failed and a supplier that was rejected are history once they are written down (ISO 9001:2008, 4.2.4, 7.4.1
and 7.6; ISO 9001:2015, 7.5.3, 8.4.1 and 7.1.5.2). Where the row is taken out, or its result written over, the
one before it counts again, and nobody judges what was measured since. The rows of a block that only grows, as its type says,
are compared with what had been accepted and with the copies that were signed: by the day that has come and by the result.
What was wrong is set right in a further row, which counts where it is of the same day or a later one.

## Bad
Stricter from: 2026-01-01
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Cân
status: out-of-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2026-01-10, result: pass, certificate: KĐ-1, next: 2027-01-10}
- {date: 2026-03-10, result: fail, certificate: KĐ-2, reassessment: Đã xem lại 12 số đo}
~~~
```
```base
```
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Cân
status: in-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2026-01-10, result: pass, certificate: KĐ-1, next: 2027-01-10}
~~~
```

## Good
Stricter from: 2026-01-01
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Cân
status: out-of-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2026-01-10, result: pass, certificate: KĐ-1, next: 2027-01-10}
- {date: 2026-03-10, result: fail, certificate: KĐ-2, reassessment: Đã xem lại 12 số đo}
~~~
```
```base
```
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Cân
status: in-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2026-01-10, result: pass, certificate: KĐ-1, next: 2027-01-10}
- {date: 2026-03-10, result: fail, certificate: KĐ-2, reassessment: Đã xem lại 12 số đo}
- {date: 2026-03-20, result: pass, certificate: KĐ-3, next: 2027-03-20}
~~~
```

## Mend
Put the row back as it was. What is to be said now goes into a further row:
`qmsctl set TB-001 "calibration+={date: …, result: …}"`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.closing import signed_states
from qmsctl.core.proof.frozen_text import with_body
from qmsctl.core.sight import Sight
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.text.values import read_date
from qmsctl.core.types.field import Field
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4", "7.4.1", "7.6"), "iso9001-2015": ("7.5.3", "8.4.1", "7.1.5")}

_Key = tuple[str, ...]


def check(library: Library) -> Iterator[Problem]:
    """Every record with a data block that only grows."""
    for record in library.records:
        growing = tuple(block for block in record.type.blocks.values() if block.grows)
        if growing and not library.is_exempt(record):
            for block in growing:
                yield from _block(record, block, library)


def _block(record: Item, block: Field, library: Library) -> Iterator[Problem]:
    now = _rows(record, block, library)
    taken: dict[_Key, date | None] = {}
    for signed in signed_states(record, library):
        before = _rows(with_body(signed.copy, library), block, library)
        taken |= dict.fromkeys((before - now).keys(), day_of(signed.signoff, library.config))
    accepted = [_rows(each, block, library) - now for each in library.earlier(record.id)]
    taken |= {key: taken.get(key) for key in (accepted[0] if accepted else ()) if all(key in each for each in accepted)}
    for key, day in taken.items():
        yield Problem(
            record.path,
            record.line("status"),
            _("the row {row} of “{label}” ({block}) was taken out or is another now", row=key, label=block.label, block=block.name),
            advice(_("put the row back; write what is right in a further one"), undoes=True),
            stricter=Stricter(day),
        )


def _rows(record: Item, block: Field, library: Library) -> Counter[_Key]:
    """How often each day with its result stands there; none while the record has not come so far."""
    chain = {state.id for state in record.type.chain(record.status or "")}
    if block.grows not in chain:
        return Counter()
    return Counter(key for row in record.block_rows(block.name) if (key := _key(row, block.keys, library)))


def _key(row: Row, columns: Mapping[str, Field], library: Library) -> _Key:
    """The days that have come, of them those that every row has, and the choices that have to be made; nothing for a row of a day that is none or has not come."""
    come = [column for column in columns.values() if column.day is not None and column.day.come]
    days = [row.text(column.name) or "" for column in [each for each in come if each.required] or come]
    read = [read_date(text) for text in days]
    if not read or any(day is None or day > library.today for day in read):
        return ()
    chosen = (row.text(name) or "" for name, column in columns.items() if column.kind == "one-of" and column.required)
    return (*days, *chosen)
