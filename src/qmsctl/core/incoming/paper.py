"""A document as its paper has it: what its head and its tables say, and what is left for the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qmsctl.core.incoming.blocks import Block, block_of
from qmsctl.value import dataclass, field

STEPS, RECORDS = "steps", "records"

Row = Mapping[str, str]
"""A row of a table by its columns; what stands in columns that nobody knows is in ``note``."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that do not go into the text: of what, and which."""

    what: str
    text: str


@dataclass(frozen=True, slots=True)
class Revision:
    """A line of the table of revisions, as written."""

    number: str
    day: str
    change: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that is data here: ``kind`` of ``rows``; ``source`` is the table itself."""

    kind: str
    rows: tuple[Row, ...]
    source: Block


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """What a reader found in a file."""

    blocks: tuple[Block, ...]
    head: tuple[Block, ...] = ()
    foot: tuple[Block, ...] = ()
    left: tuple[LeftOut, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    tracked: Mapping[str, int] = field(default_factory=dict)
    macros: bool = False
    pictures: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the file says of itself outside of its text: front matter."""
    doubled: tuple[str, ...] = ()
    """Keys of that which stand there twice."""
    likely: str = ""
    """The encoding in which it reads as Vietnamese, where it does not as it stands."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The document: ``head`` by field, who signed it (``signers``), its ``history``, and the ``body``, whose tables may be data."""

    head: Mapping[str, str]
    signers: tuple[tuple[str, str], ...]
    history: tuple[Revision, ...]
    body: tuple[Block | Table, ...]
    left: tuple[LeftOut, ...]
    source: SourceDocument


def source_of(told: Mapping[str, object]) -> SourceDocument:
    """The document that the reading process told of."""
    lists = {name: tuple(block_of(each) for each in _list(told.get(name))) for name in ("blocks", "head", "foot")}
    return SourceDocument(
        lists["blocks"], lists["head"], lists["foot"],
        tuple(LeftOut(str(what), str(text)) for what, text in map(_list, _list(told.get("left")))),
        {str(name): int(count) for name, count in _map(told.get("counts")).items()},
        {str(name): int(count) for name, count in _map(told.get("tracked")).items()},
        bool(told.get("macros")),
        tuple(_map(told.get("pictures"))),
        {str(name): str(value) for name, value in _map(told.get("fields")).items()},
        tuple(map(str, _list(told.get("doubled")))),
        str(told.get("likely", "")),
    )  # fmt: skip


def _list(value: object) -> Sequence[Any]:
    assert value is None or isinstance(value, list | tuple)
    return value or ()


def _map(value: object) -> Mapping[str, Any]:
    assert value is None or isinstance(value, Mapping)
    return value or {}
