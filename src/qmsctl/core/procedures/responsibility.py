"""Who has which part in which procedure: the steps of the texts in force, read by those who do them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from qmsctl.core.model import Item
from qmsctl.core.procedures.steps import Step, steps_of
from qmsctl.value import dataclass

DOES, RELEASES, STANDS_IN, KNOWS = KINDS = "does", "releases", "stands-in", "knows"


@dataclass(frozen=True, slots=True)
class Part:
    """What somebody does in a procedure, in which of its steps; a unit that gets a copy ``knows``, in no step."""

    kind: str
    steps: tuple[str, ...]


Parts = Mapping[tuple[str, str], tuple[Part, ...]]
"""The parts by who has them (a role, a unit, another agency) and by the procedure."""


def parts(texts: Iterable[Item]) -> Parts:
    """The parts that these texts give; of a step released by a role the same role does it."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for text in texts:
        steps = steps_of(text)
        for step in steps:
            for kind, who in _given(step):
                found[who, text.id][kind].append(step.no)
        if steps:
            for unit in text.texts("distribution"):
                found[unit, text.id].setdefault(KNOWS, [])
    return {key: tuple(Part(kind, tuple(own[kind])) for kind in KINDS if kind in own) for key, own in found.items()}


def _given(step: Step) -> Iterator[tuple[str, str]]:
    if step.doer:
        yield DOES, step.doer
    if step.release and step.doer:
        yield RELEASES, step.doer
    if step.deputy:
        yield STANDS_IN, step.deputy
