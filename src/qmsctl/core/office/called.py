"""Who and what is called by a name, for somebody who writes the name where an id belongs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from qmsctl.core.office.config import Config
from qmsctl.core.office.people import People
from qmsctl.core.text.characters import fold


def called(people: People, config: Config) -> Mapping[str, tuple[str, ...]]:
    """The ids of people, roles and units by their names, folded."""
    found: dict[str, list[str]] = defaultdict(list)
    named = (
        *((person.name, person.id) for person in people.all),
        *((role.title, role.id) for role in config.roles),
        *((unit.name, unit.id) for unit in config.units),
    )
    for name, each in named:
        found[fold(name)].append(each)
    return {name: tuple(ids) for name, ids in found.items()}
