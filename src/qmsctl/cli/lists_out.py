"""Reports that are lists, put out as Excel file, CSV or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from qmsctl.cli.formats.lists import list_csv, lists_json
from qmsctl.cli.putting_out import CSV, JSON, OF_LISTS, XLSX
from qmsctl.cli.session import Session
from qmsctl.core.office.config import Config
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, addition, advice
from qmsctl.message import _, show
from qmsctl.reports.parts.cover import Cover
from qmsctl.reports.parts.sheet import Book, Sheet
from qmsctl.store.outputs.new_folder import check_empty, write_folder
from qmsctl.store.outputs.output import check_outside
from qmsctl.store.outputs.spreadsheet import spreadsheet
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a report that are to be put out."""

    cover: Cover
    sheets: tuple[Sheet, ...]


def lists_of(name: str, view: object, only: str = "") -> Book:
    """The lists of a report, or ``only`` the one of this id. Raises :class:`UsageError` where there is none."""
    if not hasattr(view, "sheets"):
        raise UsageError(_("report {name} is no list; {formats} is for lists", name=name, formats=OF_LISTS))
    book = cast("Book", view)
    names = tuple(each.id for each in book.sheets)
    if only and only not in names:
        raise UsageError(_("report {name} has no list “{list}”", name=name, list=only), advice(did_you_mean(only, names)))
    return Lists(book.cover, tuple(each for each in book.sheets if only in ("", each.id)))


@dataclass(frozen=True, slots=True)
class ListWriter:
    """Puts out the lists of the report ``name``; ``excel`` is CSV as Excel of such an office opens it."""

    session: Session
    config: Config
    name: str
    excel: bool = False

    def whole(self, book: Book, form: str) -> bytes:
        """All lists in one file; CSV has but one."""
        if form == XLSX:
            return spreadsheet(book, self._show, self.session.language)
        if form == JSON:
            return f"{lists_json(book, self.name, self._show, self.session.language)}\n".encode()
        return self._csv(book.sheets[0])

    def folder(self, book: Book, folder: Path | None) -> Mapping[str, bytes]:
        """Each list as a CSV file in a new folder; what was written. Raises :class:`UsageError` where none is named."""
        another = addition(output=Hole("folder")).in_order_to(_("name a new folder"))
        if folder is None or str(folder) == "-":
            one = addition(list=Hole("list")).in_order_to(_("take one of {names}", names=tuple(each.id for each in book.sheets)))
            raise UsageError(_("a CSV file holds one list; several go into a folder, which -o names"), one.or_else(another))
        check_outside(folder, another)
        check_empty(folder, another)
        files = {f"{each.id}.{CSV}": self._csv(each) for each in book.sheets}
        write_folder(folder, files)
        return files

    def _csv(self, sheet: Sheet) -> bytes:
        return f"{list_csv(sheet, self.config.writing, self._show, excel=self.excel)}\r\n".encode()

    def _show(self, value: object) -> str:
        return show(value, self.session.translate, self.session.language)


def check_excel(form: str, *, excel: bool) -> None:
    """Raise :class:`UsageError` where there is no CSV for Excel to open."""
    if excel and form != CSV:
        raise UsageError(_("--excel is for --format csv"))
