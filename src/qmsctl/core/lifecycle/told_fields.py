"""What a command has set, told in the names people know: labels, not the ids that were typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.model import Item
from qmsctl.core.sections.section_text import settable
from qmsctl.core.text.block_rows import Cell
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, Message, _


def told_fields(found: Item, given: Mapping[str, str]) -> Message:
    """What these keys have changed: fields and sections set, cells set, lists and tables that have grown."""
    cells = {key: cell for key in given if (cell := Cell.parse(key)) and cell.block in found.type.blocks}
    own = [_label(found.type, key) for key in given if key not in cells and not key.endswith("+")]
    parts = [_("{fields} set", fields=quoted(own))] if own else []
    parts += [_cell(found.type, cell) for cell in cells.values()]
    parts += _grown(found.type, (key[:-1] for key in given if key.endswith("+")))
    return _("{id}: {what}", id=found.id, what=tuple(parts))


def quoted(labels: Iterable[Label | str]) -> tuple[Message, ...]:
    """Names as a sentence lists them."""
    return tuple(_("“{label}”", label=label) for label in labels)


def _cell(kind: RecordType, cell: Cell) -> Message:
    table = kind.blocks[cell.block]
    names = quoted([table.keys[cell.column].label])
    return _("{columns} of row {row} in “{table}” set", row=cell.row, table=table.label, columns=names)


def _grown(kind: RecordType, names: Iterable[str]) -> Iterator[Message]:
    for name in names:
        label = _label(kind, name)
        yield _("a row added to “{table}”", table=label) if name in kind.blocks else _("more in “{label}”", label=label)


def _label(kind: RecordType, name: str) -> Label | str:
    known = kind.fields.get(name) or kind.blocks.get(name)
    section = settable(kind, name)
    return known.label if known else section.title if section else name
