"""A column of values for JSON, in which what many have is written once."""

from __future__ import annotations

from typing import Any

Coded = tuple[list[Any], str]
"""What stands in a column, each once, and a sign for each place; or the column as it is, and nothing."""

_SIGNS = "".join(map(chr, range(0x23, 0x5C)))
"""None that JSON would write otherwise."""


def coded(column: Any) -> Coded:
    """The column, of values that JSON has and that can be looked up."""
    known = dict.fromkeys(column)
    if len(known) > len(_SIGNS) or 2 * len(known) > len(column):
        return column, ""
    signs = dict(zip(known, _SIGNS, strict=False))
    return list(known), "".join(map(signs.__getitem__, column))


def decoded(column: Coded) -> list[Any]:
    """The column again; equal values are one. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what was never coded."""
    values, signs = column
    return list(map(dict(zip(_SIGNS, values, strict=False)).__getitem__, signs)) if signs else values
