"""When a sign-off came into git, and what that says of the day it bears."""

from __future__ import annotations

from datetime import date

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.outside import Commit
from qmsctl.core.proof.arrival import arrival
from qmsctl.core.proof.bringing import committed_by
from qmsctl.core.proof.lateness import days_allowed, rests_on_paper
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.strictness import is_strict
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Committed:
    """When a sign-off first came into git, in the office's time zone, and how many days after it was signed.

    ``by`` is who of the office committed it, where that is neither a signer nor the one who entered it.
    """

    commit: Commit
    day: date
    later: int
    by: str | None


@dataclass(frozen=True, slots=True)
class Coming:
    """What git says of a sign-off, and what that says of its day; ``committed`` is ``None`` where git does not have it yet.

    It is ``late`` where it took longer than the office allows, or has taken longer already, and has no paper of its day;
    ``older`` where it bears a day before the first commit of the office, of which git can say nothing.
    """

    committed: Committed | None
    late: bool
    older: bool


def coming(signoff: SignOff, library: Library) -> Coming | None:
    """``None`` where nobody can know."""
    if not library.outside.history_is_whole():
        return None
    zone, own = library.config.zone, day_of(signoff, library.config)
    commit, since = arrival(signoff.path, library), library.outside.office_since()
    day = commit.at.astimezone(zone).date() if commit else library.today
    first = since.astimezone(zone).date() if since else day
    late = (day - max(own, first)).days > days_allowed(library) and not rests_on_paper(signoff, library)
    return Coming(
        _committed(signoff, commit, day, library) if commit else None,
        late and is_strict(library, signoff.path, day), own < first and not late,
    )


def _committed(signoff: SignOff, commit: Commit, day: date, library: Library) -> Committed:
    other = committed_by(signoff, commit, library)
    return Committed(commit, day, (day - day_of(signoff, library.config)).days, other.name if other else None)
