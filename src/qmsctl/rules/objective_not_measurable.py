"""A target of the quality objectives has no number.

## Why
Objectives are to be measurable (ISO 9001:2008, 5.4.1; ISO 9001:2015, 6.2.1 b). “Better service” can neither be reached
nor missed; “at least 98 % on time” can. In the record of an objective (`qmsctl types objective`) the target is a
number in any case; this rule looks at the table of the objectives document.

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
- {no: M1, objective: Trả hồ sơ đúng hẹn, measure: sổ theo dõi, target: tốt hơn năm trước, owner: hoa, due: 2026-12-31}
~~~
```

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

## Mend
Write the number that has to be reached, with its unit. Where something is to be finished, the number is that
of the things finished, such as “1 report”. What is to be followed month by month is a record of its own:
`qmsctl new objective`, then `qmsctl measure`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.sight import Sight
from qmsctl.message import _

SEVERITY = Severity.WARNING
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("5.4.1",), "iso9001-2015": ("6.2.1",)}

BLOCK = "objectives"


def check(library: Library) -> Iterator[Problem]:
    """Every row of the objectives in a text that is judged."""
    for item in library.judged:
        if BLOCK not in item.type.blocks:
            continue
        for row in item.block_rows(BLOCK):
            target = row.text("target")
            if target and not any(sign.isdigit() for sign in target):
                yield Problem(
                    item.path,
                    row.key_lines["target"],
                    _("the target “{target}” of objective {no} has no number, so nobody can say whether it was reached",
                      target=target, no=row.text("no") or "?"),
                    mend_text(library, item),
                )
