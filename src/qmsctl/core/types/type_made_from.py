"""``made_from`` of a ``type.yaml``: what ``new --of`` takes over from documents in force."""

from __future__ import annotations

from qmsctl.core.text.nodes import Node, texts
from qmsctl.core.types.record_type import MadeFrom
from qmsctl.core.types.type_nodes import as_mapping, entries_of, label_of, only_keys, text_of

_KEYS = frozenset(["field", "proof", "title", "rows"])
_ROW_KEYS = frozenset(["into", "from", "columns"])


def read_made_from(node: Node | None) -> MadeFrom | None:
    """The value of ``made_from``; ``None`` where there is none. Raises :class:`TypeInvalid`."""
    if node is None:
        return None
    spec = as_mapping(node, node.line)
    only_keys(spec, _KEYS)
    rows = as_mapping(spec.entries.get("rows"), spec.line)
    only_keys(rows, _ROW_KEYS)
    title = spec.entries.get("title")
    return MadeFrom(
        field=text_of(spec, "field"),
        proof=spec.text("proof"),
        title=label_of(title, spec.line) if title else None,
        block=text_of(rows, "into"),
        source_block=text_of(rows, "from"),
        columns={name: texts(part) for name, part in entries_of(rows.entries.get("columns"))},
    )
