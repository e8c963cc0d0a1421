"""What a change may do to the configuration: for days gone by it grows, and nothing is loosened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from qmsctl.core.library import Library
from qmsctl.core.reading import CONFIG_PATHS

SETTING, DAYS = "commit_within", 30


def has_past(library: Library) -> bool:
    """True where the change that is judged began from an office that could be read."""
    if library.before is not None:
        return _is_read(library.before)
    return library.base is not None and bool(library.base.offices)


def states(library: Library) -> tuple[Library, ...]:
    """What had been accepted: before an edit, or where a change came from and goes to."""
    if library.before is not None:
        return (library.before,)
    return library.base.asking if library.base else ()


def was_so(library: Library, holds: Callable[[Library], bool]) -> bool:
    """True if it held where the change began, and still does on the branch it is to be merged into."""
    if library.before is not None:
        return holds(library.before)
    return library.base is None or library.base.granted(holds)


def allowed_days(library: Library) -> int:
    """How many days may lie between what is written and the check: a change cannot give itself more."""
    return min(office.config.settings.get(SETTING, DAYS) for office in (library, *states(library)))


def first_day_allowed(library: Library) -> date:
    """The earliest day from which a new right may count without a paper."""
    return library.today - timedelta(days=allowed_days(library))


def _is_read(library: Library) -> bool:
    return all(library.parsed_configuration(path) for path in CONFIG_PATHS)
