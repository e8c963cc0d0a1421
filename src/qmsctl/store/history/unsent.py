"""What of the work here nobody else has yet: files in no commit, and commits that were not sent."""

from __future__ import annotations

from qmsctl.errors import QmsError
from qmsctl.store.history.cleanliness import written_by_hand
from qmsctl.store.place import Place
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Unsent:
    """``branch`` is empty without git; ``files`` are in no commit, ``commits`` on no other machine, ``None`` where nothing is sent from here."""

    branch: str = ""
    files: tuple[str, ...] = ()
    commits: int | None = None


def unsent(place: Place) -> Unsent:
    """What a look at ``place`` shows; nothing is fetched for it."""
    git = place.git
    if git is None:
        return Unsent()
    heads = git.heads()
    branch = heads.branch or ""
    try:
        files = written_by_hand(place)
        commits = int(git.plumbing.run("rev-list", "--count", "HEAD", "--not", "--remotes", "--").decode()) if b"refs/remotes/" in heads.refs and heads.commit else None
    except QmsError:
        return Unsent(branch)
    return Unsent(branch, files, commits)
