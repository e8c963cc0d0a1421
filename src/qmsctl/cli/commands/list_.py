"""``qmsctl list``: documents and records with their status."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from qmsctl.cli.choices import one_of
from qmsctl.cli.completion import complete_listed
from qmsctl.cli.formats.table import as_csv, as_json, table
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.looking_back import say_how_to_look_back
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.listing import Row
from qmsctl.core.signoffs.status_labels import document_status, status_words
from qmsctl.message import _
from qmsctl.store.cache.rows import rows_again

EXAMPLE = """
qmsctl list procedure
qmsctl list record --status closed --format csv
"""

FORMATS = ("table", "json", "csv")
AS_FILE = ("xlsx", "html", "pdf")
"""What people print and open, rather than read on the screen."""


def command(
    context: typer.Context,
    type_name: Annotated[str | None, typer.Argument(metavar="TYPE", help="Only this type, or document, or record.", autocompletion=complete_listed)] = None,
    status: o.Status = None,
    unit: o.Unit = None,
    owner: o.Owner = None,
    at: o.At = None,
    format_: Annotated[str | None, typer.Option("--format", metavar="table|json|csv|xlsx|html|pdf", help="How to print the list; else as -o is called, or as a table.")] = None,
    excel: o.Excel = False,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = None,
    force: o.Force = False,
    wide: o.Wide = False,
) -> None:
    """List documents and records with their derived status; as a register to print, or for Excel with every field of the type."""
    session: Session = context.obj
    session.terminal = session.terminal.widened(wide)
    place = session.place(at)
    library = session.library(place)
    found = selected(library, rows_again(place, library), type_name, status, unit, owner)
    chosen = format_ or (output.suffix.removeprefix(".") if output and output.suffix else "table")
    one_of(chosen, f"-o {output}" if output and not format_ else "--format", (*FORMATS, *AS_FILE))
    if output or excel or chosen in AS_FILE:
        from qmsctl.cli.commands.register_out import Wanted, put_out

        as_text = "" if excel or chosen in AS_FILE else formatted(session, library, found, chosen)
        put_out(session, place, library, Wanted(tuple(found), type_name, chosen, as_text, excel), output, force=force)
        return
    session.print(formatted(session, library, found, chosen))
    say_how_to_look_back(session, place, library, "list")


def selected(
    library: Library, rows: Iterable[Row], type_name: str | None, status: str | None = None, unit: str | None = None, owner: str | None = None
) -> list[Row]:
    """The rows asked for. Raises :class:`UsageError` for a type, status, unit or owner that is not known."""
    if type_name is not None and type_name not in ("document", "record"):
        from qmsctl.core.lifecycle.creation import usable_type

        usable_type(library, type_name)
    if status is not None or unit is not None or owner is not None:
        from qmsctl.cli.wanted import wanted_owners, wanted_statuses, wanted_units

    found = [row for row in rows if type_name is None or library.types.matches(row.type, (type_name,))]
    if status is not None:
        statuses = wanted_statuses(library, type_name, status, (row.status for row in found))
        found = [row for row in found if not statuses.isdisjoint((row.status, row.draft_status))]
    if unit is not None:
        units = wanted_units(library, unit, (row.unit for row in found if row.unit))
        found = [row for row in found if row.unit in units]
    if owner is not None:
        owners = wanted_owners(library, owner, (row.owner for row in found if row.owner))
        found = [row for row in found if row.owner in owners]
    return found


def formatted(session: Session, library: Library, found: list[Row], format_: str) -> str:
    """The rows as a table, JSON or CSV."""
    match format_:
        case "json":
            return as_json([_record(row) for row in found])
        case "csv":
            keys = ("id", "type", "title", "revision", "status", "draft", "owner", "path")
            return as_csv(keys, [["" if _record(r)[k] is None else str(_record(r)[k]) for k in keys] for r in found])
        case _:
            return _table(session, library, found)


def _record(row: Row) -> dict[str, Any]:
    own = {
        "id": row.id, "type": row.type, "title": row.title, "revision": row.revision,
        "status": row.status, "draft": row.draft, "owner": row.owner, "path": row.path,
        "draft_status": row.draft_status,
    }
    return own | {key: value for key, value in row.fields.items() if key not in own}


def _table(session: Session, library: Library, found: list[Row]) -> str:
    headings = [_("Id"), _("Type"), _("Title"), _("Revision"), _("Status"), _("Owner")]
    type_words = cache(lambda name: session.words(found_type.label if (found_type := library.types.get(name)) else name))
    status = cache(lambda *of_row: _status(session, library, *of_row))
    owner = cache(lambda name: owner_name(library, name))
    lines = [
        [
            row.id,
            type_words(row.type),
            row.title,
            "" if row.revision is None else str(row.revision),
            status(row.type, row.status, row.draft, row.draft_status),
            owner(row.owner),
        ]
        for row in found
    ]
    return table(session.terminal, [session.words(each) for each in headings], lines, spare=(1, 3))


def _status(session: Session, library: Library, type_name: str, status: str, draft: int | None, draft_status: str | None) -> str:
    words = session.words(status_words(library.types.get(type_name), status))
    if draft_status is None or draft_status == status:
        return words
    beside = document_status(draft_status)
    if draft is not None:
        beside = _("revision {revision}: {state}", revision=draft, state=beside)
    return f"{words} ({session.words(beside)})"


def owner_name(library: Library, owner: str | None) -> str:
    """A person by name, a role by its title."""
    if owner is None:
        return ""
    role = library.config.role(owner)
    return role.title if role else library.people.name(owner)
