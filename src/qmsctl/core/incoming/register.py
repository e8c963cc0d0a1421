"""Registers that were kept in a spreadsheet: a row a record, as far as its map says what becomes of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from qmsctl.core.cases.table import Fault
from qmsctl.core.incoming.binding import Bound, bind
from qmsctl.core.incoming.columns import ColumnMap
from qmsctl.core.incoming.head import Head, find_head, groups
from qmsctl.core.incoming.sheet import Row, Sheet
from qmsctl.core.incoming.values import Values, tidy
from qmsctl.core.text.labels import plain_label
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import expected
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, Message, _
from qmsctl.value import dataclass, field

_NEVER = frozenset(("path", "sha256", "map", "table"))


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it says of fields and sections by their ids, and of a row of each data block."""

    line: int
    fields: Mapping[str, str]
    blocks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Register:
    """What was read of a register, what was left of it, and what is wrong with it.

    ``unread`` are the lines of cells that say what their field cannot take and can do without, by the names of the fields;
    ``formulas`` those of cells that hold formulas.
    """

    entries: tuple[Entry, ...] = ()
    faults: tuple[Fault, ...] = ()
    left: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    passed: int = 0
    unread: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    formulas: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def targets_of(found: RecordType) -> frozenset[str]:
    """What a map for the type may take columns for: fields, sections, and the columns of data blocks as ``block.column``."""
    columns = (f"{name}.{column}" for name, block in found.blocks.items() for column in block.keys)
    return frozenset(("id", *_takable(found), *(section.id for section in found.sections), *columns))


def own_words(found: RecordType) -> ColumnMap:
    """The map that takes the fields of a type by their ids and by what they are called."""
    return ColumnMap(found.name, {name: _words(name, each.label) for name, each in _takable(found).items()})


def _takable(found: RecordType) -> Mapping[str, Field]:
    return {name: each for name, each in found.fields.items() if each.kind not in _NEVER and not (each.kind == "list" and each.of[0].kind in _NEVER)}


def _words(name: str, label: Label) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain_label, (name, *label.texts.values()))))


def read_register(sheets: Sequence[Sheet], given: ColumnMap, found: RecordType, values: Values, known: Mapping[str, str]) -> Register:
    """The rows of all tables that have a head; ``known`` are the values of fields that no row has to say."""
    readings = [
        _Reading(sheet, head, given, found, values, known, sheet.name if len(sheets) > 1 else "")
        for sheet in sheets if not sheet.hidden and (head := find_head(sheet, given.knows))
    ]
    if not readings:
        return Register(faults=(Fault(0, _no_head(found, given)),))
    parts = [each.read() for each in readings]
    return Register(
        tuple(entry for each in parts for entry in each.entries), tuple(fault for each in parts for fault in each.faults),
        tuple(dict.fromkeys(name for each in parts for name in each.left)), tuple(dict.fromkeys(name for each in parts for name in each.personal)),
        sum(each.passed for each in parts), _joined([each.unread for each in parts]), _joined([each.formulas for each in parts]),
    )


def _joined(parts: Sequence[Mapping[str, tuple[int, ...]]]) -> Mapping[str, tuple[int, ...]]:
    return {name: tuple(line for each in parts for line in each.get(name, ())) for name in dict.fromkeys(name for each in parts for name in each)}


def _no_head(found: RecordType, given: ColumnMap) -> Message:
    known = tuple(found.fields[name].label for name in given.take if name in found.fields and given.take[name])
    return _("no row names the columns: of those that “{map}” knows, at least three are expected, such as {columns}", map=given.name, columns=known[:8])


class _Reading:
    """The reading of one table."""

    def __init__(self, sheet: Sheet, head: Head, given: ColumnMap, found: RecordType, values: Values, known: Mapping[str, str], name: str) -> None:
        self._sheet, self._head, self._type, self._values, self._known, self._name = sheet, head, found, values, known, name
        self._bound = bind(head, given)
        self._faults: list[Fault] = []
        self._unread: dict[str, list[int]] = {}
        self._formulas: dict[str, list[int]] = {}

    def read(self) -> Register:
        """What stands in the table."""
        bound = self._bound
        if not isinstance(bound, Bound):
            return Register(faults=tuple(self._fault(self._head.line, each) for each in bound))
        rows = list(self._rows(bound))
        entries = tuple(self._entry(bound, row) for row in rows)
        return Register(
            entries, tuple(self._faults), bound.left, bound.personal, sum(1 for _each in groups(self._head.rows)) - len(rows),
            {name: tuple(lines) for name, lines in self._unread.items()}, {name: tuple(lines) for name, lines in self._formulas.items()},
        )

    def _rows(self, bound: Bound) -> Iterator[Row]:
        """The rows of the register: what stands below it, behind a gap, are totals and signatures."""
        rows = [row for row, grouping in groups(self._head.rows) if not (grouping or bound.passes(row)) and self._said(bound, row)]
        last = max((place for place, row in enumerate(rows) if self._said(bound, row) * 2 > len(bound.places)), default=-1)
        lines = [self._head.line, *(row.line for row, _grouping in groups(self._head.rows))]
        gap = next((line for before, line in pairwise(lines) if line - before > 1 and (last < 0 or line > rows[last].line)), None)
        yield from (row for place, row in enumerate(rows) if place <= last or gap is None or row.line < gap)

    def _said(self, bound: Bound, row: Row) -> int:
        """How much the row says of what is taken."""
        return sum(not bound.cell(row, target).is_empty for target in bound.places)

    def _entry(self, bound: Bound, row: Row) -> Entry:
        fields: dict[str, str] = dict(self._known)
        blocks: dict[str, dict[str, str]] = {}
        for target in bound.places:
            block, _dot, column = target.partition(".")
            text = self._text(bound, row, target)
            if text and column:
                blocks.setdefault(block, {})[column] = text
            elif text:
                fields[target] = text
        for name, each in self._type.fields.items():
            says = not bound.cell(row, name).is_empty
            if name not in fields and _is_required(each, self._type) and (says or each.default is None):
                self._lack(row, each, says=says, has_column=name in bound.places)
        return Entry(row.line, fields, {name: cells for name, cells in blocks.items() if self._is_whole(name, cells)})

    def _is_whole(self, block: str, cells: Mapping[str, str]) -> bool:
        """True where a row of a data block has all that it needs; else it says too little to be one."""
        return all(name in cells for name, column in self._type.blocks[block].keys.items() if column.required)

    def _text(self, bound: Bound, row: Row, target: str) -> str:
        cell = bound.cell(row, target)
        described = self._described(target)
        if cell.formula:
            self._formulas.setdefault(target, []).append(row.line)
            return ""
        text = tidy(cell.text) if described is None else self._values.read(described, cell, self._sheet)
        if text is None and (described is None or target in self._known or not _is_required(described, self._type)):
            self._unread.setdefault(target, []).append(row.line)
        return text or ""

    def _lack(self, row: Row, field: Field, *, says: bool, has_column: bool) -> None:
        """A field that no record can do without, and of which the row says nothing, or nothing that it can take."""
        if says:
            message = _("“{field}”: expected {expected}", field=field.label, expected=expected(field))
        elif has_column:
            message = _("“{field}” is missing", field=field.label)
        else:
            message = _("“{field}” is missing; one value for all rows is given by {option}: {expected}", field=field.label, option=f"--set {field.name}=…", expected=expected(field))
        self._faults.append(self._fault(row.line, message))

    def _described(self, target: str) -> Field | None:
        """The field or column of this name; none where it is a section."""
        block, _dot, column = target.partition(".")
        return self._type.blocks[block].keys[column] if column else self._type.fields.get(target)

    def _fault(self, line: int, message: Message) -> Fault:
        return Fault(line, _("sheet “{sheet}”: {problem}", sheet=self._name, problem=message) if self._name else message)


def _is_required(field: Field, found: RecordType) -> bool:
    return field.required and field.state in (None, found.first_state)
