"""How external providers performed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, counted_ids, counted_rows
from qmsctl.core.review.figures import Counts, Figures, Ids, labels_of, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "suppliers"


@dataclass(frozen=True, slots=True)
class Suppliers(Figures):
    """Approved and suspended suppliers, evaluations in the period by result, nonconformities of their making."""

    INPUT: ClassVar[str] = INPUT
    approved: int = 0
    suspended: Ids = ()
    results: Counts = field(default_factory=dict)
    not_accepted: Ids = ()
    problems: Ids = ()


def collect(library: Library, period: Period, review: str) -> Suppliers:
    """The suppliers of today, and how they were judged in a period."""
    judged = counted_rows(library, INPUT, "evaluations", period)
    return Suppliers(
        approved=len(counted(library, INPUT, "approved")),
        suspended=counted_ids(library, INPUT, "suspended"),
        results=Counter(row.text("result") or "" for _each, row in judged),
        not_accepted=counted_ids(library, INPUT, "not_accepted", period),
        problems=counted_ids(library, INPUT, "problems", period),
    )


def told(figures: Suppliers, library: Library) -> Iterator[Message]:
    """Who is approved, how they were judged, what went wrong."""
    if figures.approved:
        yield _("Approved suppliers: {count}.", count=figures.approved)
    if figures.results:
        labels = labels_of(library, INPUT, "evaluations", "result", block="evaluation")
        results = tuple(_("{name}: {value}", name=labels.get(name, name), value=count) for name, count in figures.results.items())
        yield _("Evaluations: {results}.", results=results)
    if figures.not_accepted:
        yield _("Not accepted: {ids}.", ids=some(figures.not_accepted))
    if figures.suspended:
        yield _("Suspended: {ids}.", ids=some(figures.suspended))
    if figures.problems:
        yield _("Nonconformities of suppliers: {ids}.", ids=some(figures.problems))
