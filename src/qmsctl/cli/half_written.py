"""A change that a command had begun to write when it was ended by force: until it is finished nothing is as anybody meant it."""

from __future__ import annotations

from pathlib import Path

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.store.git.repository import Git
from qmsctl.store.place import Place
from qmsctl.store.writing.state import with_journal


def half_written(root: Path, git: Git | None) -> RepositoryError | None:
    """What to tell of the QMS in ``root``, where the next command that writes will finish what is left of one."""
    if not with_journal(root, git):
        return None
    from qmsctl.store.writing.left_behind import doubt, was_interrupted

    if not was_interrupted(root, git) or doubt(root, git) is not None:
        return None
    return RepositoryError(
        _("a command was interrupted here, and its change is not finished"),
        advice(_("run it again as it was given, or any other that writes: what it had begun is finished first")),
    )


def unfinished(place: Place) -> tuple[Message, ...]:
    """The same of the files on the disk, as what keeps them from being looked at as they are meant; nothing of those of a commit."""
    found = half_written(place.root, place.git) if place.root is not None and place.at is None else None
    return (_("{what}; {mend}", what=found.message, mend=found.mend),) if found else ()


def told(start: Path) -> RepositoryError | None:
    """The same of a folder in which there is no QMS yet."""
    return half_written(start, Git.discover(start)) if start.is_dir() else None
