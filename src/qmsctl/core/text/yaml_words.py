"""What a YAML parser complains of, in the words of somebody who typed the line.

libyaml speaks of tokens and nodes; people have left a colon outside of quotes, used a tab, or
forgotten a bracket. What is not among the common mistakes keeps the parser's own words.
"""

from __future__ import annotations

import re
from typing import Any

from qmsctl.message import Message, _
from qmsctl.regex import regex

_UNFIT = (
    "found character that cannot start any token",
    "did not find expected node content",
    "did not find expected alphabetic or numeric character",
    "mapping keys are not allowed in this context",
)
_LONGEST = 40
_UNEVEN = ("did not find expected key", "did not find expected '-' indicator")
_NO_SPACE = regex(r"\s*(?:- +)?(?P<key>[^\s:#'\"\[{]+):(?P<value>\S.*)")
_UNCLOSED = ("did not find expected ',' or ']'", "did not find expected ',' or '}'")


def plain_words(error: Any, text: str) -> tuple[Message, int]:
    """What is wrong, and on which line of ``text``, counted from 0; ``error`` is a ``MarkedYAMLError``."""
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return _other(error), 0
    opened = error.context_mark or mark
    line = _line(text, mark.line)
    before, here = line[: mark.column], line[mark.column : mark.column + 1]
    problem = error.problem or ""
    if here == "\t" or "\t" in before[: -len(before.lstrip()) or None]:
        return _("a tab stands here; indent with spaces"), mark.line
    if problem == "found unexpected end of stream" and error.context == "while scanning a quoted scalar":
        return _("the quotation mark that opens on this line is not closed"), opened.line
    if problem in _UNCLOSED:
        return _in_brackets(text, mark, opened, here)
    if problem == "mapping values are not allowed in this context":
        return (_colon(before), mark.line) if ": " in before else _below(text, mark.line)
    if problem in _UNEVEN:
        return (_after(), mark.line) if before.strip() else _below(text, mark.line)
    first = _first(before, here)
    if problem in _UNFIT and first.strip():
        return _("a value cannot begin with “{character}”; put it in double quotes", character=first), mark.line
    return _rarer(error, problem, mark, opened, text)


def _rarer(error: Any, problem: str, mark: Any, opened: Any, text: str) -> tuple[Message, int]:
    if problem == "could not find expected ':'":
        return _no_key(_line(text, opened.line)), opened.line
    if problem == "block sequence entries are not allowed in this context":
        return _("a list begins on a line of its own, or is written [a, b]"), mark.line
    if problem == "found unknown escape character":
        return _("a backslash stands in double quotes; use single quotes: 'value'"), mark.line
    return _other(error), mark.line


def _in_brackets(text: str, mark: Any, opened: Any, here: str) -> tuple[Message, int]:
    """A colon in a value, or a bracket that nobody closed."""
    if here == ":" and mark.line == opened.line:
        return _colon(_line(text, mark.line)[: mark.column]), mark.line
    bracket = _line(text, opened.line)[opened.column : opened.column + 1] or "["
    return _("the bracket “{bracket}” that opens on this line is not closed", bracket=bracket), opened.line


def _colon(before: str) -> Message:
    near = re.split(r"[{\[,]", before)[-1]
    key = (near if ":" in near else before).partition(":")[0].strip(" -{[\"'")[:_LONGEST]
    return _('the value of “{key}” has a colon in it; put the value in double quotes: {key}: "…"', key=key)


def _no_key(line: str) -> Message:
    return _joined(line) or _("a line such as “key: value” is expected here")


def _below(text: str, number: int) -> tuple[Message, int]:
    """Why nothing goes on in the line of this number: what stands above it, or where it begins."""
    joined = _joined(_line(text, number - 1))
    if joined is not None:
        return joined, number - 1
    return _("this line is not indented like the lines it belongs to; begin it below their first letter"), number


def _joined(line: str) -> Message | None:
    """That a key and its value are written as one word, if they are."""
    found = _NO_SPACE.fullmatch(line)
    return _("a space is missing after the colon; write {key}: {value}", key=found["key"][:_LONGEST], value=found["value"][:_LONGEST]) if found else None


def _after() -> Message:
    return _("something follows the closing quotation mark or bracket; put the whole value in double quotes")


def _first(before: str, here: str) -> str:
    """The character a value begins with; of an anchor or alias the parser points behind its sign."""
    return before[-1:] if before[-1:] in ("&", "*") else here


def _other(error: Any) -> Message:
    return _("this is not valid YAML: {problem}", problem=error.problem or error.context or "")


def _line(text: str, number: int) -> str:
    return next((line for index, line in enumerate(text.split("\n")) if index == number), "")
