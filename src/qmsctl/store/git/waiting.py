"""What git would wait at for ever, or read for minutes: pipes and devices among its own files, and what its configuration names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.mend_words import shell_word
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.store.git import plumbing

_DEEP = ("refs", "logs", "info", "objects/info")
"""Where git opens what lies below its own folder."""
_SETTINGS = ("config", "config.worktree")
_NAMES = regex(rb"(?i)include|sfile|mailmap|skiplist")
"""What the settings that name a file have in their names (git-config(1)); most configurations have none of it."""
_OF_A_FILE = ("path", "file", "skiplist")
_MOST = 1_000_000
"""Bytes of a configuration: each command of git reads it, and an office's has one thousandth."""
_MOST_FILES = 10
"""So deep git follows what is included."""


def check_plain(folder: Path) -> None:
    """Raise ``RepositoryError`` where a git directory holds or names a pipe or a device, or has a configuration without end."""
    shared = folder / "commondir"
    for start in (folder, *([folder / shared.read_text().strip()] if shared.is_file() else ())):
        for path in (*_special(start, deep=False), *(path for inner in _DEEP for path in _special(start / inner, deep=True))):
            raise RepositoryError(_waits(path), advice(_("nothing of git is such a file; delete it: {command}", command=f"rm {shell_word(path)}")))
        for name in _SETTINGS:
            _check_settings(start / name, _MOST_FILES)


def _special(folder: Path, *, deep: bool) -> Iterator[str]:
    """What is neither file nor folder in a folder, and below it."""
    with suppress(OSError), os.scandir(folder) as entries:  # git tells what it may not read
        for entry in entries:
            if entry.is_dir():
                yield from _special(Path(entry), deep=True) if deep and not entry.is_symlink() else ()
            elif not entry.is_file() and os.path.exists(entry):
                yield entry.path


def _check_settings(file: Path, more: int) -> None:
    try:
        data = file.read_bytes() if file.is_file() and file.stat().st_size <= _MOST else None
    except OSError:  # git tells what it may not read
        return
    if data is None:
        if file.is_file():
            raise RepositoryError(_("{path} has more than {most} MB, and each command of git reads it", path=str(file), most=_MOST // 1_000_000), advice(_("look at what wrote it, and put back the settings that you know")))
        return
    for key, named in _named(file) if _NAMES.search(data) else ():
        if not (named.is_file() or named.is_dir()) and os.path.exists(named) and not os.path.samefile(named, os.devnull):
            raise RepositoryError(_waits(str(named)), advice(_("{file} names it as {key}; take that setting out: {command}", file=str(file), key=key, command=f"git --git-dir={os.devnull} config --file {shell_word(str(file))} --unset-all {shell_word(key)}")))
        if key.startswith("include") and more:
            _check_settings(named, more - 1)


def _named(file: Path) -> Iterator[tuple[str, Path]]:
    """The files that the settings in a file name, by their keys; from where git takes a relative one differs, so each place counts."""
    listed = plumbing.run(["--git-dir", os.devnull, "config", "--file", str(file), "--no-includes", "-z", "--list"]).stdout  # elsewhere, for git would read this repository first
    for each in listed.decode("utf-8", "surrogateescape").split("\0"):
        key, _newline, value = each.partition("\n")
        if key.lower().endswith(_OF_A_FILE) and value:
            for start in (file.parent, file.parent.parent):
                yield key, start / os.path.expanduser(value)


def _waits(path: str) -> Message:
    return _("{path} is a pipe, a socket or a device, at which git would wait for ever", path=path)
