"""One writer at a time: a lock of the kernel, which ends with the process that holds it."""

from __future__ import annotations

import json
import os
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
from qmsctl.message import _

_TIMEOUT = 30.0
_PATIENCE = 1.0
_POLL = 0.02
_HOLDER_BYTES = 1000

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
    when it takes a while. The file itself stays: its existence means nothing.
    """

    def __init__(self, path: Path, timeout: float = _TIMEOUT, waits: Callable[[], None] | None = None) -> None:
        self._path = path
        self._timeout = timeout
        self._waits = waits
        self._descriptor = -1

    def __enter__(self) -> Self:
        self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            self._wait()
            self._sign()
        except BaseException:
            os.close(self._descriptor)
            raise
        return self

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
        user = os.environ.get("USER") or os.environ.get("USERNAME") or "?"
        since = datetime.now().astimezone().isoformat(timespec="seconds")
        line = json.dumps({"pid": os.getpid(), "user": user[:100], "since": since})
        os.ftruncate(self._descriptor, 0)
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.write(self._descriptor, line.encode())

    def _held(self) -> Refusal:
        holder = {}
        with suppress(OSError, ValueError):
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            holder = dict(json.loads(os.read(self._descriptor, _HOLDER_BYTES)))
        return Refusal(
            _(
                "Another qmsctl command is writing here: process {pid} of {user}, since {since}.",
                **{name: holder.get(name, "?") for name in ("pid", "user", "since")},
            ),
            advice(_("Run the command again when that one has ended.")),
        )
