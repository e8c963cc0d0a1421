"""``qmsctl report``: HTML reports that need no network."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from qmsctl import __version__
from qmsctl.cli import options as o
from qmsctl.cli.session import Session
from qmsctl.cli.signing import day
from qmsctl.core.comparison.revision_pair import read_span
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.text.characters import visible
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.text.values import read_integer
from qmsctl.errors import Refusal, UsageError
from qmsctl.message import _
from qmsctl.reports import build, report_names
from qmsctl.reports.options import ReportOptions
from qmsctl.rules import all_rules
from qmsctl.store.cleanliness import differs_from_commit
from qmsctl.store.loading import Place
from qmsctl.store.report_page import render_report
from qmsctl.store.resources import read_text

OF_ONE_DOCUMENT = frozenset({"procedure", "redline"})
OF_ONE_RECORD = {"audit-results": "DG-2026-01", "management-review": "XXLD-2026-01"}
"""Reports on one record, each with an id as an example."""

MAY_CHOOSE = frozenset({"management-review"})
"""Those of them that find a record by themselves where none is named."""


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="audit, audit-results, changes, coverage, management-review, objectives, procedure, processes, raci, redline, register or training.", autocompletion=lambda incomplete: [each for each in report_names() if each.startswith(incomplete)])],
    about: Annotated[list[str] | None, typer.Argument(metavar="[ID [A..B]]", help="Of redline: the document, and two of its revisions; of procedure, audit-results and management-review: the document or record.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; a year before its last by default.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    with_documents: Annotated[bool, typer.Option("--with-documents", help="Add the text of every document in force and the page of every record.")] = False,
    at: o.At = None,
) -> None:
    """Write a report as one HTML file that opens offline and prints well."""
    session: Session = context.obj
    if name not in report_names():
        raise UsageError(_("there is no report “{name}”", name=name), did_you_mean(name, report_names()))
    subject, span = _about(name, about or [])
    first, last = day(start, "--from"), day(end, "--to")
    place = session.place(at)
    library = session.library(place)
    check_order(first, last, library)
    options = replace(
        report_options(session, place), start=first, end=last, with_documents=with_documents, subject=subject, span=span
    )
    page = render_report(name, build(name, library, run(library, all_rules()), options), session.language)
    write_page(session, visible(page), output or _default(session, "-".join(filter(None, (name, subject))), library))


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


def _about(name: str, words: list[str]) -> tuple[str, str]:
    """The document of a report on one, and which revision or revisions of it. Raises :class:`UsageError`."""
    if name in OF_ONE_RECORD:
        return _record(name, words), ""
    if name not in OF_ONE_DOCUMENT:
        if words:
            raise UsageError(_("the report “{name}” takes no more words: {words}", name=name, words=" ".join(words)))
        return "", ""
    return _span(name, words) if name == "redline" else _revision(name, words)


def _record(name: str, words: list[str]) -> str:
    if len(words) > 1 or (not words and name not in MAY_CHOOSE):
        raise UsageError(
            _("the report “{name}” is of one record", name=name),
            _("qmsctl report {name} ID, such as: qmsctl report {name} {id}", name=name, id=OF_ONE_RECORD[name]),
        )
    return words[0] if words else ""


def _span(name: str, words: list[str]) -> tuple[str, str]:
    if not words or len(words) > 2:
        raise UsageError(
            _("the report “{name}” is of one document and two of its revisions", name=name),
            _("qmsctl report {name} ID A..B, such as: qmsctl report {name} QT-07 2..3", name=name),
        )
    span = words[1] if len(words) > 1 else ".."
    read_span(span)
    return words[0], span


def _revision(name: str, words: list[str]) -> tuple[str, str]:
    if not words or len(words) > 2 or (len(words) > 1 and read_integer(words[1]) is None):
        raise UsageError(
            _("the report “{name}” is of one document, in one of its revisions", name=name),
            _("qmsctl report {name} ID, such as: qmsctl report {name} QT-07, or for revision 2: qmsctl report {name} QT-07 2", name=name),
        )
    return words[0], words[1] if len(words) > 1 else ""


def _default(session: Session, name: str, library: Library) -> Path:
    """Standard output where it is no terminal, else a file named after the report and the day."""
    return Path(f"{name}-{library.today.isoformat()}.html") if session.terminal.stdout else Path("-")


def write_page(session: Session, page: str, output: Path) -> None:
    """Write a page to a file, and say which; ``-`` is standard output. Raises :class:`Refusal` where it cannot be."""
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
