"""Tasks as JSON and CSV."""

from __future__ import annotations

from typing import Any

from qmsctl.cli.formats.mend_data import mend_data
from qmsctl.cli.formats.table import as_csv, as_json
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.tasks.task import Task
from qmsctl.core.tasks.task_words import unit_words, whose_words

_COLUMNS = ("due", "days_late", "id", "what", "title", "who", "unit", "next")


def todo_json(session: Session, library: Library, tasks: list[Task]) -> str:
    """An array of objects; ``days_late`` is below zero where there is still time."""
    return as_json([_as_data(session, library, task) for task in tasks])


def _as_data(session: Session, library: Library, task: Task) -> dict[str, Any]:
    return {
        "kind": task.kind, "id": task.id, "type": task.type.name, "title": task.title, "what": session.words(task.what),
        "due": task.due.isoformat() if task.due else None,
        "days_late": task.days_late(library.today) if task.due else None,
        "since": task.since.isoformat() if task.since else None,
        "owners": list(task.owners), "people": list(task.people), "unit": task.unit,
        "next": session.words(task.next), "mend": mend_data(session.again.mend(task.next), session.words),
        "path": task.path, "line": task.line,
    }


def todo_csv(session: Session, library: Library, tasks: list[Task]) -> str:
    """A row a task, with names in place of ids."""
    return as_csv(_COLUMNS, [_row(session, library, task) for task in tasks])


def _row(session: Session, library: Library, task: Task) -> list[str]:
    late = str(task.days_late(library.today)) if task.due else ""
    due = task.due.isoformat() if task.due else ""
    words = (task.what, task.title, whose_words(library, task), unit_words(library, task), task.next)
    return [due, late, task.id, *map(session.words, words)]
