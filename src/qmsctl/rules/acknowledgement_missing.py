"""Somebody has not signed that they read the revision in force, and the time for it is over.

## Why
A document works where the people who work by it know what it says now (ISO 9001:2008, 4.2.3 d, 6.2.2 d; ISO
9001:2015, 7.3, 7.5.3.1 a). Readers are the people of the units that `distribution` names, and of the units that
its steps name. How soon they are to have read a new revision stands in `qms.yaml`, by type, such as
`acknowledge_within: {procedure: 10d}` (days on which the office works, by its `working_hours`, `holidays` and
`calendar`); the time runs from the day it takes effect, for somebody who came later from `from` in `people.yaml`. `default` is for the types
that are not named, and `default: type` leaves it to them: 10 working days for procedures, rules and instructions, and what a type of the
office says under `acknowledge_within` in its `type.yaml`. Forms and external documents are looked up, not learnt: they are asked for only where they are named. Whoever drafted, reviewed or approved the text has read it.

## Bad
```yaml qms.yaml
language: vi
time_zone: Asia/Ho_Chi_Minh
units: [{id: ho-tich, name: Bộ phận Hộ tịch}, {id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}, {id: deputy-director, title: Phó Chủ tịch}]
approval: [{from: 2025-01-01, type: default, review: [], approve: [director]}]
acknowledge_within: {instruction: 10d}
```
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
owner: lan
distribution: [ho-tich]
---
```
```dossier HD-01
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
```

## Good
```yaml qms.yaml
language: vi
time_zone: Asia/Ho_Chi_Minh
units: [{id: ho-tich, name: Bộ phận Hộ tịch}, {id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}, {id: unit-head, title: Trưởng đơn vị}, {id: clerk, title: Công chức}, {id: deputy-director, title: Phó Chủ tịch}]
approval: [{from: 2025-01-01, type: default, review: [], approve: [director]}]
acknowledge_within: {instruction: 10d}
```
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
owner: lan
distribution: [ho-tich]
---
```
```dossier HD-01
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
acknowledge minh clerk 2026-05-11T08:00:00+07:00
```

## Mend
Let them read it and sign a sheet, then keep the sheet and everybody on it in one command: `qmsctl acknowledge
HD-01 --unit ho-tich --list sheet.pdf`. Each may also sign alone: `qmsctl acknowledge HD-01`. If the document
is not for that unit, correct `distribution` with the next revision.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.duties.readers import Readers, read_by, readers
from qmsctl.core.duties.reading_time import reading_period
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.mend import HOLE, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "6.2.2"), "iso9001-2015": ("7.3", "7.5.3.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every revision in force whose type asks to be read, unit by unit."""
    if not library.config.acknowledge_within:
        return
    for subject in library.subjects:
        found = library.standing(subject).in_force
        if found and found.copy and reading_period(library, found.copy.type):
            yield from _units(library, subject, readers(library, found))


def _units(library: Library, subject: str, found: Readers) -> Iterator[Problem]:
    item = library.by_id.get(subject) or found.round.copy
    assert item is not None  # a revision is only in force with a copy
    for unit in found.units:
        late = [(day, person) for person in found.of(unit) if (day := read_by(library, found, person)) and day < library.today]
        if late:
            named = library.config.unit(unit)
            yield Problem(
                item.path,
                item.line("distribution"),
                _("{people} of {unit} had not signed by {day} that they read revision {revision} of {id}",
                  people=tuple(person.name for _day, person in late), unit=named.name if named else unit,
                  day=max(day for day, _person in late), revision=found.round.revision, id=subject),
                command("acknowledge", subject, unit=unit, list=HOLE).in_order_to(_("keep the sheet they signed")),
            )
