"""What is asked of a lake: which delivery of each agency counts, and the tables that no agency sends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from qmsctl.core.fleet.succession import Load
from qmsctl.core.office.duration import year_until
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """The day as of which is asked, after how many days a nonconformity is open for long, and an agency silent."""

    day: date
    days: int = 90
    silent: int = 31


def counted(loads: Iterable[Load], agencies: Mapping[str, str], day: date) -> Mapping[str, Load]:
    """Of each of the ``agencies`` what it sent last, by ``day``."""
    return {each.agency: each for each in loads if each.day <= day and each.agency in agencies}


def own_rows(asked: Asked, agencies: Mapping[str, str], loads: Mapping[str, Load], listed: Mapping[str, str]) -> Mapping[str, Sequence[tuple[object, ...]]]:
    """The rows of the tables of :data:`~qmsctl.core.fleet.tables.OWN`, where ``loads`` are those that count; ``listed`` are administrative procedures by code."""
    return {
        "agencies": [(code, name, loads[code].day if code in loads else None, loads[code].commit if code in loads else None) for code, name in sorted(agencies.items())],
        "listed": sorted(listed.items()),
        "asked": [(asked.day, asked.day - timedelta(days=asked.days), year_until(asked.day), asked.day - timedelta(days=asked.silent))],
    }
