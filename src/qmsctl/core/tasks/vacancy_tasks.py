"""Roles that nobody holds: before somebody does, what waits for their signature waits in silence."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.duties.vacancies import vacancies
from qmsctl.core.library import Library
from qmsctl.core.mends.entering import enter_holder
from qmsctl.core.proof.holders import either, role_titles
from qmsctl.core.reading import PEOPLE_PATH
from qmsctl.core.tasks.task import VACANT, Task
from qmsctl.core.tasks.who import Who
from qmsctl.message import _


def vacancy_tasks(library: Library, who: Who) -> Iterator[Task]:
    """One for each role that has to sign and has no holder today."""
    for each in vacancies(library):
        yield Task(
            kind=VACANT,
            id="people",
            type=library.config_type("people"),
            title=library.config.name,
            what=_("nobody holds the role of {roles}", roles=either(role_titles(each.roles, library))),
            path=PEOPLE_PATH,
            find_line=lambda: 1,
            due=None,
            since=None,
            owners=(),
            people=who.keepers,
            unit=None,
            next=enter_holder(each.roles[0]),
            key=f"role {' '.join(each.roles)}",
        )
