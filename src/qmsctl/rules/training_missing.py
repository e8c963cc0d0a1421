"""Somebody does steps of a procedure and has neither signed for the revision in force nor been trained in it.

## Why
Whoever does a step has to know how it is done now (ISO 9001:2008, 6.2.2 d; ISO 9001:2015, 7.2, 7.3). Asked are
the holders of the roles that the steps name, responsible or as deputy; of the units that get the document the
rule `acknowledgement-missing` speaks. How soon stands in `qms.yaml`, by type, such as `acknowledge_within:
{procedure: 10d}` (working days of the office from the day the revision takes effect); a type that is not named there asks for
nothing. A signature counts, and so does a training record that was held after the revision was approved, names
the document, and has the person as present and not failed. `qmsctl training` shows who has to know what.

## Bad
```yaml qms.yaml
language: vi
time_zone: Asia/Ho_Chi_Minh
units: [{id: ho-tich, name: Bộ phận Hộ tịch}, {id: mot-cua, name: Trung tâm Phục vụ hành chính công}, {id: lanh-dao, name: Lãnh đạo}]
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
---

~~~steps
- {no: B1, task: Tiếp nhận, responsible: clerk, time: 1h}
~~~
```
```dossier HD-01
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
acknowledge minh clerk 2026-05-11T08:00:00+07:00
```

## Good
```yaml qms.yaml
language: vi
time_zone: Asia/Ho_Chi_Minh
units: [{id: ho-tich, name: Bộ phận Hộ tịch}, {id: mot-cua, name: Trung tâm Phục vụ hành chính công}, {id: lanh-dao, name: Lãnh đạo}]
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
---

~~~steps
- {no: B1, task: Tiếp nhận, responsible: clerk, time: 1h}
~~~
```
```dossier HD-01
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
acknowledge minh clerk 2026-05-11T08:00:00+07:00
```
```md records/trainings/DT-2026-001.md
---
id: DT-2026-001
type: training
title: Phổ biến HD-01
status: held
owner: lan
documents: [HD-01]
due: 2026-05-12
held: 2026-05-12
---

~~~participants
- {person: hoa, attended: yes}
~~~
```

## Mend
Let them read it and sign, `qmsctl acknowledge HD-01 --by hoa --basis-file sheet.pdf`, or train them and record it:
`qmsctl new training --title "…" --set documents=HD-01 --set due=2026-06-10`. If the role has no part in
it, correct the step with the next revision.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.duties.knowing import Knowing, Subject, subjects
from qmsctl.core.library import Library
from qmsctl.core.proof.holders import role_titles
from qmsctl.mend import HOLE, Assignment, Mend, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
OFFICE = True
DRAFTS = False
CLAUSES = {"iso9001-2008": ("6.2.2",), "iso9001-2015": ("7.2", "7.3")}


def check(library: Library) -> Iterator[Problem]:
    """Every revision in force whose type asks to be known, and the holders of the roles in its steps."""
    for subject in subjects(library, asked=True):
        late = tuple(each for each in subject.unknown if not each.units and each.due and each.due < library.today)
        if late:
            yield _problem(library, subject, late)


def _problem(library: Library, subject: Subject, late: tuple[Knowing, ...]) -> Problem:
    item = library.by_id.get(subject.id) or subject.text
    roles = dict.fromkeys(role for each in late for role in each.roles)
    return Problem(
        item.path,
        item.line("revision"),
        _("{people}, doing steps of {id} ({roles}), had neither signed for revision {revision} nor been trained in it by {day}",
          people=tuple(each.person.name for each in late), id=subject.id, roles=role_titles(roles, library),
          revision=subject.round.revision, day=max(each.due for each in late if each.due)),
        _mend(library, subject, late),
    )


def _mend(library: Library, subject: Subject, late: tuple[Knowing, ...]) -> Mend:
    signed = command("acknowledge", subject.id, by=",".join(each.person.id for each in late), basis_file=HOLE)
    planned = (Assignment("documents", subject.id), Assignment("due", library.today.isoformat()))
    trained = command("new", "training", title=HOLE, sets=planned)
    return signed.in_order_to(_("keep the sheet they signed")).or_else(trained.in_order_to(_("train them")))
