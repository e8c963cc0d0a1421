"""The forms in which a report is put out: a page, a PDF made of it, a Word file of a document's paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qmsctl.cli.choices import one_of
from qmsctl.cli.session import Session
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.text.characters import visible
from qmsctl.errors import UsageError
from qmsctl.message import Message, _
from qmsctl.reports import build
from qmsctl.reports.document import DocumentPaper, forms
from qmsctl.reports.options import ReportOptions
from qmsctl.store.pages.printing import find_printer, joined
from qmsctl.store.pages.qr import qr_code
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.word.layout import WordHead
from qmsctl.store.word.word_file import word_file
from qmsctl.value import dataclass, field, replace

PAPER = "document"
"""The report that is the paper of a document."""

HTML, PDF, DOCX = FORMATS = ("html", "pdf", "docx")

XLSX, CSV, JSON = OF_LISTS = ("xlsx", "csv", "json")
"""What only reports that are lists are put out as."""


def chosen_format(given: str | None, output: Path | None, name: str) -> str:
    """The form that is asked for, else the one that the file is called after, else a page. Raises :class:`UsageError`."""
    suffix = output.suffix.removeprefix(".").casefold() if output else ""
    known = (*FORMATS, *OF_LISTS)
    chosen = given or (suffix if suffix in known else HTML)
    one_of(chosen, "--format", known)
    if chosen == DOCX and name != PAPER:
        raise UsageError(_("only report document makes a Word file, not report {name}", name=name))
    return chosen


def check_form(form: str, *, copy: str, with_forms: bool, only_list: str = "") -> None:
    """Raise :class:`UsageError` for what a form cannot bear: a stamp in a file that anybody changes, a second document."""
    if copy and form == DOCX:
        raise UsageError(_("a numbered copy is printed, never a Word file"))
    if only_list and form not in OF_LISTS:
        raise UsageError(_("--list is for {formats}", formats=OF_LISTS))
    if with_forms and form != PDF:
        raise UsageError(_("the forms of a document are put behind its PDF, not behind another file"))


@dataclass(frozen=True, slots=True)
class Paper:
    """Puts out reports on a library, in one form after another; what is lacking for several of them is ``said`` once."""

    session: Session
    library: Library
    result: CheckResult
    said: list[Message] = field(default_factory=list)

    def put_out(self, name: str, options: ReportOptions, form: str, *, with_forms: bool = False) -> bytes:
        """The report in a form; ``with_forms`` the paper of a document, and behind it the forms that belong to it, in one PDF."""
        view = self._with_code(build(name, self.library, self.result, options))
        page = self._page(name, view)
        if form == DOCX:
            assert isinstance(view, DocumentPaper)  # no other report has this form
            return word_file(page, _head(view, self.session.words), self.library.today, self.session.language)
        if form == HTML:
            return page.encode()
        pages = [page]
        if with_forms and isinstance(view, DocumentPaper):
            blank = replace(options, copy="", span="")
            pages += [self._page(name, build(name, self.library, self.result, replace(blank, subject=each))) for each in forms(self.library, view.id, view.revision)]
        printer = find_printer()
        parts = [printer.pdf(each) for each in pages]
        return joined(parts) if len(parts) > 1 else parts[0]

    def _with_code(self, view: object) -> object:
        """The paper of a controlled copy with the QR code of where it leads, if it leads anywhere; whoever has it made is told where none can be drawn."""
        if not isinstance(view, DocumentPaper) or not view.leads_to:
            return view
        code = qr_code(view.leads_to)
        lacking = _("the copy has no QR code, only the address; for the code: pip install 'qmsctl[letter]'")
        if code is None and lacking not in self.said:
            self.said.append(lacking)
            self.session.say(lacking)
        return replace(view, code=code)

    def _page(self, name: str, view: object) -> str:
        return visible(render_report(name, view, self.session.language))


def _head(view: DocumentPaper, show: Callable[[Any], str]) -> WordHead:
    marks = tuple(f"{show(name)}: {show(value)}" for name, value in view.head.marks)
    foot = show(_("Word copy for reference, not a controlled copy"))
    return WordHead(
        agency=view.head.agency.upper(),
        kind=show(view.head.kind),
        title=view.head.title,
        marks=marks,
        page=show(_("Page")),
        foot=f"{foot} · {show(view.stamp.words)}" if view.stamp.across else foot,
    )
