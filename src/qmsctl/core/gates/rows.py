"""``rows: {block: outputs, columns: [owner, due]}`` — the block has rows, each with these columns.

With ``any: [result, action]`` each row has at least one of them. ``where: {result: ["no"]}`` narrows both
to the rows with such a value; ``optional: true`` allows there to be no row at all.
"""

from collections.abc import Iterator
from typing import Any

from qmsctl.core.gates import Context, Lack, label, one_more_row
from qmsctl.core.model import Item
from qmsctl.core.nodes import Mapping, is_empty, texts
from qmsctl.message import _


def check(item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
    """The block's rows, in their order."""
    block = arguments["block"]
    rows = tuple(item.block_rows(block))
    if not rows and arguments.get("optional") != "true":
        columns = dict.fromkeys((*arguments.get("columns", ()), *arguments.get("any", ())[:1]), "")
        message = _("the table “{label}” ({block}) has no row", label=label(item, block), block=block)
        yield Lack(message, mend=one_more_row(item, block, columns, context))
    for number, row in enumerate(rows, 1):
        if selected(row, arguments.get("where", {})):
            yield from _row(item, number, row, arguments)


def selected(row: Mapping, where: Any) -> bool:
    """True if the columns of ``where`` have one of their values."""
    return all(set(texts(row.entries.get(column))) & set(values) for column, values in where.items())


def _row(item: Item, number: int, row: Mapping, arguments: Any) -> Iterator[Lack]:
    block = arguments["block"]
    name = label(item, block)
    for column in arguments.get("columns", ()):
        if is_empty(row.entries.get(column)):
            yield Lack(_("row {number} of the table “{label}” ({block}) has no {column}", number=number, label=name, block=block, column=column))
    either = arguments.get("any", ())
    if either and all(is_empty(row.entries.get(column)) for column in either):
        yield Lack(_("row {number} of the table “{label}” ({block}) has none of {columns}", number=number, label=name, block=block, columns=either))
