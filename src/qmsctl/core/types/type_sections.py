"""An entry under ``sections`` of a ``type.yaml``."""

from __future__ import annotations

from qmsctl.core.text.nodes import Node, texts
from qmsctl.core.types.section import Section
from qmsctl.core.types.type_nodes import as_mapping, entries_of, flag_of, text_of
from qmsctl.message import Label

_NO_TITLE = ("id", "required", "also", "when")


def read_section(node: Node) -> Section:
    """The section; its keys are languages but for these. Raises :class:`TypeInvalid`."""
    spec = as_mapping(node, node.line)
    titles = {key: spec.text(key) or "" for key in spec.entries if key not in _NO_TITLE}
    when = {key: texts(part) for key, part in entries_of(spec.entries.get("when"))}
    return Section(text_of(spec, "id"), Label(titles), flag_of(spec, "required"), texts(spec.entries.get("also")), when)
