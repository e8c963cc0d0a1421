"""Where the values of a front matter stand, as numbers apart from the values."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from collections.abc import Sequence as AnySequence

from qmsctl.core.text.nodes import Mapping, Node, Plain, Scalar, Sequence

_INTEGER, _SMALL = "I", "H"
_SPAN = 4
"""So many numbers say where a node stands; after those of a mapping come the lines of its keys."""
_SMALL_LIMIT = 1 << 16


def places_of(fields: Mapping) -> bytes:
    """Where the values of a front matter stand. Raises ``OverflowError`` for what is too far away."""
    places = array(_INTEGER)
    _place(fields, places)
    kind = _SMALL if max(places) < _SMALL_LIMIT else _INTEGER
    return kind.encode() + array(kind, places).tobytes()


def lines_of(places: bytes) -> AnySequence[int]:
    """The lines of the keys of a front matter, and more after them."""
    return _places(places)[_SPAN:]


def _places(packed: bytes) -> array[int]:
    """The numbers; the first byte tells how many bytes each of them takes."""
    return array(chr(packed[0]), packed[1:])


def _place(node: Node, places: array[int]) -> None:
    """Where a node stands, and after it what is in it."""
    if isinstance(node, Scalar):
        places.extend(node[1:])
        return
    places.extend(node[-4:])
    if isinstance(node, Mapping):
        places.extend(node.key_lines.values())
    for each in node.items if isinstance(node, Sequence) else node.entries.values():
        _place(each, places)


def fields_of(values: dict[str, Plain], places: bytes) -> Mapping:
    """The front matter of these values."""
    found = _node(values, iter(_places(places)))
    assert isinstance(found, Mapping)  # made of a dictionary
    return found


def _node(value: Plain, places: Iterator[int]) -> Node:
    line, start, end, mark = next(places), next(places), next(places), next(places)
    if isinstance(value, str):
        return Scalar(value, line, start, end, bool(mark))
    if isinstance(value, list):
        return Sequence(tuple([_node(each, places) for each in value]), line, start, end, bool(mark))
    key_lines = dict(zip(value, places, strict=False))
    return Mapping({key: _node(each, places) for key, each in value.items()}, key_lines, line, start, end, bool(mark))
