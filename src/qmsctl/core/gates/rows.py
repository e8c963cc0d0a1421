"""``rows: {block: outputs, columns: [owner, due]}`` — the block has rows, each with these columns.

With ``any: [result, action]`` each row has at least one of them. ``where: {result: ["no"]}`` narrows both
to the rows with such a value, of which there is at least one with ``some: true``; ``optional: true`` allows there to be
no row at all. ``command: management-review prepare`` makes them, ``fills: audit answer`` fills their cells.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Any

from qmsctl.core.gates import Context, Lack, label, one_more_row, with_label
from qmsctl.core.mends.audit_opening import opening_of
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping, is_empty, texts
from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.mend import HOLE, Assignment, Mend, advice, command
from qmsctl.message import _

TAKES = Arguments({
    "block": Argument(Written.TEXT, "block", needed=True),
    "columns": Argument(Written.TEXTS),
    "any": Argument(Written.TEXTS),
    "where": Argument(Written.CHOICES),
    "optional": Argument(Written.FLAG),
    "some": Argument(Written.FLAG),
    "command": Argument(Written.TEXT),
    "fills": Argument(Written.TEXT),
})

_FEW = 3


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The block's rows, in their order."""
    block = arguments["block"]
    rows = tuple(item.block_rows(block))
    if not rows and arguments.get("optional") != "true":
        columns = dict.fromkeys((*arguments.get("columns", ()), *arguments.get("any", ())[:1]), "")
        message = _("the table “{label}” ({block}) has no row", label=label(item, block), block=block)
        made = command(arguments["command"], item.id) if "command" in arguments else None
        yield Lack(message, made or one_more_row(item, block, columns, context))
    counted = [(number, row) for number, row in enumerate(rows, 1) if selected(row, arguments.get("where", {}))]
    if rows and not counted and arguments.get("some") == "true":
        yield from _none(item, arguments)
    yield from _open_cells(item, counted, arguments)


def _none(item: Item, arguments: Any) -> Iterator[Lack]:
    """That no row has a value which one at least has to have."""
    block, where = arguments["block"], arguments["where"]
    columns = item.type.blocks[block].keys if block in item.type.blocks else {}
    asked = tuple(
        _("{name} ({label}) is one of {values}", name=name, label=columns[name].label if name in columns else name, values=tuple(with_label(each, columns.get(name)) for each in values))
        for name, values in where.items()
    )
    whole = reduce(lambda one, other: _("{one}, and {other}", one=one, other=other), asked)
    message = _("the table “{label}” ({block}) has no row in which {asked}", label=label(item, block), block=block, asked=whole)
    yield Lack(message, advice(_("correct the rows if it is not so; else the record goes another way")))


def selected(row: Mapping, where: Any) -> bool:
    """True if the columns of ``where`` have one of their values."""
    return all(set(texts(row.entries.get(column))) & set(values) for column, values in where.items())


def _open_cells(item: Item, rows: Sequence[tuple[int, Mapping]], arguments: Any) -> Iterator[Lack]:
    """One lack a column, however many rows have it."""
    block, either = arguments["block"], arguments.get("any", ())
    told = {"label": label(item, block), "block": block}
    filling = command(arguments["fills"], item.id) if "fills" in arguments else None
    titles = {name: column.label for name, column in item.type.blocks[block].keys.items()} if block in item.type.blocks else {}
    for column in arguments.get("columns", ()):
        open_ = [number for number, row in rows if is_empty(row.entries.get(column))]
        if open_:
            message = _("the table “{label}” ({block}), row {rows}: “{title}” ({column}) is missing",
                        rows=spans(open_), title=titles.get(column, column), column=column, **told)
            yield Lack(message, filling or opening_of(item, block, open_[0], column) or fill(item, block, open_, column))
    bare = [number for number, row in rows if either and all(is_empty(row.entries.get(column)) for column in either)]
    if bare:
        named = tuple(_("{name} ({label})", name=column, label=titles.get(column, column)) for column in either)
        message = _("the table “{label}” ({block}), row {rows}: one of {columns} is needed", rows=spans(bare), columns=named, **told)
        yield Lack(message, filling or fill(item, block, bare, either[-1]))


def fill(item: Item, block: str, rows: Sequence[int], column: str) -> Mend:
    """The command that fills a few cells; many are better filled in an editor."""
    cells = [Assignment(f"{block}.{number}.{column}", HOLE) for number in rows]
    return command("set", item.id, sets=cells) if len(rows) <= _FEW else advice(_("fill in these cells with your editor, in {path}", path=item.path))


def spans(numbers: Sequence[int]) -> tuple[str, ...]:
    """Rising numbers as people write them: 1–3, 5."""
    starts = [number for number in numbers if number - 1 not in numbers]
    ends = [number for number in numbers if number + 1 not in numbers]
    return tuple(f"{first}" if first == last else f"{first}–{last}" for first, last in zip(starts, ends, strict=True))
