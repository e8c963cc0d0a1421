"""Which day a hint proposes: today for what was done, a day to come for what is due."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration import Duration
from qmsctl.core.records.elapsing import first_day
from qmsctl.core.records.working_days import works
from qmsctl.core.types.due import Due

_YEAR = Duration(Decimal(1), "y")
_MONTH = timedelta(days=30)


def proposed_day(record: Item, name: str, library: Library, block: str | None = None) -> date:
    """A day for a field of ``record``, or a column of its ``block``.

    Where something is due by it that comes again, the next time, else a month ahead; of all other days, today, or
    the first that the gates of the type allow.
    """
    due = next((each for each in record.type.dues if _is_by(each, name, block)), None)
    if due is None:
        return max(library.today, first_day(record, name, library) or library.today)
    comes_again = (due.block and not due.unless) or due.sets or due.latest_of is not None
    return next_time(record, library) if comes_again else library.today + _MONTH


def next_time(record: Item, library: Library) -> date:
    """The next day of something done today: after the record's ``cycle``, else after a year."""
    return (Duration.parse(record.text("cycle") or "") or _YEAR).after(library.today, works(library))


def _is_by(due: Due, name: str, block: str | None) -> bool:
    """True if the day itself is the one by which something is due."""
    here = (due.block == block and name in due.columns) if block else due.field == name
    return here and due.every is None and due.setting is None
