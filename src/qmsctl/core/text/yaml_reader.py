"""YAML text to nodes, refusing everything that is not plain data.

Input may be hostile: anchors, aliases, tags, merge keys, directives, several documents,
duplicate keys, depth over :data:`MAX_DEPTH` and hidden characters are refused with their line.
Values stay strings, so ``1.10`` remains ``1.10`` and ``no`` remains ``no``.
"""

from __future__ import annotations

from qmsctl.core.text.nodes import Node
from qmsctl.core.text.yaml_refused import YamlRefused, hidden_here, unseen
from qmsctl.message import _

MAX_DEPTH = 8
MAX_BYTES = 64 * 1024


def read_yaml(
    text: str,
    first_line: int = 1,
    offset: int = 0,
    limit: int = MAX_BYTES,
    depth: int = MAX_DEPTH,
) -> Node | None:
    """The one document in ``text``, or ``None`` if it is empty.

    ``first_line`` is the file's line of the first character, ``offset`` its index in the file's
    text. Raises :class:`YamlRefused`.
    """
    if len(text) > limit:
        raise YamlRefused(
            _("the YAML is larger than {limit} kB", limit=limit // 1024), first_line
        )
    found = unseen(text)
    if found:
        line = first_line + text.count("\n", 0, found.start())
        raise YamlRefused(hidden_here(found.group()), line)
    from qmsctl.core.text.yaml_events import read_events  # PyYAML, which most commands can do without

    return read_events(text, first_line, offset, depth)
