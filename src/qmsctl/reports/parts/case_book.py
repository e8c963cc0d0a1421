"""The cases of each procedure in a period, by both promises."""

from __future__ import annotations

from datetime import date

from qmsctl.core.cases.figures import CaseFigures, figures
from qmsctl.core.cases.limits import Judged, Limits, Sums, sums
from qmsctl.core.cases.register import month_of, registers
from qmsctl.core.library import Library
from qmsctl.core.office.config import Period
from qmsctl.reports.parts import naming
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """The cases of a procedure, their figures, and the first days of the months of which there is a register."""

    id: str
    title: str
    found: CaseFigures
    cases: tuple[Judged, ...]
    begun: tuple[date, ...]

    @property
    def sums(self) -> Sums:
        """The sums of them all."""
        return sums(self.cases)


def kept(library: Library, period: Period) -> tuple[Kept, ...]:
    """The cases of each procedure that has a register, by the procedure's id."""
    names = sorted({name for each in registers(library) if (name := each.text("procedure"))})
    return tuple(_kept(library, name, period) for name in names)


def _kept(library: Library, name: str, period: Period) -> Kept:
    found = figures(library, name, period.start or library.today, period.end or library.today)
    limits = Limits(library, name)
    return Kept(name, naming.title(library, name), found, tuple(limits.judged(each) for each in found.cases), _begun(library, name))


def _begun(library: Library, name: str) -> tuple[date, ...]:
    months = (month_of(each) for each in registers(library) if each.text("procedure") == name)
    return tuple(month.first for month in months if month)
