"""The vocabulary of gates: one operator a file, found by its name.

A gate module says in ``TAKES`` what arguments it works with, and has ``check(item, arguments, context)``, a
generator of what is missing; nothing missing means that the gate is open. Its docstring begins with an example. What no
operator can say becomes one more file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol, cast

from qmsctl.core.diagnostic import Severity
from qmsctl.core.model import Item
from qmsctl.core.records.elapsing import applies, is_asked
from qmsctl.core.text.nodes import texts
from qmsctl.core.text.values import read_bool
from qmsctl.core.types.field import Field
from qmsctl.core.types.gate_shape import Argument, Shape, Written
from qmsctl.core.types.record_type import Gate
from qmsctl.mend import Hole, Mend
from qmsctl.message import Label, Message, Named, _
from qmsctl.modules import modules_in
from qmsctl.value import dataclass, replace

if TYPE_CHECKING:
    from qmsctl.core.library import Library

PLACE = {
    "field": Argument(Written.TEXT, "field"),
    "block": Argument(Written.TEXT, "block"),
    "column": Argument(Written.TEXT),
}
"""Where :func:`named` looks, which needs all of one of ``PLACED``."""

PLACED = (("field",), ("block", "column"))


@dataclass(frozen=True, slots=True)
class Context:
    """What a gate may look at: the library, and the day on which the gate has to be open."""

    library: Library
    day: date


@dataclass(frozen=True, slots=True)
class Lack:
    """What keeps a gate closed, and how it is opened; without a mend the text of the record has to be completed.

    One that comes ``later`` only the criteria of a later format see; ``severity`` where it does not close the gate for all.
    One that ``separates`` asks for another person.
    """

    message: Message
    mend: Mend | None = None
    later: bool = False
    severity: Severity | None = None
    separates: bool = False


class Operator(Protocol):
    """The shape of a gate module."""

    TAKES: Shape

    def check(self, item: Item, arguments: Any, context: Context) -> Iterator[Lack]:
        """Say what is missing."""


@cache
def operators() -> frozenset[str]:
    """The names of all operators."""
    return modules_in(__path__)


@cache
def is_operator(name: str) -> bool:
    """True for the name of one; to list them all imports much."""
    return name.isidentifier() and find_spec(f"{__name__}.{name}") is not None


@cache
def _operator(name: str) -> Operator:
    return cast(Operator, import_module(f"{__name__}.{name}"))


def shape_of(name: str) -> Shape | None:
    """What the operator takes; ``None`` if there is no such operator."""
    return _operator(name).TAKES if is_operator(name) else None


def missing(gate: Gate, item: Item, context: Context) -> Iterator[Lack]:
    """What ``item`` lacks for the gate to be open."""
    if not is_operator(gate.operator):
        yield Lack(_("the type uses the unknown gate “{gate}”", gate=gate.operator))
    elif applies(gate, item):
        found = _operator(gate.operator).check(item, gate.arguments, context)
        yield from (replace(lack, later=True) for lack in found) if gate.format > 1 else found


def label(item: Item, name: str) -> object:
    """What a field or a data block is called for people."""
    field = item.type.fields.get(name) or item.type.blocks.get(name)
    return field.label if field else name


def with_label(value: str, described: Field | None) -> object:
    """A value as it is written, with its label where the field or column has one for it."""
    if described is not None and described.kind == "bool":
        return Named(value, Label({"en": "yes", "vi": "có"} if read_bool(value) else {"en": "no", "vi": "không"}))
    known = described.values.get(value) if described else None
    return Named(value, known) if known else value


def named(item: Item, arguments: Any) -> tuple[str, ...]:
    """The texts in the ``field`` of the arguments, or in the ``column`` of their ``block``."""
    if "block" not in arguments:
        return item.texts(arguments["field"])
    rows = item.block_rows(arguments["block"])
    return tuple(text for row in rows for text in texts(row.entries.get(arguments["column"])))


def one_more_row(item: Item, block: str, given: Mapping[str, str | Hole], context: Context, wanted: Mapping[str, Sequence[str]] | None = None) -> Mend | None:
    """The command that adds a row with what is ``given`` and what else the block requires, or a gate of a row that has the ``wanted`` values."""
    from qmsctl.core.mends.row_command import row_command

    found = item.type.blocks.get(block)
    if found is None:
        return None
    asked = {*given, *(_columns_asked(item, block, wanted, context) if wanted else ())}
    named = {name: column for name, column in found.keys.items() if column.required or name in asked}
    return row_command(item.id, found, {name: _cell(item, block, column, given, context) for name, column in named.items()})


def _columns_asked(item: Item, block: str, wanted: Mapping[str, Sequence[str]], context: Context) -> Iterator[str]:
    gates = (gate for state in item.type.states.values() for gate in state.gates if gate.operator == "rows" and gate.arguments["block"] == block)
    for gate in gates:
        fits = all(set(values) & set(wanted.get(name, ())) for name, values in gate.arguments.get("where", {}).items())
        if fits and applies(gate, item) and is_asked(gate, context.library):
            yield from gate.arguments.get("columns", ())


def _cell(item: Item, block: str, column: Field, given: Mapping[str, str | Hole], context: Context) -> str | Hole:
    from qmsctl.core.mends.proposed_day import proposed_day
    from qmsctl.core.mends.row_command import example

    value = given.get(column.name, "")
    if isinstance(value, Hole):
        return value
    day = proposed_day(item, column.name, context.library, block).isoformat() if column.kind == "date" and not value else value
    return example(column, context.library, day)
