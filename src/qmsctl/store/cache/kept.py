"""What ``parse`` made of a file, as bytes that are taken apart only where somebody looks into them."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from qmsctl.core.reading import Parsed
from qmsctl.core.text.body import EMPTY, Body
from qmsctl.core.text.fences import Block
from qmsctl.core.text.headings import Heading
from qmsctl.core.text.link_syntax import Link
from qmsctl.core.text.nodes import Mapping, Node, Plain, Scalar, Sequence
from qmsctl.core.text.text_file import blob_of
from qmsctl.regex import regex
from qmsctl.store.cache.places import fields_of, lines_of, places_of
from qmsctl.store.cache.words import standing, written

if TYPE_CHECKING:
    from qmsctl.store.cache.leaf import Leaf

_raw_decode = json.JSONDecoder().raw_decode
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode

PIECES = ("front", "places", "linked", "tables", "packed")
"""What a file is kept as: the values of the front matter, where each of them stands, the links of the body, its data blocks, and the rest of it."""
LINKED = "linked"
SAID = ("front", LINKED, "tables")
"""Those of the pieces in which something may be named."""
HIDDEN = regex(rb"[%&]")
"""Stands in a link that is written so that its words may not show."""
_ALONE = ("sha256", "blob", *PIECES)
"""What a leaf has for its files."""
_READ = (*_ALONE, "values", "fields", "body", "links", "blocks")
"""The same, and what is at hand of a file that was parsed just now."""
ELSEWHERE = 0
"""Stands in a column of a leaf for a value that is no text."""


class Kept:
    """A file that could be read, with everything :class:`Parsed` has: its values are decoded first, then where they stand, and its body.

    ``blob`` is the name that git gives to these bytes where its names are of SHA-1. What was kept belongs to a leaf, which has its pieces.
    """

    __slots__ = (*PIECES, "_place", "blob", "blocks", "body", "fields", "hints", "id", "leaf", "links", "path", "sha256", "type_name", "values", "verdicts")

    problem: ClassVar[None] = None
    """What could not be read is not kept."""
    path: str
    type_name: str
    id: str
    leaf: Leaf | None
    _place: int
    if TYPE_CHECKING:
        sha256: str
        blob: str
        front: bytes
        places: bytes
        linked: bytes
        tables: bytes
        packed: bytes
        hints: tuple[int, ...]
        verdicts: dict[str, bool]
        values: dict[str, Plain]
        fields: Mapping
        links: tuple[Link, ...]
        blocks: tuple[Block, ...]
        body: Body

    def __init__(self, leaf: Leaf | None, place: int, path: str, type_name: str, id: str) -> None:  # noqa: A002 — what a file calls it
        self.leaf, self._place, self.path, self.type_name, self.id = leaf, place, path, type_name, id

    def belongs(self, leaf: Leaf, place: int) -> None:
        """From now on its pieces, and what is found out about the file, are kept in ``leaf``."""
        if self.leaf is None:
            for name in PIECES:
                delattr(self, name)
        self.leaf, self._place = leaf, place

    @property
    def told(self) -> tuple[bytes, int]:
        """The verdicts on its leaf as they are stored, and its place among them."""
        return (b"", 0) if self.leaf is None else (self.leaf.told, self._place)

    def plain(self, name: str) -> Plain | None:
        """The value of a field without its place."""
        if self.leaf is not None and (column := self.leaf.brief.get(name)) is not None and (value := column[self._place]) != ELSEWHERE:
            return value  # type: ignore[no-any-return]
        return self.values.get(name)

    def may_name(self, words: frozenset[str]) -> bool:
        """True where one of the words may stand by itself in what is kept of values, links and data blocks, or a link is written so that it does not show."""
        return self.is_hidden or any(True for word in words for _place in standing(written(word), self.said))

    @property
    def said(self) -> bytes:
        """The values, the links and the data blocks, as they are kept."""
        return self.front + self.linked + self.tables

    @property
    def is_hidden(self) -> bool:
        """True where a link is written so that its words may not show."""
        return HIDDEN.search(self.linked) is not None

    def line(self, name: str) -> int | None:
        """The line of a field, if it is there."""
        return next((line for key, line in zip(self.values, lines_of(self.places), strict=False) if key == name), None)

    def __getattr__(self, name: str) -> Any:
        """What was not decoded yet; pieces are handed out and not kept twice."""
        leaf = None if name == "leaf" else self.leaf
        if leaf is not None and name in PIECES:
            return leaf.piece(self._place, name)
        if leaf is not None and name in _OF_LEAF:
            found = getattr(leaf, _OF_LEAF[name])(self._place)
        elif name in _DECODED:
            found = _DECODED[name](self)
        else:
            raise AttributeError(name)
        setattr(self, name, found)
        if leaf is not None and name in _LARGE:
            _lately.append((self, name))
            if len(_lately) > _MOST:
                with suppress(AttributeError):  # let go already
                    delattr(*_lately.popleft())
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        return _alone, (self.path, self.type_name, self.id, *(getattr(self, name) for name in (_ALONE if self.leaf else _READ)))


_LARGE = frozenset(("values", "links", "blocks"))
_MOST = 30_000
"""So many of these stay decoded; what was decoded before them is decoded once more where somebody asks again."""
_lately: deque[tuple[Kept, str]] = deque()
_OF_LEAF = {"sha256": "sha256", "blob": "blob", "hints": "hints", "verdicts": "verdicts_on"}
_DECODED: dict[str, Callable[[Kept], Any]] = {
    "values": lambda kept: _decode(kept.front),
    "fields": lambda kept: fields_of(kept.values, kept.places),
    "body": lambda kept: (body_of(kept.packed) if kept.packed else EMPTY)._replace(links=kept.links, blocks=kept.blocks),
    "links": lambda kept: tuple(map(Link._make, _decode(kept.linked))) if kept.linked else (),
    "blocks": lambda kept: tuple(map(_block, _decode(kept.tables))) if kept.tables else (),
    "hints": lambda kept: kept.body.hints,
    "verdicts": lambda _kept: {},
}


def _alone(path: str, type_name: str, id: str, *rest: Any) -> Kept:  # noqa: A002
    """A file that belongs to no leaf yet."""
    found = Kept(None, 0, path, type_name, id)
    for name, each in zip(_READ, rest, strict=False):
        setattr(found, name, each)
    return found


def keep(parsed: Parsed, data: bytes) -> Kept | None:
    """``parsed``, which was read from ``data``, as what can be kept; ``None`` where something in it could not be read, for that is told anew each time."""
    if parsed.fields is None or any(block.problem for block in parsed.body.blocks):
        return None
    try:
        parsed.path.encode()
        values = parsed.values
        front = _bytes(values)
        places = places_of(parsed.fields)
        linked = _bytes(parsed.body.links) if parsed.body.links else b""
        tables = _bytes(parsed.body.blocks) if parsed.body.blocks else b""
        rest = parsed.body._replace(links=(), blocks=())
        packed = b"" if rest == EMPTY else _bytes(rest)
    except (UnicodeEncodeError, OverflowError):
        return None
    made = values, parsed.fields, parsed.body, parsed.body.links, parsed.body.blocks
    return _alone(parsed.path, parsed.type_name, parsed.id, parsed.sha256, blob_of(data), front, places, linked, tables, packed, *made)


def _decode(text: bytes) -> Any:
    """What was encoded here: UTF-8 with nothing around it, which ``json.loads`` would look for."""
    return _raw_decode(text.decode())[0]


def _bytes(value: object) -> bytes:
    return _encode(value).encode()


def body_of(packed: bytes) -> Body:
    """The facts of the body in ``packed``, without its links and data blocks."""
    headings, _links, _blocks, others, html, hidden, not_nfc, too_deep, hints = _decode(packed)
    return Body(
        tuple(map(Heading._make, headings)), (), (), tuple(map(tuple, others)),
        html, tuple(hidden) if hidden else None, not_nfc, too_deep, tuple(hints),
    )


def _block(raw: Any) -> Block:
    name, line, start, end, rows, _problem = raw
    return Block(name, line, start, end, None if rows is None else _tree(rows), None)


def _tree(raw: Any) -> Node:
    """A scalar begins with its text, a list with its items, a mapping with its entries."""
    first = raw[0]
    if type(first) is str:
        return Scalar._make(raw)
    if type(first) is list:
        return Sequence(tuple(map(_tree, first)), *raw[1:])
    return Mapping({key: _tree(each) for key, each in first.items()}, *raw[1:])
