"""The documents in force as an export lays them out: a folder a unit."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Exported:
    """A document in force, the unit in charge of it, and the digest of the text that was signed."""

    id: str
    revision: int
    unit: str
    sha256: str

    @property
    def path(self) -> str:
        """Where its file lies, without the ending: in the folder of its unit, if it has one."""
        return f"{self.unit}/{self.id}" if self.unit else self.id


def exported(library: Library) -> Iterator[Exported]:
    """Every document in force, by id."""
    for subject in library.subjects:
        found = library.standing(subject).in_force
        if found is not None and found.copy is not None:
            unit = found.copy.text("unit") or ""
            yield Exported(subject, found.revision, unit if library.config.unit(unit) else "", found.copy.sha256)
