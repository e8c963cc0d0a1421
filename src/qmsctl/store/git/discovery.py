"""Where the repository of a folder is, and whether its owner may be trusted."""

from __future__ import annotations

import os
from pathlib import Path

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice, git
from qmsctl.message import _
from qmsctl.store.git import plumbing
from qmsctl.store.git.causes import BACKUP
from qmsctl.store.git.environment import environment
from qmsctl.store.git.plumbing import Plumbing
from qmsctl.store.git.waiting import check_plain
from qmsctl.store.machine import files


def locate(folder: Path) -> Plumbing | None:
    """The repository whose work tree holds ``folder``, or that ``folder`` itself is, bare.

    A bare repository inside a work tree is only files: whoever wrote the tree could have put
    it there, with a configuration of their own.
    """
    folder = Path(os.path.realpath(folder))
    for top in (folder, *folder.parents):
        git_dir = _git_dir(top / ".git")  # git itself would pass over a damaged one, and go on above
        if git_dir is not None:
            return _owned(Plumbing(git_dir, top))
    return _owned(Plumbing(folder, None)) if is_repository(folder) else None


def is_repository(folder: Path) -> bool:
    """Whether ``folder`` is itself a git directory: of a bare repository or a linked work tree. Raises ``RepositoryError`` for one in which git would wait."""
    try:
        if (folder / "HEAD").exists():
            check_plain(folder)
        shared = (folder / "objects").is_dir() and (folder / "refs").is_dir()
        return (folder / "HEAD").is_file() and (shared or (folder / "commondir").is_file())
    except OSError as error:
        raise files.unreadable(str(folder), error) from error


def _git_dir(entry: Path) -> Path | None:
    if entry.is_dir():
        return _whole(entry)
    if not entry.is_file():
        return None
    named = entry.read_bytes()[:4096].decode("utf-8", "surrogateescape").strip()
    target = Path(os.path.realpath(entry.parent / named.removeprefix("gitdir:").strip()))
    if not named.startswith("gitdir:") or not is_repository(target):
        raise RepositoryError(
            _("The file {path} names no git repository.", path=str(entry)),
            git("worktree", "repair").in_order_to(_("Where this is a linked work tree that was moved")),
        )
    return target


_PARTS = ("HEAD", "objects", "refs")
"""What every git directory has, see gitrepository-layout(5)."""


def is_hollow(folder: Path) -> bool:
    """Whether a folder is a git directory that git had begun to make, and that has never held anything."""
    return folder.is_dir() and not folder.is_symlink() and not any(each.is_file() for each in (folder / "objects").rglob("*"))


def _whole(folder: Path) -> Path:
    """A git directory. Raises ``RepositoryError`` for one of which a part is missing."""
    if is_repository(folder):
        return folder
    missing = tuple(part for part in _PARTS if not (folder / part).exists())
    if not missing:
        from qmsctl.mend_words import shell_word

        raise RepositoryError(
            _("{path} is damaged: HEAD there is a file, objects and refs are folders, and here one of them is something else", path=str(folder)),
            advice(_("see which one: {command}", command=f"ls -ld {shell_word(str(folder))}/*")).then(BACKUP),
        )
    raise RepositoryError(
        _("{path} is damaged: it lacks {missing}, so git cannot read it", path=str(folder), missing=missing),
        git("init", "--quiet", str(folder.parent)).in_order_to(_("put in again what every repository has")).then(
            advice(_("see whether all branches are there, and switch to yours: {command}", command="git branch --all")),
        ),
    )


def _owned(repository: Plumbing) -> Plumbing:
    if not _foreign(repository.git_dir) and not _foreign(repository.work_tree):
        return repository
    folder = repository.work_tree or repository.git_dir
    asked = plumbing.run(
        ["-C", str(folder), "rev-parse", "--git-dir"],
        env=environment(user_config=True),
    )
    if b"dubious ownership" in asked.stderr:
        raise RepositoryError(
            _("The repository {path} belongs to another user.", path=str(folder)),
            git("config", "--global", "--add", "safe.directory", str(folder)).in_order_to(_("If you trust it")),
        )
    return repository


def _foreign(folder: Path | None) -> bool:
    """Whether somebody else owns it; not judged on Windows, whose files carry no user number."""
    return folder is not None and hasattr(os, "geteuid") and os.stat(folder).st_uid != os.geteuid()
