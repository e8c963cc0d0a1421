"""``qmsctl todo``: what is late, what is due soon, and what waits for whom."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from qmsctl.acts.occasion import identity_at, person_of
from qmsctl.cli.choices import one_of
from qmsctl.cli.completion import complete_owner
from qmsctl.cli.formats.own_output import is_own_output
from qmsctl.cli.formats.todo_data import todo_csv, todo_json
from qmsctl.cli.formats.todo_text import todo_lines
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.cli.streams import put
from qmsctl.cli.wanted import wanted_owners, wanted_units
from qmsctl.core.library import Library
from qmsctl.core.office.duration import Duration
from qmsctl.core.office.people import Person
from qmsctl.core.records.working_days import works
from qmsctl.core.tasks.task import Task
from qmsctl.core.tasks.tasks import tasks
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, addition
from qmsctl.message import _
from qmsctl.store.cache.calm import quiet_again
from qmsctl.store.outputs.output import check_allowed, write_output
from qmsctl.store.place import Place

EXAMPLE = """
qmsctl todo
qmsctl todo --for qmr --within 3m
qmsctl todo --all --ics todo.ics
"""

FORMATS = ("table", "json", "csv")
_SOON, _A_YEAR = "30d", "12m"


def command(
    context: typer.Context,
    for_: Annotated[str | None, typer.Option("--for", metavar="PERSON|ROLE", help="Whose list: a person, or everybody who holds a role.", autocompletion=complete_owner)] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Everybody's list.")] = False,
    unit: o.Unit = None,
    within: Annotated[str | None, typer.Option("--within", metavar="TIME", help="How far to look ahead, such as 30d (working days, the default) or 3m.")] = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print the list.")] = "table",
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write what has a day as a calendar, a year ahead; - for standard output.")] = None,
    wide: o.Wide = False,
    at: o.At = None,
    force: o.Force = False,
) -> None:
    """Say what is late, what is due, whose it is, and the command that does it."""
    session: Session = context.obj
    session.terminal = session.terminal.widened(wide)
    one_of(format_, "--format", FORMATS)
    ahead = _ahead(within or (_A_YEAR if ics else _SOON))
    place = session.place(at)
    library = session.library(place)
    whose = None if everybody or for_ or unit else _myself(place, library)
    last = ahead.after(library.today, works(library))
    found = [task for task in tasks(library, whose.id if whose else None, quiet_again(place, library)) if task.due is None or task.due <= last]
    found = _of_unit(library, _of(library, found, for_), unit)
    if ics is not None:
        _write_calendar(session, library, found, ics, force=force)
        return
    match format_:
        case "json":
            session.print(todo_json(session, library, found))
        case "csv":
            session.print(todo_csv(session, library, found))
        case _:
            session.print("\n".join(todo_lines(session, library, found, last, whose)))


def _ahead(text: str) -> Duration:
    found = Duration.parse(text)
    if found is None or found.unit == "h":
        raise UsageError(_("--within is “{text}”; a time such as 30d (working days), 8w or 3m is expected", text=text))
    return found


def _myself(place: Place, library: Library) -> Person | None:
    """Git's user, if people.yaml knows one of that address."""
    return person_of(library, identity_at(place))


def _of(library: Library, found: list[Task], for_: str | None) -> list[Task]:
    """The tasks of one person, or of those who hold a role. Raises :class:`UsageError` for nobody known."""
    if for_ is None:
        return found
    ids = wanted_owners(library, for_, (), "--for")
    people = set(ids).union(*(_holders(library, each) for each in ids))
    return [task for task in found if people & {*task.people, *task.owners}]


def _holders(library: Library, role: str) -> set[str]:
    return {person.id for person in library.people.holders(role, library.today)}


def _of_unit(library: Library, found: list[Task], unit: str | None) -> list[Task]:
    if unit is None:
        return found
    units = wanted_units(library, unit, (task.unit for task in found if task.unit))
    return [task for task in found if task.unit in units or units & set(task.owners)]


def _write_calendar(session: Session, library: Library, found: list[Task], path: Path, *, force: bool) -> None:
    from qmsctl.cli.formats.todo_calendar import todo_calendar

    data = todo_calendar(session, library, found)
    if path == Path("-"):
        put(data)
        return
    check_allowed(path, is_own_output, addition(ics=Hole("file")).in_order_to(_("name another file")), force=force)
    write_output(path, data, make_folders=False)
    session.print(session.words(str(path)))
