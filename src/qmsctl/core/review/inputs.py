"""All inputs of a review: which an office has to bring, and what the files say to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from qmsctl.core.gates import Context
from qmsctl.core.gates.covered import members_of
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.as_of import as_of
from qmsctl.core.records.counted import types_of
from qmsctl.core.review import (
    audits,
    changes,
    feedback,
    monitoring,
    nonconformities,
    objectives,
    performance,
    previous,
    proposals,
    resources,
    risks,
    suppliers,
)
from qmsctl.core.review.figures import Figures
from qmsctl.core.types.count import FIGURES
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, Message, _
from qmsctl.value import dataclass

REVIEW = "management-review"
BLOCK = "inputs"
NOTHING = _("nothing to report")


@dataclass(frozen=True, slots=True)
class Kind:
    """How an input is computed and told; ``figures`` is what it counts."""

    figures: type[Figures]
    collect: Callable[[Library, Period, str], Figures]
    told: Callable[[Any, Library], Iterator[Message]]


_KINDS = (
    Kind(previous.Previous, previous.collect, previous.told),
    Kind(changes.Changes, changes.collect, changes.told),
    Kind(feedback.Feedback, feedback.collect, feedback.told),
    Kind(objectives.Objectives, objectives.collect, objectives.told),
    Kind(performance.Performance, performance.collect, performance.told),
    Kind(nonconformities.Problems, nonconformities.collect, nonconformities.told),
    Kind(monitoring.Monitoring, monitoring.collect, monitoring.told),
    Kind(audits.Audits, audits.collect, audits.told),
    Kind(suppliers.Suppliers, suppliers.collect, suppliers.told),
    Kind(resources.Resources, resources.collect, resources.told),
    Kind(risks.Risks, risks.collect, risks.told),
    Kind(proposals.Proposals, proposals.collect, proposals.told),
)
KINDS: Mapping[str, Kind] = {each.figures.INPUT: each for each in _KINDS}
"""By the name an input has in the record."""


@dataclass(frozen=True, slots=True)
class Input:
    """What the files say to one input; ``asked`` whether the office's editions ask for it."""

    name: str
    figures: Figures
    asked: bool


def inputs(library: Library, period: Period, review: str = "") -> tuple[Input, ...]:
    """Every input that an edition asks for, and of the others those to which there is something to say.

    Of a period that is over nothing is known that came after its last day.
    """
    asked = asked_for(library)
    library = as_of(library, period.end or library.today)
    found = (Input(name, kind.collect(library, period, review), name in asked) for name, kind in KINDS.items())
    return tuple(each for each in found if each.asked or each.figures)


def asked_for(library: Library) -> frozenset[str]:
    """The inputs that the gate of the type asks for by the office's editions; all where it has no such gate."""
    kind = library.types.get(REVIEW)
    sets = [found for found in (_set(kind, library) if kind else ()) if found]
    return frozenset(name for found in sets for name in found) if sets else frozenset(KINDS)


def _set(kind: RecordType, library: Library) -> Iterator[tuple[str, ...]]:
    for state in kind.states.values():
        for gate in state.gates:
            if gate.operator == "covered" and gate.arguments.get("block") == BLOCK:
                yield members_of(gate.arguments["set"], Context(library, library.today))


def figures_in(name: str, node: object) -> Figures | None:
    """The figures of an input as they stand in a row; ``None`` for an input of another name."""
    kind = KINDS.get(name)
    return kind.figures.read(node) if kind else None


def told(figures: Figures | None, library: Library) -> tuple[Message, ...]:
    """The figures of an input in sentences; that there is nothing to report where there is none."""
    return tuple(KINDS[figures.INPUT].told(figures, library) if figures is not None else ()) or (NOTHING,)


def sources(name: str, library: Library) -> tuple[Label, ...]:
    """What an input is computed from, as the types call it."""
    kinds = {kind.name: kind for figure in FIGURES.get(name, ()) for kind in types_of(library, name, figure)}
    return tuple(kind.label for kind in kinds.values())
