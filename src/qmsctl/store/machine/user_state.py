"""The folders in which qmsctl keeps what nobody but its user may read or write: its state, and what it can do without."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.store.machine.system_words import plain

_NAME = "qmsctl"
_VARIABLE = "XDG_STATE_HOME"


def user_state() -> Path:
    """Below ``XDG_STATE_HOME`` where that names a folder by its whole path, else where the system keeps such things.

    Raises ``RepositoryError`` for a user without a home. The folder need not be there.
    """
    return _folder(_VARIABLE, ".local/state", "Library/Application Support", _NAME)


def made_user_cache() -> Path:
    """The same for what may be deleted at any time, below ``XDG_CACHE_HOME``; made if need be, for its user alone.

    Raises ``RepositoryError`` where that cannot be.
    """
    return _made(_folder("XDG_CACHE_HOME", ".cache", "Library/Caches", f"{_NAME}-cache" if sys.platform == "win32" else _NAME))


def _folder(variable: str, usual: str, on_mac: str, name: str) -> Path:
    named = os.environ.get(variable, "")
    if os.path.isabs(named):
        return Path(named) / name
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", "")
        return (Path(local) if os.path.isabs(local) else _home() / "AppData" / "Local") / name
    return _home() / (on_mac if sys.platform == "darwin" else usual) / name


def _home() -> Path:
    """The home of whoever the process runs as: ``HOME`` may still be somebody else's, as under sudo."""
    home = Path(os.path.expanduser("~"))
    if not home.is_absolute():
        raise _unusable(home, _("it is not known where your home is"))
    if sys.platform != "win32" and home.is_dir() and home.stat().st_uid != os.geteuid():
        import pwd

        try:
            return Path(pwd.getpwuid(os.geteuid()).pw_dir)
        except KeyError:
            return home
    return home


def made_user_state() -> Path:
    """The folder of the state, made if need be, for its user alone. Raises ``RepositoryError`` where that cannot be."""
    return _made(user_state())


def made_user_runtime() -> Path:
    """The same for what lasts as long as a program runs, below ``XDG_RUNTIME_DIR`` where the system has such a folder."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    return _made(Path(named) / _NAME) if os.path.isabs(named) and os.path.isdir(named) else made_user_state()


def _made(folder: Path) -> Path:
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode):
            raise _unusable(folder, _("it is a link or no folder"))
        if not is_own(found):
            raise _unusable(folder, _("it belongs to somebody else"))
        if sys.platform != "win32" and stat.S_IMODE(found.st_mode) != 0o700:
            folder.chmod(0o700)
    except OSError as error:
        raise _unusable(folder, plain(error)) from error
    return folder


def is_own(found: os.stat_result) -> bool:
    """True for what belongs to whom the process runs as; not judged on Windows, whose files carry no user number."""
    return sys.platform == "win32" or found.st_uid == os.geteuid()


def is_usable(file: Path) -> bool:
    """True for a plain file of one name that is the user's own, in a folder of the user's own."""
    try:
        found = file.lstat()
    except OSError:
        return False
    return stat.S_ISREG(found.st_mode) and found.st_nlink == 1 and is_own(found)


def _unusable(folder: Path, reason: Message | str) -> RepositoryError:
    return RepositoryError(
        _("qmsctl needs a folder that is yours alone, and {path} cannot serve: {reason}. Nothing was changed.", path=str(folder), reason=reason),
        advice(_("Name a folder of yours by its whole path in the variable {name}", name=_VARIABLE)),
    )
