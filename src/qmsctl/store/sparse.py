"""The files that a sparse checkout leaves out of the work tree: they are part of the system all the same, and git has them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from qmsctl.core.source import EntryKind
from qmsctl.errors import Refusal
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git import objects
from qmsctl.store.git.repository import Git
from qmsctl.store.sources import WorkTree

_HEADER = 8
_PLAIN = b"DIRC\0\0\0\2"
"""How an index begins whose format knows of no files left out (gitformat-index(5))."""
_LEFT_OUT = "S"
AS_WELL = "--ignore-skip-worktree-bits"
"""With it ``git checkout`` brings back what a sparse checkout leaves out."""


def left_out(git: Git, root: Path, prefix: str) -> frozenset[str]:
    """The paths from ``root`` that git has told not to expect on the disk, and that are not there. Raises :class:`.GitFailed`."""
    index = git.git_dir / "index"
    if not index.is_file() or _begins(index) == _PLAIN:
        return frozenset()
    inside = f"{prefix}/" if prefix else ""
    listed = git.plumbing.run("ls-files", "-t", "-z", "--full-name").decode("utf-8", "surrogateescape").split("\0")
    found = (path.removeprefix(inside) for tag, _space, path in (each.partition(" ") for each in listed) if tag == _LEFT_OUT and path.startswith(inside))
    return frozenset(path for path in found if not (root / path).exists())


def refusal(git: Git, root: Path, path: str) -> Refusal | None:
    """Why a file is not written that a sparse checkout leaves out; nothing where it does not."""
    if path not in left_out(git, root, git.prefix(root)):
        return None
    way = git_command("-C", str(root), "checkout", AS_WELL, "--", path).in_order_to(_("have it here"))
    every = git_command("-C", str(root), "sparse-checkout", "disable").in_order_to(_("have every file here"))
    return Refusal(_("{path} is not on the disk, for this checkout leaves it out (a sparse checkout). Nothing was changed.", path=path), way.or_else(every))


def _begins(index: Path) -> bytes:
    try:
        with index.open("rb") as file:
            return file.read(_HEADER)
    except OSError:  # git says why
        return b""


class SparseTree:
    """The files on the disk, and those ``absent`` ones as they stand in git's index."""

    def __init__(self, disk: WorkTree, git: Git, prefix: str, absent: frozenset[str]) -> None:
        self._disk, self._absent = disk, absent
        self._index = CommitTree(git, "HEAD", prefix, lambda: (each for each in objects.index(git.plumbing, prefix) if each.path in absent))

    def entries(self) -> Mapping[str, EntryKind]:
        """What every path is, sorted."""
        return dict(sorted((*self._disk.entries().items(), *self._index.entries().items())))

    def larger(self, size: int) -> Collection[str]:
        """The paths of the files that have more bytes."""
        return (*self._disk.larger(size), *self._index.larger(size))

    def read(self, path: str) -> bytes:
        """The bytes of a file."""
        return self._of(path).read(path)

    def sha256(self, path: str) -> str:
        """The digest of a file of any size."""
        return self._of(path).sha256(path)

    def pointer(self, path: str) -> str | None:
        """The digest of the content that a git-lfs pointer stands for, if the file is one."""
        return self._of(path).pointer(path)

    def _of(self, path: str) -> WorkTree | CommitTree:
        return self._index if path in self._absent else self._disk
