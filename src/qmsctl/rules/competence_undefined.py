"""A role does steps of a procedure in force, but no competence is laid down for it.

## Why
Who does work that affects conformity has to be competent, so what that takes is determined first (ISO 9001:2008,
6.2.2 a; ISO 9001:2015, 7.2 a). An office that has begun to lay it down for some positions, and left others out, cannot
say whether those are filled well. Nothing is asked of an office that keeps no competences as records.

## Bad
Stricter from: 2020-01-01
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
```md records/competences/NL-001.md
---
id: NL-001
type: competence
title: Chủ tịch
status: current
role: director
---
```

## Good
Stricter from: 2020-01-01
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
```md records/competences/NL-001.md
---
id: NL-001
type: competence
title: Chủ tịch
status: current
role: director
---
```
```md records/competences/NL-002.md
---
id: NL-002
type: competence
title: Công chức
status: drafted
role: clerk
---
```

## Mend
`qmsctl new competence --title "…" --set role=clerk`, and write down what the position asks for and who meets it.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.procedures.steps import BLOCK
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.proof.holders import role_title
from qmsctl.mend import HOLE, Assignment, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
OFFICE = True
DRAFTS = False
CLAUSES = {"iso9001-2008": ("6.2.2",), "iso9001-2015": ("7.2",)}

TYPE = "competence"


def check(library: Library) -> Iterator[Problem]:
    """Every role that is given steps, once, at the first document in force that gives it some."""
    records = [item for item in library.by_type.get(TYPE, ()) if item.text("role") and item.status != "ended"]
    told = {item.text("role") for item in records}
    if not records:
        return
    for subject in library.subjects:
        revision = library.standing(subject).in_force
        item = text_of(revision, library)
        for row in item.block_rows(BLOCK) if item is not None else ():
            role = row.text("responsible")
            if item is not None and role and role not in told and library.config.role(role):
                told.add(role)
                yield Problem(
                    item.path,
                    row.line,
                    _("“{role}” does {step} of {id}, but no record says what competence that takes",
                      role=role_title(role, library), step=row.text("no") or "?", id=item.id),
                    command("new", TYPE, title=HOLE, sets=[Assignment("role", role)]),
                    stricter=Stricter(revision.effective_on if revision else None),
                )
