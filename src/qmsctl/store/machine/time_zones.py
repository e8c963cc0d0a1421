"""The time zone of the machine, and the country that a time zone is of."""

from __future__ import annotations

import os
import zoneinfo
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from qmsctl.core.office.config import zone

_LOCAL = Path("/etc/localtime")
_TABLE = "zone.tab"


def machine_zone() -> str | None:
    """The name of the zone the machine keeps, such as ``Europe/Dublin``; ``None`` where it names none."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if not named and _LOCAL.is_symlink():
        named = _LOCAL.resolve().as_posix().partition("/zoneinfo/")[2]
    return named if named and zone(named) else None


@cache
def country_of(name: str) -> str | None:
    """The code of the country in which a zone lies; ``None`` for one of no country, and where there is no table."""
    for line in _lines():
        cells = line.split("\t")
        if len(cells) >= _CELLS and cells[2].strip() == name:
            return cells[0]
    return None


_CELLS = 3


def _lines() -> Iterator[str]:
    """The lines of the table of zones, of the system or else of the package ``tzdata``."""
    for folder in zoneinfo.TZPATH:
        table = Path(folder) / _TABLE
        if table.is_file():
            yield from table.read_text(encoding="utf-8", errors="replace").splitlines()
            return
    try:
        yield from (resources.files("tzdata.zoneinfo") / _TABLE).read_text(encoding="utf-8").splitlines()
    except (ModuleNotFoundError, OSError):
        return
