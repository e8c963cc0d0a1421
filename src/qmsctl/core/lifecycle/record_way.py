"""What a record is given on its way: its fields set."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.asked import item, sign_offs_on, way_on
from qmsctl.core.comparison.differences import shortened
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import cell_value, field_values, read_value
from qmsctl.core.lifecycle.mutual import linked_back
from qmsctl.core.lifecycle.told_fields import told_fields
from qmsctl.core.mends.row_command import example, row_command
from qmsctl.core.model import Item
from qmsctl.core.sections.section_text import settable, with_section
from qmsctl.core.text.block_rows import Cell, append_row, with_cell
from qmsctl.core.text.nodes import is_empty, plain
from qmsctl.core.text.splice import Value, set_fields
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.text.writing import Writing
from qmsctl.core.types.field import Field
from qmsctl.core.types.typed_value import filed_row
from qmsctl.core.types.validation import problems
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Assignment, Hole, Mend, advice, command
from qmsctl.message import _

_FIXED = ("id", "type", "status", "revision")


def set_values(library: Library, subject: str, given: Mapping[str, str]) -> Edit:
    """Set fields; an empty value takes the field out, ``key+`` adds to a list or a data block.

    The id of a section is a key too: its text takes the place of the template's hint.

    ``lines.3.result`` is a column of the third row of the data block ``lines``.
    """
    found = item(library, subject)
    free(library, found, given)
    after = with_values(library, found, given, {})
    summary = told_fields(found, given)
    return linked_back(library, Edit((FileChange(found.path, library.outside.read(found.path), after),), summary, (found.path,)))


def with_values(library: Library, found: Item, given: Mapping[str, str], further: Mapping[str, Value]) -> bytes:
    """The file with its fields set as ``given``, its data blocks longer, and what is ``further`` to be set."""
    rows = {key[:-1]: text for key, text in given.items() if key[:-1] in found.type.blocks and key.endswith("+")}
    plus = {key[:-1]: text for key, text in given.items() if key.endswith("+") and key[:-1] not in rows}
    cells = {key: cell for key in given if (cell := Cell.parse(key)) and cell.block in found.type.blocks}
    texts = {key: section for key in given if (section := settable(found.type, key))}
    own = {key: text for key, text in given.items() if not key.endswith("+") and key not in cells and key not in texts}
    writing = library.config.writing
    values = field_values(found.type, {key: text for key, text in own.items() if text}, writing)
    changes: dict[str, Value | None] = {key: values.get(key) for key in own}
    changes |= {key: _longer(found, key, text, writing) for key, text in plus.items()}
    after = set_fields(library.outside.read(found.path), {**changes, **further}, found.type.field_order)
    for key, cell in cells.items():
        after = with_cell(after, cell, cell_value(found.type, cell, given[key], writing))
    for key, section in texts.items():
        try:
            after = with_section(after, found.type, section, given[key], library.config.language)
        except Refusal as error:
            by_hand = advice(_("edit {path}, and leave “{key}” out of the command", path=found.path, key=key))
            raise Refusal(error.message, error.mend or by_hand) from None
    for block, text in rows.items():
        table = found.type.blocks[block]
        after = append_row(after, block, _row(library, found, table, text), table.label.in_language(library.config.language))
    return after


def _longer(found: Item, key: str, text: str, writing: Writing) -> Value:
    """The list under ``key`` with what ``text`` names added at its end, where it is not there already."""
    field = found.type.fields.get(key)
    if field is None or field.kind != "list":
        lists = [name for name, each in found.type.fields.items() if each.kind == "list"]
        meant = command("set", found.id, sets=[Assignment(key, text)]) if field else advice(did_you_mean(key, [*lists, *found.type.blocks]))
        raise UsageError(_("“{key}” is no list, so nothing can be added to it", key=key), meant)
    node = found.node(key)
    old = plain(node) if node is not None else []
    new = field_values(found.type, {key: text}, writing)[key]
    kept = old if isinstance(old, list) else [old]
    return [*kept, *(each for each in (new if isinstance(new, list) else [new]) if each not in kept)]


def _row(library: Library, found: Item, table: Field, text: str) -> Mapping[str, Value]:
    """A row of a data block, given as ``{column: value, …}``."""
    given = read_value(table.name, text)
    if not isinstance(given, Mapping):
        columns = {name: example(column, library) for name, column in table.keys.items() if column.required}
        raise UsageError(_("a row of “{block}” is written {{column: value, …}}", block=table.name), row_command(found.id, table, columns))
    row = filed_row(table, given, library.config.writing)
    assert isinstance(row, Mapping)  # a row stays one
    return row


def free(library: Library, found: Item, given: Mapping[str, str]) -> None:
    """Refuse what is never set by hand, and a new value of a field that only rows of a block move."""
    fixed = [key for key in given if key.removesuffix("+") in _FIXED]
    if fixed:
        raise Refusal(_("“{field}” is not set by hand", field=fixed[0]), _instead(library, found, fixed[0].removesuffix("+")))
    for key, text in given.items():
        field = found.type.fields.get(key.removesuffix("+"))
        if field is not None and field.moved_by and _stands(library, found, field):
            block = found.type.blocks[field.moved_by]
            raise Refusal(
                _("“{label}” ({field}) of {id} stays {value}; only a row in the data block “{block}” moves it",
                  label=field.label, field=field.name, id=found.id,
                  value=found.day(field.name) or shortened(found.node(field.name)), block=block.label),
                way_on(found) if library.is_closed(found) else _one_more_row(library, found, block, field, text),
            )


def _stands(library: Library, found: Item, field: Field) -> bool:
    """True if the field has a value that may stand; a faulty one may be put right."""
    node = found.node(field.name)
    return node is not None and not is_empty(node) and not any(problems(field, node, library.names))


def _one_more_row(library: Library, found: Item, block: Field, field: Field, text: str) -> Mend:
    """The command that adds the row; the first column of the field's kind takes the day that was wanted."""
    day = library.config.writing.day(text)
    wanted = day.isoformat() if day else HOLE
    row: dict[str, str | Hole] = {name: example(column, library) for name, column in block.keys.items()}
    moved = next((name for name, column in block.keys.items() if column.kind == field.kind), None)
    if moved is not None:
        row[moved] = wanted
    return row_command(found.id, block, row)


def _instead(library: Library, found: Item, name: str) -> Mend:
    """The command that does what somebody wanted who set ``name``."""
    if name in ("id", "type"):
        kind = Hole("type") if name == "type" else found.type.name
        return command("new", kind, title=HOLE).in_order_to(_("it stays as it was given; another {name} is another file", name=name))
    if not found.is_document:
        return way_on(found)
    if name == "revision":
        return command("revise", found.id, change=HOLE).in_order_to(_("to raise it"))
    return sign_offs_on(library, found).in_order_to(_("a document's status follows from its sign-offs"))


