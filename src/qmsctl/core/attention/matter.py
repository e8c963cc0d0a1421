"""One thing that is not as it should be, and which list it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from qmsctl.mend import Mend
from qmsctl.message import Label, Message, _
from qmsctl.value import dataclass


class Kind(StrEnum):
    """The lists, in the order in which a head of an office reads them."""

    SIGNATURES = "signatures"
    """What waits for the reader, late or not."""
    LATE = "late"
    CASES = "cases"
    NONCONFORMITIES = "nonconformities"
    OBJECTIVES = "objectives"
    REVIEWS = "reviews"


KIND_WORDS: Mapping[Kind, Message] = {
    Kind.SIGNATURES: _("Waiting for you"),
    Kind.LATE: _("Late work"),
    Kind.CASES: _("Late cases"),
    Kind.NONCONFORMITIES: _("Nonconformities late or back again"),
    Kind.OBJECTIVES: _("Objectives off target"),
    Kind.REVIEWS: _("Documents past review"),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """What is wrong (``what``) with which document or record, whose it is, since when, and what to type next.

    ``owners`` are the ids of the people, roles or units that are named, ``people`` the persons behind them. ``count`` is how
    many things it stands for: the cases of a procedure are one matter.
    """

    kind: Kind
    id: str
    title: str
    what: Label | Message
    unit: str
    owners: tuple[str, ...]
    people: tuple[str, ...]
    since: date | None
    next: Mend
    count: int = 1

    @property
    def order(self) -> tuple[date, str]:
        """The longest first."""
        return (self.since or date.max, self.id)
