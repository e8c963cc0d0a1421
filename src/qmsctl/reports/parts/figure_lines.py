"""The figures of a procedure beside those of the revision before, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from qmsctl.core.procedures.procedure_figures import Figures
from qmsctl.core.text.quantity import percent
from qmsctl.message import Message, _
from qmsctl.reports.parts.state import BAD, GOOD, OFF
from qmsctl.reports.parts.working_time import plain_number, working_time
from qmsctl.value import dataclass

COUNT, HOURS, PERCENT = "count", "hours", "percent"
_LESS_IS_BETTER, _NEITHER = True, False

Shown = Message | str
Number = int | Decimal


@dataclass(frozen=True, slots=True)
class FigureKind:
    """What a figure is called, how it is counted, and whether people are better off the smaller it is.

    ``rare`` ones are only shown where one of the two texts has such a thing at all.
    """

    name: str
    label: Message
    unit: str
    less_is_better: bool
    rare: bool = False


FIGURES = (
    FigureKind("steps", _("Number of steps"), COUNT, _LESS_IS_BETTER),
    FigureKind("hand_overs", _("Hand-overs on the usual way"), COUNT, _LESS_IS_BETTER),
    FigureKind("doers", _("Roles, units and agencies taking part"), COUNT, _LESS_IS_BETTER),
    FigureKind("work", _("Working time of all steps"), HOURS, _LESS_IS_BETTER),
    FigureKind("limit", _("Legal limit"), HOURS, _NEITHER),
    FigureKind("share", _("Share of the limit used"), PERCENT, _LESS_IS_BETTER),
    FigureKind("waiting", _("Waiting, clock stopped"), HOURS, _LESS_IS_BETTER, rare=True),
    FigureKind("agency_steps", _("Steps of other agencies"), COUNT, _LESS_IS_BETTER, rare=True),
    FigureKind("agency_hours", _("Time at other agencies"), HOURS, _LESS_IS_BETTER, rare=True),
    FigureKind("untimed", _("Steps without a time that can be added"), COUNT, _LESS_IS_BETTER, rare=True),
    FigureKind("checks", _("Control points"), COUNT, _NEITHER),
    FigureKind("releases", _("Releases"), COUNT, _NEITHER),
    FigureKind("forms", _("Forms used"), COUNT, _LESS_IS_BETTER),
    FigureKind("papers", _("Papers asked for, at most"), COUNT, _LESS_IS_BETTER),
    FigureKind("copies", _("Copies of the papers, at most"), COUNT, _LESS_IS_BETTER),
    FigureKind("visits", _("Visits, at most"), COUNT, _LESS_IS_BETTER),
)
"""All figures, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in words; ``before`` and ``change`` are empty where there is nothing to compare with."""

    name: str
    label: Message
    value: Shown
    before: Shown
    change: Shown
    tone: str


def value_of(found: Figures, name: str) -> Number | None:
    """A figure by its name; ``None`` where the text does not say it."""
    value: Number | None = getattr(found, name)
    return value


def figure_lines(now: Figures, before: Figures | None) -> Iterator[FigureLine]:
    """Every figure that one of the two texts has."""
    for kind in FIGURES:
        value, old = value_of(now, kind.name), value_of(before, kind.name) if before else None
        if (value or old) if kind.rare else (value is not None or old is not None):
            change, tone = _change(kind, value, old)
            yield FigureLine(kind.name, kind.label, _shown(kind, value), _shown(kind, old), change, tone)


def _shown(kind: FigureKind, value: Number | None) -> Shown:
    if value is None:
        return ""
    if kind.unit == HOURS:
        return working_time(Decimal(value))
    return percent(plain_number(Decimal(value))) if kind.unit == PERCENT else str(value)


def _change(kind: FigureKind, value: Number | None, old: Number | None) -> tuple[Shown, str]:
    if value is None or old is None:
        return "", OFF
    difference = Decimal(value) - Decimal(old)
    if not difference:
        return "=", OFF
    tone = OFF if not kind.less_is_better else GOOD if difference < 0 else BAD
    sign = "+" if difference > 0 else "−"
    if kind.unit == PERCENT:
        return _("{sign}{points} points", sign=sign, points=plain_number(abs(difference))), tone
    return _("{sign}{value}", sign=sign, value=_shown(kind, abs(difference))), tone
