"""The secret by which a user's journal is known from anybody else's: a fresh one for every change, gone when it is done.

It lies in the user's own folder and never beside the files, so whoever hands files on cannot make a journal that counts;
and since it does not outlive its journal, an old journal put back counts no more than another's.
"""

from __future__ import annotations

import hashlib
import os
import platform
import secrets
import stat
import sys
from contextlib import suppress
from pathlib import Path

from qmsctl.core.text.characters import fold
from qmsctl.errors import RepositoryError
from qmsctl.store.machine import files
from qmsctl.store.machine.user_state import is_own, made_user_state, user_state

_SIZE = 32
_MACHINE_FILES = ("/etc/machine-id", "/var/lib/dbus/machine-id")


def fresh_key(root: Path) -> bytes:
    """A new key for the next journal of the QMS folder ``root``, on the disk; the one before is gone.

    Raises ``RepositoryError`` where it cannot be kept, with nothing changed.
    """
    key = secrets.token_bytes(_SIZE)
    folder = made_user_state()
    path = folder / _name(root)
    try:
        path.unlink(missing_ok=True)
        files.write_new(path, key, 0o600)
        files.sync_folder(folder)
    except OSError as error:
        raise files.unwritable(str(path), error) from error
    return key


def key_of(root: Path) -> bytes | None:
    """The key of the journal that this user left in ``root`` on this machine.

    ``None`` where there is none that nobody else could have read or put there.
    """
    try:
        descriptor = files.open_regular(user_state() / _name(root), "")
    except RepositoryError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        found = os.fstat(descriptor)
        others = 0 if sys.platform == "win32" else stat.S_IMODE(found.st_mode) & 0o077
        key = file.read(_SIZE + 1)
    return key if is_own(found) and found.st_nlink == 1 and not others and len(key) == _SIZE else None


def has_key(root: Path) -> bool:
    """Whether there is one, be it that it cannot be read now."""
    return os.path.lexists(user_state() / _name(root))


def forget_key(root: Path) -> None:
    """Have no key for ``root``, so that no journal of its past counts."""
    with suppress(OSError, RepositoryError):
        (user_state() / _name(root)).unlink(missing_ok=True)


def place_of(root: Path) -> bytes:
    """What names the folder ``root``, given by its real path, on this machine and nowhere else."""
    path = fold(str(root)) if sys.platform in ("win32", "darwin") else str(root)
    return f"{_machine()}\0{path}".encode("utf-8", "surrogateescape")


def _name(root: Path) -> str:
    return f"journal-{hashlib.sha256(place_of(root)).hexdigest()[:32]}.key"


def _machine() -> str:
    """What tells this machine from others; its name where the system knows no more."""
    if sys.platform == "win32":
        import winreg

        with suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for file in _MACHINE_FILES:
        with suppress(OSError, ValueError):
            if found := Path(file).read_text(encoding="ascii").strip():
                return found
    return platform.node()
