"""Who git says is at work."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from qmsctl.store.plumbing import Plumbing


class Identity(NamedTuple):
    """A person as git knows them."""

    name: str
    email: str


def user_identity() -> Identity | None:
    """Who the user's own configuration says is at work, outside of any repository."""
    return identity_of(Plumbing(Path(os.devnull), None))


def identity_of(repository: Plumbing) -> Identity | None:
    """``user.name`` and ``user.email`` as they are in a repository, if both are set."""
    listed = repository.ask("config", "-z", "--get-regexp", r"^user\.(name|email)$", user_config=True)
    pairs = (pair.partition("\n") for pair in (listed or b"").decode("utf-8").split("\0"))
    found = {key: value for key, _newline, value in pairs}
    name, email = found.get("user.name"), found.get("user.email")
    return Identity(name, email) if name and email else None
