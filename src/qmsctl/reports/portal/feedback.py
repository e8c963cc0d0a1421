"""What people told the office in a year, as numbers: of complaints under the law there is nothing but their number."""

from __future__ import annotations

from qmsctl.core.cases.disclosure import FEW, Told, disclosed
from qmsctl.core.library import Library
from qmsctl.core.office.duration import year_until
from qmsctl.message import Label, Message, _
from qmsctl.reports.portal.unnamed import unnamed


def feedback(library: Library) -> tuple[tuple[Label | Message, str], ...]:
    """Lines of words and a number; none where nothing came in."""
    kept_back, first = unnamed(library), year_until(library.today)
    items = [item for item in library.records if item.type.unnamed and (day := item.day("received")) and first <= day <= library.today]
    if not items:
        return ()
    apart = sum(item.id in kept_back for item in items)
    others, few, whole = disclosed([(len(items) - apart, apart)])[0]
    kind = items[0].type
    named = kind.fields[next(iter(kind.unnamed))].values.get(next(iter(kind.unnamed.values()))[0])
    return ((kind.label, shown(others)), (named or _("others"), shown(few)), (_("Together"), shown(whole)))


def shown(told: Told) -> str:
    """A count as it is printed."""
    return f"‹{FEW}" if told.few else "–" if told.number is None else str(told.number)
