"""Which new files git would not take in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qmsctl.store.git.environment import environment
from qmsctl.store.git.plumbing import failed, run
from qmsctl.store.git.repository import Git


def ignored(git: Git, paths: Sequence[str]) -> tuple[str, ...]:
    """Those of ``paths``, from the top of the work tree, that gitignore(5) keeps out; none that is tracked. Raises :class:`GitFailed`."""
    if git.top is None:
        return ()
    done = run(
        git.plumbing.placed(("check-ignore", "-z", "--stdin")),
        stdin="\0".join(paths).encode("utf-8", "surrogateescape"),
        env=environment(user_config=True),
        literal=False,
    )
    if done.returncode not in {0, 1}:
        raise failed("check-ignore", done.returncode, done.stderr)
    return tuple(done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1])


def would_be_kept(git: Git | None, path: Path) -> bool:
    """True for what lies in the work tree of ``git``, where a commit of everything would take it in."""
    if git is None or git.top is None:
        return False
    place, top = path.resolve(), git.top.resolve()
    return place.is_relative_to(top) and not ignored(git, [place.relative_to(top).as_posix()])
