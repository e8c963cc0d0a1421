"""A self-check has found something wrong, and nothing came of it.

## Why
People check their own work so that what they find is put right and does not come back (ISO 9001:2008, 8.2.3 and
8.3; ISO 9001:2015, 8.7 and 10.2). A line answered `no` therefore names the nonconformity that was logged, or says
under `corrected` what was put right at once.

## Bad
```md records/self-checks/TKT-2026-001.md
---
id: TKT-2026-001
type: self-check
title: Tự kiểm tra QT-07
status: open
owner: minh
of: [QT-07]
date: 2026-05-20
---

## 1. Nội dung tự kiểm tra

~~~lines
- {step: QT-07 B1, question: Giấy hẹn có ghi ngày trả, result: yes}
- {step: QT-07 B2, question: Đã đối chiếu với sổ gốc, result: no}
~~~
```

## Good
```md records/self-checks/TKT-2026-001.md
---
id: TKT-2026-001
type: self-check
title: Tự kiểm tra QT-07
status: open
owner: minh
of: [QT-07]
date: 2026-05-20
---

## 1. Nội dung tự kiểm tra

~~~lines
- {step: QT-07 B1, question: Giấy hẹn có ghi ngày trả, result: no, corrected: Đã ghi bổ sung và báo người dân}
- {step: QT-07 B2, question: Đã đối chiếu với sổ gốc, result: no, nonconformity: NC-2026-003}
~~~
```

## Mend
`qmsctl nc log "…" --source self-check --requirement QT-07` logs it, and
`qmsctl set TKT-2026-001 lines.2.nonconformity=NC-2026-003` names it in the line. For a trifle that was put right
on the spot, `qmsctl set TKT-2026-001 lines.2.corrected="…"` is enough.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping, is_empty
from qmsctl.core.types.kinds import shortened
from qmsctl.mend import HOLE, Hole, Mend, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("8.2.3", "8.3"), "iso9001-2015": ("8.7", "10.2")}

TYPE, BLOCK = "self-check", "lines"


def check(library: Library) -> Iterator[Problem]:
    """Every line answered with no, of every self-check that is not closed."""
    for item in library.by_type.get(TYPE, ()):
        if not library.is_exempt(item):
            for number, row in enumerate(item.block_rows(BLOCK), 1):
                if row.text("result") == "no" and not _is_followed(row):
                    yield Problem(
                        item.path,
                        row.line,
                        _("line {number} “{question}” is answered with no, but names no nonconformity and nothing that was put right",
                          number=number, question=shortened(row.text("question") or "?")),
                        _mend(item, number),
                    )


def _is_followed(row: Mapping) -> bool:
    return any(not is_empty(row.entries.get(column)) for column in ("nonconformity", "corrected"))


def _mend(item: Item, number: int) -> Mend:
    logged = command("nc log", Hole("problem"), source=TYPE, requirement=next(iter(item.texts("of")), HOLE))
    return logged.then(give(item, f"{BLOCK}.{number}.nonconformity"))
