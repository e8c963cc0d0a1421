"""An objective of the plan is followed by no record.

## Why
Objectives are measurable, planned for and monitored, and the figures are looked at in the management review (ISO
9001:2008, 5.4.1, 5.6.1 and 8.2.3; ISO 9001:2015, 6.2.1 and 9.1.1). The plan in force promises; what became of a promise
stands in a record of its own, which names the plan (`plan`) and the row (`row`, or a title that begins with its number
or is its text). A row without one is in no figure: neither reached nor missed, and nobody notices. A record that was
given up follows nothing.

## Bad
```md documents/objectives/MTCL-2026.md
---
id: MTCL-2026
type: objectives-plan
title: Mục tiêu chất lượng năm 2026
revision: 1
owner: lan
year: 2026
---

~~~objectives
- {no: M1, objective: Trả hồ sơ đúng hẹn, measure: hồ sơ đúng hẹn trên hồ sơ đã trả, target: từ 98 % trở lên, owner: hoa, due: 2026-12-31}
~~~
```
```dossier MTCL-2026
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```

Stricter from: 2026-01-01

## Good
```md documents/objectives/MTCL-2026.md
---
id: MTCL-2026
type: objectives-plan
title: Mục tiêu chất lượng năm 2026
revision: 1
owner: lan
year: 2026
---

~~~objectives
- {no: M1, objective: Trả hồ sơ đúng hẹn, measure: hồ sơ đúng hẹn trên hồ sơ đã trả, target: từ 98 % trở lên, owner: hoa, due: 2026-12-31}
~~~
```
```dossier MTCL-2026
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
```md records/objectives/MT-2026-01.md
---
id: MT-2026-01
type: objective
title: Trả đúng hẹn
status: active
owner: hoa
plan: MTCL-2026
row: M1
---
```

Stricter from: 2026-01-01

## Mend
Begin the record, and measure from then on: `qmsctl new objective --title "…" --set plan=MTCL-2026 --set row=M1`, then
`qmsctl measure`. If there is one that only does not say which row it is of: `qmsctl set MT-2026-01 row=M1`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.begin import begin
from qmsctl.core.model import Item
from qmsctl.core.proof.bearing import bearing
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.objective import follows, is_measured
from qmsctl.core.text.nodes import Mapping
from qmsctl.mend import HOLE, Mend
from qmsctl.message import _

SEVERITY = Severity.WARNING
DRAFTS = False
CLAUSES = {"iso9001-2008": ("5.4.1", "8.2.3"), "iso9001-2015": ("6.2.1", "9.1.1")}

BLOCK, OBJECTIVE = "objectives", "objective"


def takes(library: Library, name: str) -> object:
    """Of a record that is measured all, of a document what bears on others."""
    item = library.by_id.get(name)
    return item.sha256 if item and is_measured(item.type) else bearing(library, name)


def check(library: Library) -> Iterator[Problem]:
    """Every row of a plan in force for which no record stands."""
    followed = [record for record in library.records if is_measured(record.type) and not record.is_given_up]
    for plan in texts_in_force(library):
        if BLOCK in plan.type.blocks:
            for row in plan.block_rows(BLOCK):
                if not any(follows(record, plan, row) for record in followed):
                    yield _problem(plan, row, library)


def _problem(plan: Item, row: Mapping, library: Library) -> Problem:
    working = library.by_id.get(plan.id, plan)
    found = library.standing(plan.id).in_force
    return Problem(
        working.path,
        row.line if working.path == plan.path else 0,
        _("no record follows objective {no} of {plan}, “{objective}”", no=row.text("no") or "?", plan=plan.id, objective=row.text("objective") or ""),
        _mend(plan, row, library),
        stricter=Stricter(found.approved_on if found else None),
    )


def _mend(plan: Item, row: Mapping, library: Library) -> Mend | None:
    kind = library.types.get(OBJECTIVE)
    given = {"plan": plan.id, "row": row.text("no") or HOLE}
    return begin(kind, given, library, title=row.text("objective")) if kind else None
