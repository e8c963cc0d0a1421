"""Pages in HTML and Markdown that others wrote, as blocks. It runs in the process that reads."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt

from qmsctl.core.incoming.blocks import words
from qmsctl.core.incoming.foreign_fields import foreign_fields
from qmsctl.core.incoming.pages import blocks_of_html
from qmsctl.core.incoming.secrecy import FIRST_PAGE, is_secret
from qmsctl.message import _
from qmsctl.regex import regex
from qmsctl.store.incoming.unfit import Unfit

MOST_BYTES = 4_000_000
_COMMENT = regex(r"<!--(.*?)-->", re.DOTALL)
_NOTE = regex(r"^( {0,3})\[(?=\^[^\]\n]+\]:)", re.MULTILINE)
"""A note at the foot, which plain Markdown takes for the address of a link and does not show."""
_CLAUSE = regex(r"\[(?:ISO\s*)?9001(?::20\d\d)?[:\s]+(\d{1,2}(?:\.\d{1,2}){0,3})\]")


def read(data: bytes, *, markdown: bool) -> dict[str, Any]:
    """What is on the page: its blocks, its front matter, and the clauses that comments in it name."""
    if len(data) > MOST_BYTES:
        raise Unfit(_("it has more than {most} MB", most=MOST_BYTES // 1_000_000))
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise Unfit(_("it is not in UTF-8: save it anew")) from None
    fields, doubled, body = foreign_fields(text) if markdown else ({}, (), text)
    comments = _COMMENT.findall(body)
    clauses = dict.fromkeys(clause for comment in comments for clause in _CLAUSE.findall(f"[{comment.strip(' []')}]"))
    if clauses and "clauses" not in fields:
        fields = {**fields, "clauses": ", ".join(clauses)}
    body = _COMMENT.sub("", body)
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(_NOTE.sub(r"\1\\[", body)) if markdown else body
    blocks, nested = blocks_of_html(html)
    if is_secret(line for block in blocks[:FIRST_PAGE] for line in block.words.split("\n")):
        return {"secret": True}
    left = [("comments", each.strip()) for each in comments if each.strip()]
    counts = {"nested": nested, "words": len(words(blocks).split())}
    return {"blocks": [each.plain() for each in blocks], "left": left, "counts": counts, "fields": fields, "doubled": list(doubled)}
