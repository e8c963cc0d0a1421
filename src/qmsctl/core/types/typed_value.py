"""A value that somebody typed, as files hold it: days, periods and numbers, at any depth of a field."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qmsctl.core.text.splice import Value
from qmsctl.core.text.values import read_integer
from qmsctl.core.text.writing import Writing
from qmsctl.core.types.choice import as_value
from qmsctl.core.types.field import Field
from qmsctl.regex import regex

_DECIMALS = regex(r"\d{1,9}", re.ASCII)


def filed(field: Field | None, value: Value, writing: Writing) -> Value:
    """``value`` with what ``field`` calls a day, a period or a number as files have it, and a choice by its id; all else as it was typed."""
    if field is None:
        return value
    if isinstance(value, str):
        return _text({field.kind, *(part.kind for part in field.of if field.kind in ("any", "choice"))}, as_value(field, value), writing)
    if isinstance(value, Mapping):
        own = _shaped(field, "map") or field
        value = _rejoined(own, value) if writing.comma else value
        return {name: filed(own.keys.get(name) or (own.of[0] if own.of else None), each, writing) for name, each in value.items()}
    if field.kind == "table":
        return [filed_row(field, each, writing) for each in value]
    own = _shaped(field, "list") or field
    return [filed(own.of[0] if own.of else None, each, writing) for each in value]


def _text(kinds: set[str], text: str, writing: Writing) -> str:
    if "period" in kinds:
        return writing.filed_period(text)
    if "date" in kinds:
        return writing.filed_day(text)
    return writing.filed_number(text) if "number" in kinds and "text" not in kinds else text


def filed_row(table: Field, row: Value, writing: Writing) -> Value:
    """The same of a row of a ``table``."""
    return filed(Field(table.name, "map", table.label, keys=table.keys), row, writing)


def _rejoined(described: Field, row: Mapping[str, Value]) -> Mapping[str, Value]:
    """A row in which ``value: 83,3`` is one number again: the comma that separates took it apart."""
    found: dict[str, Value] = {}
    last = ""
    for name, value in row.items():
        before, column = found.get(last), described.keys.get(last)
        if _DECIMALS.fullmatch(name) and value == "" and column and column.kind == "number" and isinstance(before, str) and read_integer(before) is not None:
            found[last] = f"{before},{name}"
        else:
            found[name] = value
            last = name
    return found


def _shaped(field: Field, kind: str) -> Field | None:
    """Of a field of several kinds the part that is a list or a mapping."""
    return next((part for part in field.of if part.kind == kind), None) if field.kind == "any" else None
