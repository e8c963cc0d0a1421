"""Who brought a sign-off into git, where that is somebody else of the office and nobody else's came along with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.core.outside import Commit
from qmsctl.core.proof.arrival import arrival
from qmsctl.core.proof.filing import all_dossiers
from qmsctl.core.proof.level import Level, level


def committed_by(signoff: SignOff, commit: Commit, library: Library) -> Person | None:
    """The person of the office whose commit it is, where that is neither a signer nor the one who entered it."""
    person = library.people.by_email(commit.email)
    return person if person and person.id not in (*signoff.by, signoff.entered_by) else None


def brought_by_others(library: Library, wanted: Callable[[SignOff], bool]) -> Iterator[tuple[SignOff, Commit, Person]]:
    """Each that came alone, by another's commit, and has neither a key nor a paper behind it.

    One commit with sign-offs of several persons is a squash, or the work of whoever commits for all. ``wanted`` are those
    that are looked for.
    """
    for commit, signoffs in _by_commit(library, wanted).items():
        if len({person for each in signoffs for person in each.by}) == 1:
            for each in signoffs:
                person = committed_by(each, commit, library)
                if person and level(each, library) not in (Level.SIGNED, Level.EVIDENCED):
                    yield each, commit, person


def _by_commit(library: Library, wanted: Callable[[SignOff], bool]) -> dict[Commit, list[SignOff]]:
    found: dict[Commit, list[SignOff]] = defaultdict(list)
    signoffs = [each for dossier in all_dossiers(library) for each in dossier.signoffs]
    if any(map(wanted, signoffs)):
        for each in signoffs:
            commit = arrival(each.path, library)
            if commit is not None:
                found[commit].append(each)
    return {commit: signed for commit, signed in found.items() if any(map(wanted, signed))}
