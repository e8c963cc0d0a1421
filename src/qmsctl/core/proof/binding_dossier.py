"""Which signed bytes ask for their file to be there."""

from __future__ import annotations

from qmsctl.core.dossier import Dossier
from qmsctl.core.library import Library


def binding_dossier(subject: str, library: Library) -> Dossier | None:
    """The dossier that asks for the file: of the revision in force or coming, or of a signed record."""
    standing = library.standing(subject)
    valid = standing.in_force or standing.coming
    if valid is not None:
        return valid.dossier
    dossiers = library.dossiers.get(subject, ())
    return next((d for d in reversed(dossiers) if d.revision is None and d.copy and d.signoffs), None)
