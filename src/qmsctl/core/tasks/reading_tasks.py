"""Revisions that people have still to read, or to be trained in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import partial

from qmsctl.core.duties.knowing import subjects
from qmsctl.core.library import Library
from qmsctl.core.tasks.task import READ, Task
from qmsctl.mend import command
from qmsctl.message import _


def reading_tasks(library: Library) -> Iterator[Task]:
    """One task for everybody who has to know a revision by the same day, where the office has set a time."""
    for subject in subjects(library, asked=True):
        by_day: dict[tuple[date, str | None], list[str]] = defaultdict(list)
        for each in subject.unknown:
            if each.due:
                by_day[each.due, each.unit].append(each.person.id)
        working = library.by_id.get(subject.id) or subject.text
        for (day, unit), people in by_day.items():
            yield Task(
                kind=READ,
                id=subject.id,
                type=subject.text.type,
                title=subject.text.title,
                what=_("reading of revision {revision}", revision=subject.round.revision),
                path=working.path,
                find_line=partial(working.line, "revision"),
                due=day,
                since=None,
                owners=tuple(people),
                people=tuple(people),
                unit=unit,
                next=command("acknowledge", subject.id),
                key=f"read {subject.round.revision} {unit}",
            )
