"""What audits found, and how far the programme has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, counted_ids, counted_rows, stands
from qmsctl.core.review.figures import Counts, Figures, Ids, by_label, labels_of, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass, field

INPUT = "audit-results"


@dataclass(frozen=True, slots=True)
class Audits(Figures):
    """Audits carried out in the period, their findings by kind, what is ``open`` of any, how many were foreseen and ``held``."""

    INPUT: ClassVar[str] = INPUT
    audits: Ids = ()
    kinds: Counts = field(default_factory=dict)
    units: Ids = ()
    findings: Counts = field(default_factory=dict)
    open: Ids = ()
    foreseen: int = 0
    held: int = 0


def collect(library: Library, period: Period, review: str) -> Audits:
    """The audits of a period."""
    audits = counted(library, INPUT, "audits", period)
    ids = {each.id for each in audits}
    own = [each for each in counted(library, INPUT, "findings") if each.text("audit") in ids]
    foreseen = [library.item(row.text("audit")) for _programme, row in counted_rows(library, INPUT, "foreseen", period)]
    return Audits(
        audits=tuple(each.id for each in audits),
        kinds=Counter(each.text("kind") or "" for each in audits),
        units=tuple(sorted({unit for each in audits for unit in each.texts("units")})),
        findings=Counter(each.text("kind") or "" for each in own),
        open=counted_ids(library, INPUT, "open"),
        foreseen=len(foreseen),
        held=sum(each is not None and stands(each, INPUT, "held") for each in foreseen),
    )


def told(figures: Audits, library: Library) -> Iterator[Message]:
    """Audits, findings, the programme."""
    if figures.audits:
        yield _("Audits carried out: {count} ({ids}).", count=len(figures.audits), ids=some(figures.audits))
        yield _("Findings: {kinds}.", kinds=by_label(figures.findings, labels_of(library, INPUT, "findings", "kind")) or "0")
    if figures.foreseen:
        yield _("Of {foreseen} audits foreseen in the programme {held} were carried out.", foreseen=figures.foreseen, held=figures.held)
    if figures.open:
        yield _("Findings not closed yet: {ids}.", ids=some(figures.open))
