"""What changed in the system and around it: documents, law, planned changes, context."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.core.review.figures import Figures, some
from qmsctl.message import Message, _

TYPES = ("document", "external-document", "change", "context-issue", "interested-party")
_LAW = "external-document"


def collect(library: Library, period: Period, review: str) -> Figures:
    """Documents that took effect or were withdrawn, laws among them, changes proposed, context looked at again."""
    new: list[str] = []
    revised: list[str] = []
    law: list[str] = []
    withdrawn: list[str] = []
    for subject in library.subjects:
        standing = library.standing(subject)
        kind = library.type_of(subject)
        begun = [place for place, each in enumerate(standing.approved) if each.effective_on and period.covers(each.effective_on)]
        if begun:
            (law if kind and kind.is_a(_LAW) else new if begun[0] == 0 else revised).append(subject)
        if any(each.withdrawn_on and period.covers(each.withdrawn_on) for each in standing.approved):
            withdrawn.append(subject)
    return Figures.of(
        new=new,
        revised=revised,
        law=law,
        withdrawn=withdrawn,
        changes=_raised(library, "change", "raised", period),
        context=[*_raised(library, "context-issue", "reviewed", period), *_raised(library, "interested-party", "reviewed", period)],
    )


def _raised(library: Library, kind: str, field: str, period: Period) -> list[str]:
    found = (each for each in library.by_type.get(kind, ()) if not each.is_given_up)
    return [each.id for each in found if (day := each.day(field)) and period.covers(day)]


def told(figures: Figures, library: Library) -> Iterator[Message]:
    """Documents first, then what was planned, then the context."""
    sentences = (
        ("new", _("Documents issued for the first time")),
        ("revised", _("Documents revised")),
        ("withdrawn", _("Documents withdrawn")),
        ("law", _("Legal and other external documents that took effect")),
        ("changes", _("Planned changes")),
        ("context", _("Context and interested parties looked at again")),
    )
    for name, words in sentences:
        if figures.count(name):
            yield _("{what}: {count} ({ids}).", what=words, count=figures.count(name), ids=some(figures.ids(name)))
