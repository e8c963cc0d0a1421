"""All inputs of a review: which an office has to bring, and what the files say to each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qmsctl.core.gates import Context
from qmsctl.core.gates.covered import members_of
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
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
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, Message, _

BLOCK = "inputs"
NOTHING = _("nothing to report")


@dataclass(frozen=True, slots=True)
class Kind:
    """How an input is computed, told, and from which types."""

    collect: Callable[[Library, Period, str], Figures]
    told: Callable[[Figures, Library], Iterator[Message]]
    types: tuple[str, ...]


KINDS: Mapping[str, Kind] = {
    "previous-actions": Kind(previous.collect, previous.told, previous.TYPES),
    "changes": Kind(changes.collect, changes.told, changes.TYPES),
    "customer-feedback": Kind(feedback.collect, feedback.told, feedback.TYPES),
    "objectives": Kind(objectives.collect, objectives.told, objectives.TYPES),
    "process-performance": Kind(performance.collect, performance.told, performance.TYPES),
    "actions-status": Kind(nonconformities.collect, nonconformities.told, nonconformities.TYPES),
    "monitoring-results": Kind(monitoring.collect, monitoring.told, monitoring.TYPES),
    "audit-results": Kind(audits.collect, audits.told, audits.TYPES),
    "suppliers": Kind(suppliers.collect, suppliers.told, suppliers.TYPES),
    "resources": Kind(resources.collect, resources.told, resources.TYPES),
    "risk-actions": Kind(risks.collect, risks.told, risks.TYPES),
    "recommendations": Kind(proposals.collect, proposals.told, proposals.TYPES),
}
"""By the name an input has in the record."""


@dataclass(frozen=True, slots=True)
class Input:
    """What the files say to one input; ``asked`` whether the office's editions ask for it."""

    name: str
    figures: Figures
    asked: bool


def inputs(library: Library, period: Period, review: str = "") -> tuple[Input, ...]:
    """Every input that an edition asks for, and of the others those to which there is something to say."""
    asked = asked_for(library)
    found = (Input(name, kind.collect(library, period, review), name in asked) for name, kind in KINDS.items())
    return tuple(each for each in found if each.asked or each.figures)


def asked_for(library: Library) -> frozenset[str]:
    """The inputs that the gate of the type asks for by the office's editions; all where it has no such gate."""
    kind = library.types.get(previous.REVIEW)
    sets = [found for found in (_set(kind, library) if kind else ()) if found]
    return frozenset(name for found in sets for name in found) if sets else frozenset(KINDS)


def _set(kind: RecordType, library: Library) -> Iterator[tuple[str, ...]]:
    for state in kind.states.values():
        for gate in state.gates:
            if gate.operator == "covered" and gate.arguments.get("block") == BLOCK:
                yield members_of(gate.arguments["set"], Context(library, library.today))


def told(name: str, figures: Figures, library: Library) -> tuple[Message, ...]:
    """The figures of an input in sentences; that there is nothing to report where there is none."""
    kind = KINDS.get(name)
    return tuple(kind.told(figures, library) if kind else ()) or (NOTHING,)


def sources(name: str, library: Library) -> tuple[Label, ...]:
    """What an input is computed from, as the types call it."""
    kinds = (library.types.get(each) for each in (KINDS[name].types if name in KINDS else ()))
    return tuple(kind.label for kind in kinds if kind)
