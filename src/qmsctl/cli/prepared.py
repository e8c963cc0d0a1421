"""Help pages, the list of rules and the words of commands, written when qmsctl was built: a page is shown before anything else is imported.

``build_catalog.py`` has them written by :mod:`qmsctl.cli.preparing`. Where one might not be what the commands would
say, they are asked: in a checkout that was edited since, on a terminal narrower than the pages, for words of no page.
"""

from __future__ import annotations

import os
import sys

from qmsctl.cli.language import LANGUAGES, chosen_language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(PACKAGE, "prepared")
RULES = "rules.json"
LINES = "lines.json"
WIDTH = 80
"""Columns from which on help looks the same on every terminal."""

MARK = "\f"
"""Before the words of a command, whose page begins on the line after them, and at the end of all."""


def help_page(arguments: list[str]) -> str | None:
    """The help that is asked for, ``None`` where it is not, or has to be asked of the commands."""
    words = _command(arguments)
    if words is None or _columns() < WIDTH:
        return None
    pages = _text(f"{chosen_language(arguments)}.txt", PACKAGE)
    page, is_whole, _rest = pages.partition(f"{MARK}{words}\n")[2].partition(MARK)
    return page if is_whole else None


def rules() -> Any:
    """What ``qmsctl.cli.commands.rules.listed`` says, ``None`` where it has to be asked."""
    return _data(RULES, PACKAGE)


def command_lines() -> Any:
    """What ``qmsctl.cli.preparing.command_lines`` says; nothing where that is not known."""
    return _data(LINES, os.path.join(PACKAGE, "cli")) or {}


def _data(name: str, sources: str) -> Any:
    import json

    try:
        return json.loads(_text(name, sources))
    except ValueError:
        return None


def _text(name: str, sources: str) -> str:
    """What a file holds; nothing where it is not there, or not of these sources."""
    path = os.path.join(FOLDER, name)
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read() if _is_of(sources, path) else ""
    except (OSError, UnicodeDecodeError):
        return ""


def _command(arguments: list[str]) -> str | None:
    """The words that name the command whose help is asked for; none for that of qmsctl itself."""
    if not arguments or arguments[-1] not in ("--help", "-h"):
        return None
    words = arguments[:-1]
    if words[:1] == ["--lang"] and words[1:2] and words[1] in LANGUAGES:
        words = words[2:]
    return " ".join(words) if all(word.replace("-", "").isalpha() for word in words) else None


def _columns() -> int:
    """How wide the terminal is, as ``shutil`` finds it."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given):
        return int(given)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1).columns or WIDTH
    except (OSError, ValueError):
        return WIDTH


def _is_of(sources: str, path: str) -> bool:
    """False in a checkout where something in the folder ``sources`` was edited since."""
    is_checkout = os.path.exists(os.path.join(PACKAGE, os.pardir, os.pardir, "pyproject.toml"))
    return not is_checkout or _latest(sources) <= os.stat(path).st_mtime_ns


def _latest(folder: str) -> int:
    """When the latest of all sources and catalogues in a folder was written."""
    with os.scandir(folder) as entries:
        return max((_latest(each.path) if each.is_dir() else each.stat().st_mtime_ns for each in entries
                    if each.name.endswith((".py", ".mo")) or (each.is_dir() and each.name != "__pycache__")), default=0)
