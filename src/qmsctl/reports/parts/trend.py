"""A figure against that of a month ago."""

from __future__ import annotations

from qmsctl.core.attention import Count
from qmsctl.message import Message, _
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Trend:
    """A figure against that of a month ago: ``None`` where that is not known, ``at_least`` where there may have been more."""

    now: int
    then: int | None
    at_least: bool
    words: Message

    @property
    def change(self) -> int | None:
        """How many more there are; ``None`` where that cannot be said."""
        return None if self.then is None or self.at_least else self.now - self.then

    @property
    def short(self) -> str:
        """The figure of a month ago in one word."""
        return "?" if self.then is None else f"≥ {self.then}" if self.at_least else f"{self.then}"

    @property
    def tone(self) -> str:
        """``worse``, ``better`` or nothing: every figure here is better the lower it is."""
        return "" if not self.change else "worse" if self.change > 0 else "better"


def trend(found: Count) -> Trend:
    """The figure that was counted."""
    if found.then is None:
        return Trend(found.now, None, found.at_least, _("a month ago: not known"))
    if found.at_least:
        return Trend(found.now, found.then, found.at_least, _("a month ago: at least {count}", count=found.then))
    return Trend(found.now, found.then, found.at_least, _("a month ago: {count}", count=found.then))
