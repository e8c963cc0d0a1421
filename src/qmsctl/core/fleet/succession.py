"""Whether a delivery may follow what was loaded of its agency before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from qmsctl.core.fleet.receiving import Received
from qmsctl.message import Message, _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """What the lake knows of a delivery that was loaded; ``month`` is that of its day."""

    agency: str
    commit: str
    committed: datetime
    day: date
    sha256: str
    standards: tuple[str, ...] = ()

    @property
    def month(self) -> str:
        """The month of its day, by which the lake is parted."""
        return f"{self.day:%Y-%m}"

    def part(self, kind: str) -> str:
        """Where in a lake its rows of a kind lie."""
        return f"{kind}/agency={self.agency}/sent_month={self.month}/{self.sha256[:16]}.parquet"


def load_of(found: Received) -> Load:
    """What the lake will know of it."""
    each = found.manifest
    return Load(each.agency, each.commit, each.committed, each.day, found.sha256, each.standards)


def is_again(found: Received, last: Load | None) -> bool:
    """True for what was loaded last."""
    return last is not None and last.sha256 == found.sha256


def why_not(found: Received, last: Load | None) -> Message | None:
    """Why it may not follow the ``last`` that was loaded of its agency."""
    new = found.manifest
    if last is not None and (last.commit, last.day) == (new.commit, new.day) and last.sha256 != found.sha256:
        return differing(found)
    if last is not None and (new.committed < last.committed or new.day < last.day):
        return _(
            "it is older than what was loaded last: commit {commit} of {day}, after {last} of {last_day}",
            commit=new.commit[:12], day=new.day, last=last.commit[:12], last_day=last.day,
        )
    if new.since is not None and (last is None or last.commit != new.since):
        known: Message | str = last.commit[:12] if last else _("nothing")
        return _("it has only what changed since {since}, but what was loaded last is {last}: it has to be sent whole", since=new.since[:12], last=known)
    return None


def differing(found: Received) -> Message:
    """What is said of two manifests of one commit that are not the same."""
    return _("there are two manifests of commit {commit} and day {day}, and they differ", commit=found.manifest.commit[:12], day=found.manifest.day)


def contradictory(found: Iterable[Received]) -> Mapping[str, Message]:
    """The agencies of which two manifests of one commit and day differ."""
    known: dict[tuple[str, str, date], str] = {}
    wrong: dict[str, Message] = {}
    for each in found:
        place = (each.manifest.agency, each.manifest.commit, each.manifest.day)
        if known.setdefault(place, each.sha256) != each.sha256:
            wrong[each.manifest.agency] = differing(each)
    return wrong
