"""Roles that have to sign and that nobody holds, and who sees to such things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qmsctl.core.library import Library
from qmsctl.core.office.matrix import MatrixEntry
from qmsctl.core.proof.configuration import approving_roles

AnyRole = tuple[str, ...]
"""One of these roles is enough."""


class Vacancy(NamedTuple):
    """Roles of which somebody has to hold one, the types that wait for that, and the first line that asks for it."""

    roles: AnyRole
    types: tuple[str, ...]
    line: int


def vacancies(library: Library) -> Iterator[Vacancy]:
    """The places of the approval matrix, as it is today, that nobody can fill; what one holder would fill is told once."""
    vacant: dict[AnyRole, list[MatrixEntry]] = {}
    for entry in library.config.approval:
        if library.config.matrix(entry.type, library.today) is entry:
            for roles in _vacant(library, entry):
                vacant.setdefault(roles, []).append(entry)
    for roles, entries in _joined(vacant).items():
        yield Vacancy(roles, tuple(dict.fromkeys(entry.type for entry in entries)), entries[0].line)


def keepers(library: Library) -> tuple[str, ...]:
    """The ids of those who see to what has nobody: whoever may adopt what was approved on paper, or approve; else everybody."""
    entries = (library.config.matrix(each.type, library.today) for each in library.config.approval)
    adopting = (role for entry in entries if entry for role in entry.adopt)
    roles = dict.fromkeys((*adopting, *sorted(approving_roles(library.config, library.today))))
    found = dict.fromkeys(person.id for role in roles for person in library.people.holders(role, library.today))
    return tuple(found) or tuple(person.id for person in library.people.all if person.is_present(library.today))


def _joined(vacant: Mapping[AnyRole, list[MatrixEntry]]) -> dict[AnyRole, list[MatrixEntry]]:
    """The places by whom they want; one of several roles is wanted no more where one of them is wanted by itself."""
    found: dict[AnyRole, list[MatrixEntry]] = {roles: list(entries) for roles, entries in vacant.items() if len(roles) == 1}
    for roles, entries in vacant.items():
        if len(roles) > 1:
            alone = next(((role,) for role in roles if (role,) in found), roles)
            found.setdefault(alone, []).extend(entries)
    ordered = {roles: sorted(entries, key=lambda entry: entry.line) for roles, entries in found.items()}
    return dict(sorted(ordered.items(), key=lambda pair: pair[1][0].line))


def _vacant(library: Library, entry: MatrixEntry) -> Iterator[AnyRole]:
    for roles in dict.fromkeys((*entry.review, *entry.approve)):
        if roles and not any(library.people.holders(role, library.today) for role in roles):
            yield roles
