"""Whether a file that is to be kept lists persons: looked at before it is."""

from __future__ import annotations

from qmsctl.core.incoming.case_lists import TARGETS, weight
from qmsctl.core.incoming.columns import CASES, ColumnMap
from qmsctl.core.incoming.exports import EXPORT, lists_persons
from qmsctl.core.incoming.sheet import Sheet
from qmsctl.core.incoming.text_table import MOST_BYTES
from qmsctl.errors import Refusal, RepositoryError
from qmsctl.mend import Hole, command
from qmsctl.message import _
from qmsctl.store.incoming.tables import read_tables
from qmsctl.store.shipped.import_maps import shipped_maps

_ARCHIVE, _WORKBOOK = b"PK\x03\x04", b"xl/worksheets/"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_LOOKED_AT = 4096


def check_no_export(data: bytes) -> bool:
    """Raise :class:`Refusal` for a file that lists cases with persons; false where nobody here can look.

    What cannot be read as a table is no list.
    """
    if not _may_be_table(data) or len(data) > MOST_BYTES:
        return True
    maps = shipped_maps(CASES, TARGETS)
    try:
        sheets = _sheets(data, maps)
    except RepositoryError:
        return False
    if lists_persons(sheets, maps):
        raise Refusal(EXPORT, command("cases import", Hole("file")).in_order_to(_("to take in the ids and times of its cases")))
    return True


def _sheets(data: bytes, maps: tuple[ColumnMap, ...]) -> tuple[Sheet, ...]:
    try:
        return read_tables(data, lambda sheet: weight(sheet, maps)).sheets
    except Refusal:
        return ()


def _may_be_table(data: bytes) -> bool:
    """True for a file of Excel and for text, whatever their names; a picture or a PDF is looked at by nobody."""
    if data.startswith(_ARCHIVE):
        return _WORKBOOK in data
    return data.startswith(_UTF16) or not (data.startswith(b"%PDF") or b"\0" in data[:_LOOKED_AT])
