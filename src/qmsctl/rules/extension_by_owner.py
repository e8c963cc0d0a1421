"""More time was granted by the one who needs it.

## Why
A day by which something has to be done binds its owner only where somebody else can move it (ISO 9001:2008, 8.5.2 and
5.5.1; ISO 9001:2015, 10.2.1 and 5.3). Whoever owns the record, by name or by a role held on that day, asks for more
time; somebody else grants it. A later row by somebody else, for the same day or a later one, makes good for it.

## Bad
Stricter from: 2026-01-01
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
owner: minh
due: 2026-03-31
---

~~~extensions
- {until: 2026-09-30, at: 2026-03-30, by: minh, reason: Nhiều việc}
~~~
```

## Good
Stricter from: 2026-01-01
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
owner: minh
due: 2026-03-31
---

~~~extensions
- {until: 2026-09-30, at: 2026-03-30, by: lan, reason: Chờ quyết định của cấp trên}
~~~
```

## Mend
Let somebody else decide, and write a row of that decision below: `qmsctl set ID "extensions+={until: …, at: …, by: …, reason: …}"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.row_command import example, row_command
from qmsctl.core.model import Item
from qmsctl.core.records.extensions import Extension, extensions, moving
from qmsctl.core.sight import Sight
from qmsctl.core.types.field import Field
from qmsctl.mend import HOLE, Mend
from qmsctl.message import Label, _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("5.5.1", "8.5.2"), "iso9001-2015": ("5.3", "10.2.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every row that moves a day, against the owner of its record."""
    for record in library.records:
        for _field, label, block in moving(record.type):
            yield from _moved(record, label, block, library)


def _moved(record: Item, label: Label, block: Field, library: Library) -> Iterator[Problem]:
    rows = tuple(extensions(record, block))
    for place, row in enumerate(rows):
        if row.by and _is_owner(record, row, library) and not any(_makes_good(each, row, record, library) for each in rows[place + 1 :]):
            yield Problem(
                record.path,
                row.line,
                _("{name} is the owner of {id}, and may not move “{field}” to {day}",
                  name=library.people.name(row.by), id=record.id, field=label, day=row.until or "…"),
                _mend(record, row, block, library),
                stricter=Stricter(row.at),
            )


def _makes_good(later: Extension, row: Extension, record: Item, library: Library) -> bool:
    """True for a decision by somebody else that covers the one of the owner."""
    covers = row.until is None or (later.until is not None and later.until >= row.until)
    return bool(later.by) and covers and not _is_owner(record, later, library)


def _is_owner(record: Item, row: Extension, library: Library) -> bool:
    """True if the one who decided owns the record, by name or by a role held on that day."""
    owners = record.texts("owner")
    person = library.people.get(row.by)
    held = person is not None and any(library.config.role(each) and person.held(each, row.at or library.today) for each in owners)
    return row.by in owners or held


def _mend(record: Item, row: Extension, block: Field, library: Library) -> Mend:
    """A row like it, decided by somebody who does not own the record."""
    given = {name: HOLE if column.kind == "person" else row.row.text(name) or "" for name, column in block.keys.items()}
    cells = {name: each if each is HOLE else example(block.keys[name], library, str(each)) for name, each in given.items()}
    owners = set(record.texts("owner"))
    others = [(person.id, person.name) for person in library.people.holders("qmr", library.today) if person.id not in owners]
    way = row_command(record.id, block, cells)
    return way.done_by(others) if others else way
