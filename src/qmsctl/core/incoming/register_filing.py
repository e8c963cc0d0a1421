"""A register taken in: a record a row, all of them or none; what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from qmsctl.core.cases.table import Fault
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.incoming.columns import ColumnMap
from qmsctl.core.incoming.register import Entry, Register, read_register
from qmsctl.core.incoming.sheet import Workbook
from qmsctl.core.incoming.values import Values
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.case_filing import FaultyTable
from qmsctl.core.lifecycle.creation import Body, create, field_values
from qmsctl.core.model import Item
from qmsctl.core.sections.section_text import without_open_sections
from qmsctl.core.text.block_rows import with_rows
from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.nodes import plain
from qmsctl.core.text.splice import normal
from qmsctl.core.types.record_type import RecordType
from qmsctl.errors import Refusal, UsageError
from qmsctl.message import Label, Message, _
from qmsctl.value import dataclass, replace

_LINES = 12
SOURCE = "x-source"
"""What a record says of the register it was taken from: its name, its digest and the row."""


@dataclass(frozen=True, slots=True)
class Given:
    """A register as somebody gives it: its tables, the map that reads them, and what all of its records have in common."""

    workbook: Workbook
    map: ColumnMap
    name: str
    sha256: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Taken:
    """The edit, and of each record that it makes the row it comes from."""

    edit: Edit
    lines: Mapping[str, int]


def take_in(library: Library, found: RecordType, given: Given, person: str | None, body: Body) -> Taken:
    """New records for the rows that no record says yet. Raises :class:`FaultyTable` where a row cannot be one."""
    register = read_register(given.workbook.sheets, given.map, found, Values(library, given.map.values), given.known)
    entries, present, twice = _apart(library, found, given.map.key, register.entries)
    faults = (*register.faults, *twice)
    if faults:
        raise FaultyTable(tuple(sorted(faults, key=lambda fault: fault.line)))
    edits, lines = _made(library, found, given, entries, person, body)
    remarks = tuple(_remarks(found, register, present, library, given.workbook))
    if not edits:
        return Taken(Edit((), _("all rows of {file} are there already", file=given.name), remarks=remarks), {})
    whole = reduce(Edit.merge, edits)
    summary = _("{type}: {count} taken from {file}", type=found.label, count=len(edits), file=given.name)
    return Taken(replace(whole, summary=summary, remarks=(*whole.remarks, *remarks)), lines)


def _made(library: Library, found: RecordType, given: Given, entries: Iterable[Entry], person: str | None, body: Body) -> tuple[list[Edit], Mapping[str, int]]:
    edits: list[Edit] = []
    lines: dict[str, int] = {}
    for entry in entries:
        source = f"{given.name}, {given.sha256}, {entry.line}"
        try:
            edit = create(library, found.name, {**entry.fields, SOURCE: source}, person, _finished(body))
        except (Refusal, UsageError) as error:
            raise FaultyTable((Fault(entry.line, error.message),)) from error
        edits.append(_with_blocks(edit, found, entry, library.config.language))
        lines[edit.changes[0].path] = entry.line
        library = library.after(edit)
    return edits, lines


def _finished(body: Body) -> Body:
    """Of a document only what it has to say: nobody goes on writing at what a list names."""

    def made(found: RecordType, new_id: str, title: str) -> str:
        text = body(found, new_id, title)
        return without_open_sections(text, found) if found.kind == "document" else text

    return made


def _with_blocks(edit: Edit, found: RecordType, entry: Entry, language: str) -> Edit:
    """The same, a row in each data block of which the entry says something."""
    first, *others = edit.changes
    data = first.after or b""
    for name, cells in entry.blocks.items():
        block = found.blocks[name]
        data = with_rows(data, name, [cells], block.label.in_language(language))
    return replace(edit, changes=(FileChange(first.path, first.before, data), *others))


def _apart(library: Library, found: RecordType, key: Sequence[str], entries: Sequence[Entry]) -> tuple[list[Entry], list[tuple[Entry, Item]], list[Fault]]:
    """The rows that are new, those that a record says already, and what is wrong with rows that say one thing twice."""
    there = {name: item for item in library.by_type.get(found.name, ()) if (name := _key([item.text(each) or "" for each in key]))}
    new: list[Entry] = []
    present: list[tuple[Entry, Item]] = []
    twice: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    for entry in entries:
        name = _key([entry.fields.get(each, "") for each in key])
        if name and name in seen:
            twice.append(Fault(entry.line, _("the row says the same as row {line}: {fields}", line=seen[name], fields=_labels(found, key))))
        elif name and name in there:
            present.append((entry, there[name]))
        else:
            new.append(entry)
        seen.setdefault(name, entry.line)
    return new, present, twice


def _key(values: Iterable[str]) -> tuple[str, ...]:
    """What tells a record from others, whatever its capitals and signs; nothing where it says none of it."""
    plain_values = tuple(map(plain_label, values))
    return plain_values if any(plain_values) else ()


def _labels(found: RecordType, names: Iterable[str]) -> tuple[Label | str, ...]:
    return tuple(found.fields[name].label if name in found.fields else name for name in names)


def _remarks(found: RecordType, register: Register, present: Sequence[tuple[Entry, Item]], library: Library, workbook: Workbook) -> Iterator[Message]:
    if present:
        yield _("there already, and left as they are: {count}", count=len(present))
    for entry, item in present:
        names = tuple(_differing(found, entry, item, library))
        if names:
            yield _("{id} differs from row {line} in {fields}", id=item.id, line=entry.line, fields=_labels(found, names))
    for name, lines in register.unread.items():
        yield _("not taken, for it is not what {field} can be: rows {lines}", field=_label(found, name), lines=_some(lines))
    for name, lines in register.formulas.items():
        yield _("not taken, for it is a formula, {field}: rows {lines}", field=_label(found, name), lines=_some(lines))
    if register.personal:
        yield _("left, for they are about persons, and kept nowhere: {columns}", columns=register.personal)
    if register.left:
        yield _("left, for nothing is made of them: {columns}", columns=register.left)
    if register.passed:
        yield _("rows that make no record: {count}", count=register.passed)
    yield from (_("of the file nothing was taken of this: {what}", what=each) for each in workbook.notes)


def _differing(found: RecordType, entry: Entry, item: Item, library: Library) -> Iterator[str]:
    given = {name: text for name, text in entry.fields.items() if name in found.fields}
    for name, value in field_values(found, given, library.config.writing).items():
        node = item.node(name)
        if (plain(node) if node is not None else "") != normal(value):
            yield name


def _label(found: RecordType, name: str) -> Label | str:
    block, _dot, column = name.partition(".")
    if column:
        return found.blocks[block].keys[column].label
    return found.fields[name].label if name in found.fields else name


def _some(lines: Sequence[int]) -> tuple[object, ...]:
    return (*lines[:_LINES], *((_("{count} more", count=len(lines) - _LINES),) if len(lines) > _LINES else ()))
