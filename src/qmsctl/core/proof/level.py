"""How strongly a sign-off is backed. None is called more than it is."""

from __future__ import annotations

from enum import StrEnum

from qmsctl.core.dossier import ATTACHMENTS, Basis, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.attestation import proves
from qmsctl.core.text.values import path_problem


class Level(StrEnum):
    """What stands behind a sign-off, weakest first."""

    ENTERED = "entered"
    DECLARED = "declared"
    EVIDENCED = "evidenced"
    SIGNED = "signed"


LEVELS = tuple(Level)


def evidence_holds(basis: Basis | None, library: Library) -> bool:
    """True if the basis names a file below ``attachments/`` whose bytes have the digest it gives."""
    if basis is None or not basis.file or not basis.sha256 or path_problem(basis.file):
        return False
    kept = basis.file.startswith(ATTACHMENTS) and basis.file in library.files
    return kept and library.outside.sha256(basis.file) == basis.sha256


def level(signoff: SignOff, library: Library) -> Level:
    """How a sign-off is backed.

    ``signed`` with a key that was the signer's, ``evidenced`` by a file that is there and has the digest
    given, ``entered`` if somebody else ran the command, else ``declared``.
    """
    if proves(signoff, library):
        return Level.SIGNED
    if evidence_holds(signoff.basis, library):
        return Level.EVIDENCED
    if signoff.entered_by is not None and any(person != signoff.entered_by for person in signoff.by):
        return Level.ENTERED
    return Level.DECLARED


def weakest(levels: tuple[Level, ...]) -> Level | None:
    """The weakest of several levels; ``None`` where there is none."""
    return min(levels, key=LEVELS.index, default=None)
