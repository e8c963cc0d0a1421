"""What a report may be about, what its reader chose, and what stands on its cover."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from qmsctl.core.office.config import Period
from qmsctl.core.office.duration import year_until
from qmsctl.core.standards.correspondence import Correspondence
from qmsctl.message import Message
from qmsctl.value import dataclass


class About(Enum):
    """What a report is about, and so which words follow its name."""

    OFFICE = auto()
    """The office as it is on a day."""
    PERIOD = auto()
    """What happened from one day to another."""
    DOCUMENT = auto()
    """A document, in its revision in force or the one named."""
    TWO_REVISIONS = auto()
    """A document in two of its revisions."""
    RECORD = auto()
    RECORD_IF_NAMED = auto()
    """A record; where none is named, the report finds the one it is for."""
    TWO_EDITIONS = auto()
    """Two editions of the standard."""


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """Options of a report.

    ``commit`` is the full object name of the tree that was read, ``None`` without git;
    ``committed_dirty`` says that the files differ from it, ``unseen`` why it could not be looked at. ``editions`` is the text of
    ``templates/standards/editions.yaml``. ``sections`` are those that were chosen, none for all. ``title`` stands in place of the report's own. ``subject`` and ``span``
    (``2..3``) are of a report on one document, ``copy`` is the number of the controlled one that is to be printed,
    ``correspondence`` of one on two editions, ``reader`` the id of whoever has it made, empty for nobody known.
    """

    tool_version: str
    lang: str = "en"
    start: date | None = None
    end: date | None = None
    commit: str | None = None
    committed_dirty: bool = False
    unseen: tuple[Message, ...] = ()
    with_documents: bool = False
    sections: tuple[str, ...] = ()
    title: str | None = None
    editions: str = ""
    subject: str = ""
    span: str = ".."
    copy: str = ""
    correspondence: Correspondence | None = None
    reader: str = ""

    def days(self, today: date) -> tuple[date, date]:
        """First and last day of the period; by default the year up to ``today``."""
        end = self.end or today
        return self.start or year_until(end), end

    def period(self, today: date) -> Period:
        """The same as a period."""
        return Period(*self.days(today))
