"""Numbered paper copies: which are out, and with whom."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item

TYPE = "distribution"
OUT = "issued"
"""The state in which the copies are with their holder."""


def copies_out(library: Library, document: str) -> Iterator[Item]:
    """The records of copies of a document that are with their holders."""
    for record in library.by_type.get(TYPE, ()):
        if record.status == OUT and record.text("document") == document:
            yield record


def held_by(library: Library, record: Item) -> str:
    """Who has the copies: the unit by name, else the holder as written."""
    unit = library.config.unit(record.text("unit") or "")
    return unit.name if unit else record.text("holder") or record.text("unit") or "—"
