"""``qmsctl types``: what kinds of document and record there are, and what one of them holds."""

from __future__ import annotations

from typing import Annotated, Any

from qmsctl.cli.completion import complete_type
from qmsctl.cli.formats.table import as_json, table
from qmsctl.cli.formats.type_text import kind_words, type_text
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.lifecycle.creation import known_type
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import _

EXAMPLE = """
qmsctl types
qmsctl types nonconformity
"""


def command(
    context: typer.Context,
    type_name: Annotated[str | None, typer.Argument(metavar="TYPE", help="Show what files of this type hold: states, fields, tables, and their values.", autocompletion=complete_type)] = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", help="How to print the list.")] = "table",
) -> None:
    """List the types of documents and records, the office's own among them."""
    session: Session = context.obj
    library = session.library(session.place())
    found = [known_type(library, type_name)] if type_name else list(library.types.all())
    if format_ == "json":
        session.print(as_json([_as_data(session, each) for each in found]))
    elif type_name:
        session.print(type_text(session, library, found[0]))
    else:
        session.print(_table(session, found))


def _as_data(session: Session, found: RecordType) -> dict[str, Any]:
    return {
        "type": found.name, "kind": found.kind, "label": session.label(found.label), "id": found.id_pattern,
        "folder": found.folder, "states": list(found.states), "builtin": found.builtin,
    }


def _table(session: Session, found: list[RecordType]) -> str:
    headings = [_("Type"), _("Group"), _("Name"), _("Id")]
    lines = [[each.name, session.words(kind_words(each.kind)), session.label(each.label), each.id_pattern] for each in found]
    return table(session.terminal, [session.words(each) for each in headings], lines)
