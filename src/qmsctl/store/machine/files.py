"""Single files, opened without following links and written so that a crash leaves old or new."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from qmsctl.core.reading import is_controlled
from qmsctl.core.text.text_file import MAX_FILE_BYTES
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice, git
from qmsctl.mend_words import shell_word
from qmsctl.message import _
from qmsctl.store.machine.system_words import plain, remedy

_FIRST_READ = 16 * 1024
LARGEST = 64 * 1024 * 1024
"""So many bytes of any file are held in memory."""
_SIGNATURE = ".sig"
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


def open_regular(path: str | os.PathLike[str], shown: str) -> int:
    """A descriptor of a regular file; neither a link nor a device is followed or waited for."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError as error:
        raise unreadable(shown, error) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RepositoryError(
            _("{path} is not a regular file.", path=shown),
            git("rm", shown).in_order_to(_("Remove it")),
        )
    return descriptor


def read(path: str | os.PathLike[str], shown: str) -> bytes:
    """The bytes of a regular file that is not too large, see :func:`check_size`; ``shown`` is its name in an error."""
    descriptor = open_regular(path, shown)
    try:
        data = os.read(descriptor, _FIRST_READ)
        if len(data) < _FIRST_READ:
            return data
        size = os.fstat(descriptor).st_size
        check_size(size, shown)
        parts, found = [data], len(data)
        while data:
            data = os.read(descriptor, max(size - found, _FIRST_READ))
            parts.append(data)
            found += len(data)
            check_size(found, shown)
        return b"".join(parts)
    except OSError as error:
        raise unreadable(shown, error) from error
    finally:
        os.close(descriptor)


def check_size(size: int, shown: str) -> None:
    """Raise ``RepositoryError`` for a file too large to be held in memory: a text of documents and records, or any other."""
    if size > largest(shown):
        raise RepositoryError(
            _("{path} has {size} bytes, more than qmsctl reads.", path=shown, size=size),
            advice(_("Keep large files below attachments/")),
        )


def largest(path: str) -> int:
    """How many bytes a file of the QMS may have to be read."""
    return MAX_FILE_BYTES if is_controlled(path.removesuffix(_SIGNATURE)) else LARGEST


def unreadable(shown: str, error: OSError) -> RepositoryError:
    """What to tell about a file that the system does not hand out."""
    return RepositoryError(
        _("{path} cannot be read: {reason}", path=shown, reason=plain(error)),
        advice(_("See what it is: {command}", command=f"ls -l {shell_word(shown)}")),
    )


class Unwritable(RepositoryError):
    """A file could not be written, for the ``cause`` that the system gave; nothing was changed."""

    def __init__(self, shown: str, error: OSError) -> None:
        reason = plain(error)
        super().__init__(
            _("{path} cannot be written: {reason}. Nothing was changed.", path=shown, reason=reason),
            remedy(error, shell_word(str(Path(shown).parent))),
        )
        self.cause = _("{path} cannot be written: {reason}", path=shown, reason=reason)


def unwritable(shown: str, error: OSError) -> Unwritable:
    """What to tell about a file that could not be written; nothing was changed."""
    return Unwritable(shown, error)


def write_new(path: Path, content: bytes, mode: int = 0o666, *, synced: bool = True) -> None:
    """Make a file that was not there, with its bytes on the disk before this returns unless it need not be ``synced``."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | (_FLAGS & ~os.O_RDONLY)
    descriptor = os.open(path, flags, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        if synced:
            os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Have the bytes of a file and its name in its folder on the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(path, _FLAGS)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
