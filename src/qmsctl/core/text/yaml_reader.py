"""YAML text to nodes, refusing everything that is not plain data.

Input may be hostile: anchors, aliases, tags, merge keys, directives, several documents,
duplicate keys, depth over :data:`MAX_DEPTH` and hidden characters are refused with their line.
Values stay strings, so ``1.10`` remains ``1.10`` and ``no`` remains ``no``.
"""

from __future__ import annotations

import re

from qmsctl.core.text.characters import LONE_CARRIAGE_RETURN, hidden, name_of
from qmsctl.core.text.nodes import Node
from qmsctl.message import Message, _

MAX_DEPTH = 8
MAX_BYTES = 64 * 1024


class YamlRefused(Exception):
    """The text is not YAML, or not the part of it that is allowed; ``line`` counts from 1."""

    def __init__(self, message: Message, line: int) -> None:
        super().__init__(str(message))
        self.message = message
        self.line = line


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


def unseen(text: str) -> re.Match[str] | None:
    """The first character that nobody would see, or would see as another."""
    return hidden(text) or LONE_CARRIAGE_RETURN.search(text)


def hidden_here(character: str) -> Message:
    """What is said of one."""
    return _("hidden character {name} is not allowed here", name=name_of(character))
