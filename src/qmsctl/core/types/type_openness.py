"""``public`` of a ``type.yaml``: what of its documents is for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.text.nodes import Mapping, Node, Scalar, texts
from qmsctl.core.types.field import Field
from qmsctl.core.types.openness import Openness
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.section import Section
from qmsctl.core.types.type_nodes import TypeInvalid, as_mapping, entries_of, flag_of, list_of, only_keys
from qmsctl.core.types.type_sections import read_section
from qmsctl.message import _

_KEYS = frozenset(["fields", "sections", "blocks", "text", "within"])
_INSIDE = ("person", "reference", "path", "sha256")
"""What such a field names is a person's or a file's: it never leaves the office."""

_NEVER = frozenset(["answers", "change", "owner", "classification", "distribution", "review_by"])


def read_openness(top: Mapping, found: RecordType) -> Openness:
    """What ``top`` says of the type; nothing is public where it says nothing. Raises :class:`TypeInvalid`."""
    if "public" not in top.entries:
        return Openness()
    line = top.key_lines["public"]
    spec = as_mapping(top.entries["public"], line)
    only_keys(spec, _KEYS)
    fields = texts(spec.entries.get("fields"))
    blocks = {name: texts(part) for name, part in entries_of(spec.entries.get("blocks"))}
    for name in fields:
        _check(name, found.fields.get(name), line)
    for name, columns in blocks.items():
        for column in columns:
            _check(f"{name}.{column}", found.blocks[name].keys.get(column) if name in found.blocks and name != "records" else None, line)
    return Openness(fields, tuple(_sections(list_of(spec, "sections"), found)), blocks, flag_of(spec, "text"), texts(spec.entries.get("within")))


def _check(name: str, field: Field | None, line: int) -> None:
    if field is None or name in _NEVER or any(field.mentions(kind) for kind in _INSIDE):
        raise TypeInvalid(_("“{field}” is not there, or is never public", field=name), line)


def _sections(nodes: tuple[Node, ...], found: RecordType) -> Iterator[Section]:
    """Sections of the type by their ids, and others by their titles."""
    own = {each.id: each for each in found.sections}
    for node in nodes:
        if not isinstance(node, Scalar):
            yield read_section(node)
        elif node.text in own and node.text != "records":
            yield own[node.text]
        else:
            raise TypeInvalid(_("“{field}” is not there, or is never public", field=node.text), node.line)
