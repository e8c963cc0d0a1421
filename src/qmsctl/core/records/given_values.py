"""What a refused command had given for the fields of a record, to be given again: nothing of it was written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Node, Scalar, plain
from qmsctl.core.text.splice import flow

_BARE = re.compile(r"[\w.,:/+-]*")
_SPECIAL = re.compile(r'["$`\\!\n]')


def given_beside(sets: Sequence[str], item: Item, library: Library) -> Iterator[str]:
    """The assignments of fields that the change has set, but for those that ``sets`` are about."""
    known = library.before.by_id.get(item.id) if library.before else None
    named = {each.partition("=")[0].rstrip("+") for each in sets}
    for name, node in item.fields.entries.items() if known else ():
        if known and name in item.type.fields and name not in named and _written(node) != _written(known.node(name)):
            yield f"{name}={_written(node)}"


def quoted(assignment: str) -> str:
    """The assignment as a shell takes it: with quotes where there is something to quote, or to fill in."""
    name, sign, value = assignment.partition("=")
    if value != "…" and _BARE.fullmatch(value):
        return assignment
    return shlex.quote(assignment) if _SPECIAL.search(value) else f'{name}{sign}"{value}"'


def _written(node: Node | None) -> str | None:
    """The value as an assignment gives it."""
    if node is None:
        return None
    return node.text if isinstance(node, Scalar) else flow(plain(node))
