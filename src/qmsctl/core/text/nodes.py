"""YAML as this product reads it: strings with places, in lists and mappings. No other kinds."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

from qmsctl.core.text.characters import is_blank


class Scalar(NamedTuple):
    """A string, its line in the file, and the span of its characters in the text.

    ``plain`` tells an unquoted scalar from a quoted or block one.
    """

    text: str
    line: int
    start: int
    end: int
    plain: bool


class Sequence(NamedTuple):
    """A list; ``start``/``end`` span its characters, brackets included when ``flow``."""

    items: tuple[Node, ...]
    line: int
    start: int
    end: int
    flow: bool


class Mapping(NamedTuple):
    """Keys, each with its value, in file order; ``key_lines`` has the line of every key."""

    entries: dict[str, Node]
    key_lines: dict[str, int]
    line: int
    start: int
    end: int
    flow: bool

    def text(self, key: str) -> str | None:
        """The text of a scalar entry, else ``None``."""
        node = self.entries.get(key)
        return node.text if isinstance(node, Scalar) else None

    def sequence(self, key: str) -> tuple[Node, ...]:
        """The items of a list entry; empty where there is none."""
        node = self.entries.get(key)
        return node.items if isinstance(node, Sequence) else ()


Node: TypeAlias = Scalar | Sequence | Mapping


@lru_cache(maxsize=8192)
def shared(text: str) -> str:
    """The same text, kept once: keys, roles, units and headings stand in thousands of files."""
    return text


def is_empty(node: Node | None) -> bool:
    """True for a missing value, a scalar in which nobody sees anything, and an empty list."""
    if node is None:
        return True
    if isinstance(node, Scalar):
        return is_blank(node.text)
    if isinstance(node, Sequence):
        return not node.items
    return not node.entries


Plain: TypeAlias = "str | list[Plain] | dict[str, Plain]"
"""A node without its places."""


def plain(node: Node) -> Plain:
    """The strings, lists and mappings of a node."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key: plain(value) for key, value in node.entries.items()}


def placeless(value: Plain) -> Node:
    """The node of such a value, all of it on no line."""
    if isinstance(value, str):
        return Scalar(value, 0, 0, 0, plain=True)
    if isinstance(value, list):
        return Sequence(tuple([placeless(each) for each in value]), 0, 0, 0, flow=True)
    return Mapping({key: placeless(each) for key, each in value.items()}, dict.fromkeys(value, 0), 0, 0, 0, flow=True)


def texts(node: Node | None) -> tuple[str, ...]:
    """A scalar, or the scalars of a list, as strings; none of anything else."""
    if isinstance(node, Scalar):
        return (node.text,)
    if isinstance(node, Sequence):
        return tuple(item.text for item in node.items if isinstance(item, Scalar))
    return ()
