"""Whose program it is that asks over a socket of this machine: the cookie of a page is sent to whatever listens on another port, too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

_TABLE = Path("/proc/net/tcp")
_HERE = "0100007F"
_LOCAL, _REMOTE, _USER = 1, 2, 7


def is_somebody_elses(port: int, to: int) -> bool:
    """True if another user of this machine has the connection from ``port`` ``to`` ours; false where the system does not say."""
    try:
        with _TABLE.open(encoding="ascii") as table:
            user = user_of(table, port, to)
    except (OSError, ValueError):
        return False
    return user is not None and user != os.geteuid()


def user_of(lines: Iterable[str], port: int, to: int) -> int | None:
    """The number of the user in the system's table of connections; ``None`` for one that is not there."""
    wanted = [f"{_HERE}:{each:04X}" for each in (port, to)]
    for line in lines:
        parts = line.split()
        if len(parts) > _USER and [parts[_LOCAL], parts[_REMOTE]] == wanted:
            return int(parts[_USER])
    return None
