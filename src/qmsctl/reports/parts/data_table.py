"""A data block as a table. A row with more columns than fit keeps the rest below its main text."""

from __future__ import annotations

from qmsctl.core.library import Library
from qmsctl.core.text.nodes import Mapping, Node, Sequence, is_empty
from qmsctl.core.types.field import Field
from qmsctl.message import Label
from qmsctl.reports.parts.cell import Piece, pieces
from qmsctl.value import dataclass

MOST_COLUMNS = 6

_SHORT = 12
"""Characters that a number, a month or a code takes at most."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A labelled value below the main text of a row."""

    label: Label
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class DataRow:
    """The cells of a row, a cell for each column, and what found no column."""

    cells: tuple[tuple[Piece, ...], ...]
    details: tuple[Detail, ...]


@dataclass(frozen=True, slots=True)
class DataTable:
    """A captioned table; ``main`` is the index of the column that carries the details.

    ``announced`` is true where the heading above says already what the caption would.
    """

    caption: Label
    columns: tuple[Label, ...]
    rows: tuple[DataRow, ...]
    main: int
    announced: bool


def data_table(block: Field, rows: Node | None, library: Library, heading: Label | None = None) -> DataTable:
    """The table of a data block's rows, its columns in the order of the type; ``heading`` is that of its section."""
    given = [row for row in rows.items if isinstance(row, Mapping)] if isinstance(rows, Sequence) else []
    used = [f for name, f in block.keys.items() if any(not is_empty(r.entries.get(name)) for r in given)]
    columns = _chosen(used, given)
    rest = [field for field in used if field not in columns]
    return DataTable(
        block.label,
        tuple(field.label for field in columns),
        tuple(_row(row, columns, rest, library) for row in given),
        _main(columns, given),
        announced=heading == block.label,
    )


def _chosen(used: list[Field], given: list[Mapping]) -> list[Field]:
    """As many columns as fit: the required ones, then those most rows fill."""
    if len(used) <= MOST_COLUMNS:
        return used

    def rank(field: Field) -> tuple[bool, bool, int]:
        filled = sum(not is_empty(row.entries.get(field.name)) for row in given)
        return (not field.required, 2 * filled <= len(given), used.index(field))

    kept = sorted(used, key=rank)[:MOST_COLUMNS]
    return [field for field in used if field in kept]


def _main(columns: list[Field], given: list[Mapping]) -> int:
    """The column with the running text: the first required one that has some, else the one that has most."""

    def length(place: int) -> int:
        return sum(len(row.text(columns[place].name) or "") for row in given)

    texts = [i for i, field in enumerate(columns) if field.kind == "text" and not field.unique]
    running = (i for i in texts if columns[i].required and length(i) > _SHORT * len(given))
    return next(running, max(texts, key=length, default=0))


def _row(row: Mapping, columns: list[Field], rest: list[Field], library: Library) -> DataRow:
    return DataRow(
        tuple(pieces(field, row.entries.get(field.name), library) for field in columns),
        tuple(
            Detail(field.label, found)
            for field in rest
            if (found := pieces(field, row.entries.get(field.name), library))
        ),
    )
