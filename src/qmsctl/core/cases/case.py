"""A case: its id and its times, and nothing about whoever brought it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from qmsctl.core.office.working_time import Stop
from qmsctl.core.text.characters import fold
from qmsctl.message import Message, _
from qmsctl.value import dataclass


class Result(StrEnum):
    """What became of a case. ``OVERDUE`` is open past its due moment, ``STOPPED`` waits for a supplement."""

    EARLY = "early"
    ON_TIME = "on-time"
    LATE = "late"
    OPEN = "open"
    OVERDUE = "overdue"
    STOPPED = "stopped"


RESULT_WORDS: Mapping[Result, Message] = {
    Result.EARLY: _("early"),
    Result.ON_TIME: _("on time"),
    Result.LATE: _("late"),
    Result.OPEN: _("still open"),
    Result.OVERDUE: _("still open, past due"),
    Result.STOPPED: _("waiting for a supplement"),
}

FINISHED = (Result.EARLY, Result.ON_TIME, Result.LATE)


@dataclass(frozen=True, slots=True)
class Due:
    """When the result was promised: a moment, or the end of a day where only the day was."""

    at: datetime
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """A row of a data file; ``line`` is where it stands there.

    ``steps`` are the moments at which steps handed the case over, in the order of the columns;
    ``supplements`` counts how often the file was sent back; ``released_by`` is a role or a person.
    """

    id: str
    line: int
    received: datetime
    due: Due | None = None
    steps: tuple[tuple[str, datetime], ...] = ()
    stops: tuple[Stop, ...] = ()
    supplements: int = 0
    finished: datetime | None = None
    released_by: str = ""

    @property
    def key(self) -> str:
        """What tells it from other cases: its id, capitals aside."""
        return fold(self.id)

    @property
    def standing(self) -> bool:
        """True while the clock stands still."""
        return any(stop.end is None for stop in self.stops)

    def result(self, now: datetime) -> Result:
        """What had become of it by ``now``."""
        if self.finished is not None and self.finished <= now:
            return self._kept(self.finished)
        if self.standing:
            return Result.STOPPED
        return Result.OVERDUE if self.due and self.due.at < now else Result.OPEN

    def _kept(self, finished: datetime) -> Result:
        if self.due is None or finished < self.due.at:
            same_day = self.due and self.due.whole_day and finished.date() == self.due.at.date()
            return Result.ON_TIME if same_day else Result.EARLY
        return Result.ON_TIME if _minute(finished) == _minute(self.due.at) else Result.LATE


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)
