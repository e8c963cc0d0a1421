"""How tasks are told: whose, when, and since when."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.proof.holders import role_title
from qmsctl.core.tasks.task import Task
from qmsctl.message import Message, _


def whose_words(library: Library, task: Task) -> str:
    """The one person; else the role or unit; else the first of several people and how many more."""
    people = [library.people.name(each) for each in task.people]
    if len(people) == 1:
        return people[0]
    named = [_title(library, each) for each in task.owners if not library.people.get(each)]
    if named:
        return ", ".join(dict.fromkeys(named))
    return f"{people[0]} +{len(people) - 1}" if people else ", ".join(task.owners) or "—"


def _title(library: Library, owner: str) -> str:
    unit = library.config.unit(owner)
    return unit.name if unit else role_title(owner, library)


def unit_words(library: Library, task: Task) -> str:
    """The name of the unit."""
    unit = library.config.unit(task.unit or "")
    return unit.name if unit else task.unit or ""


def when_words(library: Library, task: Task) -> Message | str:
    """How late it is, how much time there is, or how long it has waited."""
    if task.due is None:
        waited = (library.today - task.since).days if task.since else 0
        return _("waiting {days}", days=days_words(waited)) if waited > 0 else _("waiting")
    days = task.days_late(library.today)
    if days > 0:
        return _("{days} late", days=days_words(days))
    return _("in {days}", days=days_words(-days)) if days else _("today")


def days_words(days: int) -> Message:
    """A number of days."""
    return _("1 day") if days == 1 else _("{count} days", count=days)
