"""What was measured before a failed calibration has not been judged again.

## Why
An instrument that fails its calibration may have measured wrongly ever since it passed the last one; the results of that
time have to be judged again, and the judgement is kept (ISO 9001:2008, 7.6; ISO 9001:2015, 7.1.5.2). Which records used it
in that time is told from `done` and the dates of their results. From format 2 on this is a warning while nobody has judged
them, and `todo` gives the owner a month; once something stands under `reassessment` it names every one of those
records, and it is an error if one is left out.

## Bad
Stricter from: 2026-01-01
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Máy đo độ ồn
status: out-of-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2025-04-20, result: pass, certificate: KĐ-2, next: 2026-04-20}
- {date: 2026-04-18, result: fail}
~~~
```
```md records/validations/XN-2026-01.md
---
id: XN-2026-01
type: validation
title: Đo tiếng ồn khu vực lễ hội
status: done
owner: minh
equipment: [TB-001]
due: 2026-02-10
done: 2026-02-10
---
```

## Good
Stricter from: 2026-01-01
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Máy đo độ ồn
status: out-of-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2025-04-20, result: pass, certificate: KĐ-2, next: 2026-04-20}
- {date: 2026-04-18, result: fail, reassessment: XN-2026-01 đo lại bằng TB-002 cho cùng kết quả}
~~~
```
```md records/validations/XN-2026-01.md
---
id: XN-2026-01
type: validation
title: Đo tiếng ồn khu vực lễ hội
status: done
owner: minh
equipment: [TB-001]
due: 2026-02-10
done: 2026-02-10
---
```

## Mend
Judge the results of these records again, and write that down with their ids:
`qmsctl set TB-001 calibration.2.reassessment="XN-2026-01: …"`. Raise a nonconformity for what went out wrong.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity, Stricter
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.records.equipment_use import BLOCK, GOOD, calibrations, days_of_use, measuring_equipment, used_in
from qmsctl.core.text.nodes import Mapping as Row
from qmsctl.core.text.words import holds_words
from qmsctl.message import _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("7.6",), "iso9001-2015": ("7.1.5.2",)}

_Use = tuple[date, Item]


def check(library: Library) -> Iterator[Problem]:
    """Every failed calibration against the records that used the equipment since it passed one."""
    failed = {name: item for name, item in measuring_equipment(library).items() if any(_has_failed(row) for _day, row in calibrations(item))}
    if not failed:
        return
    uses: dict[str, list[_Use]] = {name: [] for name in failed}
    for record in library.records:
        for _field, equipment in used_in(record, failed) if not record.is_void else ():
            uses[equipment.id] += [(day, record) for day in days_of_use(record)]
    for item in failed.values():
        if not library.is_exempt(item):
            yield from _of_equipment(item, uses[item.id])


def _has_failed(row: Row) -> bool:
    return bool(row.text("result")) and row.text("result") not in GOOD


def _of_equipment(item: Item, uses: list[_Use]) -> Iterator[Problem]:
    rows = calibrations(item)
    numbers: Mapping[int, int] = {id(row): number for number, row in enumerate(item.block_rows(BLOCK), 1)}
    passed = date.min
    for day, row in rows:
        if not _has_failed(row):
            passed = day
            continue
        since = sorted({record.id for used, record in uses if passed <= used <= day})
        written = row.text("reassessment") or ""
        left = tuple(each for each in since if not holds_words(written) or not re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", written))
        if left:
            judged = holds_words(written)
            message = _("{id} failed its calibration of {day}; what was measured with it before has to be judged again: {records}",
                        id=item.id, day=day, records=left)
            mend = give(item, f"{BLOCK}.{numbers[id(row)]}.reassessment")
            yield Problem(item.path, row.line, message, mend, None if judged else Severity.WARNING, Stricter(day))
