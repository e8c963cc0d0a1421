"""One type for people: where it lies, its states, and what its fields and tables may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.cli.formats.table import table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD
from qmsctl.core.library import Library
from qmsctl.core.mends.row_command import example, row_command
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import expected
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import HOLE, Hole
from qmsctl.message import Message, _


def kind_words(kind: str) -> Message:
    """Which group of types it belongs to."""
    return {"document": _("document"), "record": _("record"), "signoff": _("sign-off")}.get(kind) or Message(kind)


def type_text(session: Session, library: Library, found: RecordType) -> str:
    """The whole page of a type."""
    return "\n".join(_page(session, library, found))


def _page(session: Session, library: Library, found: RecordType) -> Iterator[str]:
    yield session.colour(f"{found.name}  {session.label(found.label)}", BOLD)
    facts = [(_("Group"), kind_words(found.kind)), (_("Id"), found.id_pattern), (_("Folder"), found.folder)]
    for label, value in facts:
        if value:
            yield f"  {session.words(label)}: {session.words(value)}"
    if found.states:
        yield ""
        yield session.colour(session.words(_("States")), BOLD)
    for state in found.states.values():
        onward = f" → {', '.join(state.to)}" if state.to else ""
        yield wrapped(session.terminal, f"{state.id} ({session.label(state.label)}){onward}", "  ", "    ")
    if found.sections:
        yield ""
        yield session.colour(session.words(_("Sections")), BOLD)
    for section in found.sections:
        yield wrapped(session.terminal, f"{section.id} ({', '.join((session.label(section.title), *section.aliases))})", "  ", "    ")
    yield ""
    yield _table(session, _("Field"), found.fields, found)
    for block in found.blocks.values():
        yield ""
        yield session.colour(session.words(_("Table “{label}” ({block})", label=block.label, block=block.name)), BOLD)
        yield _table(session, _("Column"), block.keys, found)
        yield wrapped(session.terminal, session.words(_row(library, found, block)), "  ", "    ")


def _row(library: Library, found: RecordType, block: Field) -> Message:
    """An example of a row: the command that adds it to a record, or the line in the text of a document."""
    needed = {name: column for name, column in block.keys.items() if column.required} or block.keys
    row = {name: HOLE if column.kind == "date" and not (column.day and column.day.come) else example(column, library) for name, column in needed.items()}
    if found.kind == "record":
        return _("one more row: {command}", command=row_command(Hole("id"), block, row))
    cells = ", ".join(f"{name}: {value if isinstance(value, str) else '…'}" for name, value in row.items())
    return _("one more row: {row}", row=f"- {{{cells}}}")


def _table(session: Session, heading: Message, fields: Mapping[str, Field], found: RecordType) -> str:
    headings = [heading, _("Name"), _("Value"), _("Required")]
    return table(session.terminal, [session.words(each) for each in headings], [_line(session, found, field) for field in fields.values()])


def _line(session: Session, found: RecordType, field: Field) -> list[str]:
    state = found.states.get(field.state or "")
    required = _("from the state “{state}” on", state=state.label) if state else _("yes")
    return [field.name, session.label(field.label), session.words(session.writing.typed(_value(field))), session.words(required) if field.required else ""]


def _value(field: Field) -> Message:
    """What the field may hold; of a list, what each of its items is."""
    return _("a list, each {expected}", expected=_value(field.of[0])) if field.kind == "list" and field.of else expected(field)
