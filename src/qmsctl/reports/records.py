"""The list of records an office opens and keeps, by the unit that keeps them, with their retention."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.duration_words import retention
from qmsctl.core.proof.frozen_text import texts_in_force
from qmsctl.core.records.record_days import days_of
from qmsctl.core.records.retention import Lines, longest, retention_lines
from qmsctl.message import _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.record_list import kept
from qmsctl.reports.parts.sheet import DAY, NUMBER, Column, Lists, Sheet, Value, text_of

ABOUT = About.OFFICE

Line = tuple[str, str, Value, Value, Value, Value, Value, Value]
"""Unit, symbol, name, retention, keeper, place, medium, note."""


def build(library: Library, result: CheckResult, options: ReportOptions) -> Lists:
    """The list of records; the check's result is not shown in it."""
    return Lists(cover(_("List of records"), library, options), (_asked(library), _held(library)))


def _asked(library: Library) -> Sheet:
    return Sheet(
        "asked",
        _("Records to be kept"),
        (
            Column("unit", _("Unit")),
            Column("no", _("No."), NUMBER),
            Column("symbol", _("Number and symbol")),
            Column("name", _("Title of the records")),
            Column("retention", _("Retention")),
            Column("keeper", _("Keeper")),
            Column("place", _("Kept at")),
            Column("medium", _("Medium")),
            Column("note", _("Note")),
        ),
        tuple((row[0], number, *row[1:]) for number, row in enumerate(_by_unit(library), 1)),
        by="unit",
    )


def _by_unit(library: Library) -> list[Line]:
    """The lines in the order in which ``qms.yaml`` names the units."""
    order = {unit.name: place for place, unit in enumerate(library.config.units)}
    return sorted(_lines(library), key=lambda line: order.get(line[0], len(order)))


def _lines(library: Library) -> Iterator[Line]:
    """A line for each row of a ``records`` block in force. Its symbol is the number of the row in the document."""
    for item in texts_in_force(library):
        unit = naming.unit(library, item.text("unit") or "")
        for number, row in enumerate(item.block_rows("records"), 1):
            found = kept(row, item, library)
            yield (
                unit, f"{item.id}/{number:02}", found.name, text_of(found.retention), text_of(found.keeper),
                text_of(found.place), text_of(found.medium), text_of(found.form or found.basis),
            )


def _held(library: Library) -> Sheet:
    lines = retention_lines(library)
    found: dict[str, list[Item]] = {}
    for record in library.records:
        found.setdefault(record.type.name, []).append(record)
    return Sheet(
        "held",
        _("Records in the system"),
        (
            Column("type", _("Type")),
            Column("symbol", _("Number and symbol")),
            Column("count", _("Count"), NUMBER),
            Column("first", _("First day"), DAY),
            Column("last", _("Last day"), DAY),
            Column("retention", _("Retention")),
            Column("folder", _("Kept at")),
        ),
        tuple(_kind(found[name], lines, library) for name in sorted(found)),
    )


def _kind(records: list[Item], lines: Lines, library: Library) -> tuple[Value, ...]:
    kind = records[0].type
    days = [day for record in records for day in days_of(record, library) if day <= library.today]
    ids = sorted(record.id for record in records)
    symbol = ids[0] if len(ids) == 1 else f"{ids[0]} – {ids[-1]}"
    return (kind.label, symbol, len(ids), min(days, default=None), max(days, default=None), retention(longest(kind, lines).written) or None, kind.folder)
