"""What the office asks to stand behind a sign-off, by the approval matrix of its day."""

from __future__ import annotations

from datetime import date

from qmsctl.core.dossier import Dossier, SignOff
from qmsctl.core.library import Library
from qmsctl.core.proof.filing import type_of
from qmsctl.core.proof.level import LEVELS, Level
from qmsctl.core.signoffs.approval import day_of

DECIDING = ("author", "review", "approve", "adopt", "withdraw")
"""The sign-offs of a document that a level is asked of: those that put it in force or take it out."""

SINCE_FORMAT_2 = ("author",)
"""Of these it is asked by the stricter criteria alone."""


def level_asked(signoff: SignOff, dossier: Dossier, library: Library) -> Level | None:
    """The least level asked of ``signoff``; a change cannot ask less of its sign-offs than was asked before it."""
    return _highest(signoff, dossier, library, None)


def level_asked_since(signoff: SignOff, dossier: Dossier, library: Library, last: date) -> Level | None:
    """The highest of the levels asked on any day from that of ``signoff`` to ``last``."""
    return _highest(signoff, dossier, library, last)


def _highest(signoff: SignOff, dossier: Dossier, library: Library, last: date | None) -> Level | None:
    kind = type_of(dossier, library)
    if kind is None or not _decides(signoff, dossier, library):
        return None
    new = library.base is not None and not library.base.holds(signoff.path, library)
    found: set[str] = set()
    for office in (*(library.base.asking if library.base and new else ()), library):
        own = day_of(signoff, office.config)
        found |= office.config.levels_asked(kind.name, kind.kind == "document", own, max(own, last or own))
    return max((Level(name) for name in found if name in set(LEVELS)), key=LEVELS.index, default=None)


def _decides(signoff: SignOff, dossier: Dossier, library: Library) -> bool:
    if dossier.revision is not None:
        return signoff.meaning in DECIDING
    kind = type_of(dossier, library)
    state = kind.states.get(dossier.state) if kind else None
    asked = state.signoff.meaning if state and state.signoff else None
    return signoff.meaning in (asked, "reopen")
