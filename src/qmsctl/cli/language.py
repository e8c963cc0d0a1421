"""Which language to speak: as asked, else as the office's files say, else as the machine does."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

LANGUAGES = ("vi", "en")


def asked_language(arguments: Sequence[str]) -> str | None:
    """The language from ``--lang`` or ``QMSCTL_LANG``."""
    asked = _option(arguments, ("--lang",)) or os.environ.get("QMSCTL_LANG", "")
    return asked if asked in LANGUAGES else None


def chosen_language(arguments: Sequence[str]) -> str:
    """The language that is asked for, else that of the QMS's ``qms.yaml``, or of the locale."""
    asked = asked_language(arguments)
    if asked:
        return asked
    return _office_language(_option(arguments, ("-C", "--repo")) or ".") or _locale_language()


def _option(arguments: Sequence[str], names: Sequence[str]) -> str | None:
    """The value of a global option, read before the real parser is there to say it in words."""
    for position, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name in names and equals:
            return value
        if word in names and position + 1 < len(arguments):
            return arguments[position + 1]
        if "-C" in names and word.startswith("-C") and len(word) > 2:
            return word[2:]
    return None


def _office_language(start: str) -> str | None:
    """The language of the nearest ``qms.yaml``."""
    language = office_line(start, "language")
    return language if language in LANGUAGES else None


def office_line(start: str | os.PathLike[str], key: str) -> str | None:
    """What the line ``key: …`` of the nearest ``qms.yaml`` says, read as plain text before anything is loaded."""
    try:
        path = _configuration(os.path.realpath(start))
        if path is None:
            return None
        with open(path, "rb") as file:
            lines = file.read(65536).decode("utf-8", "replace").splitlines()
    except OSError:
        return None
    found = (line.partition(":")[2] for line in lines if line.startswith(f"{key}:"))
    return next(found, "").partition("#")[0].strip(" '\"") or None


def folder_from_here(folder: str | os.PathLike[str], named: str | os.PathLike[str]) -> str:
    """How a folder is written in a command where somebody is: as it was ``named``, if that is the one; empty if they are in it."""
    try:
        there, here = os.path.realpath(folder), os.path.realpath(".")
        if there == here:
            return ""
        return os.fspath(named) if os.path.realpath(named) == there else os.path.relpath(there, here)
    except (OSError, ValueError):
        return os.fspath(folder)


def _configuration(folder: str) -> str | None:
    """The nearest ``qms.yaml`` in or above a folder."""
    while not os.path.isfile(path := os.path.join(folder, "qms.yaml")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return path


def _locale_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "vi" if os.environ[name].startswith("vi") else "en"
    return "en"
