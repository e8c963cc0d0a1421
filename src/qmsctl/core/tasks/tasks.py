"""What people have to do: everything that is due, and what waits for somebody without a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from qmsctl.core.library import Library
from qmsctl.core.tasks.document_tasks import document_tasks
from qmsctl.core.tasks.escalation_tasks import escalation_tasks
from qmsctl.core.tasks.key_tasks import key_tasks
from qmsctl.core.tasks.quiet import Quiet
from qmsctl.core.tasks.reading_tasks import reading_tasks
from qmsctl.core.tasks.record_tasks import record_tasks
from qmsctl.core.tasks.signing_again import signing_again_tasks
from qmsctl.core.tasks.task import Task
from qmsctl.core.tasks.vacancy_tasks import vacancy_tasks
from qmsctl.core.tasks.who import Who


def tasks(library: Library, person: str | None = None, known: Iterable[Quiet] = ()) -> tuple[Task, ...]:
    """Every task, or those of one person: by day, the earliest first, then what has waited longest. Of documents it may be ``known`` that they are quiet."""
    who, calm = Who(library), {each.id: each for each in known}
    found = chain(
        record_tasks(library, who, person), escalation_tasks(library, who), document_tasks(library, who, person, calm), signing_again_tasks(library, who, calm), reading_tasks(library), key_tasks(library),
        vacancy_tasks(library, who),
    )
    return tuple(sorted((task for task in found if person is None or person in task.people), key=lambda task: task.order))


def late_tasks(library: Library) -> Iterator[Task]:
    """What should have been done before today, the longest first."""
    return (task for task in tasks(library) if task.days_late(library.today) > 0)
