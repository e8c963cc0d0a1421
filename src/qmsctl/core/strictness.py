"""Where the stricter criteria of a later format count, and what is said of what is older."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from qmsctl.core.diagnostic import Problem
from qmsctl.core.library import Library
from qmsctl.core.office.config import FORMAT
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.source import EntryKind
from qmsctl.message import Message, _


def is_strict(library: Library, path: str, day: date | None) -> bool:
    """True for what a change brings or alters, and for what is of ``day``, the first of the stricter criteria or later."""
    if library.config.format < FORMAT:
        return False
    return _is_touched(library, path) or is_dated(library, day)


def is_dated(library: Library, day: date | None) -> bool:
    """True for what is of ``day``, the first of the stricter criteria or later: the base excuses none of it."""
    start = library.config.stricter_from if library.config.format >= FORMAT else None
    return day is not None and start is not None and day >= start


def _is_touched(library: Library, path: str) -> bool:
    """True for a file that no state before the change has as it is now, with these bytes or not at all."""
    base = library.base.asking if library.base else ()
    homes = (library.before,) if library.before is not None else base
    now = _state(library, path)
    return bool(homes) and all(_state(each, path) != now for each in homes)


def _state(library: Library, path: str) -> tuple[EntryKind | None, str | None]:
    """What lies at ``path``, and the digest of its bytes; of a text that is read, of its LF bytes."""
    if path in library.parsed:
        return library.files.get(path), library.parsed[path].sha256
    kind = library.files.get(path)
    return kind, library.outside.sha256(path) if kind else None


def counts(problem: Problem, library: Library) -> bool:
    """False for a problem that only stricter criteria see, where they do not count yet."""
    mark = problem.stricter
    return mark is None or any(is_strict(library, path, mark.day) for path in (problem.path, mark.about) if path)


def earlier(problems: Sequence[Problem], library: Library) -> Problem:
    """The one note on all that a rule finds in what is older than its criteria."""
    return Problem(CONFIG_PATH, library.key_line("stricter_from"), _told(problems, library))


def _told(problems: Sequence[Problem], library: Library) -> Message:
    start, paths = library.config.stricter_from, tuple(dict.fromkeys(each.path for each in problems))
    first = paths[0]
    if library.config.format < FORMAT or start is None:
        return _(
            "{count} older place(s) do not meet what this rule has asked since format {format}; the first is {path}",
            count=len(problems), format=FORMAT, path=first,
        )
    return _(
        "{count} older place(s) do not meet what this rule asks from {day} on; the first is {path}",
        count=len(problems), day=start, path=first,
    )
