"""What the history of a repository tells about the files of a QMS folder in it.

A place is ``rev:path``, as ``git show`` takes it. Paths in answers are relative to the QMS folder,
``prefix`` is that folder from the top of the repository.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from qmsctl.core.outside import Commit
from qmsctl.store.git.commit_stream import PastChange
from qmsctl.store.git.repository import Git
from qmsctl.store.history.changes import of_signoffs

_ITEMS = ("documents/", "records/")
_ENDING = ".md"


def ids_up_to(git: Git, start: str, prefix: str = "") -> Mapping[str, str]:
    """Every id ever used up to the commit ``start``, with its latest place.

    An id is the name of a Markdown file under ``documents/`` or ``records/``.
    """
    found: dict[str, str] = {}
    for name, change in _named(git, prefix, (start,)):
        if name in found:
            continue
        dead = "^" if change.status.startswith("D") else ""
        found.setdefault(name, f"{change.commit[:12]}{dead}:{change.path}")
    return found


def ids_elsewhere(git: Git, head: str, prefix: str = "") -> Mapping[str, str]:
    """Ids that other branches have added and that are not in ``head``, each with its place.

    The branch that is checked out, here and on remotes, is no other branch.
    """
    own = git.branch()
    tips = [f"--exclude=refs/heads/{own}", f"--exclude=refs/remotes/*/{own}"] if own else []
    found: dict[str, str] = {}
    for name, change in _named(git, prefix, (*tips, "--all", "--not", head)):
        if change.status.startswith("A"):
            found.setdefault(name, f"{change.commit[:12]}:{change.path}")
    return found


def first_commits(git: Git, tip: str, prefix: str = "") -> Mapping[str, Commit]:
    """The commit in which each file below ``signoffs/`` appeared, of those up to ``tip``."""
    inside = _inside(prefix)
    return {
        change.path.removeprefix(inside): Commit(change.commit, change.at, change.name, change.email, change.written)
        for change in of_signoffs(git, tip, inside)
        if change.status.startswith("A")
    }


def last_commit(git: Git, moment: datetime) -> str | None:
    """The latest commit on the way to ``HEAD`` that is not after ``moment``."""
    head = git.head()
    found = git.plumbing.run("rev-list", "-1", f"--before={int(moment.timestamp())}", head) if head else b""
    return found.decode().strip() or None


def _named(git: Git, prefix: str, start: tuple[str, ...]) -> Iterator[tuple[str, PastChange]]:
    for change in git.history(start, lambda path: bool(id_at(path, prefix))):
        yield id_at(change.path, prefix), change


def id_at(path: str, prefix: str) -> str:
    """The id of the file at a path of the repository; empty where it has none."""
    inside = _inside(prefix)
    is_item = path.endswith(_ENDING) and path.startswith(_ITEMS, len(inside)) and path.startswith(inside)
    return path.rpartition("/")[2].removesuffix(_ENDING) if is_item else ""


def _inside(prefix: str) -> str:
    return f"{prefix}/" if prefix else ""
