"""Which paths may be written: inside the QMS folder, through real folders, under plain names."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

from qmsctl.core.text.characters import fold
from qmsctl.errors import Refusal
from qmsctl.mend import advice
from qmsctl.message import Message, _
from qmsctl.regex import regex

_FORBIDDEN = regex(r'[\x00-\x1f\x7f\\:*?"<>|]')
_RESERVED = regex(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?|\.git|git~1|\.{1,2}|.*[ .]|")
_LONGEST = 255
"""Bytes of a name, on most disks."""


def inside(root: Path, path: str) -> Path:
    """The place of ``path`` below ``root``.

    Raises ``Refusal`` if it leads out of it, through or onto anything but folders and a file, or
    differs from an existing name only by case or by the way its accents are encoded.
    """
    here = root
    *folders, name = path.split("/")
    for part in (*folders, name):
        _check_name(path, part)
        _check_twins(here, path, part)
        here /= part
        _check_kind(here, path, stat.S_ISREG if here == root / path else stat.S_ISDIR)
    return here


def check_writable(root: Path, paths: Iterable[str]) -> None:
    """Raise ``Refusal`` for paths that may not be written, before anything is."""
    wanted = tuple(paths)
    check_distinct(wanted)
    for each in wanted:
        inside(root, each)


def check_distinct(paths: Iterable[str]) -> None:
    """Raise ``Refusal`` for two paths that some file systems cannot tell apart."""
    seen: dict[str, str] = {}
    for path in paths:
        twin = seen.setdefault(fold(path), path)
        if twin is not path:
            raise _refused(_("{path} would look the same as {twin}.", path=path, twin=twin))


def _check_name(path: str, part: str) -> None:
    if _FORBIDDEN.search(part) or _RESERVED.fullmatch(part):
        raise _refused(_("{path} is not a name qmsctl writes to.", path=path))
    if len(os.fsencode(part)) > _LONGEST:
        raise _refused(_("{path} is a longer name than a disk takes: {most} bytes at most, and a letter with marks has several.", path=path, most=_LONGEST))
    if unicodedata.normalize("NFC", part) != part:
        raise _refused(_("{path} is not in Unicode normal form C.", path=path))


def _check_twins(folder: Path, path: str, part: str) -> None:
    try:
        names = os.listdir(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refused(_("{path} cannot be reached: {reason}", path=path, reason=error)) from error
    twins = [] if part in names else [name for name in names if fold(name) == fold(part)]
    if twins:
        raise _refused(
            _("{path} would look the same as {twin}, which exists.", path=path, twin=twins[0])
        )


def _check_kind(place: Path, path: str, expected: Callable[[int], bool]) -> None:
    try:
        mode = place.lstat().st_mode
    except FileNotFoundError:
        return
    if not expected(mode):
        raise _refused(
            _(
                "{path} leads over {place}, which is a link or not what it should be.",
                path=path,
                place=place.name,
            )
        )


def _refused(message: Message) -> Refusal:
    return Refusal(message, advice(_("Choose another name; see what is there with: {command}", command="ls -la")))
