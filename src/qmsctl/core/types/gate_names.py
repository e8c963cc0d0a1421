"""What the gates of a type name: fields, sections, data blocks, roles and types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qmsctl.core.types.record_type import Gate

_FIELDS = {
    "covered": ("field",),
    "differ": ("person", "from"),
    "elapsed": ("until", "since"),
    "linked": ("field",),
    "outside_unit": ("person", "units", "unless"),
    "reached": ("target", "direction"),
    "registered": ("field",),
    "reissued": ("field", "waivers"),
    "since_reopened": ("field",),
    "signed": ("of", "by", "apart"),
    "withdrawn": ("field",),
}
"""The arguments of an operator that name fields; ``owner.unit`` names the field before the dot."""


def operators_of(gate: Gate) -> Iterator[str]:
    """The operator of a gate, and those of the gates within it."""
    yield gate.operator
    for part in gate.arguments if gate.operator == "any" else ():
        yield from operators_of(part)


def names_of(gate: Gate) -> Iterator[tuple[str, str]]:
    """What a gate names: ``field``, ``section``, ``block``, ``role`` or ``type``, and the name."""
    for name in gate.when:
        yield "field", name
    arguments: Any = gate.arguments
    match gate.operator:
        case "any":
            for part in arguments:
                yield from names_of(part)
        case "present" | "come" | "equal" | "one_of":
            yield from (("field", name) for name in arguments)
        case "filled":
            yield from (("section", name) for name in arguments)
        case _ if isinstance(arguments, dict):
            for key in _FIELDS.get(gate.operator, ()):
                yield from (("field", name.partition(".")[0]) for name in _words(arguments.get(key)))
            for key in ("block", "role", "type"):
                yield from ((key, name) for name in _words(arguments.get(key)))


def _words(value: Any) -> Iterable[str]:
    return (value,) if isinstance(value, str) else value or ()
