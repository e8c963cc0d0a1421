"""What a type definition says well-formed and yet cannot mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.core.text.ids import IdPattern
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.values import path_problem
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType, State
from qmsctl.core.types.type_count import count_faults
from qmsctl.core.types.type_days import day_faults
from qmsctl.core.types.type_due import due_faults
from qmsctl.message import Message, _


def faults(found: RecordType, top: MappingNode) -> Iterator[tuple[Message, int]]:
    """Sentences and lines; ``top`` is the mapping that ``found`` was read from."""
    yield from _fields(found, top)
    yield from ((message, _line(top, key, name)) for message, key, name in day_faults(found))
    yield from _states(found, top)
    yield from _made_from(found, top)
    yield from due_faults(found, top)
    yield from count_faults(found, top)
    if not found.abstract and found.kind != "configuration":
        yield from _files(found, top)


def _fields(found: RecordType, top: MappingNode) -> Iterator[tuple[Message, int]]:
    for name, field in found.fields.items():
        if field.state is not None and field.state not in found.states:
            message = _("field “{field}” belongs to the unknown state “{state}”", field=name, state=field.state)
            yield message, _line(top, "fields", name)
        if field.moved_by is not None and field.moved_by not in found.blocks:
            message = _("field “{field}” is moved by the unknown data block “{block}”", field=name, block=field.moved_by)
            yield message, _line(top, "fields", name)
        if field.order is not None and not _is_reference(field):
            yield _("field “{field}” has an order, but is no reference and no list of references", field=name), _line(top, "fields", name)
    for key, parts in (("fields", found.fields), ("blocks", found.blocks)):
        for name, field in parts.items():
            if field.grows is not None and field.grows not in found.states:
                yield _("field “{field}” only grows from the unknown state “{state}” on", field=name, state=field.grows), _line(top, key, name)
            if any(part.order is not None for part in _parts_of(field)):
                yield _("“{key}” belongs to a field of the front matter, not to a part of “{field}”", key="order", field=name), _line(top, key, name)


def _is_reference(field: Field) -> bool:
    return field.kind == "reference" or (field.kind == "list" and field.of[0].kind == "reference")


def _parts_of(field: Field) -> Iterator[Field]:
    """What a field is made of, at any depth."""
    for part in (*field.of, *field.keys.values()):
        yield part
        yield from _parts_of(part)


def _states(found: RecordType, top: MappingNode) -> Iterator[tuple[Message, int]]:
    for state, node in zip(found.states.values(), top.sequence("states"), strict=True):
        for other in (*state.to, *((state.follows,) if state.follows else ())):
            if other not in found.states:
                yield _("state “{state}” names the unknown state “{other}”", state=state.id, other=other), node.line
                return
        if _circular(state, found.states):
            yield _("the states that “{state}” follows lead back to it", state=state.id), node.line
        for name in state.freezes:
            if all(section.id != name for section in found.sections):
                yield _("state “{state}” freezes the unknown section “{section}”", state=state.id, section=name), node.line
        if state.freezes and state.signoff is None:
            yield _("state “{state}” freezes sections, but asks for no sign-off that could", state=state.id), node.line


def _made_from(found: RecordType, top: MappingNode) -> Iterator[tuple[Message, int]]:
    spec = found.made_from
    if spec is None:
        return
    line = top.key_lines["made_from"]
    for name in (spec.field, *((spec.proof,) if spec.proof else ())):
        if name not in found.fields:
            yield _("“{key}” names the unknown field “{field}”", key="made_from", field=name), line
    block = found.blocks.get(spec.block)
    if block is None:
        yield _("“{key}” names the unknown data block “{block}”", key="made_from", block=spec.block), line
        return
    for column in spec.columns:
        if column not in block.keys:
            yield _("“{key}” names the unknown column “{column}”", key="made_from", column=column), line


def _line(top: MappingNode, key: str, name: str) -> int:
    """The line of ``name`` under ``key``; that of the whole where it is inherited."""
    part = top.entries.get(key)
    return part.key_lines.get(name, top.line) if isinstance(part, MappingNode) else top.line


def _circular(state: State, states: Mapping[str, State]) -> bool:
    before = state.follows
    for _step in states:
        if before is None or before not in states:
            return False
        before = states[before].follows
    return before is not None


def _files(found: RecordType, top: MappingNode) -> Iterator[tuple[Message, int]]:
    """The folder and the ids of a type whose files people make."""
    if not found.folder:
        yield _("“{key}” is missing", key="folder"), top.line
        return
    problem = path_problem(found.folder)
    if problem:
        yield problem, top.key_lines["folder"]
    if found.kind != "signoff" and IdPattern.parse(found.id_pattern) is None:
        message = _("the id pattern “{pattern}” of {type} is not valid", pattern=found.id_pattern, type=found.name)
        yield message, top.key_lines.get("id", top.line)
