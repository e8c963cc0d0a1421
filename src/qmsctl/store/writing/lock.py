"""One writer at a time, in the order of their coming: a lock of the kernel, which ends with the process that holds it."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

from qmsctl.errors import Refusal
from qmsctl.mend import addition, advice
from qmsctl.message import Message, _
from qmsctl.store.machine.kernel_lock import is_locked, try_lock
from qmsctl.store.writing.holder import Holder, content, is_ours
from qmsctl.store.writing.turn import Turn, is_awaited
from qmsctl.value import dataclass

LOCK = "lock"
"""Its name in the folder of the state."""
_PATIENCE = 60.0
_SILENCE = 2.0
_IDLE = 3.0
_POLL = 0.02
_LONGEST_POLL = 0.25
_ROUNDS = 5
_PLAIN = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))
_FLAGS = os.O_RDWR | _PLAIN


@dataclass(frozen=True, slots=True)
class Waiting:
    """How a command waits for its turn, and what it is called by those who wait for it.

    ``most`` is how many seconds at most; without it as long as those before it get on, at most a minute for any of them.
    ``tell`` is called once when it takes a while, ``prepare`` once when nobody else is before it.
    """

    command: str = ""
    most: float | None = None
    tell: Callable[[Holder], None] | None = None
    prepare: Callable[[], None] | None = None


class Lock:
    """Hold ``path`` locked inside a ``with``.

    Raises ``Refusal`` naming the holder where it would have to wait for too long. The file itself stays: its existence
    means nothing. It lies where anybody who hands the files on can put something in its place, so nothing but a plain
    file of one name, with nothing in it but what a lock of ours holds, is ever written to. Raises ``Refusal`` for anything else.
    """

    def __init__(self, path: Path, waiting: Waiting | None = None) -> None:
        self._path = path
        self._waiting = waiting or Waiting()
        self._descriptor = -1

    def __enter__(self) -> Self:
        with Turn(self._path.parent) as turn:
            watch = _Watch(self._waiting)
            for _round in range(_ROUNDS):
                self._descriptor = _opened(self._path)
                try:
                    self._wait(turn, watch)
                    if os.fstat(self._descriptor).st_nlink:
                        self._sign()
                        return self
                except BaseException:
                    os.close(self._descriptor)
                    raise
                os.close(self._descriptor)  # it was deleted while we waited: others meet at a new one
        raise _strange(self._path, _("{path} is deleted again and again.", path=str(self._path)))

    def __exit__(self, *_why: object) -> None:
        os.close(self._descriptor)

    def _wait(self, turn: Turn, watch: _Watch) -> None:
        while True:
            ahead = turn.ahead()
            if (not ahead or watch.is_idle(self._descriptor)) and try_lock(self._descriptor):
                return
            watch.look(ahead, Holder.read(self._descriptor))
            time.sleep(min(_POLL * (1 + ahead), _LONGEST_POLL))

    def _sign(self) -> None:
        """Leave word of who holds the lock, for whoever waits."""
        if not is_ours(content(self._descriptor)):
            raise _strange(self._path, _("{path} holds what qmsctl did not write; a lock was expected.", path=str(self._path)))
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, Holder.of(self._waiting.command).line())


class _Watch:
    """How long it has taken up to now, and what is done about it."""

    def __init__(self, waiting: Waiting) -> None:
        self._waiting = waiting
        self._began = self._moved = self._held = time.monotonic()
        self._seen: object = None
        self._is_told = self._is_prepared = False

    def is_idle(self, descriptor: int) -> bool:
        """True where nobody has held the lock for a while, though somebody waits who came before: that one has stood still."""
        now = time.monotonic()
        if is_locked(descriptor):
            self._held = now
        return now - self._held > _IDLE

    def look(self, ahead: int, holder: Holder) -> None:
        """Note who is before us. Raises ``Refusal`` where that takes too long."""
        now = time.monotonic()
        if self._seen != (ahead, holder):
            self._seen, self._moved = (ahead, holder), now
        waited = now - self._began
        if waited >= self._waiting.most if self._waiting.most is not None else now - self._moved > _PATIENCE:
            raise _held(holder, waited)
        if self._waiting.tell and not self._is_told and waited > _SILENCE:
            self._is_told = True
            self._waiting.tell(holder)
        if self._waiting.prepare and not self._is_prepared and not ahead:
            self._is_prepared = True
            self._waiting.prepare()


def is_at_work(path: Path) -> bool:
    """Whether somebody holds the lock at ``path``, or waits for it; nothing is made or changed for the sake of looking."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | _PLAIN)
        try:
            return is_locked(descriptor) or is_awaited(path.parent)
        finally:
            os.close(descriptor)
    return False


def _held(holder: Holder, waited: float) -> Refusal:
    return Refusal(
        _(
            "Another qmsctl command is writing here: {command}, process {pid} of {user}, since {since}; this one has waited for {seconds} s.",
            command=holder.command, pid=holder.pid, user=holder.user, since=holder.since, seconds=round(waited),
        ),
        advice(_("Run the command again when that one has ended")).or_else(addition(wait="5min").in_order_to(_("to wait for longer"))),
    )


def _opened(path: Path) -> int:
    """A descriptor of the lock file, made where there is none; neither a link nor a pipe is followed or waited for."""
    while True:
        try:
            _check_plain(path, os.lstat(path))
            descriptor = os.open(path, _FLAGS)
        except FileNotFoundError:
            try:
                return os.open(path, _FLAGS | os.O_CREAT | os.O_EXCL, 0o666)
            except FileExistsError:
                continue
        try:
            _check_plain(path, os.fstat(descriptor))
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor


def _check_plain(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _strange(path, _("{path} is a link or no plain file; a lock of qmsctl was expected.", path=str(path)))
    if found.st_nlink > 1:
        raise _strange(path, _("{path} has a second name elsewhere, a hard link; a lock of qmsctl was expected.", path=str(path)))


def _strange(path: Path, message: Message) -> Refusal:
    return Refusal(message, advice(_("See what it is, and delete {path}; qmsctl makes a new one. Nothing was changed.", path=str(path))))
