"""A node to the value its kind asks for, or the sentence that says why not.

Dates are strictly ``YYYY-MM-DD`` and moments RFC 3339 with an offset; a number is what a person
writes, never ``0x10`` or ``1_0``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import unquote

from qmsctl.core.duration import Duration
from qmsctl.core.field import Field
from qmsctl.core.nodes import Mapping, Node, Scalar, Sequence, is_empty
from qmsctl.message import Message, _

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-](0\d|1[0-4]):[0-5]\d)", re.ASCII)
_INTEGER = re.compile(r"-?(0|[1-9]\d{0,11})", re.ASCII)
_NUMBER = re.compile(r"-?(0|[1-9]\d{0,11})([.]\d{1,9})?", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BOOLS = {"yes": True, "true": True, "no": False, "false": False}
_RESERVED = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE | re.DOTALL)
_YEARS = range(1000, 9000)  # room on both sides for time zones and durations


@dataclass(frozen=True, slots=True)
class Names:
    """The names a value may use: people, roles, units, and the clauses of each standard."""

    people: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    is_id: Callable[[str], bool] = bool


def read_date(text: str) -> date | None:
    """The day ``text`` writes as ``YYYY-MM-DD``, or ``None``."""
    if not _DATE.fullmatch(text):
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def read_moment(text: str) -> datetime | None:
    """The moment ``text`` writes as RFC 3339 with an offset, or ``None``."""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def read_integer(text: str) -> int | None:
    """The whole number ``text`` writes (at most twelve digits), or ``None``."""
    return int(text) if _INTEGER.fullmatch(text) else None


def read_number(text: str) -> Decimal | None:
    """The decimal number ``text`` writes, or ``None``."""
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def read_bool(text: str) -> bool | None:
    """``yes``/``true`` or ``no``/``false``, else ``None``."""
    return _BOOLS.get(text)


def path_problem(text: str) -> Message | None:
    """Why ``text``, as written or percent-decoded, is no path inside the QMS folder; ``None`` if it is one."""
    return _path_problem(text) or (_path_problem(unquote(text)) if "%" in text else None)


def _path_problem(text: str) -> Message | None:
    if "\\" in text or ":" in text:
        return _("a path uses / and no drive letter")
    if text.startswith("/"):
        return _("a path is relative to the QMS folder")
    parts = text.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return _("a path may not contain “..”, “.” or an empty part")
    if any(_RESERVED.fullmatch(part) for part in parts):
        return _("a path may not use a name reserved by Windows")
    return None


def problems(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    """What is wrong with ``node`` as a value of ``field``: lines and sentences."""
    match field.kind:
        case "any":
            yield from _any(field, node, names)
        case "list":
            if not isinstance(node, Sequence):
                yield node.line, _("a list is expected, such as [a, b]")
                return
            for item in node.items:
                yield from problems(field.of[0], item, names)
        case "table":
            yield from _table(field, node, names)
        case "map":
            yield from _map(field, node, names)
        case _ if not isinstance(node, Scalar):
            yield node.line, _("{expected} is expected, not a list or a mapping", expected=expected(field))
        case _:
            message = scalar_problem(field, node.text, names)
            if message:
                yield node.line, message


def scalar_problem(field: Field, text: str, names: Names) -> Message | None:
    """What is wrong with ``text`` as a value of ``field``, or ``None``."""
    if _reads(field, text, names):
        return _range_problem(field, text)
    if field.kind == "path":
        return path_problem(text)
    return _("“{text}” stands there; {expected} is expected", text=_short(text), expected=expected(field))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def _reads(field: Field, text: str, names: Names) -> bool:
    match field.kind:
        case "date":
            return read_date(text) is not None
        case "datetime":
            return read_moment(text) is not None
        case "integer":
            return read_integer(text) is not None
        case "number":
            return read_number(text) is not None
        case "duration":
            return Duration.parse(text) is not None
        case "retention":
            return text == "permanent" or text.startswith("by law:") or Duration.parse(text) is not None
        case "one-of":
            return text in field.values
        case "bool":
            return text in _BOOLS
        case "sha256":
            return bool(_SHA256.fullmatch(text))
        case "person":
            return text in names.people
        case "role":
            return text in names.roles
        case "unit":
            return text in names.units
        case "reference":
            return names.is_id(text)
        case "path":
            return path_problem(text) is None
        case "choice":
            return any(_reads(part, text, names) for part in field.of)
        case _:
            return True


def _range_problem(field: Field, text: str) -> Message | None:
    number = read_number(text) if field.minimum is not None or field.maximum is not None else None
    if number is None:
        return None
    if field.minimum is not None and number < field.minimum:
        return _("“{text}” stands there; at least {limit} is expected", text=text, limit=field.minimum)
    if field.maximum is not None and number > field.maximum:
        return _("“{text}” stands there; at most {limit} is expected", text=text, limit=field.maximum)
    return None


def expected(field: Field) -> Message:
    """What a value of ``field`` looks like, for a message."""
    match field.kind:
        case "date":
            return _("a date such as 2026-03-02")
        case "datetime":
            return _("a moment with its offset, such as 2026-03-02T09:30:00+07:00")
        case "integer":
            return _("a whole number")
        case "number":
            return _("a number such as 97.5")
        case "duration":
            return _("a duration such as 2h, 3d (working days), 12m or 3y")
        case "retention":
            return _("a retention such as 5y, permanent, or “by law: …”")
        case "one-of":
            return _("one of {values}", values=tuple(field.values))
        case "bool":
            return _("yes or no")
        case "sha256":
            return _("a SHA-256 digest of 64 hex digits")
        case "person":
            return _("the id of a person in people.yaml")
        case "role":
            return _("the id of a role in qms.yaml")
        case "unit":
            return _("the id of a unit in qms.yaml")
        case "clause":
            return _("the number of a clause")
        case "reference":
            return _("the id of a document or record")
        case "path":
            return _("a path inside the QMS folder")
        case "choice" | "any":
            return _("either {alternatives}", alternatives=tuple(map(expected, field.of)))
        case "list" | "table":
            return _("a list")
        case "map":
            return _("a mapping of keys to values")
        case _:
            return _("a text")


def _any(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    tried = [(part.kind, tuple(problems(part, node, names))) for part in field.of]
    if not all(found for _kind, found in tried):
        return
    if isinstance(node, Scalar):
        text = _short(node.text)
        yield node.line, _("“{text}” stands there; {expected} is expected", text=text, expected=expected(field))
        return
    kinds = ("list", "table") if isinstance(node, Sequence) else ("map",)
    yield from next((found for kind, found in tried if kind in kinds), tried[0][1])


def _table(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    if not isinstance(node, Sequence):
        yield node.line, _("a list of rows is expected, each beginning with “- ”")
        return
    seen: dict[tuple[str, str], int] = {}
    for row in node.items:
        yield from _map(field, row, names)
        if isinstance(row, Mapping):
            yield from _repeated(field, row, seen)


def _repeated(
    field: Field, row: Mapping, seen: dict[tuple[str, str], int]
) -> Iterator[tuple[int, Message]]:
    for name, column in field.keys.items():
        text = row.text(name) if column.unique else None
        if text is None:
            continue
        if (name, text) in seen:
            yield (
                row.key_lines[name],
                _("“{text}” in column “{name}” is given twice, first on line {first}",
                  text=text, name=name, first=seen[name, text]),
            )  # fmt: skip
        seen.setdefault((name, text), row.key_lines[name])


def _map(field: Field, node: Node, names: Names) -> Iterator[tuple[int, Message]]:
    if not isinstance(node, Mapping):
        yield node.line, _("keys with values are expected here")
        return
    for key, value in node.entries.items():
        described = field.keys.get(key) or (field.of[0] if field.of else None)
        if described is None:
            yield node.key_lines[key], _("“{key}” is not known here; expected one of {known}", key=key, known=tuple(field.keys))
        elif not is_empty(value):
            yield from problems(described, value, names)
    for key, described in field.keys.items():
        if described.required and is_empty(node.entries.get(key)):
            yield node.line, _("“{key}” is missing: {expected}", key=key, expected=expected(described))
