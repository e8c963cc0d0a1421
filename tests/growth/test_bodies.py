"""A body takes time in proportion to its length: read alone, and checked as a document."""

from __future__ import annotations

from functools import partial

import pytest

from qmsctl.core.engine import run
from qmsctl.core.text.body import scan
from qmsctl.rules import all_rules
from tests.growth.measure import Work, grows_evenly
from tests.growth.offices import document
from tests.office import library_of

TOKENS = (
    "> ", "\t", "- ", "* ", "1. ", "[", "]", "(", ")", "![", "](", "<", ">", "<a:", "<!--", "`", "``", "```", "~~~", "\n", "\n\n", "\r\n",
    "# ", "### ", "*(", ")*", "\n*(a)*\n", "\\", "|", "[a]: ", "[^1]:", "&", "%2e", "---", "\n```steps\n", "\n- {id: a}\n", "a b", "”",
)  # fmt: skip
"""What begins, ends, escapes or separates something in Markdown, in a data block or in a link."""

BLOCKS = frozenset(("steps",))


@pytest.mark.parametrize("first", TOKENS)
def test_two_tokens_in_turn_are_read_in_linear_time(first: str) -> None:
    """All that begin with one token, measured together; what is slow among them stands out.

    Backticks are even in number, then odd: where one is left over a body is read in several ways.
    """

    def work(size: int) -> Work:
        pieces = [first + second for second in TOKENS]
        texts = ["\n" + piece * (size // len(piece) // 4 * 4) + end for piece in pieces for end in ("", "`")]
        return lambda: [scan(text, 0, 1, BLOCKS) for text in texts]

    grows_evenly(work, 8_000)


@pytest.mark.parametrize("outer", ["\n*(a)*\n", "\n# a\n", "\n```steps\n- {id: a}\n```\n", "[a](b)", "`a", "\n> ", "\n\n"])
@pytest.mark.parametrize("inner", ["\n## a\n", "*(a\n", "```\n", "``", "[", "](b ", "\\", " ", "<b"])
def test_one_token_and_then_many_of_another_are_read_in_linear_time(outer: str, inner: str) -> None:
    def work(size: int) -> Work:
        half = size // 2
        text = outer * (half // len(outer)) + inner * (half // len(inner)) + "x\n"
        return partial(scan, text, 0, 1, BLOCKS)

    grows_evenly(work, 100_000)


CHECKED = {
    "hints": "\n*(a)*\n", "hints of several lines": "\n*(a\n\nb)*\n", "hints on one line": "*(a)*", "hints and headings": "## A\n\n*(a)*\n\n",
    "hints and small headings": "### A\n\n*(a)*\n\n", "headings": "## A\n", "titles in bold": "\n**1. Mục đích**\n", "lines in bold": "\n**a**\n", "open bold": "\n**a __b", "headings in headings": "# A\n## B\n### C\n", "sections": "## Mục đích\n\n## Phạm vi\n",
    "broken links": "[a](b.md)\n", "broken links on one line": "[a](b.md)", "links that lead out": "[a](../../b.md)\n", "links to the web": "![a](http://x/b.png)\n",
    "links into the text": "# A\n[a](#a)\n", "links with ..": "[a](x/../b.md)\n", "encoded links": "[a](%252e%252e/b.md)\n", "html": "<b>x\n",
    "blocks": "```steps\n- {no: a, name: B, responsible: r}\n```\n", "rows that are wrong": "```steps\n- {nn: a}\n```\n", "open blocks": "```steps\n- {id: a\n\n",
    "unknown blocks": "```xyz\na\n```\n", "table": "|x|y|\n", "hidden": "a\u200bb\n", "not composed": "e\u0301\n", "places to fill": "TODO … <tên> [điền]\n", "ids": "BM-01 QT-02\n",
}  # fmt: skip


@pytest.mark.parametrize("name", CHECKED)
def test_a_body_is_checked_in_linear_time(name: str) -> None:
    def work(size: int) -> Work:
        files = document(body=CHECKED[name] * (size // len(CHECKED[name])))
        return lambda: run(library_of(files), all_rules())

    grows_evenly(work, 100_000)


@pytest.mark.parametrize("more", ["own#: a", "x_#: a", "revision: 1", "clauses: [a, #]", "- a", "a: [b,", "a: {b: "])
def test_front_matter_is_checked_in_linear_time(more: str) -> None:
    def work(size: int) -> Work:
        lines = (more.replace("#", str(number)) for number in range(size // (len(more) + 1)))
        files = document(more="".join(f"{line}\n" for line in lines))
        return lambda: run(library_of(files), all_rules())

    grows_evenly(work, 14_000)
