"""Whether people, equipment and training suffice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted, counted_ids
from qmsctl.core.review.figures import Figures, Ids, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass

INPUT = "resources"


@dataclass(frozen=True, slots=True)
class Resources(Figures):
    """Training held and judged in the period or late, competences that are not met, equipment out of service."""

    INPUT: ClassVar[str] = INPUT
    held: int = 0
    effective: int = 0
    ineffective: Ids = ()
    training_late: Ids = ()
    unmet: Ids = ()
    out_of_service: Ids = ()


def collect(library: Library, period: Period, review: str) -> Resources:
    """The training of a period, and what is lacking today."""
    return Resources(
        held=len(counted(library, INPUT, "held", period)),
        effective=len(counted(library, INPUT, "effective", period)),
        ineffective=counted_ids(library, INPUT, "ineffective", period),
        training_late=counted_ids(library, INPUT, "training_late"),
        unmet=counted_ids(library, INPUT, "unmet"),
        out_of_service=counted_ids(library, INPUT, "out_of_service"),
    )


def told(figures: Resources, library: Library) -> Iterator[Message]:
    """Training, competences, equipment."""
    if figures.held:
        yield _("Training held: {count}; judged effective: {yes}, not effective: {no}.",
                count=figures.held, yes=figures.effective, no=some(figures.ineffective) or "0")
    if figures.training_late:
        yield _("Training that is late: {ids}.", ids=some(figures.training_late))
    if figures.unmet:
        yield _("Positions with a competence that is not met: {ids}.", ids=some(figures.unmet))
    if figures.out_of_service:
        yield _("Equipment out of service: {ids}.", ids=some(figures.out_of_service))
