"""The names that values may use in an office, and what people call those who bear them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from qmsctl.core.office.config import Config
from qmsctl.core.office.people import People
from qmsctl.core.text.characters import unmarked
from qmsctl.core.text.ids import is_id
from qmsctl.core.types.kinds import ANYTHING, Names


def office_names(people: People | None, config: Config | None) -> Names:
    """The people, roles and units of an office; any where the file that lists them cannot be read (``None``)."""
    return Names(
        people=frozenset(each.id for each in people.all) if people else ANYTHING,
        roles=frozenset(each.id for each in config.roles) if config else ANYTHING,
        units=frozenset(each.id for each in config.units) if config else ANYTHING,
        is_id=is_id,
        called=_called(people or People(), config or Config()),
    )


def _called(people: People, config: Config) -> Mapping[str, tuple[str, ...]]:
    """The ids of people, roles and units by their names, without marks."""
    found: dict[str, list[str]] = defaultdict(list)
    named = (
        *((person.name, person.id) for person in people.all),
        *((role.title, role.id) for role in config.roles),
        *((unit.name, unit.id) for unit in config.units),
    )
    for name, each in named:
        found[unmarked(name)].append(each)
    return {name: tuple(ids) for name, ids in found.items()}
