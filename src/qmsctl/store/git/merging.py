"""Two lines of history made into one, in git's objects alone: no file is touched, and no program of the repository runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import advice
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.store.git import plumbing
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.network import bare
from qmsctl.store.git.plumbing import failed
from qmsctl.store.git.repository import Git

_NEEDED = (2, 38)
_CONFLICT = 1


class Merged(NamedTuple):
    """The tree of a merge, and the paths from the top that cannot be merged by themselves."""

    tree: str
    conflicts: tuple[str, ...]


def merge_trees(git: Git, bases: Sequence[str], ours: str, theirs: str) -> Merged:
    """What a merge of two commits would hold that come from ``bases``. Raises ``RepositoryError`` where git is too old, or they have nothing in common."""
    _check_version()
    if not bases:
        raise Refusal(
            _("what is kept there is another system: its history has nothing in common with this one; nothing was changed"),
            git_command("remote", "-v").in_order_to(_("see the address")),
        )
    with bare(git, {}) as place:
        done = place.local("merge-tree", "--write-tree", "-z", "--name-only", "--no-messages", ours, theirs)
    if done.returncode not in {0, _CONFLICT}:
        raise failed("merge-tree", done.returncode, done.stderr)
    tree, *paths = done.stdout.decode("utf-8", "surrogateescape").rstrip("\0").split("\0")
    return Merged(tree, tuple(dict.fromkeys(paths)))


def _check_version() -> None:
    said = plumbing.run(["version"], literal=False).stdout.decode("utf-8", "replace")
    found = re.search(r"(\d+)\.(\d+)", said)
    if found and (int(found[1]), int(found[2])) < _NEEDED:
        needed = ".".join(map(str, _NEEDED))
        raise RepositoryError(
            _("git is too old here to merge safely: {version} is installed, {needed} is needed", version=found[0], needed=needed),
            advice(_("Install it from https://git-scm.com/downloads")),
        )


def merge_commit(git: Git, tree: str, parents: tuple[str, str], message: str, author: Identity, at: datetime) -> str:
    """The commit of a merge, which no branch holds yet."""
    moment = f"{int(at.timestamp())} {at.strftime('%z')}"
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", author.name), ("EMAIL", author.email), ("DATE", moment))}
    words = [word for parent in parents for word in ("-p", parent)]
    return git.plumbing.run("commit-tree", tree, *words, "-m", message, variables=names).decode().strip()
