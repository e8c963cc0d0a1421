"""How external providers performed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.finding import NONCONFORMITY
from qmsctl.core.review.figures import Figures, some
from qmsctl.core.review.monitoring import in_period
from qmsctl.message import Label, Message, _

SUPPLIER = "supplier"
TYPES = (SUPPLIER, NONCONFORMITY)


def collect(library: Library, period: Period, review: str) -> Figures:
    """Approved and suspended suppliers, evaluations in the period by result, nonconformities of their making."""
    known = [each for each in library.by_type.get(SUPPLIER, ()) if not library.is_closed(each)]
    judged = [(each, row) for each in library.by_type.get(SUPPLIER, ()) for row in in_period(each, "evaluation", period)]
    problems = [
        each.id
        for each in library.by_type.get(NONCONFORMITY, ())
        if each.text("source") == SUPPLIER and not each.is_given_up and (day := each.day("raised")) and period.covers(day)
    ]
    return Figures.of(
        approved=sum(each.status == "approved" for each in known),
        suspended=[each.id for each in known if each.status == "suspended"],
        results=Counter(row.text("result") or "" for _each, row in judged),
        not_accepted=list(dict.fromkeys(each.id for each, row in judged if row.text("result") == "rejected")),
        problems=problems,
    )


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Who is approved, how they were judged, what went wrong."""
    if figures.count("approved"):
        yield _("Approved suppliers: {count}.", count=figures.count("approved"))
    if figures.counts("results"):
        results = figures.counts("results")
        yield _("Evaluations: {results}.", results=tuple(_("{name}: {value}", name=_label(library, name), value=results[name]) for name in results))
    if figures.count("not_accepted"):
        yield _("Not accepted: {ids}.", ids=some(figures.ids("not_accepted")))
    if figures.count("suspended"):
        yield _("Suspended: {ids}.", ids=some(figures.ids("suspended")))
    if figures.count("problems"):
        yield _("Nonconformities of suppliers: {ids}.", ids=some(figures.ids("problems")))


def _label(library: Library, result: str) -> Label | str:
    kind = library.types.get(SUPPLIER)
    column = kind.blocks["evaluation"].keys.get("result") if kind and "evaluation" in kind.blocks else None
    return column.values.get(result, result) if column else result
