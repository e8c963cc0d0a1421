"""``type.yaml`` to a :class:`RecordType`. Built-in and user types are read by the same code."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AbstractMapping

from qmsctl.core.office.duration import Duration
from qmsctl.core.text.nodes import Mapping, Node, Sequence, texts
from qmsctl.core.text.values import read_integer
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.field import KINDS, ORDERS, Field
from qmsctl.core.types.gate_reader import ShapeOf, read_gate
from qmsctl.core.types.record_type import MIDDLE, NOT_READ, RecordType, Reopening, RequiredSignOff, State
from qmsctl.core.types.type_count import fitting, read_count
from qmsctl.core.types.type_days import read_day
from qmsctl.core.types.type_due import read_due
from qmsctl.core.types.type_earlier import read_earlier
from qmsctl.core.types.type_faults import faults
from qmsctl.core.types.type_made_from import read_made_from
from qmsctl.core.types.type_nodes import (
    TypeInvalid,
    as_mapping,
    entries_of,
    flag_of,
    label_of,
    list_of,
    number_of,
    one_of,
    only_keys,
    text_of,
)
from qmsctl.core.types.type_openness import read_openness
from qmsctl.core.types.type_sections import read_section
from qmsctl.message import Label, _
from qmsctl.value import replace

MAX_DEPTH = 16
_KINDS = tuple(sorted(KINDS))
_KEYS = frozenset(
    ["type", "kind", "abstract", "extends", "label", "id", "folder", "clauses", "retention", "fields", "sections", "blocks", "states", "reopen", "made_from", "due", "counted", "acknowledge_within", "rank", "from", "before", "public", "unnamed"]
)
_FIELD_KEYS = frozenset(
    ["kind", "label", "required", "state", "default", "unique", "values", "of", "to", "keys", "columns", "min", "max", "moved_by", "back", "order", "when", "day", "grows"]
)
_CHANGE_KEYS = frozenset(["label", "required", "state", "default", "when", "day"])
_STATE_KEYS = frozenset(["id", "label", "to", "follows", "final", "given_up", "void", "rests", "gates", "signoff", "freezes"])


def nodes_of(text: str) -> Node | None:
    """What stands in a ``type.yaml``. Raises :class:`TypeInvalid`."""
    try:
        return read_yaml(text, depth=MAX_DEPTH)
    except YamlRefused as error:
        raise TypeInvalid(error.message, error.line) from None


def type_of(node: Node | None, base: Callable[[str], RecordType], builtin: bool, shape_of: ShapeOf) -> RecordType:
    """The type that ``node`` defines; ``base`` finds the type named by ``extends``, ``shape_of`` what a gate takes.

    Raises :class:`TypeInvalid`.
    """
    top = as_mapping(node, 1)
    only_keys(top, _KEYS)
    parent = _parent(top, base)
    fields = _fields(top.entries.get("fields"), parent.fields if parent else {})
    blocks = {name: _block(name, part) for name, part in entries_of(top.entries.get("blocks"))}
    states = _states(list_of(top, "states"), shape_of)
    result = RecordType(
        name=text_of(top, "type"),
        kind=one_of(top, "kind", ("document", "record", "signoff", "configuration")),
        label=label_of(top.entries.get("label"), top.line),
        id_pattern=top.text("id") or "",
        folder=top.text("folder") or "",
        clauses={key: texts(part) for key, part in entries_of(top.entries.get("clauses"))},
        retention=top.text("retention") or (parent.retention if parent else None),
        fields={**(parent.fields if parent else {}), **fields},
        sections=tuple(read_section(part) for part in list_of(top, "sections")),
        blocks={**(parent.blocks if parent else {}), **blocks},
        states=states,
        reopening=_reopening(top.entries.get("reopen"), states),
        made_from=read_made_from(top.entries.get("made_from")),
        dues=tuple(read_due(part) for part in list_of(top, "due")) or (parent.dues if parent else ()),
        counts=tuple(read_count(part) for part in list_of(top, "counted")),
        acknowledge_within=_reading(top) or (parent.acknowledge_within if parent else ""),
        rank=number_of(top, "rank", MIDDLE),
        abstract=flag_of(top, "abstract"),
        unnamed={key: texts(part) for key, part in entries_of(top.entries.get("unnamed"))},
        builtin=builtin,
        lineage=(*parent.lineage, parent.name) if parent else (),
    )
    result = replace(result, earlier=read_earlier(top, result, lambda node: _reopening(node, states)))
    result = replace(result, openness=read_openness(top, result))
    for message, line in faults(result, top):
        raise TypeInvalid(message, line)
    return counting_as(parent, result) if parent else result


def counting_as(other: RecordType, found: RecordType) -> RecordType:
    """The type, counted as the other one where it says nothing of its own."""
    return found if found.counts else replace(found, counts=fitting(other.counts, found))


def _parent(top: Mapping, base: Callable[[str], RecordType]) -> RecordType | None:
    if "extends" not in top.entries:
        return None
    try:
        return base(top.text("extends") or "")
    except TypeInvalid as error:
        raise TypeInvalid(error.message, top.key_lines["extends"]) from None


def _fields(node: Node | None, inherited: AbstractMapping[str, Field]) -> AbstractMapping[str, Field]:
    return {
        name: _changed(inherited[name], part) if name in inherited and _is_change(part) else _field(name, part)
        for name, part in entries_of(node)
    }


def _is_change(node: Node) -> bool:
    return isinstance(node, Mapping) and "kind" not in node.entries


def _changed(field: Field, node: Node) -> Field:
    """An inherited field with another label, state, default, necessity or limits of days."""
    spec = as_mapping(node, node.line)
    only_keys(spec, _CHANGE_KEYS)
    label = spec.entries.get("label")
    return replace(
        field,
        label=label_of(label, spec.line) if label else field.label,
        required=flag_of(spec, "required") if "required" in spec.entries else field.required,
        state=spec.text("state") or field.state,
        default=spec.text("default") or field.default,
        day=read_day(spec) if spec.entries.keys() & {"when", "day"} else field.day,
    )


def _field(name: str, node: Node) -> Field:
    spec = as_mapping(node, node.line)
    only_keys(spec, _FIELD_KEYS)
    kind = one_of(spec, "kind", _KINDS)
    of = spec.entries.get("of")
    parts = of.items if isinstance(of, Sequence) else (of,) if of is not None else ()
    if kind in ("list", "any") and not parts:
        raise TypeInvalid(_("“{key}” is missing", key="of"), spec.line)
    label = spec.entries.get("label")
    return Field(
        name=name,
        kind=kind,
        label=label_of(label, spec.line) if label else Label({"en": name}),
        required=flag_of(spec, "required"),
        state=spec.text("state"),
        default=spec.text("default"),
        unique=flag_of(spec, "unique"),
        values=_values(spec.entries.get("values")),
        of=tuple(_field(name, part) for part in parts),
        keys=_fields(spec.entries.get("keys") or spec.entries.get("columns"), {}),
        to=texts(spec.entries.get("to")),
        minimum=read_integer(spec.text("min") or ""),
        maximum=read_integer(spec.text("max") or ""),
        moved_by=spec.text("moved_by"),
        back=spec.text("back"),
        order=one_of(spec, "order", ORDERS) if "order" in spec.entries else None,
        day=read_day(spec),
        grows=spec.text("grows"),
    )


def _values(node: Node | None) -> AbstractMapping[str, Label]:
    if isinstance(node, Sequence):
        return {text: Label({"en": text}) for text in texts(node)}
    return {key: label_of(part, part.line) for key, part in entries_of(node)}


def _block(name: str, node: Node) -> Field:
    spec = as_mapping(node, node.line)
    return Field(
        name=name,
        kind="table",
        label=label_of(spec.entries.get("label"), spec.line),
        keys=_fields(spec.entries.get("columns"), {}),
        grows=spec.text("grows"),
    )


def _reading(top: Mapping) -> str:
    text = top.text("acknowledge_within") or ""
    if text and text != NOT_READ and Duration.parse(text) is None:
        raise TypeInvalid(_("“{key}” is “{value}”; a duration such as 10d or {none} is expected", key="acknowledge_within", value=text, none=NOT_READ), top.key_lines["acknowledge_within"])
    return text


def _states(nodes: tuple[Node, ...], shape_of: ShapeOf) -> AbstractMapping[str, State]:
    states: dict[str, State] = {}
    previous: str | None = None
    for node in nodes:
        spec = as_mapping(node, node.line)
        only_keys(spec, _STATE_KEYS)
        name = text_of(spec, "id")
        if name in states:
            raise TypeInvalid(_("state “{state}” is given twice", state=name), spec.line)
        states[name] = State(
            id=name,
            label=label_of(spec.entries.get("label"), spec.line),
            to=texts(spec.entries.get("to")),
            follows=spec.text("follows") or previous,
            final=flag_of(spec, "final"),
            given_up=flag_of(spec, "given_up"),
            void=flag_of(spec, "given_up") or flag_of(spec, "void"),
            rests=flag_of(spec, "rests"),
            gates=tuple(read_gate(part, shape_of) for part in list_of(spec, "gates")),
            signoff=_signoff(spec.entries.get("signoff")),
            freezes=texts(spec.entries.get("freezes")),
        )
        previous = name
    return states


def _signoff(node: Node | None) -> RequiredSignOff | None:
    if node is None:
        return None
    spec = as_mapping(node, node.line)
    return RequiredSignOff(text_of(spec, "meaning"), texts(spec.entries.get("role")))


def _reopening(node: Node | None, states: AbstractMapping[str, State]) -> Reopening | None:
    if node is None:
        return None
    spec = as_mapping(node, node.line)
    to = text_of(spec, "to")
    if to not in states:
        raise TypeInvalid(_("“{key}” names the unknown state “{other}”", key="reopen", other=to), spec.line)
    return Reopening(to, texts(spec.entries.get("role")))


def with_pattern(found: RecordType, pattern: str | None) -> RecordType:
    """The type with the id pattern an office has chosen for it."""
    return replace(found, id_pattern=pattern) if pattern else found
