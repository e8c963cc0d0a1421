"""Whom what is written is open to: as git is told for its own files, so that two users of one folder can both work there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from qmsctl.store.git.repository import Git

_SETTING = "core.sharedRepository"
_GROUP, _ALL = 0o660, 0o664
_WORDS = {"group": _GROUP, "true": _GROUP, "1": _GROUP, "all": _ALL, "world": _ALL, "everybody": _ALL, "2": _ALL}
"""What the words of that setting give, see git-config(1); else it is a number such as 0640."""
_MOST = 1_000_000


@contextmanager
def open_to_others(git: Git | None) -> Iterator[None]:
    """Files and folders made meanwhile are open to the group, or to all, where the repository says so of itself."""
    mode = _mode(git) if git is not None else 0
    before = os.umask(0)
    os.umask(before & ~(mode | (mode & 0o444) >> 2))
    try:
        yield
    finally:
        os.umask(before)


def _mode(git: Git) -> int:
    try:
        with open(git.common_dir / "config", "rb") as file:
            said = _SETTING.partition(".")[2].lower().encode() in file.read(_MOST).lower()
    except OSError:
        return 0
    value = (git.plumbing.ask("config", "--get", _SETTING) or b"").decode("ascii", "replace").strip().lower() if said else ""
    return _WORDS.get(value) or (int(value, 8) & 0o666 if value.startswith("0") and not set(value) - set("01234567") else 0)
