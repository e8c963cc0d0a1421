"""Folders in git's directory and among the temporary ones of the system that live no longer than the process that made them; those of the dead are cleared away."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from qmsctl.store.machine.kernel_lock import is_locked, try_lock

_PREFIX = "qmsctl-"
_TEMPORARY, _NAMED = "qmsctl-scratch-", "qmsctl-scratch-????????"
_FLAGS = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)
_YOUNG = 60
"""So many seconds a folder is left alone in any case: whoever has just made it may not hold it yet."""
_OLD = 600
"""So many among the temporary ones, for what a process that ended by force had begun may still write there."""


@contextmanager
def scratch(parent: Path) -> Iterator[Path]:
    """A new folder in ``parent``, held while it is used, and gone afterwards."""
    with tempfile.TemporaryDirectory(dir=parent, prefix=_PREFIX) as folder, _held(folder):
        yield Path(folder).resolve()


@contextmanager
def temporary(parent: Path | None = None) -> Iterator[Path]:
    """A new folder among the temporary ones of the system, or in ``parent``; this user's old ones that nobody holds go first."""
    place = parent or Path(tempfile.gettempdir())
    _clear(place, _NAMED, _OLD)
    with tempfile.TemporaryDirectory(dir=place, prefix=_TEMPORARY, ignore_cleanup_errors=True) as folder, _held(folder):
        yield Path(folder)


@contextmanager
def _held(folder: str) -> Iterator[None]:
    descriptor = -1
    with suppress(OSError):  # a system that opens no folders does not clear them away either
        descriptor = os.open(folder, _FLAGS)
        try_lock(descriptor)
    try:
        yield
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def clear_scratch(parent: Path) -> None:
    """Take away what processes that ended by force have left in ``parent``; nothing that a living one holds."""
    _clear(parent, f"{_PREFIX}*", _YOUNG)


def _clear(parent: Path, named: str, age: int) -> None:
    own = os.geteuid() if hasattr(os, "geteuid") else None
    for each in parent.glob(named):
        with suppress(OSError):
            found = each.lstat()
            if own in (None, found.st_uid) and time.time() - found.st_mtime > age and not _is_held(each):
                shutil.rmtree(each, ignore_errors=True)


def _is_held(folder: Path) -> bool:
    descriptor = os.open(folder, _FLAGS)
    try:
        return is_locked(descriptor)
    finally:
        os.close(descriptor)
