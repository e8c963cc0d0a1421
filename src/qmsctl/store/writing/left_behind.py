"""What a command that was interrupted left of its change, looked at without the lock and without a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qmsctl.store.git.repository import Git
from qmsctl.store.writing import lock
from qmsctl.store.writing.journal import Journal, Step, Untrusted
from qmsctl.store.writing.state import leads_astray, state_folder, with_journal


def was_interrupted(root: Path, git: Git | None) -> bool:
    """True if a command left its change half done, here or around; the next writing one finishes it first, or says why it does not.

    Costs a look or two at the disk, and changes nothing. What a command that is still at work has written is no such thing.
    """
    return any(not is_at_work(each.root, git) and each.is_there() for each in _left(root, git))


def is_at_work(root: Path, git: Git | None) -> bool:
    """True while a command writes, or waits to."""
    return not leads_astray(root, git) and lock.is_at_work(state_folder(root, git) / lock.LOCK)


def doubt(root: Path, git: Git | None) -> Untrusted | None:
    """Why what a command left half done is not finished, where it is not this user's or cannot be proved to be."""
    return next(filter(None, (each.doubt() for each in _left(root, git))), None)


def unfinished(root: Path, git: Git | None) -> tuple[Step, ...]:
    """What an interrupted command was to write, done or not; it is read and left as it is. Raises ``RepositoryError``."""
    return tuple(step for journal in _left(root, git) for step in journal.read().steps)


def _left(root: Path, git: Git | None) -> Iterator[Journal]:
    """What lies there of journals: of the QMS folder, and of the work tree around it."""
    return (Journal(state_folder(each, git), each) for each in with_journal(root, git))
