"""One thing somebody has to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import Mend
from qmsctl.message import Label, Message
from qmsctl.value import dataclass

DUE, REVIEW, SIGN, READ, RETURNED, WAITS = "due", "review", "sign", "read", "returned", "waits"
"""The kinds: due by the record's type, a document's review, a signature, reading, a return to mend, a record's next state."""
DRAFT, VACANT, ESCALATED = "draft", "vacant", "escalated"
"""And a text to be written and submitted, a role that somebody has to hold, an answer that somebody below waits for."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done (``what``) about which document or record, by when, by whom, and with which command.

    ``owners`` are the ids of the people, roles or units that are named, ``people`` the persons behind them
    today. ``due`` is ``None`` for what has no day; ``since`` says from when on it has waited, if that is known.
    ``key`` tells the tasks of one document or record apart, today and later.
    """

    kind: str
    id: str
    type: RecordType
    title: str
    what: Label | Message
    path: str
    find_line: Callable[[], int]
    due: date | None
    since: date | None
    owners: tuple[str, ...]
    people: tuple[str, ...]
    unit: str | None
    next: Mend
    key: str

    @property
    def line(self) -> int:
        """The line on which it stands: looked for where somebody asks."""
        return self.find_line()

    @property
    def order(self) -> tuple[bool, date, str, str]:
        """By day, undated ones last; of these a role without a holder comes first, for others wait for it."""
        undated = date.min if self.kind == VACANT else self.since or date.max
        return (self.due is None, self.due or undated, self.id, self.key)

    def days_late(self, today: date) -> int:
        """The days since it was due; below zero where there is still time, 0 for what is due today or on no day."""
        return (today - self.due).days if self.due else 0
