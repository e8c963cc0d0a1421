"""The head of a letter: who writes it, under which body, where and when, and whether the name of the state stands above it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.office.config import COMPANY, Config
from qmsctl.core.office.office_hours import VIET_NAM
from qmsctl.message import Message, _
from qmsctl.reports.parts.cover import Cover
from qmsctl.value import dataclass

NATIONAL, PLAIN = "national", "plain"
_BLANK = "…………"
_MONTHS = (
    *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June")),
    *(_("July"), _("August"), _("September"), _("October"), _("November"), _("December")),
)
"""As they stand in the day of a letter: in Vietnamese a number, of two digits up to the second."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head as Decree 30/2020/NĐ-CP lays it out where it is ``national``; the number is for the clerk to write.

    ``mark`` is the kind of paper in its number, such as ``BC``; ``None`` for what a numbered decision issues.
    """

    parent: str
    agency: str
    national: bool
    mark: Message | None
    dated: Message


def letterhead(mark: Message | None, day: date | None, library: Library) -> Letterhead:
    """The head of a letter of the office; without a ``day`` its place is left open."""
    config = library.config
    return Letterhead(config.parent, config.name, heading(config) == NATIONAL, mark, _dated(config.place, day))


def heading(config: Config) -> str:
    """What the office says; else a state agency in Viet Nam writes under the name of the state, and nobody else."""
    if config.heading:
        return config.heading
    is_agency = config.profile != COMPANY if config.profile else config.language == "vi"
    return NATIONAL if is_agency and config.timetable.country == VIET_NAM else PLAIN


def _dated(place: str, day: date | None) -> Message:
    where = place or _BLANK
    if day is None:
        return _("{place}, date …………", place=where)
    return _("{place}, {day} {month} {year}", place=where, day=f"{day.day:02}", month=_MONTHS[day.month - 1], year=day.year)


def foot(subject: str, cover: Cover) -> Iterator[tuple[str, tuple[object, ...]]]:
    """What stands small at the foot of every page: the record, and the state of the files."""
    yield "foot", (subject, *((f" · {cover.short_commit}",) if cover.short_commit else ()))
