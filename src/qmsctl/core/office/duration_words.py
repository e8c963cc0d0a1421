"""Lengths of time in words."""

from __future__ import annotations

from qmsctl.core.office.duration import Duration
from qmsctl.core.office.time_limit import TimeLimit
from qmsctl.message import Message, _


def limit_words(limit: TimeLimit) -> Message:
    """A limit in words."""
    if isinstance(limit, Duration):
        return length(limit)
    if limit.until is None:
        return _("in the same working day")
    return _("in the same working day; received after {time}, in the next", time=limit.clock)


def length(duration: Duration) -> Message:
    """A duration in words."""
    one = duration.amount == 1
    match duration.unit:
        case "h":
            return _("1 hour") if one else _("{amount} hours", amount=duration.amount)
        case "d":
            return _("1 working day") if one else _("{amount} working days", amount=duration.amount)
        case "w":
            return _("1 week") if one else _("{amount} weeks", amount=duration.amount)
        case "m":
            return _("1 month") if one else _("{amount} months", amount=duration.amount)
        case _:
            return _("1 year") if one else _("{amount} years", amount=duration.amount)


def retention(text: str) -> Message | str:
    """A duration or a retention in words; what is neither stands as it is."""
    if text == "permanent":
        return _("permanent")
    if text.startswith("by law:"):
        return _("by law: {basis}", basis=text.removeprefix("by law:").strip())
    found = Duration.parse(text)
    return length(found) if found else text
