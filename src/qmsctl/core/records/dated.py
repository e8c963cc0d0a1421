"""Of which day a text is, for criteria that count from a day on."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.records.record_days import days_of
from qmsctl.core.text.values import read_moment


def written_on(item: Item, library: Library) -> date | None:
    """The last day that a record names and that has come; of a document that is being written, today."""
    if item.type.kind == "record":
        return max((day for day in days_of(item, library) if day <= library.today), default=None)
    if item.type.kind == "signoff":
        at = read_moment(item.text("at"))
        return at.astimezone(library.now.tzinfo).date() if at else None
    return None if library.standing(item.id).is_clean else library.today
