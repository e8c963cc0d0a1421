"""The public holidays that were asked for, kept for the next command: to import their table takes longer than most commands do."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from qmsctl.core.office.office_hours import PublicHolidays
from qmsctl.store.cache.program import seen
from qmsctl.store.user_state import is_usable

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
    _write(folder / _FILE, json.dumps([made_by, known]))
    return found


def _known(file: Path, made_by: list[Any]) -> dict[str, Any]:
    """The days by country and year; nothing of another library, and nothing of a file that is not ours or is damaged."""
    try:
        maker, known = json.loads(file.read_bytes()) if is_usable(file) else ([], {})
    except (OSError, TypeError, ValueError):
        return {}
    return known if maker == made_by and isinstance(known, dict) else {}


def _write(file: Path, text: str) -> None:
    """All of it at once, or nothing; where it cannot be, the library is asked again."""
    new = file.with_name(f".{_FILE}.{os.getpid()}")
    with suppress(OSError):
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as target:
            target.write(text)
        new.replace(file)
