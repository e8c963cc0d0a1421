"""The configuration that the administrator of a server has accepted without a signature, after all keys were lost."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.reading import is_configuration
from qmsctl.core.source import EntryKind
from qmsctl.core.text.text_file import digest
from qmsctl.errors import RepositoryError
from qmsctl.mend import Hole
from qmsctl.mend import git as git_command
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.commit_tree import CommitTree
from qmsctl.store.git.repository import Git

SETTING = "qmsctl.acceptedConfiguration"
_FULL_NAME = regex(rb"[0-9a-f]{40}|[0-9a-f]{64}")


def configuration(git: Git | None, prefix: str) -> Mapping[str, str] | None:
    """The SHA-256 of each file of the configuration in the commit that a bare repository names in its own git configuration.

    Whoever pushes cannot write there; in a work tree the setting is everybody's own, and means nothing. ``None`` where
    there is no such setting, or no such commit yet. Raises :class:`RepositoryError` for what is no full name.
    """
    named = git.plumbing.ask("config", "--local", "-z", "--get", SETTING) if git is not None and git.top is None else None
    if git is None or not named:
        return None
    name = named.rstrip(b"\0")
    if not _FULL_NAME.fullmatch(name):
        raise RepositoryError(
            _("{setting} is “{value}”, which is no full name of a commit", setting=SETTING, value=name.decode("utf-8", "replace")),
            git_command("config", SETTING, Hole("commit")),
        )
    commit = name.decode()
    if git.plumbing.ask("rev-parse", "--verify", "--quiet", f"{commit}^{{commit}}") is None:
        return None
    tree = CommitTree(git, commit, prefix)
    files = (path for path, kind in tree.entries().items() if kind is EntryKind.FILE and is_configuration(path))
    return {path: digest(tree.read(path)) for path in files}
