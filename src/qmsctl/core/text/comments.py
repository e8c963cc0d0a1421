"""HTML comments: words to whoever edits the text, which no reader of a page sees.

One stands on a line of prose, or is a passage by itself: it begins at the first column, has no empty line and no fence of code in it,
and nothing stands behind it. Everything else that begins like a comment is HTML, and shown as it is written.
"""

from __future__ import annotations

import re

from qmsctl.regex import regex

OPENING = "<!--"
INLINE = regex(r"(?<!\\)<!--(?!-?>)(?:(?!--)[^\n])*-->")
"""A comment on one line."""

PASSAGE = regex(r"<!--(?!-?>)(?:(?!--)[^\n]|\n(?![ \t\r]*(?:\n|\Z))(?! {0,3}(?:`{3}|~{3})))*-->[ \t\r]*(?=\n|\Z)")
"""A comment that is a passage by itself, where a line begins."""


def blank_passages(prose: str) -> str:
    """The prose without comments that are passages; every line stays where it is."""
    if not _opens_one(prose):
        return prose
    return re.sub(rf"(?m:^){PASSAGE.pattern}", lambda found: "\n" * found[0].count("\n"), prose)


def blank_inline(bare: str) -> str:
    """The same without comments within a line."""
    return INLINE.sub(lambda found: " " * len(found[0]), bare) if _opens_one(bare) else bare


def _opens_one(text: str) -> bool:
    """Whether a comment may begin somewhere; a single character is looked for ten times as fast as several."""
    return "<" in text and OPENING in text
