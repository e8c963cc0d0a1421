"""Which clause of one edition became which of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from qmsctl.core.standards.standard import DATA_LIMIT, words_of
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import texts
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.message import Label
from qmsctl.value import dataclass

REMOVED, WIDENED = "removed", "reworked"
_BACK = {"split": "merged", "merged": "split"}


@dataclass(frozen=True, slots=True)
class Move:
    """A clause and where it went.

    ``relation`` is ``equivalent``, ``reworked``, ``split``, ``merged``, ``moved`` or ``removed``: no longer asked for
    by name, though something of it lives on in ``targets``.
    """

    source: str
    targets: tuple[str, ...]
    relation: str
    note: Label


@dataclass(frozen=True, slots=True)
class Correspondence:
    """From one edition to another.

    ``new`` are the clauses of the later one that come from nowhere, with a note; those in ``partly`` have a root.
    """

    source: str
    target: str
    moves: tuple[Move, ...]
    new: Mapping[str, Label]
    partly: frozenset[str]
    gone: Mapping[str, Label]

    def into(self, number: str) -> tuple[Move, ...]:
        """The moves that lead to a clause of the later edition."""
        return tuple(move for move in self.moves if number in move.targets)

    def back(self) -> Correspondence:
        """The way back. What was new is gone, what was gone is new; the notes tell only the way there."""
        found: dict[str, list[Move]] = defaultdict(list)
        for move in self.moves:
            for target in move.targets:
                found[target].append(move)
        return Correspondence(
            source=self.target,
            target=self.source,
            moves=tuple(_back(target, moves) for target, moves in found.items()),
            new={number: Label({}) for number in self.gone},
            partly=frozenset(self.gone),
            gone={number: Label({}) for number in self.new if number not in self.partly},
        )


def _back(target: str, moves: list[Move]) -> Move:
    relations = {move.relation for move in moves}
    relation = relations.pop() if len(relations) == 1 else "split"
    relation = "split" if len(moves) > 1 else _BACK.get(relation, WIDENED if relation == REMOVED else relation)
    return Move(target, tuple(move.source for move in moves), relation, Label({}))


def read_correspondence(text: str, source: str, target: str) -> Correspondence:
    """The table in ``text``, which leads from the edition ``source`` to ``target``."""
    top = read_yaml(text, limit=DATA_LIMIT)
    assert isinstance(top, MappingNode)  # our own data
    moves = tuple(_move(row) for row in top.sequence("mappings") if isinstance(row, MappingNode))
    rows = [row for row in top.sequence("new") if isinstance(row, MappingNode)]
    return Correspondence(
        source,
        target,
        moves,
        {row.text("to") or "": words_of(row, "note") for row in rows},
        frozenset(row.text("to") or "" for row in rows if row.text("partly_new") == "true"),
        {move.source: move.note for move in moves if move.relation == REMOVED},
    )


def _move(row: MappingNode) -> Move:
    return Move(row.text("from") or "", texts(row.entries.get("to")), row.text("relation") or "", words_of(row, "note"))
