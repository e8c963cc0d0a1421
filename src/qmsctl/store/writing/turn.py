"""Whose turn it is: whoever waits for the lock draws a ticket, and those with a lower one go first.

A ticket is an empty file beside the lock, ``waiting-`` and a number, which its owner holds locked as long as it waits; so
it counts for nothing once the owner has died. Tickets are drawn, and those of the dead are cleared away, under the lock
of the folder. All this is for the sake of order alone: it is the lock that keeps two from writing. So where no ticket
can be drawn a command waits without one, and what lies there and is no ticket is passed over.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

from qmsctl.core.tree import TICKET
from qmsctl.store.machine.kernel_lock import is_locked, try_lock

_NAME = "waiting-{:010}"
_POLL = 0.005
_DOOR = 1.0
_PLAIN = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"))


class Turn:
    """A place among those who wait in ``folder``, kept inside a ``with``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = -1
        self._descriptor = -1

    def __enter__(self) -> Self:
        if sys.platform != "win32":
            with suppress(OSError), _door(self._folder) as is_open:
                if is_open:
                    self._draw()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._descriptor >= 0:
            with suppress(OSError):
                (self._folder / _NAME.format(self._number)).unlink()
            os.close(self._descriptor)
            self._descriptor = -1

    def ahead(self) -> int:
        """How many wait who came before."""
        return sum(number < self._number and _is_alive(path) for number, path in _tickets(self._folder).items())

    def _draw(self) -> None:
        tickets = _tickets(self._folder)
        for path in tickets.values():
            if not _is_alive(path):
                _clear(path)
        number = max(tickets, default=0) + 1
        path = self._folder / _NAME.format(number)
        self._number, self._descriptor = number, os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _PLAIN, 0o666)
        if not _locked(self._descriptor):
            self.__exit__()


def _locked(descriptor: int) -> bool:
    """Take the lock, be somebody just looking whether it is held."""
    until = time.monotonic() + _DOOR
    while not (is_ours := try_lock(descriptor)) and time.monotonic() < until:
        time.sleep(_POLL)
    return is_ours


def is_awaited(folder: Path) -> bool:
    """Whether somebody waits in ``folder``."""
    return any(map(_is_alive, _tickets(folder).values()))


@contextmanager
def _door(folder: Path) -> Iterator[bool]:
    """The lock of the folder, held inside a ``with``; not for a folder in which somebody has stood still."""
    descriptor = os.open(folder, os.O_RDONLY | _PLAIN)
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _tickets(folder: Path) -> Mapping[int, Path]:
    try:
        names = os.listdir(folder)
    except OSError:
        return {}
    return {int(found[1]): folder / name for name in names if (found := TICKET.fullmatch(name))}


def _is_alive(path: Path) -> bool:
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | _PLAIN)
        try:
            return stat.S_ISREG(os.fstat(descriptor).st_mode) and is_locked(descriptor)
        finally:
            os.close(descriptor)
    return False


def _clear(path: Path) -> None:
    """Take away the ticket of one who has died; nothing that is not empty, for that is no ticket."""
    with suppress(OSError):
        found = path.lstat()
        if stat.S_ISREG(found.st_mode) and found.st_size == 0 and found.st_nlink == 1:
            path.unlink()
