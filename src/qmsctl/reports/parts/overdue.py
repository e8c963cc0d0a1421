"""What is late: document reviews, actions, and judging the effect of actions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from qmsctl.core.library import Library
from qmsctl.message import Message, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.master_list import Listed
from qmsctl.reports.parts.problems import Action, age


@dataclass(frozen=True, slots=True)
class Late:
    """One thing that is late, whose it is, since when and for how many days."""

    what: Message
    id: str
    title: str
    responsible: str
    due: date
    days: int


def late(library: Library, documents: Iterable[Listed], actions: Iterable[Action]) -> tuple[Late, ...]:
    """Everything that is late today, the longest first."""
    found = [*_reviews(library, documents), *_actions(actions), *_effects(library)]
    return tuple(sorted(found, key=lambda each: (-each.days, each.id)))


def _reviews(library: Library, documents: Iterable[Listed]) -> Iterator[Late]:
    for row in documents:
        if row.review_overdue and row.review:
            days = age(row.review, library.today) or 0
            yield Late(_("periodic review"), row.id, row.title, row.owner, row.review, days)


def _actions(actions: Iterable[Action]) -> Iterator[Late]:
    for row in actions:
        if row.late and row.due:
            yield Late(_("action"), row.id, row.title, row.owner, row.due, row.late)


def _effects(library: Library) -> Iterator[Late]:
    for item in library.by_type.get("action", ()):
        due = item.day("effect_due")
        if item.status == "done" and due and due < library.today:
            owner = naming.person(library, item.text("owner") or "")
            days = age(due, library.today) or 0
            yield Late(_("verification of effectiveness"), item.id, item.title, owner, due, days)
