"""What the gates of a type name: fields, sections, data blocks, roles and types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qmsctl.core.types.gate_shape import Argument, Arguments, Written
from qmsctl.core.types.record_type import Gate


def gates_in(gate: Gate) -> Iterator[Gate]:
    """The gate, and the gates within it."""
    yield gate
    if isinstance(gate.takes, Argument) and gate.takes.written is Written.GATES:
        for part in gate.arguments:
            yield from gates_in(part)


def operators_of(gate: Gate) -> Iterator[str]:
    """The operator of a gate, and those of the gates within it."""
    return (each.operator for each in gates_in(gate))


def names_of(gate: Gate) -> Iterator[tuple[str, str]]:
    """What a gate names: ``field``, ``section``, ``block``, ``role``, ``type`` or ``state``, and the name."""
    for each in gates_in(gate):
        yield from (("field", name) for name in each.when)
        for argument, given in _pairs(each):
            if argument.names:
                yield from ((argument.names, name.partition(".")[0] if argument.reaches else name) for name in _words(given))


def _pairs(gate: Gate) -> Iterable[tuple[Argument, Any]]:
    match gate.takes:
        case Argument():
            return ((gate.takes, gate.arguments),)
        case Arguments(by_key):
            return ((argument, gate.arguments[key]) for key, argument in by_key.items() if key in gate.arguments)
        case None:
            return ()


def _words(given: Any) -> Iterable[str]:
    """A text, the texts of a list, or the keys of a mapping."""
    return (given,) if isinstance(given, str) else given
