"""Tables that keep the cells a row has beyond the header; GitHub's rule is to drop them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit, getLine, table
from markdown_it.token import Token

from qmsctl.regex import regex

LONG_WORD = regex(r"(\S{24,})")
"""Words that are longer than a column of a printed table is wide."""

def whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule for tables, with the surplus cells put back."""
    first = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    state.tokens[first:] = list(_completed(state, state.tokens[first:]))
    return True


def _completed(state: StateBlock, tokens: Sequence[Token]) -> Iterator[Token]:
    columns = sum(token.type == "th_open" for token in tokens)
    line = 0
    for token in tokens:
        if token.type == "tr_open" and token.map:
            line = token.map[0]
        if token.type == "tr_close":
            for cell in _cells(state, line)[columns:]:
                yield from _cell_tokens(cell, line, token.level + 1)
        _align_by_class(token)
        yield token


def _cells(state: StateBlock, line: int) -> list[str]:
    cells = escapedSplit(getLine(state, line).strip())
    if cells and not cells[0]:
        cells.pop(0)
    if cells and not cells[-1]:
        cells.pop()
    return cells


def _cell_tokens(cell: str, line: int, level: int) -> Iterator[Token]:
    yield Token("td_open", "td", 1, level=level, block=True)
    inline = Token("inline", "", 0, level=level + 1, children=[], block=True)
    inline.map, inline.content = [line, line + 1], cell.strip()
    yield inline
    yield Token("td_close", "td", -1, level=level, block=True)


def told_aloud(tokens: Sequence[Token]) -> None:
    """What a table needs for those who hear it: heads that say of what, none that are empty, and a stop where it is scrolled by keys."""
    for opened, inner, closed in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opened.type == "th_open" and not inner.content.strip():
            opened.tag = closed.tag = "td"
        elif opened.type == "th_open":
            opened.attrSet("scope", "col")
        if opened.type == "table_open":
            opened.attrSet("tabindex", "0")


def yielding(children: Sequence[Token]) -> Iterator[Token]:
    """The tokens of a cell, its long words marked: they may be broken, so that a printed table is no wider than its page."""
    for token in children:
        if token.type == "text" and LONG_WORD.search(token.content):
            yield Token("html_inline", "", 0, content=marked(token.content))
        else:
            yield token


def marked(text: str) -> str:
    """``text`` as HTML, with a mark around each word that is too long for a column."""
    parts = LONG_WORD.split(text)
    return "".join(f'<span class="long">{escape(part)}</span>' if number % 2 else escape(part) for number, part in enumerate(parts))


def _align_by_class(token: Token) -> None:
    """A page's content security policy allows no ``style`` attributes."""
    style = token.attrs.pop("style", None)
    if style:
        token.attrSet("class", f"align-{str(style).rpartition(':')[2]}")
