"""The rows of a data block before and after, each with the one it became."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.core.comparison.alignment import runs
from qmsctl.core.comparison.differences import written
from qmsctl.core.comparison.likeness import alike_in_order, share, side_by_side, words_of
from qmsctl.core.text.nodes import Mapping, Node
from qmsctl.core.text.nodes import Sequence as SequenceNode
from qmsctl.core.types.field import Field

_SAME_KEY = 0.35
"""How much more alike rows of one number are; a row that says the same under another number still wins."""

Pair = tuple[Mapping | None, Mapping | None]
"""A row before and after; ``None`` where there is none."""


def rows_of(node: Node | None) -> tuple[Mapping, ...]:
    """The rows of a data block; none where it cannot be read."""
    return tuple(row for row in node.items if isinstance(row, Mapping)) if isinstance(node, SequenceNode) else ()


def row_changes(block: Field, old: Sequence[Mapping], new: Sequence[Mapping]) -> Iterator[Pair]:
    """The rows in the order of a reader. A row that only got another number is the same row."""
    key = next((name for name, column in block.keys.items() if column.unique), None)
    for run in runs([_said(row, key) for row in old], [_said(row, key) for row in new]):
        gone, come = old[run.old.start : run.old.stop], new[run.new.start : run.new.stop]
        if run.same:
            yield from zip(gone, come, strict=True)
        else:
            yield from _paired(key or next(iter(block.keys), ""), gone, come)


def _said(row: Mapping, key: str | None) -> tuple[tuple[str, str], ...]:
    """What a row says, its number aside."""
    return tuple((name, written(node)) for name, node in row.entries.items() if name != key)


def _paired(key: str, old: Sequence[Mapping], new: Sequence[Mapping]) -> Iterator[Pair]:
    said, says = ([words_of(" ".join(map(written, row.entries.values()))) for row in side] for side in (old, new))

    def likeness(i: int, j: int) -> float:
        return share(said[i], says[j]) + (_SAME_KEY if old[i].text(key) == new[j].text(key) else 0.0)

    yield from side_by_side(old, new, alike_in_order(old, new, likeness))
