"""The texts from outside that an office goes by, with whether each is in force."""

from __future__ import annotations

from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.message import _
from qmsctl.reports.parts.master_list import Listed
from qmsctl.reports.parts.state import GOOD, OFF, WAIT, State
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class External:
    """A document from outside: who issued it, when, and whether it is in force."""

    id: str
    anchor: str
    title: str
    number: str
    issuer: str
    issued: date | None
    in_force_from: date | None
    in_force_until: date | None
    superseded_by: tuple[str, ...]
    amended_by: tuple[str, ...]
    checked: date | None
    unit: str
    distribution: tuple[str, ...]
    state: State


def is_external(row: Listed, library: Library) -> bool:
    """True if its type is counted as one."""
    kind = library.types.get(row.type)
    return kind is not None and bool(kind.counted_as("report register", "external"))


def external_row(row: Listed, library: Library) -> External:
    """A row of the master list that is one of them, with what is told of a text from outside alone."""
    item = text_of(library.standing(row.id).in_force, library) or library.by_id.get(row.id)
    assert item is not None  # a row of the master list is made from one
    return External(
        id=row.id,
        anchor=row.anchor,
        title=row.title,
        number=item.text("number") or "",
        issuer=item.text("issuer") or "",
        issued=item.day("issued"),
        in_force_from=item.day("in_force_from"),
        in_force_until=item.day("in_force_until"),
        superseded_by=item.texts("superseded_by"),
        amended_by=item.texts("amended_by"),
        checked=item.day("checked"),
        unit=row.unit,
        distribution=row.distribution,
        state=_force(row, item, library.today),
    )


def _force(row: Listed, item: Item, today: date) -> State:
    """Whether the text itself is in force; what the office decided of it comes second."""
    begin = item.day("in_force_from")
    if row.expired is not None:
        return row.expired
    if item.has("superseded_by"):
        return State(_("superseded by a later text"), OFF)
    if begin is not None and begin > today:
        return State(_("in force from {day}", day=begin), WAIT)
    return State(_("in force"), GOOD) if row.status == "effective" else row.state
