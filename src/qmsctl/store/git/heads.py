"""Which commit a name stands for, and whether a name that stands for none is new or broken.

Git itself is silent where its note of a branch is damaged, or names a commit that is missing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from qmsctl.store.git.plumbing import GitFailed, Plumbing
from qmsctl.store.git.refs import candidates, is_object

_HEAD = ("HEAD", "@")
_NAMED = ("rev-parse", "--verify", "--quiet", "--end-of-options")
_AT_ONCE = ("rev-parse", "HEAD^{commit}", "--all", "--symbolic-full-name", "HEAD", "--symbolic", "--all")
_NOT_AT_ONCE = 128
_BRANCHES = "refs/heads/"


class Heads(NamedTuple):
    """What is checked out, and what every ref stands for.

    ``commit`` is ``None`` on a branch that never had one, ``ref`` the full name of the branch, ``None`` when detached.
    """

    commit: str | None
    ref: str | None
    refs: bytes

    @property
    def tips(self) -> frozenset[str]:
        """What the refs and ``HEAD`` stand for: full names of objects."""
        words = (line.split(b" ")[0].decode("ascii", "replace") for line in self.refs.splitlines())
        return frozenset(word for word in words if is_object(word))

    @property
    def branch(self) -> str | None:
        """The branch by its short name."""
        return self.ref.removeprefix(_BRANCHES) if self.ref else None


def heads_of(git: Plumbing, common_dir: Path) -> Heads:
    """What git says of its refs: in one process, unless there is no commit yet, or a ref is called ``HEAD``, too.

    Raises :class:`GitFailed` for a head that is lost.
    """
    lines = (git.ask(*_AT_ONCE, absent=_NOT_AT_ONCE) or b"").splitlines()
    objects, names = lines[: len(lines) // 2], lines[len(lines) // 2 :]
    ref = names[0].decode("utf-8", "surrogateescape") if len(lines) == 2 * len(objects) and names else ""
    if ref == "HEAD" or (ref.startswith(_BRANCHES) and ref != f"{_BRANCHES}HEAD"):
        return Heads(objects[0].decode(), None if ref == "HEAD" else ref, b"\n".join(lines))
    return Heads(head_of(git, common_dir), _ref_of(git), git.ask("show-ref", "--head") or b"")


def commit_of(git: Plumbing, ref: str) -> str | None:
    """The commit that ``ref`` names; ``None`` where it names none."""
    found = git.ask(*_NAMED, f"{ref}^{{commit}}")
    return found.decode().strip() if found else None


def branch_of(git: Plumbing) -> str | None:
    """The branch that ``HEAD`` is on, born or not; ``None`` when detached."""
    ref = _ref_of(git)
    return ref.removeprefix(_BRANCHES) if ref else None


def _ref_of(git: Plumbing) -> str | None:
    try:
        named = git.ask("symbolic-ref", "--quiet", "HEAD")
    except GitFailed:
        kept = git.git_dir / (git.git_dir / "HEAD").read_text("utf-8", "replace").removeprefix("ref:").strip()
        if kept.is_file() and not os.access(kept, os.R_OK):  # of which git says that there is no such branch
            raise GitFailed("symbolic-ref", f"Permission denied: {kept}") from None
        raise
    return named.decode("utf-8", "surrogateescape").strip() if named else None


def head_of(git: Plumbing, common_dir: Path) -> str | None:
    """The commit of ``HEAD``; ``None`` on a branch that never had one. Raises :class:`GitFailed` for one that is lost."""
    commit = commit_of(git, "HEAD")
    if commit is None:
        _check_there(git, "HEAD", commit=True)
        branch = branch_of(git)
        _check_unbroken(common_dir, [f"{_BRANCHES}{branch}"] if branch is not None else [])
    return commit


def check_lost(git: Plumbing, common_dir: Path, ref: str) -> None:
    """Raise :class:`GitFailed` where ``ref``, by which no commit is found, is the name of one that is lost."""
    if ref in _HEAD:
        head_of(git, common_dir)
    elif not is_object(ref):
        _check_there(git, ref)
        _check_unbroken(common_dir, candidates(ref))


def _check_there(git: Plumbing, ref: str, *, commit: bool = False) -> None:
    """Raise :class:`GitFailed` where ``ref`` stands for an object that is missing, or for no ``commit``, which it has to."""
    named = (git.ask(*_NAMED, ref) or b"").decode().strip()
    if is_object(named) and (commit or git.ask("cat-file", "-e", named) is None):
        raise GitFailed("rev-parse", f"missing object {named}, which {ref} names")


def _check_unbroken(common_dir: Path, refs: Iterable[str]) -> None:
    """Raise :class:`GitFailed` for refs that name no commit and once did, as files of theirs in git's directory show."""
    for ref in refs:
        log = common_dir / "logs" / ref
        if (common_dir / ref).is_file() or (log.is_file() and log.stat().st_size):
            raise GitFailed("rev-parse", f"broken ref {ref}")
