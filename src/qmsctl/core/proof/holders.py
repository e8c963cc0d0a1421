"""Roles as people call them, and who holds them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.core.signoffs.approval import MissingSignOff, authors
from qmsctl.core.signoffs.round import Round
from qmsctl.message import Message, _

_NAMED = 10


def role_title(role: str, library: Library) -> str:
    """The title of a role; an unknown id stands for itself."""
    found = library.config.role(role)
    return found.title if found else role


def role_titles(roles: Iterable[str], library: Library) -> tuple[str, ...]:
    """The titles of several roles."""
    return tuple(role_title(role, library) for role in roles)


def either(words: Sequence[str]) -> Message | str:
    """One of several words will do: “a or b”; the same word is said once, and of very many only the first.

    Of none it is said that none is named.
    """
    said: Message | str
    said, *others = dict.fromkeys(words) or (_("a role that qms.yaml does not name"),)
    for other in (*others[:_NAMED], *(("…",) if len(others) > _NAMED else ())):
        said = _("{one} or {other}", one=said, other=other)
    return said


def who_may(place: MissingSignOff, found: Round, library: Library) -> Message:
    """An open place of the approval matrix: what is to be done, by which roles, and which of their holders may still sign.

    Nobody fills two places of one meaning, and none who wrote the text approves it.
    """
    barred = {person for each in found.signoffs if each.meaning == place.meaning for person in each.by}
    barred |= authors(found.dossier, library.config) if place.meaning == "approve" else set()
    holders = [person for role in place.roles for person in library.people.holders(role, library.today)]
    names = tuple(dict.fromkeys(person.name for person in holders if person.id not in barred)) or (_("nobody but its author") if holders else _("nobody as yet"),)
    roles = either(role_titles(place.roles, library))
    if place.meaning == "review":
        return _("review by {roles} ({people})", roles=roles, people=names)
    return _("approval by {roles} ({people})", roles=roles, people=names)


def holders_near(role: str, unit: str, library: Library) -> tuple[Person, ...]:
    """Who holds a role today; where some of them belong to ``unit``, these alone."""
    found = library.people.holders(role, library.today)
    return tuple(person for person in found if unit in person.units_on(library.today)) or found
