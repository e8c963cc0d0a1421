"""What has been proposed for improvement and waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.auditing.weight import FINDING
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, some
from qmsctl.core.review.risks import OPPORTUNITY
from qmsctl.message import Message, _

TYPES = (FINDING, OPPORTUNITY, "change-request", "recognition")
_IDEAS = frozenset({"ofi", "observation"})


def collect(library: Library, period: Period, review: str) -> Figures:
    """Opportunities and observations of auditors that are open, opportunities and requests not decided, initiatives."""
    return Figures.of(
        findings=[each.id for each in library.by_type.get(FINDING, ()) if each.text("kind") in _IDEAS and not library.is_closed(each)],
        opportunities=[each.id for each in library.by_type.get(OPPORTUNITY, ()) if each.status == each.type.first_state],
        requests=[each.id for each in library.by_type.get("change-request", ()) if each.status == each.type.first_state],
        initiatives=[
            each.id
            for each in library.by_type.get("recognition", ())
            if each.text("kind") == "initiative" and (day := each.day("date")) and period.covers(day)
        ],
    )


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """From auditors, from the records, from the staff."""
    sentences = (
        ("findings", _("Proposed by auditors")),
        ("opportunities", _("Opportunities not decided on")),
        ("requests", _("Document changes asked for")),
        ("initiatives", _("Initiatives of the staff")),
    )
    for name, words in sentences:
        if figures.count(name):
            yield _("{what}: {count} ({ids}).", what=words, count=figures.count(name), ids=some(figures.ids(name)))
