"""Where sign-offs are filed: their dossiers, and the lines of the files that hold them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.types.record_type import RecordType


def all_dossiers(library: Library) -> Iterator[Dossier]:
    """Every dossier, with its sign-offs up to the moment of reading."""
    for dossiers in library.dossiers.values():
        yield from dossiers


def dossiers_with(told: Callable[[Item], bool], library: Library) -> Iterator[Dossier]:
    """The dossiers of every subject of which a file of sign-offs is ``told`` apart; those of others are not put together."""
    for subject in dict.fromkeys(item.path.split("/", 2)[1] for item in library.signoff_items if told(item)):
        yield from library.dossiers.get(subject, ())


def type_of(dossier: Dossier, library: Library) -> RecordType | None:
    """The type of a dossier's subject: that of the frozen copy, else of the present file."""
    if dossier.copy:
        return dossier.copy.type
    present = library.by_id.get(dossier.subject)
    return present.type if present else None


def signoff_at(path: str, library: Library) -> tuple[SignOff, Dossier] | None:
    """The sign-off in a file, with its dossier; ``None`` where it is in none, or of a moment to come."""
    folder = path.rpartition("/")[0]
    dossiers = library.dossiers.get(folder.split("/")[1], ()) if folder.count("/") == 2 else ()
    found = ((signoff, dossier) for dossier in dossiers if dossier.folder == folder for signoff in dossier.signoffs)
    return next((each for each in found if each[0].path == path), None)


def line_of(signoff: SignOff, library: Library, *names: str) -> int:
    """The line of the first of these fields that the file of a sign-off has; 1 where it has none."""
    fields = library.parsed[signoff.path].fields
    lines = fields.key_lines if fields else {}
    return next((lines[name] for name in names if name in lines), 1)


def meaning_of(signoff: SignOff, library: Library) -> object:
    """The meaning of a sign-off as people call it."""
    kind = library.types.get("signoff")
    described = kind.fields.get("meaning") if kind else None
    return (described.values if described else {}).get(signoff.meaning, signoff.meaning)
