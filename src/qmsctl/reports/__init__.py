"""The reports: one module each, a pure function from a library to a frozen view model.

A module in this folder is a report if it says what it is ``ABOUT``. Its docstring begins with what it shows;
``build(library, result, options)`` makes its view model, which ``templates/reports/<name>.html.j2`` shows; ``EXAMPLE`` are
words that may follow its name; ``PERSONAL`` says that it tells its reader what waits for them. ``COMMAND`` is the command that
writes it, where that is not ``qmsctl report``. ``parts/`` holds the pieces several reports share. There is no registry.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module

from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.modules import modules_in
from qmsctl.reports.options import About, ReportOptions
from qmsctl.value import dataclass

Build = Callable[[Library, CheckResult, ReportOptions], object]


@dataclass(frozen=True, slots=True)
class Report:
    """A report as it describes itself: ``summary`` is an English sentence, ``example`` may be empty.

    ``sections`` are the parts of which a reader may choose some, by name; one ``of_days`` tells what happened from one day to another.
    """

    name: str
    about: About
    command: str
    example: str
    summary: str
    build: Build
    sections: tuple[str, ...] = ()
    personal: bool = False
    of_days: bool = False


@cache
def all_reports() -> tuple[Report, ...]:
    """Every report, by name, whichever command writes it."""
    return tuple(report for report in map(_read, sorted(_modules())) if report is not None)


def reports_of(command: str) -> tuple[Report, ...]:
    """The reports that a command writes, by name."""
    return tuple(report for report in all_reports() if report.command == command)


def find_report(name: str) -> Report | None:
    """The report of this name; no other is read for that."""
    return _read(name) if name in _modules() else None


def build(name: str, library: Library, result: CheckResult, options: ReportOptions) -> object:
    """The view model of the report called ``name``. Raises ``LookupError`` if there is none."""
    report = find_report(name)
    if report is None:
        raise LookupError(name)
    return report.build(library, result, options)


def _modules() -> frozenset[str]:
    return frozenset(name.replace("_", "-") for name in modules_in(__path__))


@cache
def _read(name: str) -> Report | None:
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    if not hasattr(module, "ABOUT"):
        return None
    return Report(
        name=name,
        about=module.ABOUT,
        command=getattr(module, "COMMAND", "report"),
        example=getattr(module, "EXAMPLE", ""),
        summary=" ".join((module.__doc__ or "").partition("\n\n")[0].split()),
        build=module.build,
        sections=tuple(getattr(module, "SECTIONS", ())),
        personal=getattr(module, "PERSONAL", False),
        of_days=module.ABOUT is About.PERIOD or getattr(module, "OF_DAYS", False),
    )
