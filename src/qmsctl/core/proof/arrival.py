"""When a sign-off came into git, and whether what had been accepted before ever held it."""

from __future__ import annotations

from datetime import date

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.outside import Commit
from qmsctl.errors import RepositoryError


def arrival(path: str, library: Library) -> Commit | None:
    """The commit that brought a file below ``signoffs/`` as it stands; ``None`` where history has no such bytes there."""
    data = _bytes(path, library)
    return library.outside.arrival(path, data) if data is not None else None


def arrival_day(path: str, library: Library) -> date | None:
    """The day of that commit where the office is."""
    commit = arrival(path, library)
    return commit.at.astimezone(library.config.zone).date() if commit else None


def once_held(signoff: SignOff, library: Library) -> date | None:
    """The day on which the base's history had a sign-off that it misses, with the signature that lies beside it now; ``None`` where it never had.

    What a side of that history gave up was never accepted, whatever day it bears.
    """
    paths = [path for path in (signoff.path, f"{signoff.path}.sig") if path in library.files]
    days = [_held_day(path, library) for path in paths]
    known = [day for day in days if day is not None]
    return max(known, default=None) if len(known) == len(days) else None


def _held_day(path: str, library: Library) -> date | None:
    data, base = _bytes(path, library), library.base
    if data is None or base is None:
        return None
    homes = (*base.libraries, *((base.tip,) if base.tip else ()))
    found = (each.outside.arrival(path, data) for each in homes if path in each.files or path in each.missing.missed)
    return min((commit.at.astimezone(library.config.zone).date() for commit in found if commit), default=None)


def _bytes(path: str, library: Library) -> bytes | None:
    try:
        return library.outside.read(path)
    except RepositoryError:
        return None
