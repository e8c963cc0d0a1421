"""What changed in the system and around it: documents, law, planned changes, context."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.records.counted import counted_ids
from qmsctl.core.review.figures import Figures, Ids, some
from qmsctl.message import Message, _
from qmsctl.value import dataclass

INPUT = "changes"


@dataclass(frozen=True, slots=True)
class Changes(Figures):
    """Documents that took effect or were withdrawn, ``law`` apart, which is new or ``law_again``, changes proposed, context looked at again."""

    INPUT: ClassVar[str] = INPUT
    new: Ids = ()
    revised: Ids = ()
    law: Ids = ()
    law_again: Ids = ()
    withdrawn: Ids = ()
    changes: Ids = ()
    context: Ids = ()


def collect(library: Library, period: Period, review: str) -> Changes:
    """The changes of a period."""
    new: list[str] = []
    revised: list[str] = []
    law: list[str] = []
    law_again: list[str] = []
    withdrawn: list[str] = []
    for subject in library.subjects:
        standing = library.standing(subject)
        kind = library.type_of(subject)
        begun = [place for place, each in enumerate(standing.approved) if each.effective_on and period.covers(each.effective_on)]
        if begun:
            first, again = (law, law_again) if kind and kind.counted_as(INPUT, "law") else (new, revised)
            (first if begun[0] == 0 else again).append(subject)
        if any(each.withdrawn_on and period.covers(each.withdrawn_on) for each in standing.approved):
            withdrawn.append(subject)
    return Changes(
        new=tuple(new),
        revised=tuple(revised),
        law=tuple(law),
        law_again=tuple(law_again),
        withdrawn=tuple(withdrawn),
        changes=counted_ids(library, INPUT, "changes", period),
        context=counted_ids(library, INPUT, "context", period),
    )


def told(figures: Changes, library: Library) -> Iterator[Message]:
    """Documents first, then what was planned, then the context."""
    sentences = (
        (figures.new, _("Documents issued for the first time")),
        (figures.revised, _("Documents revised")),
        (figures.withdrawn, _("Documents withdrawn")),
        (figures.law, _("Legal and other external documents taken in")),
        (figures.law_again, _("Legal and other external documents checked again or changed")),
        (figures.changes, _("Planned changes")),
        (figures.context, _("Context and interested parties looked at again")),
    )
    for ids, words in sentences:
        if ids:
            yield _("{what}: {count} ({ids}).", what=words, count=len(ids), ids=some(ids))
