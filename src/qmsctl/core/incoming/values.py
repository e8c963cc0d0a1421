"""What a cell says for a field: as files hold it, or nothing where it says nothing that the field can take."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from qmsctl.core.incoming.moments import day_of
from qmsctl.core.incoming.sheet import Cell, Sheet
from qmsctl.core.library import Library
from qmsctl.core.office.duration import Duration
from qmsctl.core.text.characters import HIDDEN, unmarked
from qmsctl.core.text.labels import plain_label
from qmsctl.core.text.splice import flow
from qmsctl.core.text.values import read_bool, read_integer, read_number
from qmsctl.core.text.words import holds_words
from qmsctl.core.types.choice import chosen
from qmsctl.core.types.field import Field
from qmsctl.regex import regex
from qmsctl.unfilled import is_hole

_WHOLE = regex(r"0*(\d{1,9})(?:[.,]0+)?", re.ASCII)
_LENGTH = regex(r"(\d{1,4}) ?(?:(h|gio)|(d|ngay(?: lam viec)?)|(w|tuan)|(m|thang)|(y|nam))(?: ?/ ?lan| mot lan)?|(?:hang|moi) (?:(gio)|(ngay)|(tuan)|(thang)|(nam))", re.ASCII)
_UNITS = "hdwmy"
_YES = frozenset(("x", "co", "yes", "true", "dat", "roi", "1"))
_NO = frozenset(("khong", "no", "false", "chua", "0"))
_BETWEEN = regex(r"[;\n]")
_OR_COMMA = regex(r"[;,\n]")


class Values:
    """Reads the cells of registers in one office: it knows its people, units and roles by name as well as by id.

    ``also`` are further words for the values of a field that is chosen.
    """

    def __init__(self, library: Library, also: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._library = library
        self._also = also or {}
        self._people = _by_name((person.name, person.id) for person in library.people.all)
        self._units = _by_name((unit.name, unit.id) for unit in library.config.units)
        self._roles = _by_name((role.title, role.id) for role in library.config.roles)

    def read(self, field: Field, cell: Cell, sheet: Sheet) -> str | None:
        """What files hold; empty for a cell that says nothing, ``None`` for one that says what the field cannot take."""
        text = tidy(cell.text)
        if not holds_words(text) or is_hole(text):
            return ""
        if field.kind == "list":
            return self._list(field.of[0], text, sheet)
        if field.kind in ("any", "choice"):
            found = (self.read(each, cell, sheet) for each in field.of if each.kind not in ("list", "map", "table"))
            return next((each for each in found if each), None)
        return self._scalar(field, cell, sheet, " ".join(text.split()))

    def _list(self, item: Field, text: str, sheet: Sheet) -> str | None:
        parts = [part.strip() for part in (_BETWEEN if item.mentions("text") else _OR_COMMA).split(text)]
        found = [self.read(item, Cell(part), sheet) for part in parts if part]
        return flow([each for each in found if each]) if all(found) else None

    def _scalar(self, field: Field, cell: Cell, sheet: Sheet, text: str) -> str | None:
        match field.kind:
            case "text":
                return text if cell.moment is None else None  # Excel makes a day of 3/2024, and nobody knows what was typed
            case "date":
                day = day_of(cell, sheet, self._library.config.writing)
                return day.isoformat() if day else None
            case "number":
                number = self._library.config.writing.filed_number(text)
                return number if read_number(number) is not None else None
            case "one-of":
                return chosen(text, field.values) or self._also.get(field.name, {}).get(plain_label(text))
            case "reference" | "person" | "unit" | "role":
                return self._named(field.kind, text)
            case _:
                return _READ[field.kind](text) if field.kind in _READ else text

    def _named(self, kind: str, text: str) -> str | None:
        """The id of what is named by its id, or by a name that is its own."""
        config, name = self._library.config, plain_label(text)
        match kind:
            case "person":
                return text if self._library.people.get(text) else self._people.get(name)
            case "unit":
                return text if config.unit(text) else self._units.get(name)
            case "role":
                return text if config.role(text) else self._roles.get(name)
            case _:
                return text if text in self._library.by_id else None


def tidy(text: str) -> str:
    """A text of a cell as files hold texts: composed, without characters that nobody sees."""
    lines = (" ".join(HIDDEN.sub(_seen, line).split()) for line in text.replace("\r\n", "\n").split("\n"))
    return unicodedata.normalize("NFC", "\n".join(lines)).strip()


def _seen(hidden: re.Match[str]) -> str:
    return " " if hidden.group().isspace() else ""


def _by_name(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Ids by names that only one of them has."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, own in pairs:
        found[plain_label(name)].add(own)
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1 and name}


def _truth(text: str) -> str | None:
    plain = plain_label(text)
    known = read_bool(text)
    if known is None and plain not in _YES | _NO:
        return None
    return "yes" if known or plain in _YES else "no"


def _whole(text: str) -> str | None:
    """``02`` and ``2.0`` are the number 2."""
    found = _WHOLE.fullmatch(text)
    return found[1] if found else text if read_integer(text) is not None else None


def _length(text: str) -> str | None:
    """``12 tháng``, ``1 năm/lần`` and ``hằng năm`` as well as ``12m``."""
    if Duration.parse(text):
        return text
    found = _LENGTH.fullmatch(" ".join(unmarked(text).split()))
    if found is None:
        return None
    unit = next(place for place, each in enumerate((*found.groups()[1:6], *found.groups()[6:])) if each) % 5
    return f"{int(found[1] or 1)}{_UNITS[unit]}"


_READ: Mapping[str, Callable[[str], str | None]] = {"integer": _whole, "bool": _truth, "duration": _length}
