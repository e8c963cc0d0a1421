"""``type.yaml`` to a :class:`RecordType`. Built-in and user types are read by the same code."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as AbstractMapping
from dataclasses import replace
from typing import Any

from qmsctl.core.field import KINDS, Field
from qmsctl.core.nodes import Mapping, Node, Scalar, Sequence
from qmsctl.core.record_type import Gate, RecordType, Reopening, RequiredSignOff, Section, State
from qmsctl.core.type_faults import faults
from qmsctl.core.values import read_bool, read_integer
from qmsctl.core.yaml_reader import YamlRefused, read_yaml
from qmsctl.message import Label, Message, _

_DEPTH = 16
_KEYS = frozenset(
    ["type", "kind", "abstract", "extends", "label", "id", "folder", "clauses", "retention", "fields", "sections", "blocks", "states", "reopen"]
)
_FIELD_KEYS = frozenset(["kind", "label", "required", "state", "default", "unique", "values", "of", "to", "keys", "columns", "min", "max"])
_STATE_KEYS = frozenset(["id", "label", "to", "follows", "final", "gates", "signoff"])


class TypeInvalid(Exception):
    """A type definition that cannot be used; ``line`` is that of ``type.yaml``."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.line = line


def read_type(text: str, base: Callable[[str], RecordType], builtin: bool) -> RecordType:
    """The type that ``text`` defines; ``base`` finds the type named by ``extends``.

    Raises :class:`TypeInvalid`.
    """
    try:
        node = read_yaml(text, depth=_DEPTH)
    except YamlRefused as error:
        raise TypeInvalid(error.message, error.line) from None
    top = _mapping(node, 1)
    _only(top, _KEYS)
    parent = _parent(top, base)
    fields = _fields(top.entries.get("fields"))
    blocks = {name: _block(name, part) for name, part in _entries(top.entries.get("blocks"))}
    states = _states(_list(top, "states"))
    result = RecordType(
        name=_text(top, "type"),
        kind=_one_of(top, "kind", ("document", "record", "signoff", "configuration")),
        label=_label(top.entries.get("label"), top.line),
        id_pattern=top.text("id") or "",
        folder=top.text("folder") or "",
        clauses={key: _texts(part) for key, part in _entries(top.entries.get("clauses"))},
        retention=top.text("retention") or (parent.retention if parent else None),
        fields={**(parent.fields if parent else {}), **fields},
        sections=tuple(_section(part) for part in _list(top, "sections")),
        blocks={**(parent.blocks if parent else {}), **blocks},
        states=states,
        reopening=_reopening(top.entries.get("reopen"), states),
        abstract=_flag(top, "abstract"),
        builtin=builtin,
    )
    for message, line in faults(result, top):
        raise TypeInvalid(message, line)
    return result


def _parent(top: Mapping, base: Callable[[str], RecordType]) -> RecordType | None:
    if "extends" not in top.entries:
        return None
    try:
        return base(top.text("extends") or "")
    except TypeInvalid as error:
        raise TypeInvalid(error.message, top.key_lines["extends"]) from None


def _mapping(node: Node | None, line: int) -> Mapping:
    if not isinstance(node, Mapping):
        raise TypeInvalid(_("keys with values are expected here"), node.line if node else line)
    return node


def _entries(node: Node | None) -> Iterable[tuple[str, Node]]:
    return _mapping(node, node.line).entries.items() if node is not None else ()


def _only(node: Mapping, known: frozenset[str]) -> None:
    for key, line in node.key_lines.items():
        if key not in known:
            raise TypeInvalid(_("“{key}” is not known here; expected one of {known}", key=key, known=known), line)


def _list(node: Mapping, key: str) -> tuple[Node, ...]:
    found = node.entries.get(key)
    if found is None or isinstance(found, Sequence):
        return node.sequence(key)
    raise TypeInvalid(_("a list is expected, such as [a, b]"), node.key_lines[key])


def _flag(node: Mapping, key: str) -> bool:
    if key not in node.entries:
        return False
    flag = read_bool(node.text(key) or "")
    if flag is None:
        raise TypeInvalid(
            _("“{text}” stands there; {expected} is expected", text=node.text(key) or "", expected=_("yes or no")),
            node.key_lines[key],
        )
    return flag


def _text(node: Mapping, key: str) -> str:
    text = node.text(key)
    if not text:
        raise TypeInvalid(_("“{key}” is missing", key=key), node.line)
    return text


def _one_of(node: Mapping, key: str, known: tuple[str, ...]) -> str:
    text = _text(node, key)
    if text not in known:
        raise TypeInvalid(
            _("“{text}” stands there; {expected} is expected", text=text, expected=_("one of {values}", values=known)),
            node.key_lines[key],
        )
    return text


def _texts(node: Node | None) -> tuple[str, ...]:
    if isinstance(node, Scalar):
        return (node.text,)
    if isinstance(node, Sequence):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return ()


def _label(node: Node | None, line: int) -> Label:
    texts = {
        key: value.text for key, value in _mapping(node, line).entries.items() if isinstance(value, Scalar)
    }
    return Label(texts)


def _fields(node: Node | None) -> AbstractMapping[str, Field]:
    return {name: _field(name, part) for name, part in _entries(node)}


def _field(name: str, node: Node) -> Field:
    spec = _mapping(node, node.line)
    _only(spec, _FIELD_KEYS)
    kind = _one_of(spec, "kind", tuple(sorted(KINDS)))
    of = spec.entries.get("of")
    parts = of.items if isinstance(of, Sequence) else (of,) if of is not None else ()
    if kind in ("list", "any") and not parts:
        raise TypeInvalid(_("“{key}” is missing", key="of"), spec.line)
    label = spec.entries.get("label")
    return Field(
        name=name,
        kind=kind,
        label=_label(label, spec.line) if label else Label({"en": name}),
        required=_flag(spec, "required"),
        state=spec.text("state"),
        default=spec.text("default"),
        unique=_flag(spec, "unique"),
        values=_values(spec.entries.get("values")),
        of=tuple(_field(name, part) for part in parts),
        keys=_fields(spec.entries.get("keys") or spec.entries.get("columns")),
        to=_texts(spec.entries.get("to")),
        minimum=read_integer(spec.text("min") or ""),
        maximum=read_integer(spec.text("max") or ""),
    )


def _values(node: Node | None) -> AbstractMapping[str, Label]:
    if isinstance(node, Sequence):
        return {text: Label({"en": text}) for text in _texts(node)}
    return {key: _label(part, part.line) for key, part in _entries(node)}


def _block(name: str, node: Node) -> Field:
    spec = _mapping(node, node.line)
    return Field(
        name=name,
        kind="table",
        label=_label(spec.entries.get("label"), spec.line),
        keys=_fields(spec.entries.get("columns")),
    )


def _section(node: Node) -> Section:
    spec = _mapping(node, node.line)
    titles = {key: spec.text(key) or "" for key in spec.entries if key not in ("id", "required")}
    return Section(_text(spec, "id"), Label(titles), _flag(spec, "required"))


def _states(nodes: tuple[Node, ...]) -> AbstractMapping[str, State]:
    states: dict[str, State] = {}
    previous: str | None = None
    for node in nodes:
        spec = _mapping(node, node.line)
        _only(spec, _STATE_KEYS)
        name = _text(spec, "id")
        if name in states:
            raise TypeInvalid(_("state “{state}” is given twice", state=name), spec.line)
        states[name] = State(
            id=name,
            label=_label(spec.entries.get("label"), spec.line),
            to=_texts(spec.entries.get("to")),
            follows=spec.text("follows") or previous,
            final=_flag(spec, "final"),
            gates=tuple(_gate(part) for part in _list(spec, "gates")),
            signoff=_signoff(spec.entries.get("signoff")),
        )
        previous = name
    return states


def _signoff(node: Node | None) -> RequiredSignOff | None:
    if node is None:
        return None
    spec = _mapping(node, node.line)
    return RequiredSignOff(_text(spec, "meaning"), _texts(spec.entries.get("role")))


def _reopening(node: Node | None, states: AbstractMapping[str, State]) -> Reopening | None:
    if node is None:
        return None
    spec = _mapping(node, node.line)
    to = _text(spec, "to")
    if to not in states:
        raise TypeInvalid(_("“{key}” names the unknown state “{other}”", key="reopen", other=to), spec.line)
    return Reopening(to, _texts(spec.entries.get("role")))


def _gate(node: Node) -> Gate:
    spec = _mapping(node, node.line)
    operators = [key for key in spec.entries if key != "when"]
    if len(operators) != 1:
        raise TypeInvalid(_("a gate has one operator, and “when” if it is not for all"), spec.line)
    when = {key: _texts(part) for key, part in _entries(spec.entries.get("when"))}
    operator = operators[0]
    arguments = spec.entries[operator]
    if operator == "any":
        return Gate(operator, tuple(_gate(part) for part in _items(arguments)), when)
    return Gate(operator, _plain(arguments), when)


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else (node,)


def _plain(node: Node) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return tuple(_plain(item) for item in node.items)
    return {key: _plain(value) for key, value in node.entries.items()}


def with_pattern(found: RecordType, pattern: str | None) -> RecordType:
    """The type with the id pattern an office has chosen for it."""
    return replace(found, id_pattern=pattern) if pattern else found
