"""A day by which something has to be done was made later by writing over it.

## Why
When a plan has been agreed, its days are moved by a decision that stays to be read: who granted it, when and why
(ISO 9001:2008, 8.5.2 and 4.2.4; ISO 9001:2015, 10.2.1 and 7.5.3). A later day in place of the first one, or in a row that
was written before, leaves no trace of it. Against what had been accepted, a day that a data block moves stays as it was or
comes earlier, and the rows of that block stay as they were.

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
```
```base
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
owner: minh
due: 2026-09-30
---
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
```
```base
```
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
Put the day back, and have somebody else grant the time in a new row: `qmsctl set ID "extensions+={until: …, at: …, by: …, reason: …}"`.
"""

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.row_command import example, row_command
from qmsctl.core.model import Item
from qmsctl.core.records.extensions import extensions, last_extension, moving
from qmsctl.core.sight import Sight
from qmsctl.core.types.field import Field
from qmsctl.mend import HOLE, Mend, advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
IGNORABLE = False
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.4", "8.5.2"), "iso9001-2015": ("7.5.3", "10.2.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every day that a data block moves, and the rows of that block, against what had been accepted."""
    for record in library.records:
        for field, _label, block in moving(record.type):
            yield from _since(record, field, block, library)


def _since(record: Item, field: Field | None, block: Field, library: Library) -> Iterator[Problem]:
    earlier = library.earlier(record.id)
    found = [tuple(_later(record, each, field, block)) for each in earlier]
    for line, message in found[0] if found and all(found) else ():
        yield Problem(record.path, line, message, _mend(record, block, library), stricter=Stricter())


def _later(record: Item, before: Item, field: Field | None, block: Field) -> Iterator[tuple[int, Message]]:
    """What is later than it was, or was granted by another: the day itself, and the rows that were there."""
    was, now = (before.day(field.name), record.day(field.name)) if field else (None, None)
    if field and was and now and now > was:
        yield record.line(field.name), _("“{field}” of {id} was {was}; it is {now} without a row in “{block}” that says who granted it",
                                         field=field.label, id=record.id, was=was, now=now, block=block.label)
    stood, stands = last_extension(before, block), last_extension(record, block)
    is_later = bool(stood and stands and (stands.until or date.max) > (stood.until or date.max))
    pairs = zip_longest(extensions(before, block), extensions(record, block))
    for number, (old, new) in enumerate(pairs, 1):
        if old and new is None and is_later:
            yield stands.line if stands else 0, _("row {row} of “{block}” is not as it was: until {was}, by {by}",
                                                  row=number, block=block.label, was=old.until or "…", by=old.by or "…")
        if old and new and ((new.until or date.max) > (old.until or date.max) or new.by != old.by):
            yield new.line, _("row {row} of “{block}” is not as it was: until {was}, by {by}",
                              row=number, block=block.label, was=old.until or "…", by=old.by or "…")


def _mend(record: Item, block: Field, library: Library) -> Mend:
    back = advice(_("put back what stood there"), undoes=True)
    row = {name: HOLE if column.kind == "person" else example(column, library) for name, column in block.keys.items()}
    return back.then(row_command(record.id, block, row))
