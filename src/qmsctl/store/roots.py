"""Which folder is a QMS: the one of the nearest ``qms.yaml``, on the disk or in a commit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import reduce
from pathlib import Path

from qmsctl.core.reading import CONFIG_PATH as CONFIG
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole, Mend, advice, command, with_general
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git.repository import Git
from qmsctl.store.sparse import AS_WELL, left_out

_NAMED = 3
"""How many systems below a folder are named."""


class NoSystem(RepositoryError):
    """No ``qms.yaml`` lies in ``folder`` or above it."""

    def __init__(self, folder: Path, mend: Mend) -> None:
        super().__init__(_("There is no {config} in {folder} or above it.", config=CONFIG, folder=str(folder)), mend)
        self.folder = folder


def find_root(start: Path) -> Path:
    """The folder of the nearest ``qms.yaml`` at or above ``start``.

    Raises :class:`NoSystem` if there is none.
    """
    folder = Path(os.path.realpath(start))
    for root in (folder, *folder.parents):
        if (root / CONFIG).is_file():
            return root
    new = command("init").in_order_to(_("create a new system"))
    below = sorted(each.parent.name for each in folder.glob(f"*/{CONFIG}"))
    named = (with_general(command(""), C=each).in_order_to(_("there is one in a folder below")) for each in below[:_NAMED])
    raise NoSystem(folder, reduce(Mend.or_else, (*named, new)))


def taken_back(error: NoSystem) -> Mend | None:
    """What brings back the nearest ``qms.yaml`` that the last commit has where there is none now."""
    git = Git.discover(error.folder)
    head, top = (git.head(), git.top) if git else (None, None)
    if git is None or head is None or top is None:
        return None
    above = (each for each in (error.folder, *error.folder.parents) if each.is_relative_to(top))
    names = [(each / CONFIG).relative_to(top).as_posix() for each in above]
    held = git.trees(head, names)
    kept = next((name for name in names if held.at(name)), None)
    if kept is None:
        return None
    anyhow = (AS_WELL,) if kept in left_out(git, top, "") else ()
    return git_command("-C", str(top), "checkout", *anyhow, "HEAD", "--", kept).in_order_to(_("take it back, for the last commit has it"))


def find_prefix(git: Git, commit: str) -> str:
    """The QMS folder of a commit in a bare repository: the one ``qms.yaml`` nearest the top.

    Raises ``RepositoryError`` if the commit holds none, or several as near.
    """
    nearest = _nearest(systems_in(git, commit))
    if len(nearest) == 1:
        return nearest[0]
    if nearest:
        raise RepositoryError(
            _("Commit {commit} holds several systems: {folders}", commit=commit, folders=nearest),
            with_general(command(""), repo=Hole("folder")).in_order_to(_("Name one")),
        )
    raise RepositoryError(
        _("Commit {commit} holds no {config}.", commit=commit, config=CONFIG),
        command("init").in_order_to(_("create a new system")),
    )


def moved_prefix(git: Git, commit: str, stays: Callable[[str], bool]) -> str | None:
    """The QMS folder of ``commit`` that has moved since, for it no longer ``stays``; ``None`` where all do.

    Raises ``RepositoryError`` where several have, as near the top.
    """
    gone = _nearest(each for each in systems_in(git, commit) if not stays(each))
    if len(gone) > 1:
        raise RepositoryError(
            _("several systems are no longer where they were in commit {commit}: {folders}", commit=commit[:12], folders=gone),
            advice(_("move one at a time, each in a change of its own")),
        )
    return gone[0] if gone else None


def systems_in(git: Git, commit: str) -> tuple[str, ...]:
    """The folders of a commit that hold a ``qms.yaml``; that of the top is empty."""
    return tuple(each.path.rpartition("/")[0] for each in git.tree(commit) if each.path.rpartition("/")[2] == CONFIG)


def _nearest(folders: Iterable[str]) -> tuple[str, ...]:
    """Those nearest the top."""
    found = tuple(folders)
    depth = min(map(_depth, found), default=0)
    return tuple(each for each in found if _depth(each) == depth)


def _depth(folder: str) -> int:
    return len(folder.split("/")) if folder else 0
