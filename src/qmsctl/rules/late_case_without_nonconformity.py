"""A case was given back late, and no nonconformity names it.

## Why
A result that comes after the promised hour does not meet what was asked (ISO 9001:2008, 8.3; ISO 9001:2015, 8.7),
however politely the office has excused itself. Only where it is written down does anybody look for the cause. One
nonconformity may name many cases in `affected`.

## Bad
Stricter from: 2020-01-01
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
owner: minh
time_limit: 1d
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Ký trích lục, responsible: director, deputy: deputy-director, time: 4h, outputs: [Trích lục], release: true}
~~~
```
```md records/case-registers/SHS-2026-001.md
---
id: SHS-2026-001
type: case-register
title: Cấp bản sao trích lục hộ tịch, 03/2026
status: open
owner: hoa
procedure: QT-07
month: 2026-03
data: {path: attachments/cases/QT-07/2026-03.csv, sha256: 4444444444444444444444444444444444444444444444444444444444444444}
---
```
```text attachments/cases/QT-07/2026-03.csv
case,received,due,B1,B2,stops,supplements,finished,released_by
H29-260302-0001,2026-03-02 08:10,2026-03-02 16:30,2026-03-02 08:40,2026-03-03 09:00,,0,2026-03-03 09:30,binh
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
time_limit: 1d
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Ký trích lục, responsible: director, deputy: deputy-director, time: 4h, outputs: [Trích lục], release: true}
~~~
```
```md records/case-registers/SHS-2026-001.md
---
id: SHS-2026-001
type: case-register
title: Cấp bản sao trích lục hộ tịch, 03/2026
status: open
owner: hoa
procedure: QT-07
month: 2026-03
data: {path: attachments/cases/QT-07/2026-03.csv, sha256: 4444444444444444444444444444444444444444444444444444444444444444}
---
```
```text attachments/cases/QT-07/2026-03.csv
case,received,due,B1,B2,stops,supplements,finished,released_by
H29-260302-0001,2026-03-02 08:10,2026-03-02 16:30,2026-03-02 08:40,2026-03-03 09:00,,0,2026-03-03 09:30,binh
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Một hồ sơ trả quá hẹn
status: reported
severity: minor
of: [SHS-2026-001]
affected: [H29-260302-0001]
---
```

## Mend
`qmsctl nc log "…" --requirement QT-07` logs it, and `qmsctl set NC-2026-001 affected+=H29-260302-0001` names the case.
A month that is closed is not looked at again.
"""

from collections.abc import Iterator

from qmsctl.core.cases.case import Case, Result
from qmsctl.core.cases.register import month_of, registers, table_of
from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.characters import fold
from qmsctl.mend import HOLE, Assignment, Hole, Mend, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {"iso9001-2008": ("8.2.4", "8.3"), "iso9001-2015": ("8.6", "8.7")}


def check(library: Library) -> Iterator[Problem]:
    """Every late case of a register that is not closed."""
    named = _named(library)
    for register in registers(library):
        if not library.is_exempt(register):
            yield from _unnamed(register, library, named)


def _unnamed(register: Item, library: Library, named: set[str]) -> Iterator[Problem]:
    table, month = table_of(register, library), month_of(register)
    for case in table.cases if table else ():
        if case.result(library.now) is Result.LATE and case.key not in named:
            yield Problem(
                register.path,
                register.line("data"),
                _("case {case} was given back late, and no nonconformity names it", case=case.id),
                _mend(case, register),
                stricter=Stricter(month.last if month else None),
            )


def _named(library: Library) -> set[str]:
    """The cases that nonconformities name, capitals aside."""
    records = library.by_type.get("nonconformity", ())
    return {fold(case) for record in records for case in record.texts("affected")}


def _mend(case: Case, register: Item) -> Mend:
    logged = command("nc log", Hole("problem"), requirement=register.text("procedure") or HOLE)
    return logged.then(command("set", Hole("nonconformity"), sets=[Assignment("affected", case.id, more=True)]))
