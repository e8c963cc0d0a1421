"""What audits found, and how far the programme has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qmsctl.core.auditing.programme import TYPE as PROGRAMME
from qmsctl.core.auditing.weight import AUDIT, FINDING
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.office.measuring_period import last_day
from qmsctl.core.review.figures import Figures, by_label, some
from qmsctl.message import Message, _

TYPES = (AUDIT, FINDING, PROGRAMME)
_HELD = frozenset({"performed", "reported", "followed-up", "closed"})


def collect(library: Library, period: Period, review: str) -> Figures:
    """Audits carried out in the period, their findings by kind, what is open of any, and what was foreseen."""
    audits = [
        each
        for each in library.by_type.get(AUDIT, ())
        if not each.is_given_up and (day := each.day("performed")) and period.covers(day)
    ]
    ids = {each.id for each in audits}
    findings = [each for each in library.by_type.get(FINDING, ()) if not each.is_given_up]
    own = [each for each in findings if each.text("audit") in ids]
    foreseen = [
        library.by_id.get(row.text("audit") or "")
        for programme in library.by_type.get(PROGRAMME, ())
        if programme.status != programme.type.first_state
        for row in programme.block_rows("grid")
        if (day := last_day(row.text("month") or "")) and period.covers(day)
    ]
    return Figures.of(
        audits=[each.id for each in audits],
        kinds=Counter(each.text("kind") or "" for each in audits),
        units=sorted({unit for each in audits for unit in each.texts("units")}),
        findings=Counter(each.text("kind") or "" for each in own),
        open=[each.id for each in findings if not library.is_closed(each)],
        foreseen=len(foreseen),
        held=sum(each is not None and each.status in _HELD for each in foreseen),
    )


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Audits, findings, the programme."""
    if figures.count("audits"):
        yield _("Audits carried out: {count} ({ids}).", count=figures.count("audits"), ids=some(figures.ids("audits")))
        yield _("Findings: {kinds}.", kinds=by_label(figures.counts("findings"), library, FINDING, "kind") or "0")
    if figures.count("foreseen"):
        yield _("Of {foreseen} audits foreseen in the programme {held} were carried out.", foreseen=figures.count("foreseen"), held=figures.count("held"))
    if figures.count("open"):
        yield _("Findings not closed yet: {ids}.", ids=some(figures.ids("open")))
