"""Cases for scripts and spreadsheets: ids as they stand in the files, times in working hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from qmsctl.core.cases.case import Result
from qmsctl.core.cases.cells import write_due, write_moment
from qmsctl.core.cases.figures import CaseFigures, Told

_COLUMNS = ("case", "register", "received", "due", "finished", "result", "worked_hours", "late_hours", "supplements", "released_by")


def cases_data(procedure: str, first: date, last: date, found: CaseFigures) -> dict[str, Any]:
    """The figures; shares from 0 to 1, ``null`` where there is nothing to share."""
    return {
        "procedure": procedure,
        "from": first.isoformat(),
        "to": last.isoformat(),
        "received": found.received,
        "finished": found.finished,
        **{each.value.replace("-", "_"): found.results[each] for each in Result},
        "in_time": _share(found.in_time),
        "first_pass": _share(found.first_pass),
        "supplemented": found.supplemented,
        "other_agencies_hours": hours(found.elsewhere),
        "steps": [
            {
                "no": step.no, "task": step.task or None, "agency": step.agency or None, "cases": step.cases,
                "median_hours": hours(step.median), "ninetieth_hours": hours(step.ninetieth),
                "own_hours": None if step.limit is None else hours(step.limit), "over": step.over,
            }
            for step in found.steps
        ],
        "released": [{"by": name or None, "cases": count} for name, count in found.released],
        "late_cases": [_case(each) for each in found.late],
        "unread": list(found.unread),
    }


def cases_rows(found: CaseFigures) -> tuple[Sequence[str], Sequence[Sequence[str]]]:
    """Headings and a row a case."""
    cases = (_case(each) for each in found.cases)
    return _COLUMNS, [["" if case[key] is None else str(case[key]) for key in _COLUMNS] for case in cases]


def hours(seconds: int) -> float:
    """Working seconds as hours, to a hundredth."""
    return round(seconds / 3600, 2)


def _share(share: float | None) -> float | None:
    return None if share is None else round(share, 4)


def _case(told: Told) -> dict[str, Any]:
    case = told.case
    return {
        "case": case.id,
        "register": told.register,
        "received": write_moment(case.received),
        "due": write_due(case.due) if case.due else None,
        "finished": write_moment(case.finished) if case.finished else None,
        "result": told.result.value,
        "worked_hours": hours(told.worked),
        "late_hours": hours(told.late),
        "supplements": case.supplements,
        "released_by": case.released_by or None,
    }
