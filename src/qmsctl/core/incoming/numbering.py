"""The ids that papers bear, in the form in which the office has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsctl.core.text.characters import in_ascii
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.types.record_type import RecordType
from qmsctl.regex import regex
from qmsctl.value import dataclass

_PARTS = regex(r"[A-Za-z]+|\d+")
_PLACE = regex(r"\{(number(?::[1-9])?|year|parent|unit)\}")
_CODE = regex(r"\b[A-Z]{2,6}[\s.\-–_/]?\d{1,4}(?:[.\-–_/]\d{1,3}){0,2}\b")


@dataclass(frozen=True, slots=True)
class Numbered:
    """An id in the office's form: of which type, and the digits of its parent where it has one."""

    type: str
    id: str
    parent: str = ""


def numbered(text: str, types: Iterable[RecordType]) -> Numbered | None:
    """The id that ``text`` writes in whatever way: ``QT.08`` and ``QT 8`` are ``QT-08``; ``None`` where no type has such ids."""
    found = [part.upper() for part in _PARTS.findall(in_ascii(text))]
    return next((each for kind in types if (each := _fitted(found, kind))), None)


def _fitted(parts: list[str], kind: RecordType) -> Numbered | None:
    """The id of this type that has these letters and numbers."""
    pattern = IdPattern.parse(kind.id_pattern)
    if pattern is None or pattern.takes_any or "{unit}" in kind.id_pattern:
        return None
    wanted = [part for literal in _PLACE.split(kind.id_pattern)[::2] for part in _PARTS.findall(literal)]
    places = _PLACE.findall(kind.id_pattern)
    letters, digits = [part for part in parts if part.isalpha()], [part for part in parts if part.isdigit()]
    if [part.upper() for part in wanted] != letters or len(places) != len(digits):
        return None
    given = {place.partition(":")[0]: number for place, number in zip(places, digits, strict=True)}
    if len(given.get("year", "2000")) != 4 or len(given.get("number", "1")) > 4:
        return None
    parent = given.get("parent", "")
    made = pattern.fill(int(given.get("number", "0")), int(given.get("year", "0")), parent.zfill(2) if parent else "")
    return Numbered(kind.name, made, parent.zfill(2) if parent else "") if pattern.matches(made) else None


def codes_in(text: str) -> Iterator[str]:
    """What looks like an id in a text, as it stands there."""
    return (found[0] for found in _CODE.finditer(text))
