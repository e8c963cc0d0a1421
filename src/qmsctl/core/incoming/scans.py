"""Scans that a list names: what stands in the list is all that is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qmsctl.core.incoming.head import find_head
from qmsctl.core.incoming.labels import Labels
from qmsctl.core.incoming.moments import day_of, words_of
from qmsctl.core.incoming.paper import Paper, SourceDocument
from qmsctl.core.incoming.sheet import Sheet
from qmsctl.core.text.characters import fold
from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.writing import Writing

_DAYS = ("effective", "issued", "decision_date", "review_by")


def scans_in(sheets: Iterable[Sheet], labels: Labels, writing: Writing) -> Mapping[str, Paper]:
    """The papers that a list names, by the names of their files, folded; nothing where no column names files."""
    found: dict[str, Paper] = {}
    known = frozenset(map(plain_label, labels.groups["index"]))
    for sheet in sheets:
        head = find_head(sheet, known.__contains__)
        columns = labels.columns("index", head.headings) if head else {}
        for row in head.rows if head and "file" in columns.values() else ():
            said = {name: words_of(row.cells[place]) for place, name in columns.items() if place < len(row.cells)}
            days = {name: day_of(row.cells[place], sheet, writing) for place, name in columns.items() if name in _DAYS and place < len(row.cells)}
            said |= {name: day.isoformat() for name, day in days.items() if day}
            if said["file"]:
                found[fold(said["file"])] = scan({name: text for name, text in said.items() if text and name != "file"})
    return found


def scan(head: Mapping[str, str]) -> Paper:
    """A paper without a text that could be read."""
    return Paper(head, (), (), (), (), SourceDocument(()))
