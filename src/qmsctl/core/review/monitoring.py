"""What was checked and measured besides: self-checks, measuring equipment, special processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, counted_ids, counted_rows
from qmsctl.core.review.figures import Figures, Ids, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass

INPUT = "monitoring-results"


@dataclass(frozen=True, slots=True)
class Monitoring(Figures):
    """Self-checks with their lines, ``wrong`` those answered with no; calibrations and validations done in the period."""

    INPUT: ClassVar[str] = INPUT
    checks: int = 0
    lines: int = 0
    wrong: int = 0
    with_wrong: Ids = ()
    calibrated: int = 0
    failed: Ids = ()
    validations: Ids = ()


def collect(library: Library, period: Period, review: str) -> Monitoring:
    """What was monitored in a period."""
    return Monitoring(
        checks=len(counted(library, INPUT, "checks", period)),
        lines=len(counted_rows(library, INPUT, "lines", period)),
        wrong=len(counted_rows(library, INPUT, "wrong", period)),
        with_wrong=counted_ids(library, INPUT, "wrong", period),
        calibrated=len(counted_rows(library, INPUT, "calibrated", period)),
        failed=counted_ids(library, INPUT, "failed", period),
        validations=counted_ids(library, INPUT, "validations", period),
    )


def told(figures: Monitoring, library: Library) -> Iterator[Message]:
    """Self-checks, calibrations, validations."""
    if figures.checks:
        yield _("Self-checks: {count} with {lines} lines, answered with no: {wrong} ({ids}).",
                count=figures.checks, lines=figures.lines, wrong=figures.wrong, ids=some(figures.with_wrong) or "–")
    if figures.calibrated:
        yield _("Calibrations: {count}, failed: {ids}.", count=figures.calibrated, ids=some(figures.failed) or "0")
    if figures.validations:
        yield _("Special processes validated: {ids}.", ids=some(figures.validations))
