"""How long a sign-off may take to come to others."""

from __future__ import annotations

from datetime import date

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.arrival import once_held
from qmsctl.core.proof.level import LEVELS, Level, evidence_holds, level
from qmsctl.core.proof.level_asked import level_asked_since
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.strictness import is_strict

COMMIT_WITHIN, DAYS = "commit_within", 30
"""The setting of an office that says how many days a sign-off may take to come into git, and how many hold without it."""


def days_allowed(library: Library) -> int:
    """How many days a sign-off may take: a change cannot give its own more time."""
    offices = (library, *(library.base.asking if library.base else ()))
    return min(office.config.settings.get(COMMIT_WITHIN, DAYS) for office in offices)


def is_aged(signoff: SignOff, day: date, library: Library) -> bool:
    """True for one without a paper that a change of ``day`` could not bring any more."""
    allowed = library.config.settings.get(COMMIT_WITHIN, DAYS)
    return (day - day_of(signoff, library.config)).days > allowed and not _is_excused(signoff, library)


def is_outgrown(signoff: SignOff, dossier: Dossier, day: date, library: Library) -> bool:
    """True for one that a change of ``day`` could not bring any more, for its age or for a level that is asked since."""
    return is_aged(signoff, day, library) or level_missed(signoff, dossier, day, library) is not None


def level_missed(signoff: SignOff, dossier: Dossier, day: date, library: Library) -> Level | None:
    """The highest level that is asked on any day from its own to ``day``, where it does not reach that and has no paper of its day."""
    asked = level_asked_since(signoff, dossier, library, day)
    if asked is None or LEVELS.index(level(signoff, library)) >= LEVELS.index(asked):
        return None
    return None if rests_on_paper(signoff, library) and _of_that_day(signoff, library) else asked


def rests_on_paper(signoff: SignOff, library: Library) -> bool:
    """True if a paper with number, date and file speaks for its day: one of that day, for an adoption one of that day or before."""
    basis = signoff.basis
    if basis is None or not basis.number or basis.date is None or not evidence_holds(basis, library):
        return False
    return _of_that_day(signoff, library) or (signoff.meaning == "adopt" and basis.date < day_of(signoff, library.config))


def is_judged_anew(signoff: SignOff, library: Library) -> bool:
    """True for a sign-off that is new to an office which was there before the change."""
    base = library.base
    if base is None or base.holds(signoff.path, library) or not begins_in_office(library):
        return False
    return once_held(signoff, library) is None


def begins_in_office(library: Library) -> bool:
    """False for the first push, and where there was no office before the change: its sign-offs are judged by their own day."""
    return library.base is not None and bool(library.base.asking)


def _is_excused(signoff: SignOff, library: Library) -> bool:
    strict = is_strict(library, signoff.path, day_of(signoff, library.config))
    return rests_on_paper(signoff, library) if strict else signoff.has_evidence


def _of_that_day(signoff: SignOff, library: Library) -> bool:
    return signoff.basis is not None and signoff.basis.date == day_of(signoff, library.config)
