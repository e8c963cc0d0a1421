"""One writer at a time: a lock of the kernel, which ends with the process that holds it."""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import Message, _

_TIMEOUT = 30.0
_PATIENCE = 1.0
_POLL = 0.02
_ROUNDS = 5
_HOLDER_BYTES = 2000
_BEGINNING = b'{"pid": '
_FLAGS = os.O_RDWR | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY", "O_CLOEXEC"))

if sys.platform == "win32":
    import msvcrt

    # Beyond the holder's line, which must stay readable while the lock is held.
    _LOCKED_BYTE = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class Lock:
    """Hold ``path`` locked inside a ``with``.

    Raises ``Refusal`` naming the holder after ``timeout`` seconds; ``waits`` is called once before,
    when it takes a while. The file itself stays: its existence means nothing. It lies where anybody who hands the
    files on can put something in its place, so nothing but a plain file of one name, with nothing in it but what a lock
    of ours holds, is ever written to. Raises ``Refusal`` for anything else.
    """

    def __init__(self, path: Path, timeout: float = _TIMEOUT, waits: Callable[[], None] | None = None) -> None:
        self._path = path
        self._timeout = timeout
        self._waits = waits
        self._descriptor = -1

    def __enter__(self) -> Self:
        for _round in range(_ROUNDS):
            self._descriptor = _opened(self._path)
            try:
                self._wait()
                if os.fstat(self._descriptor).st_nlink:
                    self._sign()
                    return self
            except BaseException:
                os.close(self._descriptor)
                raise
            os.close(self._descriptor)  # it was deleted while we waited: others meet at a new one
        raise _strange(self._path, _("{path} is deleted again and again.", path=str(self._path)))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._descriptor)

    def _wait(self) -> None:
        began = time.monotonic()
        told = self._waits is None
        while not _try_lock(self._descriptor):
            waited = time.monotonic() - began
            if waited > self._timeout:
                raise self._held()
            if self._waits and not told and waited > _PATIENCE:
                told = True
                self._waits()
            time.sleep(_POLL)

    def _sign(self) -> None:
        """Leave word of who holds the lock, for whoever waits in vain."""
        if not _is_ours(self._content()):
            raise _strange(self._path, _("{path} holds what qmsctl did not write; a lock was expected.", path=str(self._path)))
        user = os.environ.get("USER") or os.environ.get("USERNAME") or "?"
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        line = json.dumps({"pid": os.getpid(), "user": user[:100], "since": since})
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, line.encode())

    def _content(self) -> bytes:
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        return os.read(self._descriptor, _HOLDER_BYTES + 1)

    def _held(self) -> Refusal:
        holder = {}
        with suppress(OSError, ValueError, TypeError, RecursionError):
            holder = dict(json.loads(self._content()))
        return Refusal(
            _(
                "Another qmsctl command is writing here: process {pid} of {user}, since {since}.",
                **{name: holder.get(name, "?") for name in ("pid", "user", "since")},
            ),
            advice(_("Run the command again when that one has ended.")),
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


def _is_ours(content: bytes) -> bool:
    """True for what a lock of ours holds: nothing, or a line as :meth:`Lock._sign` writes it, be it cut off by a crash."""
    begun = content.startswith(_BEGINNING) or _BEGINNING.startswith(content)
    return not content.strip(b"\0") or (begun and len(content) <= _HOLDER_BYTES and b"\n" not in content)


def _strange(path: Path, message: Message) -> Refusal:
    return Refusal(message, advice(_("See what it is, and delete {path}; qmsctl makes a new one. Nothing was changed.", path=str(path))))
