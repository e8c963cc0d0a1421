"""The branch into which everything is merged, as far as a repository tells."""

from __future__ import annotations

from qmsctl.store.git.repository import Git

_USUAL = ("main", "master")


def main_branch(git: Git) -> str | None:
    """The branch that the remote names as its own, else ``main`` or ``master`` where there is one; ``None`` where nobody can tell."""
    lines = git.plumbing.run("for-each-ref", "--format=%(refname) %(symref)", "refs/remotes", "refs/heads").decode("utf-8", "replace").splitlines()
    refs = dict(line.partition(" ")[::2] for line in lines)
    heads = {symref.removeprefix("refs/remotes/").partition("/")[2] for name, symref in refs.items() if name.endswith("/HEAD") and symref}
    if len(heads) == 1:
        return heads.pop()
    return next((name for name in _USUAL if f"refs/heads/{name}" in refs), None)
