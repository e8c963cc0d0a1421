"""How the processes of an office follow each other, and which of them lead, make the result or support."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.model import Item
from qmsctl.core.text.characters import fold
from qmsctl.value import dataclass

MANAGEMENT, CORE, SUPPORT = LAYERS = "management", "core", "support"

_BY_CLAUSE: Mapping[str, Mapping[str, str]] = {
    "iso9001-2008": {"4.2": SUPPORT, "5": MANAGEMENT, "6": SUPPORT, "7": CORE, "7.4": SUPPORT, "7.6": SUPPORT, "8": MANAGEMENT, "8.2.4": CORE, "8.3": CORE},
    "iso9001-2015": {"4": MANAGEMENT, "5": MANAGEMENT, "6": MANAGEMENT, "7": SUPPORT, "8": CORE, "8.4": SUPPORT, "9": MANAGEMENT, "10": MANAGEMENT},
}
"""Where processes belong that do not say so themselves: the chapter of the standard they serve."""


@dataclass(frozen=True, slots=True)
class Link:
    """One process leads to another: one of them says so, or an output of the one is by name an input of the other.

    ``one_sided`` is the id of the process that says so where the other one does not, empty where both do.
    """

    source: str
    target: str
    one_sided: str
    passed: tuple[str, ...]


def links(processes: Sequence[Item]) -> tuple[Link, ...]:
    """Every link between two of these processes, by the order of the processes."""
    return tuple(
        link for source in processes for target in processes if source.id != target.id and (link := _link(source, target))
    )


def _link(source: Item, target: Item) -> Link | None:
    here, there = target.id in source.texts("after"), source.id in target.texts("before")
    wanted = {fold(text) for text in target.texts("inputs")}
    passed = tuple(text for text in source.texts("outputs") if fold(text) in wanted)
    if not (here or there or passed):
        return None
    one_sided = source.id if here and not there else target.id if there and not here else ""
    return Link(source.id, target.id, one_sided, passed)


def layer(process: Item, standard: str) -> str:
    """The layer that a process names, else that of most of its clauses in the edition; ``core`` where none tells."""
    named = process.text("layer")
    if named in LAYERS:
        return named
    votes = Counter(_layers_of(process.texts("clauses"), _BY_CLAUSE.get(standard, {})))
    return max(LAYERS, key=lambda each: votes[each]) if votes else CORE


def _layers_of(clauses: Sequence[str], known: Mapping[str, str]) -> Iterator[str]:
    for clause in clauses:
        parts = clause.split(".")
        prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
        found = next((known[prefix] for prefix in prefixes if prefix in known), None)
        if found:
            yield found
