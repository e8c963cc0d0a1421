"""Sign-offs that the history of a repository had and that are gone from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial

from qmsctl.core.dossier import SIGNOFFS
from qmsctl.core.outside import Lost
from qmsctl.core.text.text_file import digest
from qmsctl.store.git.commit_stream import PastChange
from qmsctl.store.git.plumbing import GitFailed
from qmsctl.store.git.repository import Git
from qmsctl.store.history.changes import moved_from, of_signoffs
from qmsctl.store.history.renumbered import renumbered


def lost_signoffs(git: Git, tip: str, prefix: str = "") -> Mapping[str, Lost]:
    """Every file below ``signoffs/`` that a commit up to ``tip`` took away and none brought back, by its path in the QMS.

    A QMS whose folder was moved is followed to where it was.
    """
    found: dict[str, Lost] = {}
    now = f"{prefix}/" if prefix else ""
    moved = cache(partial(_moved, git))
    renamed = cache(partial(renumbered, git))
    for inside, changes in _homes(git, tip, now):
        for lost in _lost(changes):
            subject = lost.place.removeprefix(f"{inside}{SIGNOFFS}").partition("/")[0]
            known = lost._replace(moved=lost.place in moved(lost.commit), elsewhere=inside != now, renumbered=renamed(lost.commit).get(subject))
            found.setdefault(lost.place.removeprefix(inside), known)
    return dict(zip(found, _digested(git, tuple(found.values())), strict=True))


def _homes(git: Git, tip: str, inside: str) -> Iterator[tuple[str, Sequence[PastChange]]]:
    """Where the QMS was, the latest place first, with what happened there to its sign-offs, the newest first."""
    seen: set[str] = set()
    start, here = tip, inside
    while here not in seen:
        seen.add(here)
        changes = of_signoffs(git, start, here)
        yield here, changes
        if not changes:
            return
        start, here = changes[-1].commit, moved_from(git, start, changes[-1].commit, here)


def _lost(changes: Sequence[PastChange]) -> Iterator[Lost]:
    """The last of each path, where that was its deletion.

    A commit may bear any day: it counts as no earlier than those before it.
    """
    latest = None
    last: dict[str, Lost | None] = {}
    for change in reversed(changes):
        latest = max(latest or change.at, change.at)
        last[change.path] = Lost(change.path, change.commit, latest) if change.status.startswith("D") else None
    yield from filter(None, last.values())


def _digested(git: Git, found: Sequence[Lost]) -> Sequence[Lost]:
    """The same with the digests of their bytes; without them where the clone lacks these."""
    try:
        names = [f"{each.commit}^:{each.place}" for each in found]
        git.check_sizes(names)
        blobs = git.blobs(names) if names else iter(())
        return [each._replace(sha256=digest(data)) for each, data in zip(found, blobs, strict=True)]
    except (GitFailed, UnicodeEncodeError):
        return found


def _moved(git: Git, commit: str) -> Mapping[str, str]:
    """What a commit moved to sign-offs of any place with all its bytes: where it was, and where it went."""
    told = git.plumbing.run("diff-tree", "-r", "-z", "--no-commit-id", "--name-status", "--find-renames=100%", commit)
    words = iter(told.decode("utf-8", "surrogateescape").split("\0"))
    found: dict[str, str] = {}
    for status in words:
        if status.startswith("R"):
            old, new = next(words), next(words)
            found |= {old: new} if f"/{SIGNOFFS}" in f"/{new}" else {}
        elif status:
            next(words)
    return found
