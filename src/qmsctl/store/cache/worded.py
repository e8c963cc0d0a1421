"""What is said to people as lists, texts and numbers for JSON, and back: a message is a text with what stands in its places, a mend is steps."""

from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any

from qmsctl.core.diagnostic import Diagnostic, Severity
from qmsctl.core.engine import Spoken
from qmsctl.mend import Addition, Advice, Assignment, Command, Correction, GitCommand, Hole, Mend, Row, Span, TakeBack
from qmsctl.message import Label, Message, Named

_KINDS: tuple[Any, ...] = (Diagnostic, Message, Label, Named, Mend, Command, Advice, Assignment, Hole, Row, GitCommand, TakeBack, Correction, Span, Addition)
_NUMBER = {kind: number for number, kind in enumerate(_KINDS)}
_ITSELF = (str, int, bool, type(None))
_TUPLE, _DICT, _DATE, _SEVERITY = "tuple", "dict", "date", "severity"


def data_of(said: Spoken) -> Any:
    """What a rule said to its end. Raises ``TypeError`` for what nothing is known of here."""
    return _data((dict(said.found), said.earlier))


def of_data(data: Any) -> Spoken:
    """What it said. Raises ``TypeError``, ``ValueError`` or ``LookupError`` for what was never made here."""
    return Spoken(*_value(data))


def _data(value: Any) -> Any:
    kind = type(value)
    if kind in _ITSELF:
        return value
    if kind is tuple:
        return [_TUPLE, *map(_data, value)]
    if kind is dict:
        return [_DICT, *map(_data, chain.from_iterable(value.items()))]
    if kind is date:
        return [_DATE, value.isoformat()]
    if kind is Severity:
        return [_SEVERITY, value.value]
    if kind not in _NUMBER:
        raise TypeError(kind)
    return [_NUMBER[kind], *(_data(getattr(value, name)) for name in kind.__slots__)]


def _value(data: Any) -> Any:
    if type(data) is not list:
        return data
    kind, *parts = data
    match kind:
        case "tuple":
            return tuple(map(_value, parts))
        case "dict":
            values = map(_value, parts)
            return dict(zip(values, values, strict=True))
        case "date":
            return date.fromisoformat(*parts)
        case "severity":
            return Severity(*parts)
    return _KINDS[kind](*map(_value, parts))
