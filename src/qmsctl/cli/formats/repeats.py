"""Nonconformities that came back, each with the earlier ones it repeats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qmsctl.cli.formats.table import as_csv, as_json, table
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.listing import Row
from qmsctl.core.records.repeats import Repeat, Repeats
from qmsctl.core.records.repeats_words import told
from qmsctl.core.signoffs.status_labels import status_words
from qmsctl.message import _

FORMATS = ("table", "json", "csv")


def repeats_text(session: Session, library: Library, found: Sequence[Row], repeats: Repeats, format_: str) -> str:
    """Those rows that repeat others."""
    pairs = [(row, repeats.before(library.by_id[row.id])) for row in found]
    shown = [(row, earlier) for row, earlier in pairs if earlier]
    match format_:
        case "json":
            return as_json([_data(row, earlier) for row, earlier in shown])
        case "csv":
            keys = ("id", "title", "raised", "status", "owner", "repeats")
            return as_csv(keys, [[_cell(_data(row, earlier)[key]) for key in keys] for row, earlier in shown])
        case _:
            return _table(session, library, shown)


def repeats_data(found: Sequence[Repeat]) -> list[dict[str, Any]]:
    """The others and what they share, for scripts."""
    return [{"id": each.other.id, "same": [{"field": same.field, "value": same.value} for same in each.same]} for each in found]


def _data(row: Row, earlier: Sequence[Repeat]) -> dict[str, Any]:
    return {
        "id": row.id, "title": row.title, "raised": row.fields.get("raised"), "status": row.status,
        "owner": row.owner, "unit": row.unit, "path": row.path, "repeats": repeats_data(earlier),
    }


def _cell(value: Any) -> str:
    return " ".join(each["id"] for each in value) if isinstance(value, list) else value or ""


def _table(session: Session, library: Library, shown: Sequence[tuple[Row, Sequence[Repeat]]]) -> str:
    headings = [_("Id"), _("Title"), _("Status"), _("Repeats")]
    lines = [
        [
            row.id,
            row.title,
            session.words(status_words(library.types.get(row.type), row.status)),
            "; ".join(session.words(each) for each in told(earlier, library)),
        ]
        for row, earlier in shown
    ]
    return table(session.terminal, [session.words(each) for each in headings], lines)
