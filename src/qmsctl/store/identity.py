"""Who git says is at work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from qmsctl.core.lifecycle.elsewhere import Elsewhere
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.plumbing import Plumbing, environment, reason, run
from qmsctl.value import dataclass

_IDENT = regex(r"(?P<name>.*) <(?P<email>[^<>]+)> \d+ [+-]\d{4}\n?")
_UNNAMED = "unnamed"
_ADDRESS = r"^(author|user)\.email$"
_WHO = ("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
_NOBODY = 128
"""How git ends when nobody is named; and for every other reason, too, so that its configuration is looked at then."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as git knows them.

    ``name`` is empty where git knows the e-mail alone; ``beside`` is set where the repository and the user say two things.
    """

    name: str
    email: str
    beside: Elsewhere | None = None


def user_identity() -> Identity | None:
    """Who the user's own configuration says is at work, outside of any repository."""
    return identity_of(Plumbing(Path(os.devnull), None))


def identity_of(repository: Plumbing) -> Identity | None:
    """Whom git would name as the author of a commit: the environment, the configuration, but no guess (root@host).

    Raises :class:`RepositoryError` where the configuration cannot be read.
    """
    for missing in _missing():
        said = repository.ask(*_WHO, absent=_NOBODY, user_config=True, variables=missing)
        found = _IDENT.fullmatch(said.decode("utf-8", "replace")) if said else None
        if found:
            name = "" if "GIT_AUTHOR_NAME" in missing else found["name"]
            return Identity(name, found["email"], _told_apart(repository))
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


def _told_apart(repository: Plumbing) -> Elsewhere | None:
    """The repository's own e-mail and the user's own, where both are there and differ."""
    if "GIT_AUTHOR_EMAIL" in os.environ:
        return None
    listed = repository.ask("config", "-z", "--show-scope", "--show-origin", "--get-regexp", _ADDRESS, user_config=True) or b""
    parts = listed.decode("utf-8", "replace").split("\0")
    user: dict[str, str] = {}
    inside: dict[str, tuple[str, tuple[str, ...]]] = {}
    for scope, origin, pair in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
        key, _newline, email = pair.partition("\n")
        if scope in {"local", "worktree"}:
            inside[key] = email, ("config", *_where(repository, scope, origin), "--unset-all", key)
        else:
            user[key] = email
    own = user.get("author.email") or user.get("user.email") or os.environ.get("EMAIL")
    here = inside.get("author.email") or inside.get("user.email")
    return Elsewhere(here[0], own, here[1]) if own and here and own != here[0] else None


def _where(repository: Plumbing, scope: str, origin: str) -> tuple[str, ...]:
    """What names the file of a value to ``git config``, where it is not the repository's own."""
    if scope == "worktree":
        return ("--worktree",)
    file = Path(repository.work_tree or ".", origin.removeprefix("file:"))
    own = repository.git_dir / "config"
    return () if not file.exists() or (own.exists() and file.samefile(own)) else ("--file", str(file))


def _readable(repository: Plumbing) -> None:
    done = run(repository.placed(("config", "--list", "-z")), env=environment(user_config=True))
    if done.returncode != 0:
        raise RepositoryError(_("git's configuration cannot be read: {reason}", reason=reason(done.stderr)), advice(_("correct that line first")))
