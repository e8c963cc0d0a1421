"""Whether people, equipment and training suffice."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, some
from qmsctl.core.text.values import read_bool
from qmsctl.message import Message, _

TYPES = ("equipment", "training", "competence")


def collect(library: Library, period: Period, review: str) -> Figures:
    """Equipment out of service, training held and judged in the period or late, competences that are not met."""
    training = [each for each in library.by_type.get("training", ()) if not each.is_given_up]
    judged = [each for each in training if (day := each.day("evaluated")) and period.covers(day)]
    late = [each for each in training if each.status == "planned" and (day := each.day("due")) and day < library.today]
    unmet = [
        each.id
        for each in library.by_type.get("competence", ())
        if each.status == "current" and any(read_bool(row.text("met") or "") is False for row in each.block_rows("people"))
    ]
    return Figures.of(
        held=sum((day := each.day("held")) is not None and period.covers(day) for each in training),
        effective=sum(each.flag("effective") is True for each in judged),
        ineffective=[each.id for each in judged if each.flag("effective") is False],
        training_late=[each.id for each in late],
        unmet=unmet,
        out_of_service=[each.id for each in library.by_type.get("equipment", ()) if each.status == "out-of-service"],
    )


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Training, competences, equipment."""
    if figures.count("held"):
        yield _("Training held: {count}; judged effective: {yes}, not effective: {no}.",
                count=figures.count("held"), yes=figures.count("effective"), no=some(figures.ids("ineffective")) or "0")  # fmt: skip
    if figures.count("training_late"):
        yield _("Training that is late: {ids}.", ids=some(figures.ids("training_late")))
    if figures.count("unmet"):
        yield _("Positions with a competence that is not met: {ids}.", ids=some(figures.ids("unmet")))
    if figures.count("out_of_service"):
        yield _("Equipment out of service: {ids}.", ids=some(figures.ids("out_of_service")))
