"""What of a record reached somebody higher up: when, from whom, to which role, why, and whether it was answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.value import dataclass

BLOCK = "escalations"


@dataclass(frozen=True, slots=True)
class Escalation:
    """A row of the table; ``row`` counts from 1. ``sender`` is a person, ``to`` a role, ``answered`` the day of the answer."""

    record: Item
    row: int
    line: int
    day: date | None
    sender: str
    to: str
    reason: str
    answered: date | None


def escalations_of(record: Item) -> Iterator[Escalation]:
    """The escalations of a record in the order in which they are written."""
    if BLOCK in record.type.blocks:
        yield from (_escalation(record, number, row) for number, row in enumerate(record.block_rows(BLOCK), 1))


def escalations(library: Library) -> Iterator[Escalation]:
    """Those of all records, but for such as were given up, that were made by today."""
    for record in library.records:
        if not record.is_given_up:
            yield from (each for each in escalations_of(record) if each.day is None or each.day <= library.today)


def unanswered(library: Library) -> Iterator[Escalation]:
    """Those on open records that nobody had answered by today."""
    for each in escalations(library):
        if not library.is_closed(each.record) and (each.answered is None or each.answered > library.today):
            yield each


def _escalation(record: Item, number: int, row: Mapping) -> Escalation:
    return Escalation(
        record, number, row.line, read_date(row.text("date")), row.text("from") or "", row.text("to") or "",
        row.text("reason") or "", read_date(row.text("answered")),
    )
