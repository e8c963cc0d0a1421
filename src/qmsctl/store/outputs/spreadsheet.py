"""Lists as an Excel file: the extra ``qmsctl[office]``.

A sheet is one table from its first cell on, so that it can be filtered, sorted and read by other programs; what a paper wants
stands in the margins. Whatever comes from files is a text, a number or a day: never a formula, a link or a macro.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from qmsctl.core.text.characters import visible
from qmsctl.errors import RepositoryError
from qmsctl.mend import advice
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.outputs.steady_zip import steady

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

Show = Callable[[object], str]

MOST_LETTERS = 32_767
"""As many as a cell of Excel takes; a longer text ends with an ellipsis."""

_A4, _A3 = 9, 8
_WIDE = 12
_FIRST_DAY = date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier days are written as texts."""
_EXACT = 10**15
"""Larger numbers lose digits in Excel."""

_MOST_OF_A_HEAD = 200
_NO_NAME = regex(r"[\[\]:*?/\\\x00-\x1f]")
_DAYS = {"vi": "dd/mm/yyyy"}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def spreadsheet(book: Any, show: Show, lang: str) -> bytes:
    """The file: the same bytes for the same lists. Raises :class:`RepositoryError` where XlsxWriter is not installed."""
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise RepositoryError(
            _("an Excel file is made with XlsxWriter, which is not installed"),
            advice(_("to install it: pip install 'qmsctl[office]'")),
        ) from None
    found = BytesIO()
    with Workbook(found, _OPTIONS) as workbook:
        _Writer(workbook, book, lambda value: visible(show(value)), lang).write()
    return steady(found.getvalue())


class _Writer:
    def __init__(self, workbook: Workbook, book: Any, show: Show, lang: str) -> None:
        self._workbook, self._book, self._show = workbook, book, show
        self._text = workbook.add_format({"text_wrap": True, "valign": "top"})
        self._number = workbook.add_format({"valign": "top"})
        self._day = workbook.add_format({"num_format": _DAYS.get(lang, "yyyy-mm-dd"), "valign": "top", "align": "left"})
        self._head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "vcenter"})

    def write(self) -> None:
        cover = self._book.cover
        title, organization = self._show(cover.title), self._show(cover.organization)
        self._workbook.set_properties({"title": title[:255], "company": organization[:255], "author": "qmsctl", "created": datetime.combine(cover.today, time())})
        names = _names([self._show(each.title) for each in self._book.sheets])
        for number, (name, sheet) in enumerate(zip(names, self._book.sheets, strict=True), 1):
            place = self._workbook.add_worksheet(name)
            self._lay_out(place, sheet)
            self._table(place, sheet, f"list{number}")

    def _lay_out(self, place: Any, sheet: Any) -> None:
        cover = self._book.cover
        place.set_landscape()
        place.set_paper(_A3 if len(sheet.columns) > _WIDE else _A4)
        place.fit_to_pages(1, 0)
        place.repeat_rows(0)
        place.freeze_panes(1, 0)
        place.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
        place.set_header(f"&L{_margin(self._show(cover.organization), 90)}&C&B{_margin(self._show(sheet.title), 110)}&R{_margin(self._show(cover.today), 20)}")
        place.set_footer(f"&L{_margin(self._show(_('Uncontrolled copy when printed')), 80)}&R{_margin(self._show(_('Page')), 20)} &P/&N")

    def _table(self, place: Any, sheet: Any, name: str) -> None:
        heads = _unique([self._show(each.label)[:_MOST_OF_A_HEAD] for each in sheet.columns])
        for column, width in enumerate(self._widths(sheet, heads)):
            place.set_column(column, column, width)
            for row, values in enumerate(sheet.rows, 1):
                self._cell(place, row, column, values[column])
        columns = [{"header": head, "header_format": self._head} for head in heads]
        place.add_table(0, 0, max(len(sheet.rows), 1), len(heads) - 1, {"name": name, "columns": columns, "style": "Table Style Light 1"})

    def _cell(self, place: Any, row: int, column: int, value: object) -> None:
        match value:
            case None:
                place.write_blank(row, column, None, self._text)
            case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
                place.write_datetime(row, column, datetime.combine(value, time()), self._day)
            case int() | Decimal() if -_EXACT < value < _EXACT:
                place.write_number(row, column, value, self._number)
            case _:
                place.write_string(row, column, _fitting(self._show(value)), self._text)

    def _widths(self, sheet: Any, heads: list[str]) -> Iterator[float]:
        for column, head in enumerate(heads):
            longest = max((len(line) for row in sheet.rows if row[column] is not None for line in self._show(row[column]).split("\n")), default=0)
            yield min(max(longest + 1, *(len(word) + 4 for word in head.split() or [""]), 7), 48)


def _fitting(text: str) -> str:
    return text if len(text.encode("utf-16-le")) <= 2 * MOST_LETTERS else f"{text[: MOST_LETTERS // 2]}…"


def _margin(text: str, most: int) -> str:
    """A text in a margin of the page, where ``&`` begins an instruction, in at most so many letters of the file."""
    words = " ".join(text.split())
    cut = words
    while len(cut.replace("&", "&&")) > most:
        cut = cut[:-1]
    return (cut if cut == words else f"{cut[:-1]}…").replace("&", "&&")


def _names(titles: list[str]) -> list[str]:
    """Names of sheets as Excel takes them: 31 letters, some not allowed, each only once."""
    return _unique([_NO_NAME.sub(" ", each).strip(" '")[:28].strip(" '") or "–" for each in titles])


def _unique(names: list[str]) -> list[str]:
    """The names, those that were there already with a number; to Excel, capitals make no difference."""
    found: dict[str, str] = {}
    for name in names:
        number, own = 1, name
        while own.casefold() in found:
            number += 1
            own = f"{name} {number}"
        found[own.casefold()] = own
    return list(found.values())
