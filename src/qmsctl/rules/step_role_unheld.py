"""Nobody holds a role that has to do a step of a procedure in force.

## Why
A step without a person waits until somebody asks (ISO 9001:2008, 5.5.1 and 6.2.1; ISO 9001:2015, 5.3 and 7.1.2).
Procedures name roles so that they need not change with people; somebody has to hold each of them today, and a
unit that does a step needs people. A `deputy` helps for a time, but does not fill the place.

## Bad
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
  - {id: minh, name: Đỗ Văn Minh, unit: ho-tich, roles: [{role: clerk, from: 2025-01-01, until: 2026-04-30}]}
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tra cứu và soạn, responsible: clerk, time: 4h, outputs: [Dự thảo]}
- {no: B2, task: Ký, responsible: director, time: 2h, outputs: [Trích lục], release: yes}
~~~
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
owner: minh
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tra cứu và soạn, responsible: clerk, time: 4h, outputs: [Dự thảo]}
- {no: B2, task: Ký, responsible: director, time: 2h, outputs: [Trích lục], release: yes}
~~~
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```

## Mend
Enter the holder in `people.yaml` with the first day, or give the step to another role: `qmsctl revise QT-07
--change "…"`. `qmsctl report raci` shows all roles with their steps and holders.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.procedures.steps import BLOCK
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.proof.holders import role_title
from qmsctl.core.sight import Sight
from qmsctl.core.text.nodes import Mapping
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("5.5.1", "6.2.1"), "iso9001-2015": ("5.3", "7.1.2")}


def check(library: Library) -> Iterator[Problem]:
    """Every role and unit that does a step of a text in force, once a document."""
    present = [person for person in library.people.all if person.period.covers(library.today)]
    staffed = {unit for person in present for unit in person.units_on(library.today)}
    held = {role for person in present for role in person.roles_on(library.today)}
    for subject in library.subjects:
        item = text_of(library.standing(subject).in_force, library)
        if item is not None and item.blocks:
            yield from _unheld(item, library, staffed, held)


def _unheld(item: Item, library: Library, staffed: set[str], held: set[str]) -> Iterator[Problem]:
    for who, rows in _doers(item).items():
        if library.config.unit(who) and not library.config.role(who):
            if who not in staffed:
                yield _empty_unit(item, who, rows, library)
        elif who not in held:
            yield _vacant(item, who, rows, library)


def _doers(item: Item) -> dict[str, list[Mapping]]:
    """The rows of the steps by who does them."""
    found: dict[str, list[Mapping]] = {}
    for row in item.block_rows(BLOCK):
        who = row.text("responsible")
        if who:
            found.setdefault(who, []).append(row)
    return found


def _vacant(item: Item, who: str, rows: list[Mapping], library: Library) -> Problem:
    return Problem(
        item.path,
        rows[0].line,
        _("“{role}” does {steps} of {id}, but nobody holds the role today",
          role=role_title(who, library), steps=_named(rows), id=item.id),
        advice(_("enter the holder in people.yaml, with “role: {role}” and “from”, its first day", role=who)),
    )


def _empty_unit(item: Item, who: str, rows: list[Mapping], library: Library) -> Problem:
    unit = library.config.unit(who)
    return Problem(
        item.path,
        rows[0].line,
        _("“{unit}” does {steps} of {id}, but nobody belongs to the unit today",
          unit=unit.name if unit else who, steps=_named(rows), id=item.id),
        advice(_("enter its people in people.yaml: unit: {unit}", unit=who)),
    )


def _named(rows: list[Mapping]) -> tuple[str, ...]:
    return tuple(row.text("no") or "?" for row in rows)
