"""Where one person holds all the roles that a document needs, and nobody else is there to look at it."""

from __future__ import annotations

from datetime import date

from qmsctl.core.dossier import SignOff
from qmsctl.core.office.config import Config
from qmsctl.core.office.matrix import ANY_ROLE
from qmsctl.core.office.people import People
from qmsctl.core.signoffs.approval import day_of


def sole_holder(type_name: str, day: date, config: Config, people: People) -> str | None:
    """The one person who can fill every place that the matrix of ``day`` asks for, where nobody else holds any of their roles."""
    slots = _slots(type_name, day, config)
    holders = {person.id: person for slot in slots for role in slot for person in people.holders(role, day)}
    if len(holders) != 1:
        return None
    ((name, person),) = holders.items()
    return name if all(any(person.held(role, day) for role in slot) for slot in slots) else None


def is_staffed(config: Config, people: People, day: date) -> bool:
    """True if every place of the matrix of ``day`` can be filled by somebody."""
    entries = (each for each in config.approval if config.matrix(each.type, day) is each)
    return all(any(people.holders(role, day) for role in place) for each in entries for place in (*each.review, *each.approve) if place)


def adopts_alone(signoff: SignOff, type_name: str, config: Config, people: People) -> bool:
    """True for an adoption, with the signed paper, by whom alone the roles are: so they put later revisions in force, too."""
    day = day_of(signoff, config)
    return (
        signoff.meaning == "adopt"
        and signoff.has_evidence
        and config.is_strict_on(day)
        and sole_holder(type_name, day, config, people) == signoff.person
    )


def stands_alone(signoff: SignOff, type_name: str, config: Config, people: People) -> bool:
    """True for an adoption by the sole holder of the roles, where nobody separates them.

    That is where several places are to be filled, or nobody else works here. A paper that somebody else approved has two.
    """
    if signoff.meaning != "adopt":
        return False
    day = day_of(signoff, config)
    person = sole_holder(type_name, day, config, people)
    if person is None or person not in signoff.by or signoff.approved_by not in (None, person):
        return False
    return len(_slots(type_name, day, config)) > 1 or people.only_one(day) is not None


def _slots(type_name: str, day: date, config: Config) -> tuple[ANY_ROLE, ...]:
    entry = config.matrix(type_name, day)
    return (*entry.review, *entry.approve) if entry else ()
