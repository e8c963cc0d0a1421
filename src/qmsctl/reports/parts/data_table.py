"""A data block as a table. A row with more columns than fit keeps the rest below its main text."""

from __future__ import annotations

from dataclasses import dataclass

from qmsctl.core.field import Field
from qmsctl.core.library import Library
from qmsctl.core.nodes import Mapping, Node, Sequence, is_empty
from qmsctl.message import Label
from qmsctl.reports.parts.cell import Piece, pieces

MOST_COLUMNS = 6


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
    """A captioned table; ``main`` is the index of the column that carries the details."""

    caption: Label
    columns: tuple[Label, ...]
    rows: tuple[DataRow, ...]
    main: int


def data_table(block: Field, rows: Node | None, library: Library) -> DataTable:
    """The table of a data block's rows, its columns in the order of the type."""
    given = [row for row in rows.items if isinstance(row, Mapping)] if isinstance(rows, Sequence) else []
    used = [f for name, f in block.keys.items() if any(not is_empty(r.entries.get(name)) for r in given)]
    columns = _chosen(used, given)
    rest = [field for field in used if field not in columns]
    main = next((i for i, f in enumerate(columns) if f.kind == "text" and not f.unique), 0)
    return DataTable(
        block.label,
        tuple(field.label for field in columns),
        tuple(_row(row, columns, rest, library) for row in given),
        main,
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


def _row(row: Mapping, columns: list[Field], rest: list[Field], library: Library) -> DataRow:
    return DataRow(
        tuple(pieces(field, row.entries.get(field.name), library) for field in columns),
        tuple(
            Detail(field.label, found)
            for field in rest
            if (found := pieces(field, row.entries.get(field.name), library))
        ),
    )
