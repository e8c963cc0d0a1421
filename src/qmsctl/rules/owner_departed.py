"""A document or an open record belongs to somebody who has left.

## Why
The owner keeps a document right and brings a record to its end (ISO 9001:2008, 5.5.1; ISO 9001:2015, 5.3).
When people move on, what they signed stays valid; but their tasks need somebody else, or nobody notices
that a review is due.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: duc
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: clerk
---
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```

## Mend
A record: `qmsctl set NC-2026-001 owner=minh`. A document: `qmsctl revise QT-07 --editorial --change "…"`
and set the owner. A role as owner, `owner: unit-head`, outlives its holders.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.model import Item
from qmsctl.core.office.people import Person
from qmsctl.core.sight import Sight
from qmsctl.mend import HOLE, Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("5.5.1",), "iso9001-2015": ("5.3",)}


def check(library: Library) -> Iterator[Problem]:
    """The owner of every document in force and of every open record."""
    departed = {
        person.id: person
        for person in library.people.all
        if person.period.end is not None and person.period.end < library.today
    }
    if not departed:
        return
    for item in library.items:
        person = departed.get(item.text("owner") or "")
        if person and _matters(item, library):
            yield Problem(item.path, item.line("owner"), _message(item, person), _mend(item, library))


def _matters(item: Item, library: Library) -> bool:
    if item.is_document:
        return library.standing(item.id).in_force is not None
    return not library.is_closed(item)


def _message(item: Item, person: Person) -> Message:
    return _("{id} belongs to {name}, who left on {day}", id=item.id, name=person.name, day=person.period.end)


def _mend(item: Item, library: Library) -> Mend:
    if item.is_document and library.standing(item.id).is_clean:
        return command("revise", item.id, editorial=True, change=HOLE).then(advice(_("name another owner in {path}", path=item.path)))
    return mend_field(library, item, "owner")
