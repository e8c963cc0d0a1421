"""What is late, as ``qmsctl todo`` has it."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.tasks.task import Task
from qmsctl.core.tasks.tasks import late_tasks
from qmsctl.message import Label, Message
from qmsctl.reports.parts import naming
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Late:
    """One thing that is late, whose it is, since when and for how many days."""

    what: Label | Message
    id: str
    title: str
    responsible: str
    due: date
    days: int


def late(library: Library) -> tuple[Late, ...]:
    """Everything that is late today, the longest first."""
    return tuple(
        Late(task.what, task.id, task.title, _responsible(library, task), task.due, task.days_late(library.today))
        for task in late_tasks(library)
        if task.due
    )


def _responsible(library: Library, task: Task) -> str:
    """Whoever is named, the role's holder beside its title."""
    named = ", ".join(dict.fromkeys(naming.holder(library, each) for each in task.owners))
    role = len(task.people) == 1 and task.owners and library.config.role(task.owners[0])
    return f"{named} ({naming.person(library, task.people[0])})" if role else named
