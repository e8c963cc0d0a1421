"""Files that a person has a command put out: a report, a calendar, the result of a check.

An output takes the place of nothing but an earlier one, and is there whole or not at all. See :mod:`qmsctl.store.outputs.protected`.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qmsctl.errors import Refusal
from qmsctl.mend import Mend, addition, advice
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.store.machine import files
from qmsctl.store.machine.address import as_given
from qmsctl.store.machine.system_words import plain, remedy
from qmsctl.store.outputs.draft import draft_of
from qmsctl.store.outputs.protected import is_tracked, why_protected

IsOurs = Callable[[bytes, bytes], bool]
"""Whether a file is an output of qmsctl, by its beginning and its end of up to :data:`LOOKED_AT` bytes each."""

LOOKED_AT = 64 * 1024
_STREAM = regex(r"/dev/(stdout|stderr|fd/\d+)|/proc/(self|\d+)/fd/\d+")


def check_allowed(path: Path, is_ours: IsOurs, another: Mend, *, force: bool = False) -> None:
    """Raise ``Refusal`` where an output may not be written to ``path``; ``another`` is how to name another file.

    With ``force`` it takes the place of a file that is no output of qmsctl, too, but never of one of the system.
    """
    if _is_stream(path):
        return
    check_outside(path, another)
    if os.path.isdir(path):
        raise Refusal(_("{path} is a folder; a file is expected", path=str(path)), another)
    if _is_other(path):
        raise Refusal(_("{path} is a pipe or device; a file is expected, or - for standard output", path=str(path)), another)
    found = _foreign(path, is_ours)
    if found is None:
        return
    if is_tracked(path):
        raise _protected(path, _("git tracks it, and it is no output of qmsctl"), another)
    if not force:
        raise Refusal(found, addition(force=True).in_order_to(_("to put the output in its place")).or_else(another))


def check_outside(path: Path, another: Mend) -> None:
    """Raise ``Refusal`` where ``path``, a file or a folder, lies among the files of a system or git's own."""
    try:
        reason = why_protected(path)
    except OSError as error:
        raise unwritten(path, error) from None
    if reason is not None:
        raise _protected(path, reason, another)


def _protected(path: Path, reason: Message, another: Mend) -> Refusal:
    return Refusal(_("{path} is not written to: {reason}", path=as_given(path), reason=reason), another)


def _foreign(path: Path, is_ours: IsOurs) -> Message | None:
    """What stands in the way of an output at ``path``, where that is no earlier output and no empty file."""
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            return _("{path} is a link, which is not followed", path=str(path))
        if found.st_size == 0 or is_ours(*_ends(path)):
            return None
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritten(path, error) from None
    return _("{path} is there already, and is no output of qmsctl", path=str(path))


def _ends(path: Path) -> tuple[bytes, bytes]:
    with os.fdopen(files.open_regular(path, str(path)), "rb") as file:
        head = file.read(LOOKED_AT)
        file.seek(max(os.fstat(file.fileno()).st_size - LOOKED_AT, 0))
        return head, file.read(LOOKED_AT)


def _is_stream(path: Path) -> bool:
    """True for what the system calls one of the program's own streams, whatever that leads to, and for a terminal or the like."""
    return bool(_STREAM.fullmatch(os.path.abspath(path))) or stat.S_ISCHR(_mode(path))


def _is_other(path: Path) -> bool:
    """True for a pipe, where one would wait for a reader, a socket or a disk."""
    mode = _mode(path)
    return bool(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _mode(path: Path) -> int:
    """What is at ``path``, links followed; 0 where that is nothing."""
    try:
        return path.stat().st_mode
    except OSError:
        return 0


def write_output(path: Path, data: bytes, *, make_folders: bool = True) -> None:
    """Put ``data`` in the place of what is at ``path``, for which :func:`check_allowed` was asked.

    Raises ``Refusal`` where it cannot be written; then all is as before.
    """
    try:
        if _is_stream(path):
            path.write_bytes(data)
        else:
            _replace(Path(os.path.realpath(path.parent)) / path.name, data, make_folders=make_folders)
    except OSError as error:
        raise unwritten(path, error) from None


def _replace(target: Path, data: bytes, *, make_folders: bool) -> None:
    missing = [each for each in (target.parent, *target.parent.parents) if not each.exists()] if make_folders else []
    temporary = draft_of(target)
    try:
        for folder in reversed(missing):
            folder.mkdir(exist_ok=True)
        files.write_new(temporary, data)
        with suppress(FileNotFoundError):
            found = target.lstat()
            if stat.S_ISREG(found.st_mode):
                temporary.chmod(stat.S_IMODE(found.st_mode))
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        for folder in missing:
            with suppress(OSError):
                folder.rmdir()
        raise


def unwritten(path: Path, error: OSError) -> Refusal:
    """What to tell about an output that the system does not take."""
    gone = isinstance(error, FileNotFoundError) and not path.parent.exists()
    mend = advice(_("make the folder {folder} first, or name another", folder=str(path.parent))) if gone else remedy(error, shell_word(str(path.parent)))
    return Refusal(_("{path} cannot be written: {problem}", path=str(path), problem=plain(error)), mend)
