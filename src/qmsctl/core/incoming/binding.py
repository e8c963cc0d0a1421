"""The columns of one table under a map: where each target stands, and what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from qmsctl.core.incoming.columns import ColumnMap, unknown
from qmsctl.core.incoming.head import Head
from qmsctl.core.incoming.sheet import EMPTY, Cell, Row
from qmsctl.core.text.labels import plain_label
from qmsctl.core.types.kinds import shortened
from qmsctl.message import Message, _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """Where the columns of a table are: of each target the places, the best first.

    ``left`` are the headings of columns that nobody looks at, ``personal`` those among them that hold data about persons.
    ``passed`` are the places of columns because of which a row may be passed over, ``parts`` those of lists.
    """

    places: Mapping[str, tuple[int, ...]]
    left: tuple[str, ...]
    personal: tuple[str, ...]
    passed: tuple[tuple[int, frozenset[str]], ...]
    parts: Mapping[str, int]

    def cell(self, row: Row, target: str) -> Cell:
        """What stands there for ``target``: in the first of its columns that says anything."""
        found = (row.cells[place] for place in self.places.get(target, ()) if place < len(row.cells))
        return next((cell for cell in found if not cell.is_empty), EMPTY)

    def passes(self, row: Row) -> bool:
        """True for a row that the map passes over."""
        return any(place < len(row.cells) and plain_label(row.cells[place].text) in values for place, values in self.passed)


def bind(head: Head, given: ColumnMap, also: Collection[str] = ()) -> Bound | tuple[Message, ...]:
    """The columns of a table, targets ``also`` being named as they are; else what is wrong with its head."""
    others = {plain_label(each): each for each in also}
    places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    kept: dict[str, list[str]] = {"left": [], "personal": []}
    passed: list[tuple[int, frozenset[str]]] = []
    parts: dict[str, int] = {}
    faults = list(_columns(head, given))
    for place, heading in enumerate(head.headings):
        plain = plain_label(heading)
        if plain in given.personal or plain in given.left:
            kept["personal" if plain in given.personal else "left"].append(heading)
        elif plain in given.passed:
            passed.append((place, given.passed[plain]))
        elif plain in given.parts:
            parts[plain] = place
        elif (target := given.target(plain) or others.get(plain)) is not None:
            headings = given.take.get(target, ())
            places[target].append((headings.index(plain) if plain in headings else len(headings), place))
        elif plain:
            faults.append(unknown(shortened(heading)))
    if faults:
        return tuple({str(each): each for each in faults}.values())
    ordered = {target: tuple(place for _rank, place in sorted(found)) for target, found in places.items()}
    return Bound(ordered, _once(kept["left"]), _once(kept["personal"]), tuple(passed), parts)


def _once(headings: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(headings))


def _columns(head: Head, given: ColumnMap) -> Iterator[Message]:
    """What is wrong with the columns themselves: two of one heading, or one without any, that both say something."""
    used = {place for row in head.rows for place, cell in enumerate(row.cells) if not cell.is_empty}
    seen: set[str] = set()
    for place in sorted(used):
        heading = plain_label(head.headings[place]) if place < len(head.headings) else ""
        if not heading:
            yield _("column {number} has no heading, and something stands in it", number=place + 1)
        elif heading in seen and not given.leaves(heading):
            yield _("the column “{column}” is there twice", column=shortened(head.headings[place]))
        seen.add(heading)
