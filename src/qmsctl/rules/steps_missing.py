"""A procedure has no steps.

## Why
Who does what, in which time, and what comes out is read from the block of steps: the flow chart, the sum of times
against the limit, the checklists of audits and the list of who has to know the procedure are made from it (ISO 9001:2008,
7.5.1; ISO 9001:2015, 4.4.1 and 8.5.1). A procedure without one is prose that the system cannot check.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
---

## 5. Nội dung

Công chức hộ tịch tra cứu rồi trình ký.
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
~~~
```

## Mend
Write the steps as a block: a line of three backticks with the word `steps` after them, one row for each step, and three
backticks at the end; `qmsctl new procedure --title "…"` lays down an example. A text without steps is better an
instruction or a rule.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.narrow import Look, Office
from qmsctl.core.procedures.steps import BLOCK
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.WARNING
ABOUT = About.FORM
SEES = Sight.FILE
STAYS = True
CLAUSES = {"iso9001-2008": ("4.1", "7.5.1"), "iso9001-2015": ("4.4.1", "8.5.1")}

TYPE = "procedure"


def suspect(_office: Office) -> Look:
    """A procedure without steps."""
    return lambda item: item.type.name == TYPE and not any(item.block_rows(BLOCK))


def check(library: Library) -> Iterator[Problem]:
    """Every procedure that is not withdrawn; of one in force, only what changes or begins later is asked."""
    for item in suspects(library, suspect):
        yield Problem(
            item.path,
            0,
            _("{id} has no steps: who does what, and what comes out, cannot be read from it", id=item.id),
            advice(_("write the steps as a block “steps”, one row for each")),
            stricter=Stricter(item.day("effective")) if item.id in library.dossiers and library.standing(item.id).is_clean else None,
        )
