"""Measuring equipment was used on a day on which it was not calibrated.

## Why
What was measured with an instrument whose calibration has run out, or that failed it, proves nothing until it is
judged again (ISO 9001:2008, 7.6; ISO 9001:2015, 7.1.5.2). The day of use is that of the record that names the
equipment: `done`, and the dates of its results. That the next calibration is due is said by `due-date-passed`.

## Bad
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Máy đo độ ồn
status: in-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2025-04-20, result: pass, certificate: KĐ-2, next: 2026-04-20}
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
due: 2026-05-10
done: 2026-05-10
---
```

## Good
```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
title: Máy đo độ ồn
status: in-service
owner: hoa
kind: measuring
---

~~~calibration
- {date: 2025-04-20, result: pass, certificate: KĐ-2, next: 2026-04-20}
- {date: 2026-04-18, result: pass, certificate: KĐ-3, next: 2027-04-18}
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
due: 2026-05-10
done: 2026-05-10
---
```

## Mend
If it was calibrated, add the row to `calibration` of the equipment. If not, have it calibrated, judge the earlier
results again and write that down there under `reassessment`; repeat what can be repeated.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.equipment_use import GOOD, calibrations, days_of_use, measuring_equipment, used_in
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("7.6",), "iso9001-2015": ("7.1.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every record that is judged and names measuring equipment, on the days it was used."""
    measuring = measuring_equipment(library)
    for record in library.judged if measuring else ():
        if record.type.kind == "record" and not record.is_given_up:
            for field, equipment in used_in(record, measuring):
                yield from _used(record, field, equipment)


def _used(record: Item, field: str, equipment: Item) -> Iterator[Problem]:
    rows = calibrations(equipment)
    for day in days_of_use(record):
        last = next((row for when, row in reversed(rows) if when <= day), None)
        message = _fault(record, equipment, day, last)
        if message:
            yield Problem(record.path, record.line(field), message, _mend(equipment))
            return


def _mend(equipment: Item) -> Mend:
    seen = command("show", equipment.id).in_order_to(_("see whether it was calibrated by then"))
    return seen.then(advice(_("judge the results again")))


def _fault(record: Item, equipment: Item, day: date, last: Mapping | None) -> Message | None:
    """What was wrong with the calibration on ``day``; ``last`` is the row before it."""
    said = {"record": record.id, "id": equipment.id, "day": day}
    if last is None:
        return _("{record} used {id} on {day}, and no calibration of it before that day is recorded", **said)
    if last.text("result") not in GOOD:
        return _("{record} used {id} on {day}, after it had failed its calibration of {last}", last=read_date(last.text("date")), **said)
    end = read_date(last.text("next"))
    if end and end < day:
        return _("{record} used {id} on {day}, when its calibration had run out on {end}", end=end, **said)
    return None
