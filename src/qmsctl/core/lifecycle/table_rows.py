"""Rows of the tables of a record or document: added, changed and taken out by commands.

A table is a data block, or a list of mappings in the front matter. A row is named by its number, from 1, or by what
stands in the column that people know it by.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.asked import item
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import value_of
from qmsctl.core.lifecycle.told_fields import quoted
from qmsctl.core.model import Item
from qmsctl.core.sections.section_text import section_named, with_section
from qmsctl.core.text.block_rows import Cell, append_row, with_cell, without_row
from qmsctl.core.text.characters import fold
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, plain
from qmsctl.core.text.nodes import Sequence as SequenceNode
from qmsctl.core.text.splice import Value, flow, set_fields
from qmsctl.core.text.writing import Writing
from qmsctl.core.types.choice import as_value, chosen, with_labels
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import shortened
from qmsctl.core.types.typed_value import filed
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Assignment, Mend, advice, command
from qmsctl.message import _
from qmsctl.value import dataclass

_NAMING = ("id", "no")
"""The columns people know a row by; where a table has none, its first column."""
_TOLD = 40


@dataclass(frozen=True, slots=True)
class Table:
    """A table of an item: its field with the columns, and the rows it has; ``in_front`` of the text, or a data block in it."""

    item: Item
    field: Field
    rows: tuple[Node, ...]
    in_front: bool

    @property
    def columns(self) -> Mapping[str, Field]:
        """Its columns by their ids."""
        return columns_of(self.field)

    @property
    def naming(self) -> str:
        """The column that people know its rows by."""
        return next((name for name in self.columns if name in _NAMING), next(iter(self.columns)))


def columns_of(field: Field) -> Mapping[str, Field]:
    """The columns of a table; none where a field is no table."""
    if field.kind == "list" and field.of[0].kind == "map":
        return field.of[0].keys
    return field.keys if field.kind == "table" else {}


def table(library: Library, subject: str, name: str) -> Table:
    """A table by its id or label. Raises :class:`Refusal` for what has no tables, :class:`UsageError` for one that is not there."""
    found = item(library, subject)
    in_front = {key: field for key, field in found.type.fields.items() if columns_of(field)}
    tables = {**in_front, **found.type.blocks}
    if not tables:
        raise Refusal(_("{id} has no tables", id=subject), command("show", subject).in_order_to(_("to see its fields")))
    key = chosen(name, {each: field.label for each, field in tables.items()})
    if key is None:
        known = with_labels((each, field.label) for each, field in tables.items())
        raise UsageError(_("{id} has no table “{name}”", id=subject, name=name), advice(_("its tables: {known}", known=known)))
    in_text = key in found.type.blocks
    rows = _in_text(found, key) if in_text else found.fields.sequence(key)
    return Table(found, tables[key], tuple(rows), not in_text)


def _in_text(found: Item, name: str) -> Iterator[Node]:
    for block in found.body.block(name):
        yield from block.rows.items if isinstance(block.rows, SequenceNode) else ()


def add_row(library: Library, subject: str, name: str, given: Mapping[str, str]) -> Edit:
    """A row at the end of a table. Raises :class:`UsageError` where a column that it needs is missing."""
    found = table(library, subject, name)
    cells = {key: value for key, value in given_cells(found, given, library.config.writing).items() if value}
    missing = missing_columns(found, cells)
    if missing:
        raise _incomplete(found, given, missing)
    before = library.outside.read(found.item.path)
    if found.in_front:
        after = _with_list(before, found, [*map(plain, found.rows), cells])
    else:
        after = with_more_rows(before, found.item, found.field, [cells], library.config.language)
    told = _("{id}: row {row} added to “{table}”", id=subject, row=len(found.rows) + 1, table=found.field.label)
    return Edit((FileChange(found.item.path, before, after),), told, (found.item.path,))


def set_row(library: Library, subject: str, name: str, row: str, given: Mapping[str, str]) -> Edit:
    """Other values in the columns of a row; an empty one leaves the cell blank."""
    found = table(library, subject, name)
    number = row_number(found, row)
    cells = given_cells(found, given, library.config.writing)
    before = after = library.outside.read(found.item.path)
    if found.in_front:
        rows: list[Value] = [*map(plain, found.rows)]
        rows[number - 1] = _with_cells(found.rows[number - 1], cells)
        after = _with_list(before, found, rows)
    else:
        for column, value in cells.items():
            after = with_cell(after, Cell(found.field.name, number, column), value)
    told = _("{id}: {columns} of row {row} in “{table}” set", id=subject, row=number, table=found.field.label,
             columns=quoted(found.columns[each].label for each in cells))
    return Edit((FileChange(found.item.path, before, after),), told, (found.item.path,))


def remove_row(library: Library, subject: str, name: str, row: str) -> Edit:
    """A table without one of its rows."""
    found = table(library, subject, name)
    number = row_number(found, row)
    before = library.outside.read(found.item.path)
    if found.in_front:
        after = _with_list(before, found, [plain(each) for place, each in enumerate(found.rows, 1) if place != number])
    else:
        after = without_row(before, found.field.name, number)
    told = _("{id}: row {row} taken out of “{table}”", id=subject, row=number, table=found.field.label)
    return Edit((FileChange(found.item.path, before, after),), told, (found.item.path,))


def row_number(found: Table, text: str) -> int:
    """The number of the row that ``3``, ``B2`` or ``column=value`` names. Raises :class:`Refusal` for none, and for several."""
    count = len(found.rows)
    if text.isascii() and text.isdigit() and len(text) < 7:
        if 0 < int(text) <= count:
            return int(text)
        raise Refusal(_("“{table}” of {id} has no row {row}; it has {count}", table=found.field.label, id=found.item.id, row=text, count=count), _known_rows(found))
    column, equals, value = text.partition("=")
    key = _column(found, column) if equals else found.naming
    wanted = fold(as_value(found.columns[key], value if equals else text))
    numbers = [number for number, row in enumerate(found.rows, 1) if fold(_name(row, key)) == wanted]
    if len(numbers) == 1:
        return numbers[0]
    told = {"table": found.field.label, "id": found.item.id, "label": found.columns[key].label, "value": value if equals else text}
    if not numbers:
        raise Refusal(_("“{table}” of {id} has no row whose “{label}” is “{value}”", **told), _known_rows(found))
    raise Refusal(_("“{table}” of {id} has several rows whose “{label}” is “{value}”", **told), advice(_("name one by its number: {numbers}", numbers=numbers)))


def missing_columns(found: Table, cells: Mapping[str, Value]) -> tuple[str, ...]:
    """The columns that every row needs and that are not given."""
    return tuple(key for key, column in found.columns.items() if column.required and not cells.get(key))


def with_more_rows(data: bytes, found: Item, block: Field, rows: Sequence[Mapping[str, Value]], language: str) -> bytes:
    """The rows at the end of a data block; where there is none yet, in a new one in the section of its name."""
    name, section = block.name, section_named(found.type, block.name)
    if section and not found.body.block(name):
        first = "\n  ".join(f"{key}: {flow(value)}" for key, value in rows[0].items())
        data = with_section(data, found.type, section, f"```{name}\n- {first}\n```", language, beside=True)
        rows = rows[1:]
    for row in rows:
        data = append_row(data, name, row, block.label.in_language(language))
    return data


def given_cells(found: Table, given: Mapping[str, str], writing: Writing) -> dict[str, Value]:
    """Values by column. Raises :class:`UsageError` for a column that the table does not have."""
    texts = {_column(found, name): text for name, text in given.items()}
    columns = found.columns
    return {key: filed(columns[key], value_of(key, text, columns[key]), writing) if text else "" for key, text in texts.items()}


def _column(found: Table, name: str) -> str:
    key = chosen(name, {each: column.label for each, column in found.columns.items()})
    if key is None:
        known = with_labels((each, column.label) for each, column in found.columns.items())
        raise UsageError(_("“{table}” has no column “{column}”", table=found.field.label, column=name), advice(_("its columns: {known}", known=known)))
    return key


def _incomplete(found: Table, given: Mapping[str, str], missing: Sequence[str]) -> UsageError:
    names = with_labels((key, found.columns[key].label) for key in missing)
    sets = [*(Assignment(key, text) for key, text in given.items()), *(Assignment(key, HOLE) for key in missing)]
    whole = command("row add", found.item.id, found.field.name, sets=sets)
    return UsageError(_("a row of “{table}” needs {columns}", table=found.field.label, columns=names), whole)


def _known_rows(found: Table) -> Mend:
    """The rows there are, by number and what they are known by."""
    if not found.rows:
        return command("row add", found.item.id, found.field.name, sets=[Assignment(found.naming, HOLE)]).in_order_to(_("it has no rows yet"))
    known = ((number, shortened(_name(row, found.naming))) for number, row in enumerate(found.rows[:_TOLD], 1))
    names = tuple(f"{number} ({name})" if name else f"{number}" for number, name in known)
    return advice(_("its rows: {rows}", rows=(*names, *(("…",) if len(found.rows) > _TOLD else ()))))


def _name(row: Node, column: str) -> str:
    return (row.text(column) or "") if isinstance(row, MappingNode) else ""


def _with_cells(row: Node, cells: Mapping[str, Value]) -> Mapping[str, Value]:
    """A row of the front matter with other values in its columns; what is empty is left out."""
    known: dict[str, Value] = {key: plain(node) for key, node in row.entries.items()} if isinstance(row, MappingNode) else {}
    return {key: value for key, value in {**known, **cells}.items() if value}


def _with_list(data: bytes, found: Table, rows: Sequence[Value]) -> bytes:
    """The file with these rows in its front matter; without any the field goes."""
    return set_fields(data, {found.field.name: rows or None}, found.item.type.field_order)
