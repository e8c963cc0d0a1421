"""``qmsctl report``: HTML reports that need no network."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperCommand

from qmsctl import __version__
from qmsctl.acts.occasion import identity_at, person_of
from qmsctl.cli import command_line
from qmsctl.cli import options as o
from qmsctl.cli.arguments import day
from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.own_output import is_own_output
from qmsctl.cli.handing_out import handed_out
from qmsctl.cli.lists_out import ListWriter, check_excel, lists_of
from qmsctl.cli.portal import PORTAL, PORTAL_SUMMARY, check_not_public, portal_folder, put_portal
from qmsctl.cli.putting_out import CSV, OF_LISTS, PAPER, PDF, Paper, check_form, chosen_format
from qmsctl.cli.report_subject import check_taken, report_subject
from qmsctl.cli.session import Session
from qmsctl.cli.streams import put
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.errors import RepositoryError, UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.mend import command as command_of
from qmsctl.message import _
from qmsctl.reports import Report, find_report, reports_of
from qmsctl.reports.options import ReportOptions
from qmsctl.rules import all_rules
from qmsctl.store.history.cleanliness import differs_from_commit
from qmsctl.store.outputs.new_folder import check_empty, write_folder
from qmsctl.store.outputs.output import check_allowed, check_outside, write_output
from qmsctl.store.place import Place
from qmsctl.store.shipped.resources import read_text
from qmsctl.value import replace

EXAMPLE = """
qmsctl report audit --with-documents -o audit.html
qmsctl report audit --only nonconformities --only actions -o problems.pdf
qmsctl report document QT-07 --copy 02 -o QT-07.html
qmsctl report document QT-07 --format docx -o QT-07.docx
qmsctl report register -o register.xlsx
qmsctl report portal -o for-the-staff
qmsctl report portal --public -o for-everybody
"""


class Command(TyperCommand):
    """The command, whose help ends with the reports there are."""

    def format_options(self, ctx: command_line.Context, formatter: command_line.HelpFormatter) -> None:
        """Write the options, then each report with an example of what may follow its name."""
        super().format_options(ctx, formatter)
        with formatter.section("Reports"):
            rows = [(f"{each.name} {each.example}".strip(), each.summary) for each in reports_of("report")]
            formatter.write_dl(sorted([*rows, (PORTAL, PORTAL_SUMMARY)]))


def _names() -> tuple[str, ...]:
    return tuple(sorted((*(each.name for each in reports_of("report")), PORTAL)))


def _report(name: str) -> Report:
    """The report of this name. Raises :class:`UsageError`."""
    found = find_report(name)
    if found is not None and found.command != "report":
        raise UsageError(_("there is no report “{name}”", name=name), command_of(found.command, help=True).in_order_to(_("it is a command of its own")))
    if found is None:
        near = did_you_mean(name, _names())
        raise UsageError(_("there is no report “{name}”", name=name), advice(near) if near.found else command_of("report", help=True).in_order_to(_("to see them all")))
    return found


def command(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The report; all are listed below.", autocompletion=lambda incomplete: [each for each in _names() if each.startswith(incomplete)])],
    about: Annotated[list[str] | None, typer.Argument(metavar="[ID [A..B]]", help="The document or record it is about, if it is about one, and its revisions.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help="File to write; - for standard output.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; by default of the year that ends with its last.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    revision: Annotated[int | None, typer.Option("--revision", metavar="N", min=1, help="Of a report on a document: this revision, not that in force.")] = None,
    copy: Annotated[str, typer.Option("--copy", metavar="NUMBER", help="Of report document: stamp it as the controlled copy with this number.")] = "",
    with_forms: Annotated[bool, typer.Option("--with-forms", help="Of report document, as PDF: behind it the forms that belong to it.")] = False,
    distribution: Annotated[str, typer.Option("--distribution", metavar="ID", help="Of report document: into the folder -o, a PDF for each copy this record gives out, and the slip to sign.")] = "",
    with_documents: Annotated[bool, typer.Option("--with-documents", help="Add the text of every document in force and the page of every record.")] = False,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="SECTION", help="This section, and others that are named so. Of report register: documents, external, distribution, reading, kept, held. Of report audit: summary, scope, documents, history, clauses, nonconformities, actions, overdue, records, cases, check, signoffs, texts, pages.")] = None,
    public: Annotated[bool, typer.Option("--public", help="Of report portal: the site for everybody, of what is classified as public.")] = False,
    only_list: Annotated[str, typer.Option("--list", metavar="NAME", help="Of a report that is lists, as xlsx, csv or json: only this one.")] = "",
    excel: o.Excel = False,
    format_: Annotated[str | None, typer.Option("--format", metavar="html|pdf|docx|xlsx|csv|json", help="How to put it out; else as -o is called.")] = None,
    at: o.At = None,
    force: o.Force = False,
) -> None:
    """Write a report as one HTML file that opens offline and prints well, or as PDF; a document's paper as Word file, lists for Excel and programs."""
    session: Session = context.obj
    chosen = {"--copy": copy, "--distribution": distribution, "--with-forms": with_forms, "--from": start, "--to": end, "--with-documents": with_documents, "--only": only, "--revision": revision}
    if name == PORTAL:
        check_taken(name, None, chosen)
        check_form("html", copy=copy, with_forms=with_forms, only_list=only_list)
        check_excel("html", excel=excel)
        folder = portal_folder(output, about or [], format_)
        put_portal(session, session.place(at), folder, public=public)
        return
    report = _report(name)
    check_not_public(name, public=public)
    check_taken(name, report, chosen)
    subject, span = report_subject(report, [*(about or []), *([str(revision)] if revision else [])])
    for section in only or ():
        one_of(section, "--only", report.sections)
    form = _form(format_ or (PDF if distribution or with_forms else None), output, name, copy=copy, with_forms=with_forms, only_list=only_list, excel=excel)
    first, last = day(session, start, "--from"), day(session, end, "--to")
    place = session.place(at)
    library = session.library(place)
    check_order(first, last, library)
    options = replace(
        report_options(session, place), reader=reader_at(place, library) if report.personal else "", start=first, end=last, with_documents=with_documents, sections=tuple(only or ()), subject=subject, span=span, copy=copy
    )
    paper = Paper(session, library, run(library, () if name == PAPER else all_rules()).whole())
    if distribution:
        _give_out(session, paper, options, distribution, output, form)
        return
    if form in OF_LISTS:
        _put_lists(session, paper, options, report, output, form, only_list, excel=excel, force=force)
        return
    data = paper.put_out(name, options, form, with_forms=with_forms)
    write_file(session, data, output or default_file(session, "-".join(filter(None, (name, subject))), library, form), force=force)


def _form(asked: str | None, output: Path | None, name: str, *, copy: str, with_forms: bool, only_list: str, excel: bool) -> str:
    """What the report is put out as. Raises :class:`UsageError` for what that cannot bear."""
    form = chosen_format(asked, output, name)
    check_form(form, copy=copy, with_forms=with_forms, only_list=only_list)
    check_excel(form, excel=excel)
    return form


def _give_out(session: Session, paper: Paper, options: ReportOptions, record: str, folder: Path | None, form: str) -> None:
    """A file for each copy that a record gives out, and the slip; all of them or none."""
    another = addition(output=Hole("folder")).in_order_to(_("name a new folder"))
    if folder is None or form != PDF:
        raise UsageError(_("--distribution makes PDF files in a folder, which -o names"), another)
    check_outside(folder, another)
    check_empty(folder, another)
    files = {f"{name}.{PDF}": paper.put_out(report, chosen, PDF) for name, report, chosen in handed_out(paper.library, options, record)}
    write_folder(folder, files)
    session.print("\n".join(str(folder / name) for name in files))


def _put_lists(
    session: Session, paper: Paper, options: ReportOptions, report: Report, output: Path | None, form: str, only: str, *, excel: bool, force: bool
) -> None:
    """The lists of a report in one file; as CSV several of them in a folder."""
    book = lists_of(report.name, report.build(paper.library, paper.result, options), only)
    writer = ListWriter(session, paper.library.config, report.name, excel)
    if form == CSV and len(book.sheets) > 1:
        session.print("\n".join(str(output / name) for name in writer.folder(book, output) if output))
        return
    write_file(session, writer.whole(book, form), output or default_file(session, report.name, paper.library, form), force=force)


def check_order(first: date | None, last: date | None, library: Library) -> None:
    """Raise :class:`UsageError` for a period that ends before it begins."""
    if first and first > (last or library.today):
        raise UsageError(_("--from {start} is after {end}, the last day of the period", start=first, end=last or library.today))


def reader_at(place: Place, library: Library) -> str:
    """The id of whoever reads what waits for them: of git's user, empty for nobody that people.yaml knows."""
    found = person_of(library, identity_at(place))
    return found.id if found else ""


def report_options(session: Session, place: Place) -> ReportOptions:
    """What every report says of the state of the files it was made from."""
    options = ReportOptions(tool_version=__version__, lang=session.language, editions=read_text("standards/editions.yaml"))
    try:
        return replace(options, commit=place.commit, committed_dirty=place.at is None and differs_from_commit(place))
    except RepositoryError as error:
        session.unseen.append(_("the commit of these files could not be looked at: {reason}; {mend}", reason=error.message, mend=error.mend))
        return replace(options, unseen=tuple(session.unseen))


def default_file(session: Session, name: str, library: Library, form: str) -> Path:
    """Standard output where it is no terminal, else a file named after the report and the day."""
    return Path(f"{name}-{library.today.isoformat()}.{form}") if session.terminal.stdout else Path("-")


def write_page(session: Session, page: str, output: Path, *, force: bool = False) -> None:
    """Write a page as :func:`write_file` does."""
    write_file(session, page.encode(), output, force=force)


def write_file(session: Session, data: bytes, output: Path, *, force: bool = False) -> None:
    """Write what a report is put out as to a file, and say which; ``-`` is standard output.

    Raises :class:`Refusal` where it cannot be, or would take the place of what is no output of qmsctl.
    """
    if output == Path("-"):
        put(data)
        return
    check_allowed(output, is_own_output, addition(output=Hole("file")).in_order_to(_("name another file")), force=force)
    write_output(output, data)
    session.print(session.words(str(output)))
