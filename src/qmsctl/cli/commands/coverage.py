"""``qmsctl coverage``: every clause with what answers it."""

from __future__ import annotations

from typing import Annotated

from qmsctl.cli.arguments import day
from qmsctl.cli.choices import one_of
from qmsctl.cli.commands.report import check_order
from qmsctl.cli.formats.coverage_text import coverage_csv, coverage_data, coverage_text
from qmsctl.cli.formats.table import as_json
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.standards.standard import Standard
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.errors import UsageError
from qmsctl.mend import advice
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.reports.coverage import editions_covered
from qmsctl.reports.options import ReportOptions
from qmsctl.store.shipped.definitions import editions

EXAMPLE = "qmsctl coverage --missing"

FORMATS = ("table", "json", "csv")


def command(
    context: typer.Context,
    standard: Annotated[list[str] | None, typer.Option("--standard", metavar="EDITION", help="An edition; those of qms.yaml by default. May be repeated.", autocompletion=lambda incomplete: [each for each in editions() if each.startswith(incomplete)])] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; by default of the year that ends with its last.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only clauses with something missing.")] = False,
    at: o.At = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print the list.")] = "table",
) -> None:
    """Show every clause of the standard with the documents and records that answer it."""
    session: Session = context.obj
    one_of(format_, "--format", FORMATS)
    first, last = day(session, start, "--from"), day(session, end, "--to")
    library = session.library(session.place(at))
    check_order(first, last, library)
    chosen = tuple(named_standard(library, name) for name in dict.fromkeys(standard or ())) or library.standards
    if not chosen:
        raise UsageError(_("no edition of the standard is chosen"), command_of("coverage", standard=editions()[0]))
    period = ReportOptions(tool_version="", start=first, end=last).period(library.today)
    found = editions_covered(library, period, chosen)
    match format_:
        case "json":
            session.print(as_json(coverage_data(session, found, period, missing)))
        case "csv":
            session.print(coverage_csv(session, found, missing))
        case _:
            session.print("\n".join(coverage_text(session, found, period, missing)))


def named_standard(library: Library, name: str) -> Standard:
    """The edition called ``name``. Raises :class:`UsageError` where there is none."""
    found = library.find_standard(name)
    if found is None:
        raise UsageError(_("there is no edition “{name}”", name=name), advice(did_you_mean(name, editions())))
    return found
