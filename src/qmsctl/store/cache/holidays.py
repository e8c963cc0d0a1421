"""The public holidays that were asked for, kept for the next command: to import their table takes longer than most commands do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.store.cache.note import note, noted
from qmsctl.store.cache.program import seen

_FILE = "holidays.json"


def kept_holidays(folder: Path, country: str, year: int, ask: Callable[[str, int], PublicHolidays]) -> PublicHolidays:
    """What ``ask`` says of a country and a year; it is not asked again while its library is the same."""
    library = find_spec("holidays")
    made_by = list(seen(library.origin)) if library and library.origin else []
    known, name = _known(folder / _FILE, made_by), f"{country} {year}"
    with suppress(KeyError, TypeError, ValueError):
        off, working = known[name]
        return PublicHolidays(frozenset(map(date.fromisoformat, off)), frozenset(map(date.fromisoformat, working)))
    found = ask(country, year)
    known[name] = [sorted(day.isoformat() for day in days) for days in (found.off, found.working)]
    note(folder / _FILE, [made_by, known])
    return found


def _known(file: Path, made_by: list[Any]) -> dict[str, Any]:
    """The days by country and year; nothing of another library."""
    match noted(file):
        case [maker, dict(known)] if maker == made_by:
            return known
        case _:
            return {}
