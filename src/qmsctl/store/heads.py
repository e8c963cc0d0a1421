"""Which commit a name stands for, and whether a name that stands for none is new or broken.

Git itself is silent where its note of a branch is damaged, or names a commit that is missing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from qmsctl.store.plumbing import GitFailed, Plumbing
from qmsctl.store.refs import candidates, is_object

_HEAD = ("HEAD", "@")
_NAMED = ("rev-parse", "--verify", "--quiet", "--end-of-options")


def commit_of(git: Plumbing, ref: str) -> str | None:
    """The commit that ``ref`` names; ``None`` where it names none."""
    found = git.ask(*_NAMED, f"{ref}^{{commit}}")
    return found.decode().strip() if found else None


def branch_of(git: Plumbing) -> str | None:
    """The branch that ``HEAD`` is on, born or not; ``None`` when detached."""
    named = git.ask("symbolic-ref", "--quiet", "HEAD")
    return named.decode().strip().removeprefix("refs/heads/") if named else None


def head_of(git: Plumbing, common_dir: Path) -> str | None:
    """The commit of ``HEAD``; ``None`` on a branch that never had one. Raises :class:`GitFailed` for one that is lost."""
    commit = commit_of(git, "HEAD")
    if commit is None:
        _check_there(git, "HEAD", commit=True)
        branch = branch_of(git)
        _check_unbroken(common_dir, [f"refs/heads/{branch}"] if branch is not None else [])
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
