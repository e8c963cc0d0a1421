"""The steps of a procedure take longer than the time allowed.

## Why
A procedure whose steps add up to more than the legal limit plans to be late (ISO 9001:2008, 7.2.1 c and
7.5.1; ISO 9001:2015, 8.2.2 and 8.5.1). The rule adds the `time` of all rows of `steps`, a working day being
eight hours, and leaves out those with `clock: stopped`, such as waiting for the citizen.

## Bad
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
- {no: B2, task: Tra cứu và soạn, responsible: clerk, time: 1d, outputs: [Dự thảo]}
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
time_limit: 1d
---

## 5. Nội dung

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Tra cứu và soạn, responsible: clerk, time: 7h, outputs: [Dự thảo]}
~~~
```

## Mend
Shorten a step, do two at once, or mark with `clock: stopped` what the law does not count. Give every time in
hours (`2h`), working days (`1d`) or weeks (`1w`): months and years cannot be added to them.
"""

from collections.abc import Iterator
from decimal import Decimal

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration import HOURS_A_WORKING_DAY
from qmsctl.core.office.time_limit import TimeLimit, read_limit
from qmsctl.core.procedures.steps import BLOCK, is_stopped, time_of
from qmsctl.core.sight import Sight
from qmsctl.mend import advice
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("7.2.1", "7.5.1"), "iso9001-2015": ("8.2.2", "8.5.1")}


def check(library: Library) -> Iterator[Problem]:
    """Every document that has a limit and steps, and is not frozen."""
    for item in library.documents:
        limit = read_limit(item.text("time_limit") or "")
        if limit is not None and not library.is_exempt(item):
            message = _over(item, limit)
            if message:
                yield Problem(
                    item.path,
                    item.line("time_limit"),
                    message,
                    advice(_("shorten a step, or mark the waiting time with “clock: stopped”")),
                )


def _over(item: Item, limit: TimeLimit) -> Message | None:
    times = [(row, time) for row in item.block_rows(BLOCK) if not is_stopped(row) and (time := time_of(row))]
    if not times:
        return None
    allowed = limit.hours()
    if allowed is None:
        return _("the limit {limit} cannot be compared with the steps; give it in h, d or w", limit=limit)
    total = Decimal(0)
    for row, time in times:
        hours = time.hours()
        if hours is None:
            return _(
                "the time {time} of step {step} cannot be added up; give it in h, d or w",
                time=time, step=row.text("no") or "?",
            )
        total += hours
    if total <= allowed:
        return None
    return _("the steps take {total}, the limit is {limit}", total=_shown(total), limit=_shown(allowed))


def _shown(hours: Decimal) -> Message:
    days = hours / HOURS_A_WORKING_DAY
    return _("{hours} h (working days: {days})", hours=_plain(hours), days=_plain(days))


def _plain(number: Decimal) -> Decimal:
    return round(number, 2).normalize()
