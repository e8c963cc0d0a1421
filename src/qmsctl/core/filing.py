"""Sign-offs together with the files that hold them, for messages that name a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qmsctl.core.library import Library
from qmsctl.core.model import Dossier, Item, SignOff
from qmsctl.core.record_type import RecordType


@dataclass(frozen=True, slots=True)
class Filed:
    """A sign-off, the file that holds it, and the dossier the file lies in."""

    file: Item
    signoff: SignOff
    dossier: Dossier

    @property
    def meaning(self) -> object:
        """The meaning as people call it."""
        described = self.file.type.fields.get("meaning")
        return (described.values if described else {}).get(self.signoff.meaning, self.signoff.meaning)


def filed(library: Library) -> Iterator[Filed]:
    """The sign-offs in every dossier up to the moment of reading, each with its file."""
    files = {item.path: item for item in library.signoff_items}
    for dossiers in library.dossiers.values():
        for dossier in dossiers:
            for signoff in dossier.signoffs:
                yield Filed(files[signoff.path], signoff, dossier)


def type_of(dossier: Dossier, library: Library) -> RecordType | None:
    """The type of a dossier's subject: that of the frozen copy, else of the present file."""
    if dossier.copy:
        return dossier.copy.type
    present = library.by_id.get(dossier.subject)
    return present.type if present else None
