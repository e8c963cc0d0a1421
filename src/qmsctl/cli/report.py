"""``qmsctl report``: HTML reports that need no network."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from qmsctl import __version__
from qmsctl.cli import command_line
from qmsctl.cli import options as o
from qmsctl.cli.arguments import day
from qmsctl.cli.formats.own_output import is_own_output
from qmsctl.cli.session import Session
from qmsctl.core.comparison.revision_pair import read_span
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.text.characters import visible
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.text.values import read_integer
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.reports import Report, find_report, reports_of
from qmsctl.reports.options import About, ReportOptions
from qmsctl.rules import all_rules
from qmsctl.store.cleanliness import differs_from_commit
from qmsctl.store.loading import Place
from qmsctl.store.output import check_allowed, write_output
from qmsctl.store.report_page import render_report
from qmsctl.store.resources import read_text

EXAMPLE = """
qmsctl report audit --with-documents -o audit.html
qmsctl report document QT-07 --copy 02 -o QT-07.html
"""

PAPER = "document"
"""The report that is the paper of a document."""


class Command(TyperCommand):
    """The command, whose help ends with the reports there are."""

    def format_options(self, ctx: command_line.Context, formatter: command_line.HelpFormatter) -> None:
        """Write the options, then each report with an example of what may follow its name."""
        super().format_options(ctx, formatter)
        with formatter.section("Reports"):
            formatter.write_dl([(f"{each.name} {each.example}".strip(), each.summary) for each in reports_of("report")])


def _names() -> tuple[str, ...]:
    return tuple(each.name for each in reports_of("report"))


def _report(name: str) -> Report:
    """The report of this name. Raises :class:`UsageError`."""
    found = find_report(name)
    if found is None or found.command != "report":
        raise UsageError(_("there is no report “{name}”", name=name), advice(did_you_mean(name, _names())))
    return found


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The report; all are listed below.", autocompletion=lambda incomplete: [each for each in _names() if each.startswith(incomplete)])],
    about: Annotated[list[str] | None, typer.Argument(metavar="[ID [A..B]]", help="The document or record it is about, if it is about one, and its revisions.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; a year before its last by default.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    revision: Annotated[int | None, typer.Option("--revision", metavar="N", min=1, help="Of a report on a document: this revision, not that in force.")] = None,
    copy: Annotated[str, typer.Option("--copy", metavar="NUMBER", help="Of report document: stamp it as the controlled copy with this number.")] = "",
    with_documents: Annotated[bool, typer.Option("--with-documents", help="Add the text of every document in force and the page of every record.")] = False,
    at: o.At = None,
    force: o.Force = False,
) -> None:
    """Write a report as one HTML file that opens offline and prints well."""
    session: Session = context.obj
    report = _report(name)
    subject, span = _about(report, [*(about or []), *([str(revision)] if revision else [])])
    _check_copy(report, copy)
    first, last = day(session, start, "--from"), day(session, end, "--to")
    place = session.place(at)
    library = session.library(place)
    check_order(first, last, library)
    options = replace(
        report_options(session, place), start=first, end=last, with_documents=with_documents, subject=subject, span=span, copy=copy
    )
    page = render_report(name, report.build(library, run(library, all_rules()).whole(), options), session.language)
    target = output or _default(session, "-".join(filter(None, (name, subject))), library)
    write_page(session, visible(page), target, force=force)


def _check_copy(report: Report, copy: str) -> None:
    if copy and report.name != PAPER:
        raise UsageError(_("only report document has numbered copies, not report {name}", name=report.name))


def check_order(first: date | None, last: date | None, library: Library) -> None:
    """Raise :class:`UsageError` for a period that ends before it begins."""
    if first and first > (last or library.today):
        raise UsageError(_("--from {start} is after {end}, the last day of the period", start=first, end=last or library.today))


def report_options(session: Session, place: Place) -> ReportOptions:
    """What every report says of the state of the files it was made from."""
    return ReportOptions(
        tool_version=__version__,
        lang=session.language,
        commit=place.commit,
        committed_dirty=place.at is None and differs_from_commit(place),
        editions=read_text("standards/editions.yaml"),
    )


def _about(report: Report, words: list[str]) -> tuple[str, str]:
    """The document or record of a report on one, and which revision or revisions of it. Raises :class:`UsageError`."""
    match report.about:
        case About.RECORD | About.RECORD_IF_NAMED:
            return _record(report, words), ""
        case About.DOCUMENT:
            return _revision(report, words)
        case About.TWO_REVISIONS:
            return _span(report, words)
        case _ if words:
            raise UsageError(_("the report “{name}” takes no more words: {words}", name=report.name, words=" ".join(words)))
        case _:
            return "", ""


def _record(report: Report, words: list[str]) -> str:
    if len(words) > 1 or (not words and report.about is About.RECORD):
        raise UsageError(
            _("the report “{name}” is of one record", name=report.name),
            command_of("report", report.name, Hole("id")).in_order_to(_("name the record, such as {example}", example=report.example)),
        )
    return words[0] if words else ""


def _span(report: Report, words: list[str]) -> tuple[str, str]:
    if not words or len(words) > 2:
        raise UsageError(
            _("the report “{name}” is of one document and two of its revisions", name=report.name),
            command_of("report", report.name, Hole("id"), Hole("revisions")).in_order_to(
                _("name the document, and two of its revisions as A..B, such as {example}", example=report.example)
            ),
        )
    span = words[1] if len(words) > 1 else ".."
    read_span(span)
    return words[0], span


def _revision(report: Report, words: list[str]) -> tuple[str, str]:
    if not words or len(words) > 2 or (len(words) > 1 and read_integer(words[1]) is None):
        raise UsageError(
            _("the report “{name}” is of one document, in one of its revisions", name=report.name),
            command_of("report", report.name, Hole("id")).in_order_to(_("name the document, such as {example}", example=report.example)).or_else(
                command_of("report", report.name, Hole("id"), Hole("revision")).in_order_to(_("for one of its revisions"))
            ),
        )
    return words[0], words[1] if len(words) > 1 else ""


def _default(session: Session, name: str, library: Library) -> Path:
    """Standard output where it is no terminal, else a file named after the report and the day."""
    return Path(f"{name}-{library.today.isoformat()}.html") if session.terminal.stdout else Path("-")


def write_page(session: Session, page: str, output: Path, *, force: bool = False) -> None:
    """Write a page to a file, and say which; ``-`` is standard output.

    Raises :class:`Refusal` where it cannot be, or would take the place of what is no output of qmsctl.
    """
    if output == Path("-"):
        sys.stdout.write(page)
        return
    check_allowed(output, is_own_output, addition(output=Hole("file")).in_order_to(_("name another file")), force=force)
    write_output(output, page.encode())
    session.print(str(output))
