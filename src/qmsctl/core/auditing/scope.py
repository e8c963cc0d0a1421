"""What an audit programme has to look at: units, clauses, texts in force, and which unit has to do with which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from qmsctl.core.coverage.clauses_in_scope import clauses_in_scope, expanded
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import DEFAULT
from qmsctl.core.procedures.steps import Step, steps_of
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.standards.applicability import split_clause
from qmsctl.value import dataclass

_LEADERSHIP = "5"
"""The chapter in which both editions speak of top management."""

_UNIT, _OWNER, _STEP = 4, 3, 1


@dataclass(frozen=True, slots=True)
class Scope:
    """Ids of units, clauses as a file of the office names them, and the texts that are audited.

    ``interests`` says how much a unit has to do with a clause, ``doers`` with a text.
    """

    units: tuple[str, ...]
    clauses: tuple[str, ...]
    texts: tuple[Item, ...]
    interests: Mapping[str, Mapping[str, int]]
    doers: Mapping[str, Mapping[str, int]]


def scope(library: Library) -> Scope:
    """All that the office applies and has in force."""
    in_force = tuple(texts_in_force(library))
    doers = {text.id: units_of(text, library) for text in in_force}
    interests: dict[str, Counter[str]] = {clause: _leading(clause, library) for clause in clauses_in_scope(library)}
    for text in in_force:
        for clause in expanded(text.texts("clauses"), library):
            interests[clause].update(doers[text.id])
    audited = tuple(text for text in in_force if text.type.counted_as("audit plan", "texts"))
    return Scope(tuple(unit.id for unit in library.config.units), tuple(interests), audited, interests, doers)


def _leading(clause: str, library: Library) -> Counter[str]:
    """Leadership is asked of those who lead."""
    chapter = split_clause(clause, library.standards)[1].partition(".")[0]
    return Counter(dict.fromkeys(leading_units(library), 10 * _UNIT) if chapter == _LEADERSHIP else ())


def units_of(text: Item, library: Library) -> Mapping[str, int]:
    """The units that have to do with a text: whose it is, and who does its steps."""
    found: Counter[str] = Counter()
    own = text.text("unit")
    if own:
        found[own] += _UNIT
    owning = _units_of_holder(text.text("owner") or "", library)
    if len(owning) == 1:
        found[next(iter(owning))] += _OWNER
    for step in steps_of(text):
        found.update(dict.fromkeys(units_of_step(step, library), _STEP))
    known = {unit.id for unit in library.config.units}
    return {unit: count for unit, count in found.items() if unit in known}


def units_of_step(step: Step, library: Library) -> frozenset[str]:
    """The units that do a step: the one it names, else those of everybody who holds its role."""
    if step.agency or not step.responsible:
        return frozenset()
    if library.config.unit(step.responsible):
        return frozenset((step.responsible,))
    return _units_of_holder(step.responsible, library)


def _units_of_holder(name: str, library: Library) -> frozenset[str]:
    """The units of a person, or of those who hold a role today."""
    person = library.people.get(name)
    holders = (person,) if person else library.people.holders(name, library.today)
    return frozenset(unit for each in holders for unit in each.units_on(library.today))


def leading_units(library: Library) -> tuple[str, ...]:
    """The units of those who approve where the matrix says nothing else: top management."""
    matrix = library.config.matrix(DEFAULT, library.today)
    roles = [role for slot in matrix.approve for role in slot] if matrix else []
    return tuple(dict.fromkeys(unit for role in roles for unit in sorted(_units_of_holder(role, library))))
