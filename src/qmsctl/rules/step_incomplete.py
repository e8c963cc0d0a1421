"""A step of a procedure does not say who does it, or what comes out.

## Why
People follow a step if they know whose it is and when it is finished (ISO 9001:2008, 5.5.1 and 7.5.1; ISO
9001:2015, 5.3 and 4.4.1). Each row of `steps` has a role or unit under `responsible` — or another `agency` —
and at least one thing under `outputs`.

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

~~~steps
- no: B1
  task: Tiếp nhận hồ sơ
  responsible: mot-cua
~~~
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
- no: B1
  task: Tiếp nhận hồ sơ
  responsible: mot-cua
  outputs: [Giấy tiếp nhận và hẹn trả kết quả]
~~~
```

## Mend
Add the missing key to the row. An approved text is revised first: `qmsctl revise QT-07 --change "…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.nodes import Mapping, is_empty
from qmsctl.mend import advice
from qmsctl.message import _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("5.5.1", "7.5.1"), "iso9001-2015": ("4.4.1", "5.3")}


def suspect(_office: Office) -> Look:
    """A row of a document that lacks something."""
    return lambda item: item.is_document and any(any(True for _key in _lacking(row)) for row in item.block_rows("steps"))


def check(library: Library) -> Iterator[Problem]:
    """Every row of every block of steps that is not frozen."""
    for item in suspects(library, suspect):
        for row in item.block_rows("steps"):
            lacking = tuple(_lacking(row))
            if lacking:
                yield Problem(
                    item.path,
                    row.line,
                    _(
                        "step {step} “{task}” has no {keys}",
                        step=row.text("no") or "?",
                        task=row.text("task") or "?",
                        keys=lacking,
                    ),
                    advice(_("add to the row who is responsible, a role or a unit, and under “outputs” what comes out")),
                )


def _lacking(row: Mapping) -> Iterator[str]:
    if is_empty(row.entries.get("responsible")) and is_empty(row.entries.get("agency")):
        yield "responsible"
    if is_empty(row.entries.get("outputs")):
        yield "outputs"
