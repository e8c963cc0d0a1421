"""Who git says is at work."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from qmsctl.core.lifecycle.elsewhere import Elsewhere
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.git.environment import environment
from qmsctl.store.git.plumbing import Plumbing, reason, run
from qmsctl.value import dataclass

_IDENT = regex(r"(?P<name>.*) <(?P<email>[^<>]+)> \d+ [+-]\d{4}\n?")
_UNNAMED = "unnamed"
_PLAIN = regex(r"""[^\x00-\x20.,:;<>"\\'](?:[^\x00-\x1f<>]*[^\x00-\x20.,:;<>"\\'])?""")
"""A name or an address that git takes as it is; of others it leaves out some characters, or refuses them."""
_SETTINGS = ("config", "-z", "--show-scope", "--show-origin", "--get-regexp", r"^(author|user)\.(name|email)$")
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


class _Setting(NamedTuple):
    """A line of the configuration: in which scope and file, the key in small letters, and the value, empty where there is none."""

    scope: str
    origin: str
    key: str
    value: str


def identity_of(repository: Plumbing) -> Identity | None:
    """Whom git would name as the author of a commit: the environment, the configuration, but no guess (root@host).

    Raises :class:`RepositoryError` where the configuration cannot be read.
    """
    settings = _settings(repository)
    beside = _told_apart(repository, settings)
    if plain := _plainly(settings):
        return Identity(*plain, beside)
    for missing in _missing():
        said = repository.ask(*_WHO, absent=_NOBODY, user_config=True, variables=missing)
        found = _IDENT.fullmatch(said.decode("utf-8", "replace")) if said else None
        if found:
            name = "" if "GIT_AUTHOR_NAME" in missing else found["name"]
            return Identity(name, found["email"], beside)
    _readable(repository)
    return None


def _settings(repository: Plumbing) -> Sequence[_Setting]:
    parts = (repository.ask(*_SETTINGS, user_config=True) or b"").decode("utf-8", "replace").split("\0")
    pairs = (pair.partition("\n") for pair in parts[2::3])
    return [_Setting(scope, origin, key, value) for scope, origin, (key, _newline, value) in zip(parts[::3], parts[1::3], pairs, strict=False)]


def _plainly(settings: Sequence[_Setting]) -> tuple[str, str] | None:
    """Name and e-mail where both are there and git has nothing to add or to object; it is asked about all others."""
    last = {each.key: each.value for each in settings}

    def said(what: str) -> str:
        return next((found[key] for found, key in ((os.environ, f"GIT_AUTHOR_{what.upper()}"), (last, f"author.{what}"), (last, f"user.{what}")) if key in found), "")

    found = said("name"), said("email")
    return found if all(map(_PLAIN.fullmatch, found)) and all(each.value for each in settings) else None


def _missing() -> Iterator[Mapping[str, str]]:
    """What git could lack, in the order to try: nothing, the name, the e-mail that ``EMAIL`` has, both."""
    name = {"GIT_AUTHOR_NAME": _UNNAMED}
    yield {}
    yield name
    if given := os.environ.get("EMAIL"):
        yield {"GIT_AUTHOR_EMAIL": given}
        yield {"GIT_AUTHOR_EMAIL": given, **name}


def _told_apart(repository: Plumbing, settings: Sequence[_Setting]) -> Elsewhere | None:
    """The repository's own e-mail and the user's own, where both are there and differ."""
    if "GIT_AUTHOR_EMAIL" in os.environ:
        return None
    user: dict[str, str] = {}
    inside: dict[str, tuple[str, tuple[str, ...]]] = {}
    for scope, origin, key, value in settings:
        if not key.endswith(".email"):
            continue
        if scope in {"local", "worktree"}:
            inside[key] = value, ("config", *_where(repository, scope, origin), "--unset-all", key)
        else:
            user[key] = value
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
