"""The records closed in a period that go to the archive, by how long they are kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration_words import retention
from qmsctl.core.records.named_files import named_files
from qmsctl.core.records.record_days import days_of
from qmsctl.core.records.retention import Keeping, keepings
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Lists, Sheet, Value

ABOUT = About.PERIOD
EXAMPLE = "--from 2025-01-01 --to 2025-12-31"


def build(library: Library, result: CheckResult, options: ReportOptions) -> Lists:
    """What was closed from the first day of the period to the last; the check's result is not shown in it."""
    first, last = options.days(library.today)
    found = [each for each in keepings(library) if each.closed and first <= each.closed <= last and not _never_was(each.record)]
    files = _files(library)
    return Lists(
        cover(_("Records handed to the archive"), library, options),
        (
            _sheet("permanent", _("Kept for ever"), (each for each in found if _for_ever(each)), files, library),
            _sheet("limited", _("Kept for a time"), (each for each in found if not _for_ever(each)), files, library),
        ),
    )


def _never_was(record: Item) -> bool:
    """True for a number that is not used; what was given up is a record all the same."""
    state = record.type.states.get(record.status or "")
    return state is not None and state.void and not state.given_up


def _for_ever(found: Keeping) -> bool:
    return found.retention is not None and found.retention.is_permanent


def _files(library: Library) -> dict[str, int]:
    """How many files each record names."""
    paths: dict[str, set[str]] = {}
    for each in named_files(library):
        paths.setdefault(each.item.id, set()).add(each.path)
    return {name: len(found) for name, found in paths.items()}


def _sheet(name: str, title: Message, found: Iterable[Keeping], files: dict[str, int], library: Library) -> Sheet:
    ordered = sorted(found, key=lambda each: (each.until or date.max, each.record.type.name, each.record.id))
    return Sheet(
        name,
        title,
        (
            Column("no", _("No."), NUMBER),
            Column("id", _("Number and symbol")),
            Column("title", _("Title of the records")),
            Column("type", _("Type")),
            Column("unit", _("Unit")),
            Column("first", _("First day"), DAY),
            Column("last", _("Closed"), DAY),
            Column("retention", _("Retention")),
            Column("until", _("Kept until"), DAY),
            Column("files", _("Files"), NUMBER),
            Column("sheets", _("Sheets of paper")),
            Column("note", _("Note")),
        ),
        tuple((number, *_row(each, files, library)) for number, each in enumerate(ordered, 1)),
    )


def _row(found: Keeping, files: dict[str, int], library: Library) -> tuple[Value, ...]:
    record, closed = found.record, found.closed
    assert closed is not None  # only closed records are listed
    first = min((day for day in days_of(record, library) if day <= closed), default=closed)
    listed = _("listed in {ids}", ids=found.disposals) if found.disposals else None
    return (
        record.id, record.title, record.type.label, naming.unit(library, record.text("unit") or "") or None, first, closed,
        retention(found.line.written) or None, found.until, 1 + files.get(record.id, 0), None, listed,
    )
