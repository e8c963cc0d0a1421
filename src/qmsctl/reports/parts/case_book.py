"""The cases of each procedure in a period, by both promises."""

from __future__ import annotations

from datetime import date

from qmsctl.core.cases.figures import CaseFigures, figures
from qmsctl.core.cases.limits import Judged, Limits, Sums, sums
from qmsctl.core.cases.register import registers
from qmsctl.core.library import Library
from qmsctl.reports.parts import naming
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """The cases of a procedure, and their figures."""

    id: str
    title: str
    found: CaseFigures
    cases: tuple[Judged, ...]

    @property
    def sums(self) -> Sums:
        """The sums of them all."""
        return sums(self.cases)


def kept(library: Library, first: date, last: date) -> tuple[Kept, ...]:
    """The cases of each procedure that has a register, by the procedure's id."""
    names = sorted({name for each in registers(library) if (name := each.text("procedure"))})
    return tuple(_kept(library, name, first, last) for name in names)


def _kept(library: Library, name: str, first: date, last: date) -> Kept:
    found, limits = figures(library, name, first, last), Limits(library, name)
    return Kept(name, naming.title(library, name), found, tuple(limits.judged(each) for each in found.cases))
