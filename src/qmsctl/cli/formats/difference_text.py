"""What differs between two texts of a document, for people and for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from qmsctl.cli.formats.item_text import fact
from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, DIM
from qmsctl.core.comparison.edit_diff import visible_lines
from qmsctl.core.comparison.word_changes import DELETED, INSERTED, SAME, Words
from qmsctl.message import Message, _, show
from qmsctl.reports.parts.difference import Difference, Part, Side
from qmsctl.reports.parts.field_changes import FieldChange, RowChange, TableChange

_STYLE = {DELETED: "31;9", INSERTED: "32;4"}
_MARKS = {DELETED: ("[-", "-]"), INSERTED: ("{+", "+}")}
_FAR, _NEAR = 400, 120


def difference_text(session: Session, found: Difference) -> Iterator[str]:
    """The lines: which two texts, the fields that changed, and each passage that did, below its heading."""
    title = f"{session.words(found.id)}  {session.words(found.title)}"
    yield session.colour(wrapped(session.terminal, title), BOLD)
    yield wrapped(session.terminal, session.words(_("from {old} to {new}", old=_named(found.old), new=_named(found.new))), "  ", "    ")
    if found.new.change:
        yield fact(session, _("Reason"), found.new.change)
    if found.is_none:
        yield fact(session, _("Difference"), _("none"))
    yield from _fields(session, found.fields)
    heading = ""
    for part in found.parts:
        if part.kind != SAME:
            yield ""
            if part.heading and part.heading != heading:
                yield session.colour(f"@ {session.words(part.heading)}", DIM)
            heading = part.heading
            yield from _part(session, part)


def _named(side: Side) -> Message:
    return _("revision {revision} ({state})", revision=side.revision or "?", state=side.state.word)


def _fields(session: Session, fields: Iterable[FieldChange]) -> Iterator[str]:
    for field in fields:
        yield f"  {session.words(field.label)}: {_said(session, field)}"


def _part(session: Session, part: Part) -> Iterator[str]:
    if part.table:
        yield from _table(session, part.table)
    elif part.text:
        yield _marked(session, part.kind, part.text.markdown.strip("\n"))
    else:
        yield "".join(_marked(session, each.kind, each.text) for each in _near(part.words))


def _near(words: tuple[Words, ...]) -> Iterator[Words]:
    """The words with what lies far from every change left out."""
    for index, each in enumerate(words):
        if each.kind != SAME or len(each.text) <= _FAR:
            yield each
            continue
        head = each.text[:_NEAR] if index else ""
        tail = each.text[-_NEAR:] if index + 1 < len(words) else ""
        yield Words(SAME, f"{head} … {tail}")


def _table(session: Session, table: TableChange) -> Iterator[str]:
    yield session.colour(f"{session.words(table.caption)}:", BOLD)
    for row in table.rows:
        if row.kind != SAME:
            yield from _row(session, row)


def _row(session: Session, row: RowChange) -> Iterator[str]:
    """A row that came or went on one line; of one that changed its first column and those that changed."""
    if row.kind in (INSERTED, DELETED):
        cells = [f"{session.words(cell.label)}: {_plain(session, cell)}" for cell in row.cells if cell.parts]
        yield f"  {_marked(session, row.kind, '; '.join(cells))}"
        return
    first, *rest = row.cells
    cells = [f"{session.words(cell.label)}: {_said(session, cell)}" for cell in rest if cell.old != cell.new]
    yield f"  {_said(session, first)}  {'; '.join(cells)}".rstrip()


def _said(session: Session, found: FieldChange) -> str:
    parts = (_marked(session, each.kind, show(each.text, session.translate, session.language)) for each in found.parts)
    return ("; " if found.listed else "").join(parts)


def _plain(session: Session, found: FieldChange) -> str:
    return ("; " if found.listed else "").join(show(each.text, session.translate, session.language) for each in found.parts)


def _marked(session: Session, kind: str, text: str) -> str:
    """``text`` in the colour of its kind, line by line; between marks where there are no colours."""
    shown = visible_lines(text)
    if kind == SAME or not shown:
        return shown
    if session.terminal.is_coloured():
        return "\n".join(session.colour(line, _STYLE[kind]) if line else line for line in shown.split("\n"))
    begin, end = _MARKS[kind]
    return f"{begin}{shown}{end}"


def difference_data(found: Difference) -> dict[str, Any]:
    """The same for scripts; of the body only the parts that differ."""
    return {
        "id": found.id,
        "title": found.title,
        "old": _side(found.old),
        "new": _side(found.new),
        "fields": [_field(each) for each in found.fields],
        "parts": [_part_data(each) for each in found.parts if each.kind != SAME],
    }


def _side(side: Side) -> dict[str, Any]:
    effective = side.effective.isoformat() if side.effective else None
    return {"revision": side.revision, "change": show(side.change), "answers": list(side.answers), "effective": effective, "path": side.path, "sha256": side.sha256}


def _field(found: FieldChange) -> dict[str, Any]:
    return {"field": found.name, "old": found.old, "new": found.new}


def _part_data(part: Part) -> dict[str, Any]:
    own: dict[str, Any] = {"kind": part.kind, "heading": part.heading}
    if part.table:
        rows = [
            {"kind": row.kind, "cells": [_field(cell) for cell in row.cells if cell.old is not None or cell.new is not None]}
            for row in part.table.rows if row.kind != SAME
        ]
        return own | {"block": part.table.name, "rows": rows}
    if part.text:
        return own | {"words": [[part.kind, part.text.markdown]]}
    return own | {"words": [list(each) for each in part.words]}
