"""The title of a record that is begun with a whole statement."""

from __future__ import annotations

_MOST = 120


def headline(statement: str) -> str:
    """The first line of a statement, cut at a word where it is long."""
    first = statement.strip().partition("\n")[0]
    return first if len(first) <= _MOST else (first[:_MOST].rpartition(" ")[0] or first[:_MOST]) + "…"
