"""``qmsctl types``: what kinds of document and record there are, and what one of them holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from qmsctl.cli.completion import complete_type
from qmsctl.cli.formats.table import as_json, table, wrapped
from qmsctl.cli.session import BOLD, Session
from qmsctl.core.library import Library
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.message import Message, _

EXAMPLE = """
qmsctl types
qmsctl types nonconformity
"""


def command(
    context: typer.Context,
    type_name: Annotated[str | None, typer.Argument(metavar="TYPE", help="Show the fields and states of this type.", autocompletion=complete_type)] = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json", help="How to print the list.")] = "table",
) -> None:
    """List the types of documents and records, the office's own among them."""
    session: Session = context.obj
    library = session.library(session.place())
    found = [_named(library, type_name)] if type_name else list(library.types.all())
    if format_ == "json":
        session.print(as_json([_as_data(session, each) for each in found]))
    elif type_name:
        session.print("\n".join(_page(session, found[0])))
    else:
        session.print(_table(session, found))


def _named(library: Library, name: str) -> RecordType:
    found = library.types.get(name)
    if found is None:
        known = [each.name for each in library.types.all()]
        raise UsageError(_("there is no type “{type}”", type=name), advice(did_you_mean(name, known)))
    return found


def _as_data(session: Session, found: RecordType) -> dict[str, Any]:
    return {
        "type": found.name, "kind": found.kind, "label": session.label(found.label), "id": found.id_pattern,
        "folder": found.folder, "states": list(found.states), "builtin": found.builtin,
    }


def _kind(kind: str) -> Message:
    return {"document": _("document"), "record": _("record"), "signoff": _("sign-off")}.get(kind) or Message(kind)


def _table(session: Session, found: list[RecordType]) -> str:
    headings = [_("Type"), _("Group"), _("Name"), _("Id")]
    lines = [[each.name, session.words(_kind(each.kind)), session.label(each.label), each.id_pattern] for each in found]
    return table(session.terminal, [session.words(each) for each in headings], lines)


def _page(session: Session, found: RecordType) -> Iterator[str]:
    """One type: where it lies, its states and its fields."""
    yield session.colour(f"{found.name}  {session.label(found.label)}", BOLD)
    facts = [(_("Group"), _kind(found.kind)), (_("Id"), found.id_pattern), (_("Folder"), found.folder)]
    for label, value in facts:
        if value:
            yield f"  {session.words(label)}: {session.words(value)}"
    if found.states:
        yield ""
        yield session.colour(session.words(_("States")), BOLD)
    for state in found.states.values():
        onward = f" → {', '.join(state.to)}" if state.to else ""
        yield wrapped(session.terminal, f"{state.id} ({session.label(state.label)}){onward}", "  ", "    ")
    yield ""
    headings = [_("Field"), _("Name"), _("Required")]
    yield table(session.terminal, [session.words(each) for each in headings], [_field(session, found, name) for name in found.fields])


def _field(session: Session, found: RecordType, name: str) -> list[str]:
    field = found.fields[name]
    state = found.states.get(field.state or "")
    required = _("from the state “{state}” on", state=state.label) if state else _("yes")
    return [name, session.label(field.label), session.words(required) if field.required else ""]
