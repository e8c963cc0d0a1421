"""What was taken to somebody higher up and waits for the answer."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.records.escalations import Escalation, unanswered
from qmsctl.core.tasks.task import ESCALATED, Task
from qmsctl.core.tasks.who import Who
from qmsctl.mend import HOLE, command
from qmsctl.message import _


def escalation_tasks(library: Library, who: Who) -> Iterator[Task]:
    """An answer for each role that is asked for one."""
    return (_task(each, library, who) for each in unanswered(library))


def _task(found: Escalation, library: Library, who: Who) -> Task:
    record = found.record
    people = who.people(found.to, record.text("unit"))
    return Task(
        kind=ESCALATED,
        id=record.id,
        type=record.type,
        title=record.title,
        what=_("answer to {name}: {reason}", name=library.people.name(found.sender), reason=found.reason),
        path=record.path,
        find_line=lambda: found.line,
        due=None,
        since=found.day,
        owners=(found.to,),
        people=people,
        unit=who.unit(record.text("unit"), people),
        next=command("escalate", record.id, answered=HOLE),
        key=f"escalation {found.row}",
    )
