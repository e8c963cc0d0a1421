"""Who is behind the id that is named as owner: a person, the holders of a role, a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cached_property

from qmsctl.core.duties.vacancies import keepers
from qmsctl.core.library import Library
from qmsctl.core.proof.holders import holders_near


class Who:
    """Looks owners up in one library, each once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[tuple[str, str], tuple[str, ...]] = {}

    def people(self, owner: str, unit: str | None = None) -> tuple[str, ...]:
        """The ids of the persons; of a role those who are in ``unit``, if anybody there holds it."""
        key = (owner, unit or "")
        if key not in self._known:
            self._known[key] = tuple(self._find(*key))
        return self._known[key]

    @cached_property
    def keepers(self) -> tuple[str, ...]:
        """Those who see to what has nobody."""
        return keepers(self._library)

    def unit(self, own: str | None, people: tuple[str, ...]) -> str | None:
        """The unit that is named, else the one in which all of the people are."""
        if own:
            return own
        found = {person.unit_on(self._library.today) for each in people if (person := self._library.people.get(each))}
        return found.pop() if len(found) == 1 else None

    def first_holders(self, roles: Iterable[str], unit: str | None, but_for: Collection[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The first role that somebody else than these holds, and who does: roles are named from the nearest to the highest."""
        for role in roles:
            people = tuple(each for each in self.people(role, unit) if each not in but_for)
            if people:
                return (role,), people
        return tuple(roles)[:1], ()

    def _find(self, owner: str, unit: str) -> Iterable[str]:
        library = self._library
        if not owner or library.people.get(owner):
            return (owner,) if owner else ()
        if library.config.role(owner):
            return (person.id for person in holders_near(owner, unit, library))
        return (person.id for person in library.people.concerned((owner,), library.today))
