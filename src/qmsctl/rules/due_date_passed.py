"""Something that had to be done by a day has not been done.

## Why
A corrective action that is planned and not done mends nothing (ISO 9001:2008, 8.5.2 d; ISO 9001:2015, 10.2.1 c),
and a citizen who gets no answer complains again. What falls due stands in each type of record: actions and the
judging of their effect, answers to complaints and findings, audits and management reviews and when the next
is due, calibration and maintenance, evaluations of suppliers, reviews of competence, risks and context, the
measurement of objectives, training, steps of a change. `qmsctl todo` lists the same with whose it is, and what
is due soon. Where a record has a block `extensions` the due date moves in one way only: by a row there that says who
allowed it and why; the first date stays visible.

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
Do it and write it down; the hint has the command, such as `qmsctl advance CA-2026-001 done --set
done=2026-06-01 --set result="…"`. If it needs more time, add a row to `extensions`; if it is not needed any
more, `qmsctl advance CA-2026-001 cancelled --set reason="…"`.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.duties.obligations import Obligation, obligations
from qmsctl.core.library import Library
from qmsctl.core.mends.row_command import example, row_command
from qmsctl.core.tasks.next_step import next_step
from qmsctl.mend import HOLE, Mend
from qmsctl.message import Message, _

SEVERITY = Severity.WARNING
CALENDAR = True
CLAUSES = {
    "iso9001-2008": ("5.4.1", "5.6.1", "6.2.2", "7.2.3", "7.4.1", "7.6", "8.2.2", "8.5.2", "8.5.3"),
    "iso9001-2015": ("6.1", "6.2", "7.1.5", "7.2", "8.2.1", "8.4.1", "9.2.2", "9.3.1", "10.2.1"),
}


def check(library: Library) -> Iterator[Problem]:
    """Everything that falls due in a record, against the day it is."""
    for found in obligations(library):
        if found.day < library.today:
            yield Problem(found.record.path, found.line, _message(found, library), _mend(found, library))


def _message(found: Obligation, library: Library) -> Message:
    told = {
        "what": found.due.label, "id": found.record.id, "due": found.day, "days": (library.today - found.day).days,
        "name": _name(found.owner, library),
    }
    if found.row is not None:
        return _("{what} of {id}, “{title}”, was due on {due} (days late: {days}); {name} is in charge", title=found.title, **told)
    return _("{what} of {id} was due on {due} (days late: {days}); {name} is in charge", **told)


def _name(owner: str, library: Library) -> str:
    """A person or unit by name, a role by its title."""
    role, unit = library.config.role(owner), library.config.unit(owner)
    return role.title if role else unit.name if unit else library.people.name(owner or "?")


def _mend(found: Obligation, library: Library) -> Mend:
    done = next_step(found, library).in_order_to(_("when it is done"))
    field = found.record.type.fields.get(found.due.field or "")
    moved_by = found.due.moved_by or (field.moved_by if field else None)
    block = found.record.type.blocks.get(moved_by) if moved_by else None
    if block is None:
        return done
    row = {
        name: HOLE if column.kind == "date" and place == 0 else example(column, library)
        for place, (name, column) in enumerate(block.keys.items())
    }
    return done.or_else(row_command(found.record.id, block, row).in_order_to(_("for more time")))
