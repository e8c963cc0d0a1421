"""What rules need to know of a Markdown body, found in one pass without rendering it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from qmsctl.core.text.characters import hidden, is_nfc, is_ordinary
from qmsctl.core.text.comments import blank_inline, blank_passages
from qmsctl.core.text.fences import Block, fences
from qmsctl.core.text.headings import Heading, find_headings, has_bold, with_bold
from qmsctl.core.text.inline_code import blank_across, blank_code, blank_sure
from qmsctl.core.text.line_numbers import LineNumbers
from qmsctl.core.text.link_syntax import Link, find_links
from qmsctl.regex import regex

MAX_DEPTH = 20
"""Block quotes and lists nested deeper than this are refused: a renderer would cut them off."""

# A bare <br> ends a line, which Markdown cannot do within a cell; it has no way to write H₂O and m² either.
_HTML = regex(r"<(?!(?i:br)[ \t]*/?>|/?(?i:su[bp])>)(?:[A-Za-z][A-Za-z0-9-]*(?=[\s/>])|/[A-Za-z]|!--|\?|![A-Z])")
# Searched for in a text with a newline before it: a literal at the front is ten times as fast as "^".
_DEEP = regex(rf"\n[ \t>*+.)\d-]{{{MAX_DEPTH // 2}}}", re.ASCII)  # how every line that is too deep begins
_BULLET = r"(?:[-*+]|\d{1,9}[.)])[ \t]"
_RULE = r"(?:(?:-[ \t]*)+|(?:\*[ \t]*)+)\r?$"
_NESTED = regex(rf"\n[ \t]*(?!{_RULE})(?:(?:>|{_BULLET})[ \t]*){{{MAX_DEPTH}}}", re.MULTILINE | re.ASCII)
_INDENTED = regex(rf"\n(?>(?: {{0,3}}\t| {{4}}){{{MAX_DEPTH // 2}}}[ \t]*){_BULLET}", re.ASCII)

_HINT = "\n*("
_HINT_END = regex(r"\)\*[ \t\r]*(?=\n|\Z)")
_PARAGRAPH_END = regex(r"\n(?=[ \t\r]*(?:\n|\Z)|~~~|#)")


class Body(NamedTuple):
    """Headings, links, data blocks, and the lines where something unwanted stands (0: nowhere).

    ``others`` are the fences that are no data blocks of the type, each with its name and line.
    ``hints`` are the lines on which paragraphs of the form ``*(…)*`` begin: a template's words to the writer.
    """

    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()
    blocks: tuple[Block, ...] = ()
    others: tuple[tuple[str, int], ...] = ()
    html_line: int = 0
    hidden: tuple[str, int] | None = None
    not_nfc_line: int = 0
    too_deep_line: int = 0
    hints: tuple[int, ...] = ()

    def block(self, name: str) -> tuple[Block, ...]:
        """The data blocks with this info string."""
        return tuple(block for block in self.blocks if block.name == name)


EMPTY = Body()


Known = Callable[[str], str | None]
"""The section that a heading names, if it names one."""


def scan(text: str, start: int, first_line: int, data_blocks: frozenset[str], known: Known | None = None) -> Body:
    """The facts of the body that begins at ``start`` of ``text``, on line ``first_line``.

    Fenced blocks named in ``data_blocks`` are read as YAML; other code is passed over. A line in bold is a heading of the
    second level where it names a section that is ``known`` and that no other heading opens.
    """
    body = text[start:]
    blocks, others, prose, loose = fences(body, start, first_line, data_blocks)
    prose, loose = blank_passages(prose), blank_passages(loose)
    readings, linking = _readings(prose, loose)
    lined = "\n" + prose
    is_starred = "\n*" in lined
    hints = tuple(_hints(lined)) if is_starred and _HINT in lined else ()
    ordinary = is_ordinary(body)
    return Body(
        _headings(lined, first_line, hints, known if is_starred or "_" in lined else None),
        _links(linking, first_line),
        blocks,
        others,
        min((line for each in readings if "<" in each and (line := _first_html(each, first_line))), default=0),
        None if ordinary else _first_hidden(body, first_line),
        0 if ordinary or is_nfc(body) else _first_not_nfc(body, first_line),
        _first_too_deep(lined, first_line) if _DEEP.search(lined) else 0,
        tuple(map(LineNumbers(lined, first_line).at, (start for start, _end in hints))) if hints else (),
    )


def _readings(prose: str, loose: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The prose without code and comments, in every way in which it may be meant; and those in which links are looked for, the one without what is surely code among them."""
    bare = blank_code(prose)
    is_clear = "`" not in bare
    if is_clear and loose == prose:
        alone = (blank_inline(bare),)
        return alone, alone
    others = *(() if is_clear else (blank_across(prose),)), *((loose,) if loose != prose else ())
    readings = tuple(dict.fromkeys(map(blank_inline, (bare, *others))))
    return readings, readings if is_clear else tuple(dict.fromkeys((*readings, blank_sure(prose))))


def _headings(lined: str, first_line: int, hints: tuple[tuple[int, int], ...], known: Known | None) -> tuple[Heading, ...]:
    found = tuple(find_headings(lined, first_line, hints))
    if known is None or not has_bold(lined):
        return found
    opened = {known(each.text) for each in found if each.level == 2}
    marked = with_bold(lined, lambda text: known(text) not in {None, *opened})
    return found if marked == lined else tuple(find_headings(marked, first_line, hints))


def _links(readings: tuple[str, ...], first_line: int) -> tuple[Link, ...]:
    """The links of the prose. Where code may end sooner or later than it seems, those of every reading: none escapes."""
    if len(readings) == 1:
        return tuple(find_links(readings[0], first_line))
    found = dict.fromkeys(link for each in readings for link in find_links(each, first_line))
    return tuple(sorted(found, key=lambda link: link.line))


def _first_html(bare: str, first_line: int) -> int:
    found = _HTML.search(bare)
    return first_line + bare.count("\n", 0, found.start()) if found else 0


def _first_hidden(body: str, first_line: int) -> tuple[str, int] | None:
    found = hidden(body)
    return (found.group(), first_line + body.count("\n", 0, found.start())) if found else None


def _first_too_deep(lined: str, first_line: int) -> int:
    found = _NESTED.search(lined) or _INDENTED.search(lined)
    return first_line + lined.count("\n", 0, found.start()) if found else 0


def _hints(lined: str) -> Iterator[tuple[int, int]]:
    """Where hints begin and end: paragraphs that begin with ``*(`` and have ``)*`` at the end of a line."""
    start = lined.find(_HINT)
    while start >= 0:
        found = _PARAGRAPH_END.search(lined, start + 1)
        end = found.start() if found else len(lined)
        if closed := _HINT_END.search(lined, start, end):
            yield start, closed.end()
        start = lined.find(_HINT, end)


def _first_not_nfc(body: str, first_line: int) -> int:
    for number, line in enumerate(body.split("\n"), first_line):
        if not is_nfc(line):
            return number
    return first_line
