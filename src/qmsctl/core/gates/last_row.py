"""``last_row: {block: calibration, one_of: {result: [pass]}}`` — the latest row has one of these values.

The latest is that of the latest day; of several of that day the one written last, for rows are added at the end of a
block. A row without a day could be any, and without any row the gate is closed, unless that is ``optional``. ``otherwise: out-of-service`` names the
state the record goes to where the row says something else.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label, one_more_row, with_label
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.records.latest_row import day_columns, latest, row_day
from qmsctl.core.text.nodes import Mapping, texts
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import HOLE, Mend, command
from qmsctl.message import _

TAKES = Arguments({
    "block": Argument(Written.TEXT, "block", needed=True),
    "one_of": Argument(Written.CHOICES, needed=True),
    "otherwise": Argument(Written.TEXT, "state"),
    "optional": Argument(Written.FLAG),
})


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """Each named column of the latest row against its values, and the rows that may not be told from it."""
    block, rows = arguments["block"], tuple(item.block_rows(arguments["block"]))
    table = item.type.blocks.get(block)
    days = day_columns(table)
    row, written = latest(rows, days), rows[-1] if rows else None
    asked = arguments["one_of"].items() if rows or arguments.get("optional") != "true" else ()
    for column, wanted in asked:
        if not _has(row, column, wanted):
            described = table.keys.get(column) if table else None
            values = tuple(with_label(each, described) for each in wanted)
            told = {"label": label(item, block), "block": block, "column": column, "values": values}
            found = tuple(with_label(each, described) for each in texts(row.entries.get(column))) if row else ()
            message = (
                _("the last row of the table “{label}” ({block}) has {column}: {found}; it has to be one of {values}", **told, found=found or "—")
                if row else _("the table “{label}” ({block}) has no row; the last one has to have {column}: one of {values}", **told)
            )
            yield Lack(message, _mend(item, arguments, column, row, context), later=_has(written, column, wanted))
    yield from _undated(item, block, rows, days)


def _has(row: Mapping | None, column: str, wanted: tuple[str, ...]) -> bool:
    return bool(set(texts(row.entries.get(column)) if row else ()) & set(wanted))


def _mend(item: Item, arguments: Any, column: str, row: Mapping | None, context: Context) -> Mend | None:
    """The way of a record whose latest row says otherwise, or one more row."""
    further = one_more_row(item, arguments["block"], {column: HOLE}, context, arguments["one_of"])
    if row is not None and row.text(column) and "otherwise" in arguments:
        return command("advance", item.id, arguments["otherwise"]).or_else(further)
    return further


def _undated(item: Item, block: str, rows: tuple[Mapping, ...], days: tuple[str, ...]) -> Iterator[Lack]:
    """Rows of which nobody knows whether they are the latest; where the day is required that is said already."""
    columns = item.type.blocks[block].keys if block in item.type.blocks else {}
    if not days or any(columns[name].required for name in days):
        return
    for number, row in enumerate(rows, 1):
        if row_day(row, days) is None:
            message = _("the table “{label}” ({block}), row {row}: without a day nobody can tell which row is the latest",
                        label=label(item, block), block=block, row=number)
            yield Lack(message, give(item, f"{block}.{number}.{days[0]}"), later=True)
