"""What has been proposed for improvement and waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted_ids
from qmsctl.core.review.figures import Figures, Ids, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass

INPUT = "recommendations"


@dataclass(frozen=True, slots=True)
class Proposals(Figures):
    """Opportunities and observations of auditors that are open, opportunities and requests not decided, initiatives."""

    INPUT: ClassVar[str] = INPUT
    findings: Ids = ()
    opportunities: Ids = ()
    requests: Ids = ()
    initiatives: Ids = ()


def collect(library: Library, period: Period, review: str) -> Proposals:
    """What waits today, and the initiatives of a period."""
    return Proposals(
        findings=counted_ids(library, INPUT, "findings"),
        opportunities=counted_ids(library, INPUT, "opportunities"),
        requests=counted_ids(library, INPUT, "requests"),
        initiatives=counted_ids(library, INPUT, "initiatives", period),
    )


def told(figures: Proposals, library: Library) -> Iterator[Message]:
    """From auditors, from the records, from the staff."""
    sentences = (
        (figures.findings, _("Proposed by auditors")),
        (figures.opportunities, _("Opportunities not decided on")),
        (figures.requests, _("Document changes asked for")),
        (figures.initiatives, _("Initiatives of the staff")),
    )
    for ids, words in sentences:
        if ids:
            yield _("{what}: {count} ({ids}).", what=words, count=len(ids), ids=some(ids))
