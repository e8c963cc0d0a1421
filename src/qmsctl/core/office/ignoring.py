"""Rules that the office sets aside for a time, below a path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Ignore:
    """A rule not to be reported below a path until a day, with the reason."""

    rule: str
    path: str
    reason: str
    until: date | None
    line: int

    def holds(self, day: date) -> bool:
        """True if it gives a reason, and a last day that ``day`` is not after."""
        return bool(self.reason) and self.until is not None and day <= self.until


class Ignoring:
    """The entries under ``ignore``, found by rule and folder: neither many of them nor many files take long."""

    def __init__(self, entries: Iterable[Ignore]) -> None:
        self._entries = tuple(entries)
        self._firsts: dict[date, dict[tuple[str, str], int]] = {}

    def of(self, rule: str, path: str, day: date) -> Ignore | None:
        """The first entry that sets ``rule`` aside in the file ``path`` on ``day``."""
        if not self._entries:
            return None
        if day not in self._firsts:
            self._firsts[day] = self._on(day)
        firsts = self._firsts[day]
        found = min((firsts[rule, place] for place in _places(path) if (rule, place) in firsts), default=None)
        return None if found is None else self._entries[found]

    def _on(self, day: date) -> dict[tuple[str, str], int]:
        """Which of the entries that hold on a day is the first for a rule and a place."""
        found: dict[tuple[str, str], int] = {}
        for number, entry in enumerate(self._entries):
            if entry.holds(day):
                found.setdefault((entry.rule, entry.path.rstrip("/")), number)
        return found


def _places(path: str) -> Iterator[str]:
    """The file, every folder it lies in, and the whole."""
    while path:
        yield path
        path = path.rpartition("/")[0]
    yield ""
