"""Who git says is at work."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.store.plumbing import Plumbing, environment, reason, run

_IDENT = re.compile(r"(?P<name>.*) <(?P<email>[^<>]+)> \d+ [+-]\d{4}\n?")
_UNNAMED = "unnamed"
_ADDRESS = r"^(author|user)\.email$"


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as git knows them.

    ``name`` is empty where git knows the e-mail alone. ``beside`` is the e-mail of the user's own
    configuration where ``key`` of the repository's own takes its place.
    """

    name: str
    email: str
    beside: str | None = None
    key: str | None = None


def user_identity() -> Identity | None:
    """Who the user's own configuration says is at work, outside of any repository."""
    return identity_of(Plumbing(Path(os.devnull), None))


def identity_of(repository: Plumbing) -> Identity | None:
    """Whom git would name as the author of a commit: the environment, the configuration, but no guess (root@host).

    Raises :class:`RepositoryError` where the configuration cannot be read.
    """
    for missing in _missing():
        said = repository.ask("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT", user_config=True, variables=missing)
        found = _IDENT.fullmatch(said.decode("utf-8", "replace")) if said else None
        if found:
            name = "" if "GIT_AUTHOR_NAME" in missing else found["name"]
            return Identity(name, found["email"], *_own(repository, found["email"]))
    _readable(repository)
    return None


def _missing() -> Iterator[Mapping[str, str]]:
    """What git could lack, in the order to try: nothing, the name, the e-mail that ``EMAIL`` has, both."""
    name = {"GIT_AUTHOR_NAME": _UNNAMED}
    yield {}
    yield name
    if given := os.environ.get("EMAIL"):
        yield {"GIT_AUTHOR_EMAIL": given}
        yield {"GIT_AUTHOR_EMAIL": given, **name}


def _own(repository: Plumbing, counts: str) -> tuple[str | None, str | None]:
    """The user's own e-mail if ``counts``, which the repository's own configuration says, is another; and the key there."""
    if "GIT_AUTHOR_EMAIL" in os.environ:
        return None, None
    listed = repository.ask("config", "-z", "--show-scope", "--get-regexp", _ADDRESS, user_config=True) or b""
    parts = listed.decode("utf-8", "replace").split("\0")
    user: dict[str, str] = {}
    inside: dict[str, str] = {}
    for scope, pair in zip(parts[::2], parts[1::2], strict=False):
        key, _newline, email = pair.partition("\n")
        (inside if scope in {"local", "worktree"} else user)[key] = email
    own = user.get("author.email") or user.get("user.email") or os.environ.get("EMAIL")
    there = next((key for key in ("author.email", "user.email") if inside.get(key) == counts), None)
    return (own, there) if own and own != counts and there else (None, None)


def _readable(repository: Plumbing) -> None:
    done = run([f"--git-dir={repository.git_dir}", "config", "--list", "-z"], env=environment(user_config=True))
    if done.returncode != 0:
        raise RepositoryError(_("git's configuration cannot be read: {reason}", reason=reason(done.stderr)), advice(_("correct that line first")))
