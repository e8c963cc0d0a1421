"""An action is not done by its due date.

## Why
A corrective action that is planned and not done mends nothing (ISO 9001:2008, 8.5.2 d; ISO 9001:2015,
10.2.1 c). The due date moves in one way only: by a row in the block `extensions` that says who allowed
it and why; the first date stays visible.

## Bad
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-02-03
owner: minh
due: 2026-05-31
---
```

## Good
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: in-progress
raised: 2026-02-03
owner: minh
due: 2026-05-31
---

## Mô tả

Ban hành quyết định phân công.

~~~extensions
- {until: 2026-06-30, at: 2026-05-28, by: lan, reason: Chờ kiện toàn nhân sự}
~~~
```

## Mend
Finish it and write it down: `qmsctl advance CA-2026-001 done --set done=2026-06-01 --set result="…"`. If
it needs more time, add a row to `extensions`; if it is not needed any more, `qmsctl advance CA-2026-001
cancelled --set reason="…"`.
"""

from collections.abc import Iterator
from datetime import date

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.values import read_date
from qmsctl.message import _

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {"iso9001-2008": ("8.5.2", "8.5.3"), "iso9001-2015": ("10.2.1",)}

_OPEN = ("planned", "in-progress")


def check(library: Library) -> Iterator[Problem]:
    """Every action that is still to be done, against the day it is due."""
    for action in library.by_type.get("action", ()):
        found = _due(action) if action.status in _OPEN else None
        if found and found[0] < library.today:
            due, line = found
            yield Problem(
                action.path,
                line,
                _(
                    "{id} was due on {due} (days late: {days}); {name} is in charge",
                    id=action.id,
                    due=due,
                    days=(library.today - due).days,
                    name=library.people.name(action.text("owner") or "?"),
                ),
                _('when it is done: qmsctl advance {id} done --set done={today} --set result="…"; for more time: '
                  'qmsctl set {id} extensions+="{{until: …, at: {today}, by: …, reason: …}}"',
                  id=action.id, today=library.today.isoformat()),
            )  # fmt: skip


def _due(action: Item) -> tuple[date, int] | None:
    """The due date as last extended, and its line."""
    due = action.day("due")
    found = (due, action.line("due")) if due else None
    for row in action.block_rows("extensions"):
        until = read_date(row.text("until") or "")
        if until:
            found = (until, row.key_lines["until"])
    return found
