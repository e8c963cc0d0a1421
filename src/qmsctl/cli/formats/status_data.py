"""What needs attention as JSON, and one list as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qmsctl.cli.formats.mend_data import mend_data
from qmsctl.cli.formats.table import as_csv, as_json
from qmsctl.cli.session import Session
from qmsctl.reports.parts.trend import Trend
from qmsctl.reports.status import Line, StatusReport, UnitRow

_COLUMNS = ("id", "title", "what", "unit", "whose", "since", "days", "next")


def status_json(session: Session, page: StatusReport) -> str:
    """The page with its lists, units and notes; a month ago is ``null`` where it is not known."""
    words = session.words
    return as_json({
        "today": page.cover.today.isoformat(), "before": page.before.isoformat(), "for": page.reader or None,
        "lists": [
            {"name": each.kind.value, "label": words(each.label), **_trend(each.trend), "command": words(each.list), "rows": [_line(session, one) for one in each.lines]}
            for each in page.groups
        ],
        "more": page.more,
        "units": [_unit(session, each, page) for each in page.units], "more_units": page.more_units,
        "notes": [words(each) for each in page.notes],
    })


def list_json(session: Session, found: Sequence[Line]) -> str:
    """An array of objects."""
    return as_json([_line(session, each) for each in found])


def list_csv(session: Session, found: Sequence[Line]) -> str:
    """A row a matter."""
    return as_csv(_COLUMNS, [["" if (value := _line(session, each)[name]) is None else str(value) for name in _COLUMNS] for each in found])


def _line(session: Session, each: Line) -> dict[str, Any]:
    words = session.words
    return {
        "id": each.id, "title": each.title, "what": words(each.what), "unit": words(each.unit) or None, "whose": each.whose,
        "since": each.since.isoformat() if each.since else None, "days": each.days, "next": words(each.next), "mend": mend_data(session.again.mend(each.next), words),
    }


def _trend(found: Trend) -> dict[str, Any]:
    return {"count": found.now, "a_month_ago": found.then, "at_least": found.at_least, "change": found.change}


def _unit(session: Session, row: UnitRow, page: StatusReport) -> dict[str, Any]:
    return {
        "unit": session.words(row.name), **_trend(row.trend), "escalated": dict(zip(page.months, row.by_month, strict=True)),
        "escalated_this_month": _trend(row.escalated), "not_answered": row.waiting,
    }
