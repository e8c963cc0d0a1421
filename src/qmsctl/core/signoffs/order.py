"""Whether an approval came after the reviews that its entry of the approval matrix asks for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime

from qmsctl.core.dossier import SignOff
from qmsctl.core.office.config import Config
from qmsctl.core.office.matrix import MatrixEntry
from qmsctl.core.signoffs.approval import day_of, missing


def early(type_name: str, signoffs: Sequence[SignOff], config: Config) -> frozenset[str]:
    """The paths of the approvals that came before the text was reviewed, where the matrix of their day asks for the review first.

    ``signoffs`` count, are of one round and in the order of their moments, those that were given again among them. By
    the first format none is early.
    """
    reviews = tuple(each for each in signoffs if each.meaning == "review")
    reviewed: dict[tuple[str, date], datetime | None] = {}
    found: list[str] = []
    for signoff in signoffs:
        day = day_of(signoff, config)
        entry = config.matrix(type_name, day) if signoff.meaning == "approve" and config.is_strict_on(day) else None
        if entry is None or not entry.is_review_first:
            continue
        key = (entry.type, entry.start)
        if key not in reviewed:
            reviewed[key] = _reviewed_at(entry, reviews)
        at = reviewed[key]
        if at is None or signoff.at < at:
            found.append(signoff.path)
    return frozenset(found)


def _reviewed_at(entry: MatrixEntry, reviews: Sequence[SignOff]) -> datetime | None:
    """The moment from which on all the reviews of the entry were there."""

    def is_reviewed(count: int) -> bool:
        return not any(place.meaning == "review" for place in missing(entry, reviews[:count]))

    count = bisect_left(range(len(reviews) + 1), True, key=is_reviewed)
    if count > len(reviews):
        return None
    return reviews[count - 1].at if count else datetime.min.replace(tzinfo=UTC)
