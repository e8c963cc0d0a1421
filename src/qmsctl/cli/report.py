"""``qmsctl report``: HTML reports that need no network."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from qmsctl import __version__
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import day
from qmsctl.core.characters import visible
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.errors import Refusal, UsageError
from qmsctl.message import _
from qmsctl.reports import build, report_names
from qmsctl.reports.options import ReportOptions
from qmsctl.rules import all_rules
from qmsctl.store.cleanliness import differs_from_commit
from qmsctl.store.report_page import render_report
from qmsctl.store.resources import read_text


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="audit or register.", autocompletion=lambda incomplete: [each for each in report_names() if each.startswith(incomplete)])],
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; a year before its last by default.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    with_documents: Annotated[bool, typer.Option("--with-documents", help="Add the text of every document in force.")] = False,
    at: o.At = None,
) -> None:
    """Write a report as one HTML file that opens offline and prints well."""
    session: Session = context.obj
    if name not in report_names():
        raise UsageError(_("there is no report “{name}”; one of {known} is expected", name=name, known=report_names()))
    first, last = day(start, "--from"), day(end, "--to")
    place = session.place(at)
    library = session.library(place)
    if first and first > (last or library.today):
        raise UsageError(_("--from {start} is after {end}, the last day of the period", start=first, end=last or library.today))
    options = ReportOptions(
        tool_version=__version__,
        lang=session.language,
        start=first,
        end=last,
        commit=place.commit,
        committed_dirty=at is None and differs_from_commit(place),
        with_documents=with_documents,
        editions=read_text("standards/editions.yaml"),
    )
    page = render_report(name, build(name, library, run(library, all_rules()), options), session.language)
    _write(session, visible(page), output or _default(name, library))


def _default(name: str, library: Library) -> Path:
    """Standard output where it is no terminal, else a file named after the report and the day."""
    return Path(f"{name}-{library.today.isoformat()}.html") if sys.stdout.isatty() else Path("-")


def _write(session: Session, page: str, output: Path) -> None:
    if output == Path("-"):
        sys.stdout.write(page)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        problem = error.strerror or str(error)
        raise Refusal(_("{path} cannot be written: {problem}", path=str(output), problem=problem)) from None
    session.print(str(output))
