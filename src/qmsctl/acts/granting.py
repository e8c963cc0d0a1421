"""A sign-off by a right that the others do not have yet: what would refuse it later is told at once, as long as it can be mended."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress

from qmsctl.acts.done import Done
from qmsctl.core.diagnostic import Problem
from qmsctl.core.dossier import SIGNOFFS
from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATHS
from qmsctl.errors import QmsError
from qmsctl.mend import Mend, advice, command
from qmsctl.mend import git as git_command
from qmsctl.message import Message, _
from qmsctl.rules import authority_granted_in_change
from qmsctl.store.comparison import compared
from qmsctl.store.git.remote import Remote, only_remote
from qmsctl.store.history.cleanliness import edited
from qmsctl.store.place import Place
from qmsctl.value import replace

_SEPARATELY = _("commit the change of the configuration on its own, before anything is signed by it")


def granted_here_alone(done: Done, place: Place) -> tuple[Message, ...]:
    """What to tell of the sign-offs that ``done`` brings and that rest on a change of the configuration in no branch but this."""
    signed = {each.path for each in done.edit.changes if each.path.startswith(SIGNOFFS)}
    if place.git is None or not signed:
        return ()
    if not (place.git.common_dir / "refs" / "remotes").is_dir():
        base = done.base or place.commit
        return _in_no_commit(done, place, base, signed) if base else ()
    with suppress(QmsError):  # there is nobody to send it to, or who cannot look now is told when it is sent
        remote = only_remote(place.git)
        theirs = remote.last()
        found = [each for each in _granted(done.library, place, theirs) if each.path in signed] if theirs else []
        return tuple(_told(each, _mend(place, remote, theirs or "")) for each in found)
    return ()


def _in_no_commit(done: Done, place: Place, base: str, signed: Collection[str]) -> tuple[Message, ...]:
    """Where nobody else has the files yet, those rights are to be told of that are in no commit."""
    with suppress(QmsError):
        mend = advice(_SEPARATELY)
        return tuple(
            _("{what}; a check of that change refuses it: {mend}", what=each.message, mend=mend)
            for each in _granted(done.library, place, base) if each.path in signed
        )
    return ()


def _granted(library: Library, place: Place, theirs: str) -> Iterator[Problem]:
    """What the rule would say of the whole change; nothing where the configuration is as the others have it."""
    if edited(replace(place, at=theirs), {path: library.outside.read(path) for path in CONFIG_PATHS}):
        yield from authority_granted_in_change.check(compared(library, place, theirs))


def _told(problem: Problem, mend: Mend) -> Message:
    return _("{what}; sync refuses that until the others have the change: {mend}", what=problem.message, mend=mend)


def _mend(place: Place, remote: Remote, theirs: str) -> Mend:
    """How to send the change of the configuration before what is signed by it."""
    if edited(place, {path: place.source.read(path) for path in CONFIG_PATHS}):
        return advice(_SEPARATELY).then(command("sync"))
    last = remote.git.plumbing.run("rev-list", "-1", "HEAD", f"^{theirs}", "--", *map(place.from_top, CONFIG_PATHS)).decode().strip()
    return git_command("push", remote.name, f"{last[:12]}:refs/heads/{remote.branch}").then(command("sync"))
