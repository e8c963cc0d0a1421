"""Documents and records of one type, or of all, as a register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.listing import Row, rows
from qmsctl.core.signoffs.status_labels import document_status, status_words
from qmsctl.core.text.values import read_number
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Label, Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cell import pieces
from qmsctl.reports.parts.cover import cover
from qmsctl.reports.parts.sheet import DAY, NUMBER, TEXT, Column, Lists, Sheet, Value, text_of

ABOUT = About.OFFICE
COMMAND = "list"

_OWN = frozenset(("id", "type", "title", "revision", "status", "owner", "unit"))
_KINDS = {"date": DAY, "integer": NUMBER, "number": NUMBER}
_PRINTED_KINDS = frozenset(("date", "one-of", "number"))
_PRINTED = 4
"""As many fields of a type as a sheet of paper has room for beside what every list has."""


def build(library: Library, result: CheckResult, options: ReportOptions) -> Lists:
    """Every document and record; the check's result is not shown in it."""
    return listing(library, tuple(rows(library)), options)


def listing(library: Library, found: Sequence[Row], options: ReportOptions, type_name: str | None = None) -> Lists:
    """The rows as they are given; where they are of one type, ``type_name``, with every field of it that one of them fills."""
    asked = library.types.get(type_name or "")
    kind = asked if asked and not asked.abstract else None
    title: Message | Label = asked.label if asked else _("Documents and records")
    sheet = Sheet("list", title, tuple(_columns(kind, found)), tuple(tuple(_row(library, kind, row, found)) for row in found), by="" if kind else "type")
    return Lists(cover(_("Register: {title}", title=title), library, options), (sheet,))


def _columns(kind: RecordType | None, found: Sequence[Row]) -> Iterator[Column]:
    if kind is None:
        yield Column("type", _("Type"))
    yield Column("id", _("Code"))
    yield Column("title", _("Title"))
    if kind is None or kind.kind == "document":
        yield Column("revision", _("Rev."), NUMBER)
    yield Column("status", _("Status"))
    if kind is None or kind.kind == "document":
        yield Column("draft", _("Under way"))
    yield Column("owner", _("Owner"))
    yield Column("unit", _("Unit"))
    fields = _fields(kind, found)
    printed = [each.name for each in fields if each.kind in _PRINTED_KINDS][:_PRINTED]
    for each in fields:
        yield Column(each.name, each.label, _KINDS.get(each.kind, TEXT), printed=each.name in printed)


def _fields(kind: RecordType | None, found: Iterable[Row]) -> tuple[Field, ...]:
    if kind is None:
        return ()
    filled = {name for row in found for name in row.shown.fields.entries if row.shown.has(name)}
    return tuple(each for name, each in kind.fields.items() if name in filled - _OWN)


def _row(library: Library, kind: RecordType | None, row: Row, found: Sequence[Row]) -> Iterator[Value]:
    type_ = row.shown.type
    if kind is None:
        yield type_.label
    yield row.id
    yield row.title
    if kind is None or kind.kind == "document":
        yield row.revision
    yield status_words(type_, row.status)
    if kind is None or kind.kind == "document":
        yield _under_way(row)
    yield naming.holder(library, row.owner) if row.owner else None
    yield naming.unit(library, row.unit) if row.unit else None
    for each in _fields(kind, found):
        yield _value(library, row, each)


def _under_way(row: Row) -> Value:
    if row.draft_status is None:
        return None
    state = document_status(row.draft_status)
    return state if row.draft is None else _("revision {revision}: {state}", revision=row.draft, state=state)


def _value(library: Library, row: Row, field: Field) -> Value:
    value = text_of(pieces(field, row.shown.fields.entries.get(field.name), library))
    number = read_number(value) if field.kind == "integer" and isinstance(value, str) else None
    return value if number is None else number
