"""A value of a file as a reader sees it: names for ids, labels for words, links to what it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from qmsctl.core.library import Library
from qmsctl.core.office.duration_words import limit_words, retention
from qmsctl.core.office.period_words import period_words
from qmsctl.core.office.time_limit import read_limit
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence
from qmsctl.core.text.values import read_bool, read_date, read_moment, read_number
from qmsctl.core.types.field import Field
from qmsctl.message import Label, Message, _
from qmsctl.reports.parts import naming
from qmsctl.value import dataclass, replace

Shown = str | date | Decimal | Label | Message

_YES, _NO = _("yes"), _("no")

_BRIEF = frozenset(("reference", "clause", "person", "role", "unit", "integer", "any", "choice"))
"""Kinds of which several stand in one line: ids, numbers and names."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A text, and the id of the document or record it names; several ``brief`` ones stand in one line."""

    text: Shown
    subject: str = ""
    brief: bool = False


def pieces(field: Field, node: Node | None, library: Library) -> tuple[Piece, ...]:
    """The pieces of a value, in their order."""
    return tuple(_pieces(field, node, library)) if node is not None else ()


def _pieces(field: Field, node: Node, library: Library) -> Iterator[Piece]:
    match node:
        case Scalar():
            if node.text.strip():
                yield _piece(field, node.text, library)
        case Sequence():
            described = _part(field, "list", "table") or field
            for item in node.items:
                inner = described.of[0] if described.kind == "list" and described.of else described
                brief = isinstance(item, Scalar) and inner.kind in _BRIEF
                yield from (replace(piece, brief=brief) for piece in _pieces(inner, item, library))
        case Mapping():
            described = _part(field, "map", "table") or field
            yield from _entries(described, node, library)


def _part(field: Field, *kinds: str) -> Field | None:
    return field if field.kind in kinds else next((part for part in field.of if part.kind in kinds), None)


def _entries(field: Field, node: Mapping, library: Library) -> Iterator[Piece]:
    for key, value in node.entries.items():
        described = field.keys.get(key) or (field.of[0] if field.of else field)
        name: Shown = described.label if key in field.keys else key
        for piece in _pieces(described, value, library):
            yield Piece(_("{name}: {value}", name=name, value=piece.text), piece.subject)


def _piece(field: Field, text: str, library: Library) -> Piece:
    match field.kind:
        case "reference":
            return Piece(text, text)
        case "any" | "choice":
            return _either(field, text, library)
        case "person" | "role" | "unit":
            return Piece(naming.holder(library, text))
        case "time-limit":
            limit = read_limit(text)
            return Piece(limit_words(limit) if limit else text)
        case "duration" | "retention":
            return Piece(retention(text))
        case _:
            return Piece(_value(field, text, library))


def _value(field: Field, text: str, library: Library) -> Shown:
    match field.kind:
        case "date":
            return read_date(text) or text
        case "datetime":
            moment = read_moment(text)
            return moment.astimezone(library.config.zone) if moment else text
        case "one-of":
            return field.values.get(text, text)
        case "period":
            return period_words(text)
        case "number":
            number = read_number(text)
            return text if number is None else number
        case "bool":
            value = read_bool(text)
            return text if value is None else _YES if value else _NO
        case "text" if field.name == "type":  # of a line about records that are kept: what kind they are
            kind = library.types.get(text)
            return kind.label if kind else text
        case _:
            return text


def _either(field: Field, text: str, library: Library) -> Piece:
    kinds = {part.kind for part in field.of}
    if kinds & {"person", "role", "unit"}:
        named = naming.holder(library, text)
        if named != text:
            return Piece(named)
    if "reference" in kinds and text in library.by_id:
        return Piece(text, text)
    return Piece(text)
