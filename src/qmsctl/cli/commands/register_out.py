"""What ``list`` shows, as a file: a register to print, an Excel file, CSV for Excel, or what else it prints."""

from __future__ import annotations

from pathlib import Path

from qmsctl.cli.commands.report import default_file, report_options, write_file
from qmsctl.cli.lists_out import ListWriter, check_excel
from qmsctl.cli.putting_out import HTML, PDF
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.listing import Row
from qmsctl.core.text.characters import visible
from qmsctl.reports.listing import listing
from qmsctl.reports.parts.sheet import Lists
from qmsctl.store.pages.printing import find_printer
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.place import Place
from qmsctl.value import dataclass

NAME = "listing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """The rows that are to be put out, all of one type where it is named; ``text`` is what a form for the screen shows."""

    rows: tuple[Row, ...]
    type_name: str | None
    form: str
    text: str
    excel: bool


def put_out(session: Session, place: Place, library: Library, wanted: Wanted, output: Path | None, *, force: bool) -> None:
    """Write the rows to ``output``, else to a file named after the type and the day. Raises :class:`UsageError`."""
    check_excel(wanted.form, excel=wanted.excel)
    data = f"{wanted.text}\n".encode() if wanted.text else _made(session, library, wanted, listing(library, wanted.rows, report_options(session, place), wanted.type_name))
    write_file(session, data, output or default_file(session, wanted.type_name or "list", library, wanted.form), force=force)


def _made(session: Session, library: Library, wanted: Wanted, view: Lists) -> bytes:
    if wanted.form not in (HTML, PDF):
        return ListWriter(session, library.config, NAME, wanted.excel).whole(view, wanted.form)
    page = visible(render_report(NAME, view, session.language))
    return page.encode() if wanted.form == HTML else find_printer().pdf(page)
