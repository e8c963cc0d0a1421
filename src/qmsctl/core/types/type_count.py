"""``counted`` of a ``type.yaml``: the figures that records of the type are counted for."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.text.nodes import Mapping, Node, Sequence, texts
from qmsctl.core.types.count import FIGURES, Count
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.type_nodes import as_mapping, entries_of, flag_of, one_of, only_keys
from qmsctl.message import Message, _

_KEYS = frozenset(["for", "as", "block", "on", "in", "when", "where", "without", "open", "late"])


def read_count(node: Node) -> Count:
    """An entry under ``counted``. Raises :class:`TypeInvalid`."""
    spec = as_mapping(node, node.line)
    only_keys(spec, _KEYS)
    consumer = one_of(spec, "for", tuple(FIGURES))
    return Count(
        consumer=consumer,
        figure=one_of(spec, "as", FIGURES[consumer]),
        when={key: texts(part) for key, part in entries_of(spec.entries.get("when"))},
        where={key: texts(part) for key, part in entries_of(spec.entries.get("where"))},
        block=spec.text("block"),
        on=spec.text("on"),
        states=texts(spec.entries.get("in")),
        without=texts(spec.entries.get("without")),
        open=flag_of(spec, "open"),
        late=spec.text("late"),
    )


def fitting(counts: tuple[Count, ...], found: RecordType) -> tuple[Count, ...]:
    """Those of the entries of another type that name only what this one has."""
    return tuple(each for each in counts if not any(_unknown(found, each)))


def count_faults(found: RecordType, top: Mapping) -> Iterator[tuple[Message, int]]:
    """What the entries name and the type does not have; the line of the list for one that is inherited."""
    node = top.entries.get("counted")
    lines = [part.line for part in node.items] if isinstance(node, Sequence) else []
    for place, count in enumerate(found.counts):
        line = lines[place] if place < len(lines) else top.line
        for message in _unknown(found, count):
            yield message, line


def _unknown(found: RecordType, count: Count) -> Iterator[Message]:
    if count.block is not None and count.block not in found.blocks:
        yield _("“{key}” names the unknown data block “{block}”", key="counted", block=count.block)
        return
    columns = found.blocks[count.block].keys if count.block else {}
    fields = [*count.when, *count.without, *filter(None, (count.late, None if count.on in columns else count.on))]
    for name in fields:
        if name not in found.fields:
            yield _("“{key}” names the unknown field “{field}”", key="counted", field=name)
    for name in count.where:
        if name not in columns:
            yield _("“{key}” names the unknown column “{column}”", key="counted", column=name)
    for name in count.states:
        if name not in found.states:
            yield _("“{key}” names the unknown state “{other}”", key="counted", other=name)
