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
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.mend import Mend, advice, command
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CLAUSES = {"iso9001-2008": ("7.6",), "iso9001-2015": ("7.1.5.2",)}

TYPE, BLOCK = "equipment", "calibration"
_GOOD = ("pass", "limited")


def check(library: Library) -> Iterator[Problem]:
    """Every record that is judged and names measuring equipment, on the days it was used."""
    measuring = {item.id: item for item in library.by_type.get(TYPE, ()) if item.text("kind") == "measuring"}
    for record in library.judged if measuring else ():
        if record.type.kind != "record" or record.is_given_up:
            continue
        for field in record.type.fields_with("reference"):
            named = [measuring[each] for each in record.texts(field.name) if each in measuring] if TYPE in _targets(field) else []
            for equipment in named:
                yield from _used(record, field.name, equipment)


def _targets(field: object) -> tuple[str, ...]:
    return tuple(name for part in (field, *getattr(field, "of", ())) for name in getattr(part, "to", ()))


def _used(record: Item, field: str, equipment: Item) -> Iterator[Problem]:
    rows = [(read_date(row.text("date") or ""), row) for row in equipment.block_rows(BLOCK)]
    for day in _days(record):
        known = [(when, row) for when, row in rows if when and when <= day]
        last = max(reversed(known), key=lambda each: each[0], default=None)
        message = _fault(record, equipment, day, last[1] if last else None)
        if message:
            yield Problem(record.path, record.line(field), message, _mend(equipment))
            return


def _mend(equipment: Item) -> Mend:
    seen = command("show", equipment.id).in_order_to(_("see whether it was calibrated by then"))
    return seen.then(advice(_("judge the results again")))


def _days(record: Item) -> tuple[date, ...]:
    """The days on which the record says it was used."""
    rows = (read_date(row.text("date") or "") for name in record.type.blocks for row in record.block_rows(name))
    return tuple(sorted({day for day in (record.day("done"), *rows) if day}))


def _fault(record: Item, equipment: Item, day: date, last: Mapping | None) -> Message | None:
    """What was wrong with the calibration on ``day``; ``last`` is the row before it."""
    said = {"record": record.id, "id": equipment.id, "day": day}
    if last is None:
        return _("{record} used {id} on {day}, and no calibration of it before that day is recorded", **said)
    if last.text("result") not in _GOOD:
        return _("{record} used {id} on {day}, after it had failed its calibration of {last}", last=read_date(last.text("date") or ""), **said)
    end = read_date(last.text("next") or "")
    if end and end < day:
        return _("{record} used {id} on {day}, when its calibration had run out on {end}", end=end, **said)
    return None
