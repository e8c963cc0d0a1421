"""The kinds a single value may be of: what each accepts, and how it is described to people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from qmsctl.core.office.duration import Duration
from qmsctl.core.office.measuring_period import read_period
from qmsctl.core.office.office_hours import read_hours
from qmsctl.core.office.time_limit import read_limit
from qmsctl.core.office.web_address import read_address
from qmsctl.core.text.characters import unmarked
from qmsctl.core.text.suggest import closest, did_you_mean
from qmsctl.core.text.values import YEARS, path_problem, read_bool, read_date, read_integer, read_moment, read_number
from qmsctl.core.text.writing import Writing, far_off, no_such_day
from qmsctl.core.types.choice import apart, part_of
from qmsctl.core.types.field import Field
from qmsctl.message import Message, _, either, named
from qmsctl.regex import regex
from qmsctl.value import dataclass, field

_SHA256 = regex(r"[0-9a-f]{64}", re.ASCII)
_SHOWN = 60
_SEARCHED = 1000
"""In so many names at most words are looked for, for a file of strangers has many wrong ones."""


class _Anything(frozenset[str]):
    """Holds every name: what a file says that cannot be read is not known."""

    def __contains__(self, _name: object) -> bool:
        return True


ANYTHING: frozenset[str] = _Anything()


@dataclass(frozen=True, slots=True)
class Names:
    """The names a value may use: the ids of people, roles and units, and those that are called by a name, without its marks."""

    people: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    is_id: Callable[[str], bool] = bool
    called: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Kind(NamedTuple):
    """What a kind accepts, and what a value of it looks like."""

    accepts: Callable[[Field, str, Names], bool]
    expected: Callable[[Field], Message]


def _always(message: Message) -> Callable[[Field], Message]:
    return lambda _field: message


def _read_by(read: Callable[[str], object], message: Message) -> Kind:
    return Kind(lambda _field, text, _names: read(text) is not None, _always(message))


def _is_retention(text: str) -> bool | None:
    return text == "permanent" or text.startswith("by law:") or Duration.parse(text) is not None or None


def _alternatives(field: Field) -> Message:
    return Message("{alternatives}", {"alternatives": either([expected(part) for part in field.of])})


SCALAR_KINDS: Mapping[str, Kind] = {
    "date": _read_by(read_date, Writing().example),
    "datetime": _read_by(read_moment, _("a moment with its offset, such as 2026-03-25T09:30:00+07:00")),
    "integer": _read_by(read_integer, _("a whole number")),
    "number": _read_by(read_number, Writing().number_example),
    "duration": _read_by(Duration.parse, _("a duration such as 2h, 3d (working days), 12m or 3y")),
    "time-limit": _read_by(read_limit, _("a limit such as 2h, 3d (working days), 1m, same-day, or same-day until 15:00")),
    "period": _read_by(read_period, _("a period such as 2026, 2026-Q3, 2026-10 or 2026-W44")),
    "hours": _read_by(read_hours, _("hours such as 07:30-11:30")),
    "retention": _read_by(_is_retention, _("a retention such as 5y, permanent, or “by law: …”")),
    "bool": _read_by(read_bool, _("yes or no")),
    "sha256": _read_by(_SHA256.fullmatch, _("a SHA-256 digest of 64 hex digits")),
    "one-of": Kind(lambda field, text, _names: text in field.values, lambda field: _("one of {values}", values=named(field.values))),
    "person": Kind(lambda _field, text, names: text in names.people, _always(_("the id of a person in people.yaml"))),
    "role": Kind(lambda _field, text, names: text in names.roles, _always(_("the id of a role in qms.yaml"))),
    "unit": Kind(lambda _field, text, names: text in names.units, _always(_("the id of a unit in qms.yaml"))),
    "reference": Kind(lambda _field, text, names: names.is_id(text), _always(_("the id of a document or record"))),
    "address": _read_by(read_address, _("an address such as https://qms.example.vn/")),
    "path": Kind(lambda _field, text, _names: path_problem(text) is None, _always(_("a path inside the QMS folder"))),
    "choice": Kind(lambda field, text, names: any(accepts(part, text, names) for part in field.of), _alternatives),
    "clause": Kind(lambda _field, _text, _names: True, _always(_("the number of a clause"))),
    "text": Kind(lambda _field, _text, _names: True, _always(_("a text"))),
}

_COMPOUND: Mapping[str, Callable[[Field], Message]] = {
    "any": _alternatives,
    "list": _always(_("a list")),
    "table": _always(_("a list")),
    "map": _always(_("a mapping of keys to values")),
}


def accepts(field: Field, text: str, names: Names) -> bool:
    """True if ``text`` is a value of ``field``; of a list or mapping no text is one."""
    kind = SCALAR_KINDS.get(field.kind)
    return kind is not None and kind.accepts(field, text, names)


def expected(field: Field) -> Message:
    """What a value of ``field`` looks like, for a message."""
    kind = SCALAR_KINDS.get(field.kind)
    return kind.expected(field) if kind else _COMPOUND[field.kind](field)


def scalar_problem(field: Field, text: str, names: Names) -> Message | None:
    """What is wrong with ``text`` as a value of ``field``, or ``None``."""
    if accepts(field, text, names):
        return _range_problem(field, text)
    if field.kind == "path":
        return path_problem(text)
    return not_one_of_these(field, text, names)


def not_one_of_these(field: Field, text: str, names: Names) -> Message:
    """What is expected instead of ``text``, with the id that may have been meant."""
    if known := _known(field, names):
        return _("got “{text}”; expected {expected}; {hint}",
                 text=shortened(text), expected=expected(field), hint=did_you_mean(_meant(text, known, names), known))
    if field.kind == "date" and no_such_day(text):
        return _("got “{text}”, which is no day of the calendar; expected {expected}", text=text, expected=expected(field))
    if field.kind == "date" and far_off(text):
        return _("got “{text}”, whose year is not between {first} and {last}", text=text, first=str(YEARS[0]), last=str(YEARS[-1]))
    return _("got “{text}”; expected {expected}", text=shortened(text), expected=expected(field))


def meant_value(field: Field, text: str, names: Names) -> str | None:
    """The value that would do and is most like ``text``, is so called or has it in its words; ``None`` where none is near."""
    return meant_id(text, frozenset(field.values) | _known(field, names), names) or part_of(text, field.values)


def meant_id(text: str, known: frozenset[str], names: Names) -> str | None:
    """The one of the ids that is most like ``text``, or whose bearer is so called; ``None`` where none is near."""
    return closest(_meant(text, known, names), known)


def _meant(text: str, known: frozenset[str], names: Names) -> str:
    """The id of what is so called, or has these words in its name, where one alone would do, else the text itself."""
    found = [each for each in names.called.get(unmarked(text), ()) if each in known]
    if not found and " " in text and len(text) <= _SHOWN and len(names.called) <= _SEARCHED:
        found = [each for name, ids in names.called.items() if apart(text) in apart(name) for each in ids if each in known]
    return found[0] if len(found) == 1 else text


def _known(field: Field, names: Names) -> frozenset[str]:
    """The ids that would do, where they are listed in the configuration."""
    if field.kind in ("choice", "any"):
        return frozenset().union(*(_known(part, names) for part in field.of))
    return {"person": names.people, "role": names.roles, "unit": names.units}.get(field.kind, frozenset())


def shortened(text: str) -> str:
    """``text`` for a message, cut where it is long."""
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "…"


def _range_problem(field: Field, text: str) -> Message | None:
    number = read_number(text) if field.minimum is not None or field.maximum is not None else None
    if number is None:
        return None
    if field.minimum is not None and number < field.minimum:
        return _("got “{text}”; expected at least {limit}", text=text, limit=field.minimum)
    if field.maximum is not None and number > field.maximum:
        return _("got “{text}”; expected at most {limit}", text=text, limit=field.maximum)
    return None
