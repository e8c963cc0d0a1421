"""People by name, roles by title, units by name; an unknown id stands for itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from qmsctl.core.library import Library
from qmsctl.core.proof.holders import role_title
from qmsctl.regex import regex

_NOT_IN_ANCHOR = regex(r"[^A-Za-z0-9._-]", re.ASCII)


def anchor(kind: str, name: str) -> str:
    """The id attribute of what ``name`` is called in a page, such as ``doc-QT-07``."""
    return f"{kind}-{_NOT_IN_ANCHOR.sub('_', name)}"


class Anchored(Protocol):
    """Something with an id that has a place in the page."""

    @property
    def id(self) -> str:
        """The id of a document or record."""

    @property
    def anchor(self) -> str:
        """The id attribute of its place."""


def anchors(*rows: Iterable[Anchored]) -> Mapping[str, str]:
    """Where each document and record is found; of several places the last."""
    return {each.id: each.anchor for group in rows for each in group}


def person(library: Library, name: str) -> str:
    """A person's name."""
    return library.people.name(name)


def people(library: Library, names: tuple[str, ...]) -> str:
    """The names of several people, in the order given."""
    return ", ".join(person(library, name) for name in names)


def role(library: Library, name: str) -> str:
    """A role's title."""
    return role_title(name, library)


def unit(library: Library, name: str) -> str:
    """A unit's name."""
    found = library.config.unit(name)
    return found.name if found else name


def holder(library: Library, name: str) -> str:
    """The name of a person, a role or a unit: whichever has this id."""
    if library.people.get(name):
        return person(library, name)
    return role(library, name) if library.config.role(name) else unit(library, name)


def title(library: Library, subject: str) -> str:
    """The title of a document as it is in force, else that of the working text or record."""
    standing = library.standing(subject) if subject in library.dossiers else None
    shown = standing.in_force or standing.withdrawn if standing else None
    copy = shown.copy if shown else None
    item = copy if copy and copy.is_document else library.by_id.get(subject)
    return item.title if item else ""
