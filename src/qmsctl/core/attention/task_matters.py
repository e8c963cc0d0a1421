"""What ``qmsctl todo`` has late, and what waits for one person."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.attention.matter import Kind, Matter
from qmsctl.core.attention.problem_matters import is_problem
from qmsctl.core.library import Library
from qmsctl.core.tasks.task import ESCALATED, REVIEW, SIGN, Task


def waiting(tasks: tuple[Task, ...], reader: str) -> Iterator[Matter]:
    """The signatures and answers that the reader gives, those that are late first."""
    return (_matter(each, Kind.SIGNATURES) for each in tasks if each.kind in (SIGN, ESCALATED) and reader in each.people)


def late(tasks: tuple[Task, ...], library: Library) -> Iterator[Matter]:
    """Late work; what has a list of its own (nonconformities, reviews) is there."""
    for each in tasks:
        if each.days_late(library.today) > 0 and each.kind != REVIEW and not is_problem(each.type):
            yield _matter(each, Kind.LATE)


def reviews(tasks: tuple[Task, ...], library: Library) -> Iterator[Matter]:
    """Documents whose day of review is over."""
    return (_matter(each, Kind.REVIEWS) for each in tasks if each.kind == REVIEW and each.days_late(library.today) > 0)


def _matter(task: Task, kind: Kind) -> Matter:
    return Matter(kind, task.id, task.title, task.what, task.unit or "", task.owners, task.people, task.due or task.since, task.next)
