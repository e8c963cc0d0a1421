"""Comments in Markdown: the rules by which the library passes over them."""

from __future__ import annotations

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from qmsctl.core.text.comments import INLINE, PASSAGE


def comment(state: StateInline, silent: bool) -> bool:
    """The library's rule for a comment within a line: nothing of it is shown."""
    found = INLINE.match(state.src, state.pos)
    if found is None:
        return False
    state.pos = found.end()
    return True


def passage(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The library's rule for a comment that is a passage by itself; it ends an item or a quotation before it, and stands in none."""
    place = state.bMarks[start]
    found = PASSAGE.match(state.src, place) if state.sCount[start] == 0 else None
    if found is None or (place and state.src[place - 1] != "\n"):
        return False
    if not silent:
        state.line = start + found[0].count("\n") + 1
    return True
