"""What was checked and measured besides: self-checks, measuring equipment, special processes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, some
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.values import read_date
from qmsctl.message import Message, _

TYPES = ("self-check", "equipment", "validation")


def collect(library: Library, period: Period, review: str) -> Figures:
    """Self-checks with their lines, calibrations by result, validations done, in the period."""
    checks = [each for each in library.by_type.get("self-check", ()) if (day := each.day("date")) and period.covers(day)]
    results = Counter(row.text("result") or "" for each in checks for row in each.block_rows("lines"))
    calibrations = [(each, row) for each in library.by_type.get("equipment", ()) for row in in_period(each, "calibration", period)]
    validations = [each.id for each in library.by_type.get("validation", ()) if (day := each.day("done")) and period.covers(day)]
    return Figures.of(
        checks=len(checks),
        lines=sum(results.values()),
        wrong=results["no"],
        with_wrong=[each.id for each in checks if any(row.text("result") == "no" for row in each.block_rows("lines"))],
        calibrated=len(calibrations),
        failed=list(dict.fromkeys(each.id for each, row in calibrations if row.text("result") == "fail")),
        validations=validations,
    )


def in_period(record: Item, block: str, period: Period) -> Iterator[Mapping]:
    """The rows of a data block whose ``date`` lies in the period."""
    for row in record.block_rows(block):
        day = read_date(row.text("date") or "")
        if day and period.covers(day):
            yield row


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Self-checks, calibrations, validations."""
    if figures.count("checks"):
        yield _("Self-checks: {count} with {lines} lines, answered with no: {wrong} ({ids}).",
                count=figures.count("checks"), lines=figures.count("lines"), wrong=figures.count("wrong"), ids=some(figures.ids("with_wrong")) or "–")  # fmt: skip
    if figures.count("calibrated"):
        yield _("Calibrations: {count}, failed: {ids}.", count=figures.count("calibrated"), ids=some(figures.ids("failed")) or "0")
    if figures.count("validations"):
        yield _("Special processes validated: {ids}.", ids=some(figures.ids("validations")))
