"""The gates of a state, from ``type.yaml``: each operator with arguments of the shape it works with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qmsctl.core.office.config import FORMAT
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, texts
from qmsctl.core.types.gate_shape import Argument, Shape, Written
from qmsctl.core.types.record_type import Gate
from qmsctl.core.types.type_nodes import TypeInvalid, as_mapping, entries_of, number_of
from qmsctl.message import _

ShapeOf = Callable[[str], Shape | None]
"""What an operator takes; ``None`` for one that nobody knows."""


def read_gate(node: Node, shape_of: ShapeOf) -> Gate:
    """The gate in an entry under ``gates``. Raises :class:`TypeInvalid`; unknown operators pass."""
    spec = as_mapping(node, node.line)
    operators = [key for key in spec.entries if key not in ("when", "format")]
    if len(operators) != 1:
        raise TypeInvalid(_("a gate has one operator, and “when” if it is not for all"), spec.line)
    since = number_of(spec, "format", 1)
    if not 1 <= since <= FORMAT:
        raise TypeInvalid(_("“{key}” of a gate is a number from 1 to {format}", key="format", format=FORMAT), spec.key_lines["format"])
    when = {key: texts(part) for key, part in entries_of(spec.entries.get("when"))}
    operator = operators[0]
    shape = shape_of(operator)
    given = _given(spec.entries[operator], shape, shape_of)
    if shape is not None and not shape.fits(given):
        message = _("the gate “{gate}” is not given what it needs; see docs/types.md", gate=operator)
        raise TypeInvalid(message, spec.key_lines[operator])
    return Gate(operator, given, when, shape, since)


def _given(node: Node, shape: Shape | None, shape_of: ShapeOf) -> Any:
    """The arguments as plain texts, tuples and dictionaries, or as gates where the operator takes such."""
    if isinstance(shape, Argument) and shape.written is Written.GATES:
        return tuple(read_gate(part, shape_of) for part in (node.items if isinstance(node, Sequence) else (node,)))
    return _plain(node)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return tuple(_plain(item) for item in node.items)
    assert isinstance(node, Mapping)
    return {key: _plain(value) for key, value in node.entries.items()}
