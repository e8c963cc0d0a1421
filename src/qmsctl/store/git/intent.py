"""What the commit of a change will be, noted before a file is written, and what is to be done about it later."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Any, NamedTuple

from qmsctl.errors import RepositoryError
from qmsctl.mend import Mend, advice
from qmsctl.mend import git as git_command
from qmsctl.message import Message, _
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.object_bytes import Entry
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Wish:
    """The commit that a change is to end with: by whom, when, in which words.

    ``beside`` are files that belong to it as they stand, besides those that are written.
    """

    author: Identity
    at: datetime
    message: str
    beside: tuple[str, ...] = ()


class Turn(NamedTuple):
    """What becomes of one path, given from the top of the work tree: what the branch had there, and what it will."""

    path: str
    before: Entry | None
    after: Entry | None


@dataclass(frozen=True, slots=True)
class Intent:
    """A commit whose objects are in the repository, and which no branch holds yet.

    ``branch`` is the full name of the ref that goes from ``parent`` to ``commit``. ``by`` is who makes it, as git writes it;
    nobody where others did, or where it is a merge, so that it can be had as it is or not at all.
    """

    branch: str
    parent: str | None
    commit: str
    turns: tuple[Turn, ...]
    message: str
    by: str | None = None

    @property
    def paths(self) -> tuple[str, ...]:
        """Where something becomes of a file."""
        return tuple(each.path for each in self.turns)

    def as_data(self) -> dict[str, object]:
        """The same in the values of JSON."""
        turns = [[each.path, each.before, each.after] for each in self.turns]
        return {"branch": self.branch, "parent": self.parent, "commit": self.commit, "turns": turns, "message": self.message, "by": self.by}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Intent:
        """From what :meth:`as_data` gave. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
        turns = tuple(Turn(path, *(Entry(*each) if each else None for each in (before, after))) for path, before, after in data["turns"])
        return cls(data["branch"], data["parent"], data["commit"], turns, data["message"], data["by"])


class Head(NamedTuple):
    """What is checked out: the full name of the branch, its commit, and what that holds at the paths in question."""

    branch: str | None
    commit: str | None
    held: Mapping[str, Entry | None]


class Outlook(Enum):
    """What is to be done about an intent."""

    MADE = auto()
    AS_MEANT = auto()
    ON_ANOTHER = auto()
    OTHER_BRANCH = auto()
    OVERTAKEN = auto()


def outlook(intent: Intent, head: Head) -> Outlook:
    """What is to be done: nothing, the commit as it was meant, the same on top of another one; or why it cannot be.

    What others have committed since is never undone: at each of its paths the branch must be as it was, or as it is to be.
    """
    held = [head.held[each.path] for each in intent.turns]
    if head.branch == intent.branch and head.commit == intent.parent:
        return Outlook.AS_MEANT
    if all(found == turn.after for found, turn in zip(held, intent.turns, strict=True)):
        return Outlook.MADE
    if head.branch != intent.branch:
        return Outlook.OTHER_BRANCH
    untouched = all(found in (turn.before, turn.after) for found, turn in zip(held, intent.turns, strict=True))
    return Outlook.ON_ANOTHER if intent.by and untouched else Outlook.OVERTAKEN


class Uncommitted(RepositoryError):
    """The files of a change are written, and its commit could not be made for a ``reason``; the mend makes it by hand."""

    def __init__(self, reason: Message, intent: Intent, top: Path) -> None:
        super().__init__(_("the files are written, but not committed: {reason}", reason=reason), by_hand(top, intent.paths, intent.message))
        self.reason = reason


class Unseen(RepositoryError):
    """The files of a change are written, and git could not tell whether its commit is made: whoever writes next finds out, and does what is left to do."""

    def __init__(self, reason: Message, paths: tuple[str, ...], top: Path) -> None:
        super().__init__(
            _("the files are written; whether they are committed could not be seen: {reason}", reason=reason),
            git_command("-C", str(top), "status", "--", *paths).in_order_to(_("see how it stands"))
            .then(advice(_("the next command that writes finds out and does what is left to do"))),
        )


class IndexBehind(RepositoryError):
    """The commit is made; what is staged is not as it says."""

    def __init__(self, reason: Message | str, paths: tuple[str, ...], top: Path) -> None:
        super().__init__(
            _("the commit is made, but git's index stayed behind: {reason}", reason=reason),
            git_command("-C", str(top), "reset", "--quiet", "--", *paths).in_order_to(_("bring it up to date")),
        )


def by_hand(folder: Path, paths: tuple[str, ...], message: str) -> Mend:
    """The lines of git that commit exactly these ``paths`` below ``folder``, wherever they are typed."""
    there = ("-C", str(folder))
    return git_command(*there, "add", "--", *paths).then(git_command(*there, "commit", "-m", message, "--", *paths))


WHY: Mapping[Outlook, Message] = {
    Outlook.OTHER_BRANCH: _("another branch is checked out by now"),
    Outlook.OVERTAKEN: _("somebody has committed the same files meanwhile"),
}
