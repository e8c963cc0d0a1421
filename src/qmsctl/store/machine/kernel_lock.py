"""Locks of the kernel on an open file: they end with the process that holds them, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

if sys.platform == "win32":
    import msvcrt

    # Beyond what is written in the file, which must stay readable while the lock is held.
    _LOCKED_BYTE = 1 << 30

    def try_lock(descriptor: int) -> bool:
        """Take the lock for oneself alone, if nobody has it."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def is_locked(descriptor: int) -> bool:
        """Whether another one has it."""
        if not try_lock(descriptor):
            return True
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        return False

else:
    import fcntl

    def try_lock(descriptor: int) -> bool:
        """Take the lock for oneself alone, if nobody has it."""
        return _tried(descriptor, fcntl.LOCK_EX)

    def is_locked(descriptor: int) -> bool:
        """Whether another one has it; several may look at the same time."""
        if not _tried(descriptor, fcntl.LOCK_SH):
            return True
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        return False

    def _tried(descriptor: int, kind: int) -> bool:
        try:
            fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
