"""How an objective and its periods are told."""

from __future__ import annotations

from qmsctl.core.records.objective import Progress
from qmsctl.core.text.quantity import quantity
from qmsctl.message import Message, _


def target_words(found: Progress) -> Message:
    """The target, with its direction and unit."""
    number = quantity(found.target, found.unit) if found.target is not None else "?"
    return _("at most {number}", number=number) if found.at_most else _("at least {number}", number=number)


def trend_words(found: Progress) -> Message | None:
    """Which way the values go; ``None`` where there is nothing to compare."""
    if len(found.points) < 2 and (not found.points or found.baseline is None):
        return None
    return {1: _("improving"), 0: _("unchanged"), -1: _("getting worse")}[found.trend]


def reached_words(found: Progress) -> Message | None:
    """Whether the latest value meets the target."""
    if found.reached is None:
        return None
    return _("target reached") if found.reached else _("target not reached")


def kind_words(kind: str) -> Message:
    """A kind of period."""
    return {
        "year": _("a year"),
        "half": _("a half-year"),
        "quarter": _("a quarter"),
        "month": _("a month"),
        "week": _("a week"),
        "day": _("a day"),
    }[kind]
