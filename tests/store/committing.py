"""A commit as a writing command makes it, for tests that need no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qmsctl.store.git import commits
from qmsctl.store.git.identity import Identity
from qmsctl.store.git.intent import Wish
from qmsctl.store.git.repository import Git


def commit(git: Git, contents: Mapping[str, bytes | None], message: str, author: Identity, at: datetime) -> str | None:
    """Commit these files, whatever lies on the disk; ``None`` where the branch holds all of it already."""
    git.check_writable()
    intent = commits.plan(git, contents, Wish(author, at, message))
    if intent is None:
        return None
    made = commits.publish(git, intent)
    commits.stage(git, intent.turns)
    return made
