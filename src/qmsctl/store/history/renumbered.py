"""Which ids a commit took back because two people had given them, each without knowing of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmsctl.store.git.repository import Git

_FOLDERS = ("documents", "records")
_ALIKE = "--find-renames=80%"
"""A text that is renumbered has another id in it, and in its links."""


def renumbered(git: Git, commit: str) -> Mapping[str, str]:
    """The ids that ``commit`` replaced by others, each with its new one, where another line of history gave the same id.

    That line neither has the commit nor was seen by it. A number that was given once cannot be taken back like this.
    """
    found = dict(_renamed(git, commit))
    apart = _given_apart(git, commit) if found else frozenset()
    return {old: new for old, new in found.items() if old in apart}


def _renamed(git: Git, commit: str) -> Iterator[tuple[str, str]]:
    told = git.plumbing.run("diff-tree", "-r", "-z", "--no-commit-id", "--name-status", _ALIKE, "--diff-filter=R", commit)
    words = told.decode("utf-8", "surrogateescape").split("\0")
    for old, new in zip(words[1::3], words[2::3], strict=False):
        before, after = _stem(old), _stem(new)
        if before and after and before != after:
            yield before, after


def _given_apart(git: Git, commit: str) -> frozenset[str]:
    """The ids that were given in commits which neither build on ``commit`` nor lie below it."""
    later = set(git.plumbing.run("rev-list", "--all", "--ancestry-path", f"^{commit}").decode().split())
    added = (each for each in git.history(("--all", "--not", commit)) if each.status == "A" and each.commit not in later)
    return frozenset(stem for each in added if (stem := _stem(each.path)))


def _stem(path: str) -> str | None:
    inside = f"/{path}"
    named = path.endswith(".md") and any(f"/{folder}/" in inside for folder in _FOLDERS)
    return path.rpartition("/")[2].removesuffix(".md") if named and "/signoffs/" not in inside else None
