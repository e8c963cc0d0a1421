"""The gates of a state, from ``type.yaml``: each operator with arguments of the shape it works with."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping
from typing import Any

from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, texts
from qmsctl.core.types.record_type import Gate
from qmsctl.core.types.type_nodes import TypeInvalid, as_mapping, entries_of
from qmsctl.message import _

_DAYS = 5


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_list(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and all(map(_is_text, value))


def _is_words(value: Any) -> bool:
    return _is_text(value) or _is_list(value)


def _is_days(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < _DAYS


def _is_flag(value: Any) -> bool:
    return value in ("true", "false")


def _is_choices(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_list, value.values()))


def _is_values(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(map(_is_text, value.values()))


def _is_members(value: Any) -> bool:
    return _is_words(value) or _is_choices(value)


Fits = Callable[[Any], bool]

_WHOLE: AbstractMapping[str, Fits] = {
    "present": _is_list,
    "filled": _is_list,
    "come": _is_list,
    "equal": _is_values,
    "one_of": _is_choices,
}
"""Operators whose arguments are one list or one mapping."""

_PLACE = {"field": _is_text, "block": _is_text, "column": _is_text}
_LINK = {"in": _is_list, "aside": _is_list, "where": _is_choices, "some": _is_flag}
_KEYS: AbstractMapping[str, tuple[frozenset[str], AbstractMapping[str, Fits]]] = {
    "rows": (
        frozenset({"block"}),
        {"block": _is_text, "columns": _is_list, "any": _is_list, "where": _is_choices, "optional": _is_flag},
    ),
    "last_row": (frozenset({"block", "one_of"}), {"block": _is_text, "one_of": _is_choices}),
    "linked": (frozenset({"in"}), {**_PLACE, **_LINK}),
    "linking": (frozenset({"field", "type", "in"}), {"field": _is_text, "type": _is_text, "command": _is_text, **_LINK}),
    "signed": (
        frozenset({"meaning"}),
        {"meaning": _is_text, "role": _is_list, "of": _is_text, "by": _is_list, "apart": _is_list},
    ),
    "differ": (frozenset({"person", "from"}), {"person": _is_text, "from": _is_list}),
    "elapsed": (
        frozenset({"until", "since", "days"}),
        {"until": _is_text, "since": _is_text, "days": _is_days, "setting": _is_text},
    ),
    "outside_unit": (frozenset({"person", "units"}), {"person": _is_text, "units": _is_text, "unless": _is_text}),
    "covered": (frozenset({"set"}), {"set": _is_members, **_PLACE}),
    "reissued": (frozenset({"field"}), {"field": _is_text, "waivers": _is_text}),
    "withdrawn": (frozenset({"field"}), {"field": _is_text}),
    "registered": (
        frozenset({"field", "type", "by", "in"}),
        {"field": _is_text, "type": _is_text, "by": _is_text, "in": _is_list},
    ),
    "reached": (
        frozenset({"block", "column", "target", "direction"}),
        {"block": _is_text, "column": _is_text, "target": _is_text, "direction": _is_text, "missed": _is_flag},
    ),
    "since_reopened": (frozenset({"field"}), {"field": _is_text}),
}
"""Operators with named arguments: those it needs, and the shape of each it takes."""

SHAPED = frozenset((*_WHOLE, *_KEYS, "any"))


def read_gate(node: Node) -> Gate:
    """The gate in an entry under ``gates``. Raises :class:`TypeInvalid`; unknown operators pass."""
    spec = as_mapping(node, node.line)
    operators = [key for key in spec.entries if key != "when"]
    if len(operators) != 1:
        raise TypeInvalid(_("a gate has one operator, and “when” if it is not for all"), spec.line)
    when = {key: texts(part) for key, part in entries_of(spec.entries.get("when"))}
    operator = operators[0]
    arguments = spec.entries[operator]
    if operator == "any":
        return Gate(operator, tuple(read_gate(part) for part in _items(arguments)), when)
    given = _plain(arguments)
    if not _fits(operator, given):
        message = _("the gate “{gate}” is not given what it needs; see docs/types.md", gate=operator)
        raise TypeInvalid(message, spec.key_lines[operator])
    return Gate(operator, given, when)


def _fits(operator: str, arguments: Any) -> bool:
    if operator in _WHOLE:
        return _WHOLE[operator](arguments)
    needed, shapes = _KEYS.get(operator, (frozenset[str](), None))
    if shapes is None:
        return True
    if not isinstance(arguments, dict) or not needed <= arguments.keys() <= shapes.keys():
        return False
    if shapes.keys() >= _PLACE.keys() and not ("field" in arguments or {"block", "column"} <= arguments.keys()):
        return False
    return all(shapes[key](value) for key, value in arguments.items())


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return tuple(_plain(item) for item in node.items)
    assert isinstance(node, Mapping)
    return {key: _plain(value) for key, value in node.entries.items()}
