"""What is said to people as lists, texts and numbers for JSON, and back: a message is a text with what stands in its places, a mend is steps.

Much is said many times in the same words. So it is kept in columns, of which one that holds the same everywhere is written
once, and there is one value of it for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, repeat
from typing import Any

from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import Spoken
from qmsctl.mend import Addition, Advice, Assignment, Command, Correction, GitCommand, Hole, Mend, Row, Span, TakeBack
from qmsctl.message import Label, Message, Named

_KINDS: tuple[Any, ...] = (Diagnostic, Message, Label, Named, Mend, Command, Advice, Assignment, Hole, Row, GitCommand, TakeBack, Correction, Span, Addition)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}
_ITSELF = (str, int, bool, type(None))
_TEXT, _SAME, _MIXED, _TUPLE, _DICT, _DATE, _SEVERITY = "text", "same", "mixed", "tuple", "dict", "date", "severity"


def data_of(said: Spoken) -> Any:
    """What a rule said to its end. Raises ``TypeError`` for what nothing is known of here."""
    found = list(chain.from_iterable(said.found.values()))
    return [[len(each), _column(each)] for each in (found, said.earlier)]


def of_data(data: Any) -> Spoken:
    """What it said. Raises ``TypeError``, ``ValueError`` or ``LookupError`` for what was never made here."""
    said, earlier = (_values(column, count) for count, column in data)
    found: dict[str, list[Diagnostic]] = {}
    for each in said:
        found.setdefault(each.path, []).append(each)
    return Spoken({path: tuple(own) for path, own in found.items()}, tuple(earlier))


def _column(values: Sequence[Any]) -> Any:
    shapes = list(map(_shape, values))
    kinds = list(dict.fromkeys(shapes))
    if len(kinds) != 1:
        places = {kind: place for place, kind in enumerate(kinds)}
        return [_MIXED, [places[each] for each in shapes], *(_column([value for value, shape in zip(values, shapes, strict=True) if shape == kind]) for kind in kinds)]
    kind: Any
    (kind, more), first = kinds[0], values[0]
    if kind in _ITSELF:
        return [_SAME, [_TEXT, [first]]] if all(value == first for value in values) else [_TEXT, values]
    if kind is tuple:
        return _rows([_TUPLE], zip(*values, strict=True))
    if kind is dict:
        return _rows([_DICT, more], zip(*(value.values() for value in values), strict=True))
    if kind is date:
        return _rows([_DATE], [[value.isoformat() for value in values]])
    if kind is Severity:
        return _rows([_SEVERITY], [[value.value for value in values]])
    return _rows([_NUMBER[kind]], ([getattr(value, name) for value in values] for name in kind.__slots__))


def _shape(value: Any) -> tuple[type, Any]:
    """What values have in common that make one column. Raises ``TypeError``."""
    kind = type(value)
    if kind is tuple:
        return kind, len(value)
    if kind is dict:
        return kind, tuple(value)
    if kind not in _NUMBER and kind not in (*_ITSELF, date, Severity):
        raise TypeError(kind)
    return kind, None


def _rows(head: list[Any], parts: Iterable[Sequence[Any]]) -> Any:
    columns = [_column(list(each)) for each in parts]
    whole = [*head, *columns]
    return [_SAME, whole] if all(each[0] == _SAME for each in columns) else whole


def _values(data: Any, count: int) -> Iterable[Any]:
    """So many values of a column."""
    kind, *parts = data
    if kind == _TEXT:
        return parts[0]  # type: ignore[no-any-return]
    if kind == _SAME:
        return repeat(next(iter(_values(parts[0], 1))), count)
    if kind == _MIXED:
        order, *groups = parts
        iterators = [iter(_values(each, order.count(place))) for place, each in enumerate(groups)]
        return [next(iterators[place]) for place in order]
    if kind == _DICT:
        names, *parts = parts
        return [dict(zip(names, row, strict=True)) for row in _together(parts, count)]
    if kind == _TUPLE:
        return _together(parts, count)
    made = date.fromisoformat if kind == _DATE else Severity if kind == _SEVERITY else _KINDS[kind]
    return list(map(made, *(_values(each, count) for each in parts)))


def _together(columns: Iterable[Any], count: int) -> Iterable[tuple[Any, ...]]:
    values = [_values(each, count) for each in columns]
    return list(zip(*values, strict=True)) if values else [()] * count
