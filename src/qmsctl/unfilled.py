"""Finds the holes of a mend in what somebody typed or wrote: the inverse of how :mod:`qmsctl.mend_words` shows them.

A text is a hole only as a whole: ``…`` inside a longer text is punctuation, and ``2..3`` a range.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qmsctl.errors import UsageError
from qmsctl.message import _
from qmsctl.regex import regex

_HOLES = frozenset({"…", "...", "[…]", "[...]"})
_ASSIGNED = regex(r"\s*(?P<name>(?:--)?[\w.-]+)\s*\+?=(?P<value>.*)", re.DOTALL)
_PART = regex(
    r"""\s*(?:(?P<quoted>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")(?=\s*(?:[,:\[\]{}]|\Z))"""
    r"""|(?P<mark>[,\[\]{}]|:(?=\s|\Z))|(?P<plain>(?:[^,\[\]{}:]|:(?!\s|\Z))+))""",
    re.DOTALL,
)
"""A key, a value or a mark of YAML's flow style; a quotation mark quotes only where a value begins."""


def unfilled(arguments: Sequence[str]) -> tuple[str, ...]:
    """What a command line leaves to be supplied: fields, columns and options, else ``…`` after the word before it."""
    pairs = zip(arguments, ("", *arguments), strict=False)
    left = (pair for pair in pairs if "…" in pair[0] or "..." in pair[0])
    return tuple(dict.fromkeys(name for argument, before in left for name in _in_argument(argument, before)))


def refuse_holes(names: Iterable[str]) -> None:
    """Raise :class:`UsageError` if there is anything left to be supplied."""
    found = tuple(names)
    if found:
        from qmsctl.mend import advice

        message = _("still to be filled in: {names}", names=found)
        raise UsageError(message, advice(_("put your own words in place of …")))


def is_hole(text: str) -> bool:
    """True for a text that stands for a value still to be supplied."""
    return _unquoted(text) in _HOLES


def open_places(text: str) -> Iterator[str]:
    """The holes in a value that was given: its columns, or an empty name for the value itself."""
    value = _unquoted(text)
    if is_hole(text):
        yield ""
    elif value.startswith(("{", "[")) and value.endswith(("}", "]")):
        yield from _in_flow(value)


def _in_argument(argument: str, before: str) -> Iterator[str]:
    """The names of what is open in one argument, which stands after ``before``."""
    assigned = _ASSIGNED.fullmatch(argument)
    if assigned is None:
        own = before if before.startswith("--") else f"{before} …".strip()
        yield from (place or own for place in open_places(argument))
    elif assigned["name"].startswith("--"):
        yield from _in_argument(assigned["value"], assigned["name"])
    else:
        name = assigned["name"]
        yield from (f"{name}.{place}" if place else name for place in open_places(assigned["value"]))


def _in_flow(text: str) -> Iterator[str]:
    """The keys with a hole for a value, in rows and lists in YAML's flow style."""
    key = last = ""
    for part in _PART.finditer(text):
        if part["mark"] == ":":
            key = last
        elif part["mark"] is None:
            last = _unquoted(part[0])
            if last in _HOLES:
                yield key
        elif part["mark"] != "[":
            key = ""


def _unquoted(text: str) -> str:
    whole = text.strip()
    quoted = len(whole) > 1 and whole[0] == whole[-1] and whole[0] in "'\""
    return whole[1:-1].strip() if quoted else whole
