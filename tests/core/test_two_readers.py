"""The reader that rules rest on against the one that renders: on every text there is, and on made-up ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from qmsctl.core.text.body import Body, scan
from qmsctl.core.text.text_file import NoFrontMatter, cut
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.store.pages.markdown_comments import comment, passage

ROOT = Path(__file__).parents[2]
DATA = frozenset({"steps", "records", "lines", "measurements", "extensions", "grid"})
_FENCED = re.compile(r"^(`{3,})(?:md|text) [^\n]+\n(.*?)^\1$", re.MULTILINE | re.DOTALL)

Heading = tuple[int, int, str]
Facts = tuple[list[Heading], list[tuple[int, str]], Counter[str]]
"""Headings with level, line and text; fences of data with line and content; targets."""


@cache
def parser() -> MarkdownIt:
    found = MarkdownIt("js-default", {"maxNesting": 60, "html": False})
    found.inline.ruler.before("html_inline", "comment", comment)
    found.block.ruler.before("html_block", "comment", passage, {"alt": ["paragraph", "reference", "blockquote", "list", "table"]})
    found.normalizeLink = lambda url: url  # type: ignore[method-assign]
    found.validateLink = lambda url: True  # type: ignore[method-assign]
    return found


def rendered(text: str) -> Facts:
    """What markdown-it finds at the top level, and every target of a link or an image."""
    environment: dict[str, object] = {}
    tokens = parser().parse(text, environment)
    targets = Counter(target for token in tokens for target in targets_of(token))
    return list(headings(tokens)), list(fences(tokens)), targets


def headings(tokens: list[Token]) -> Iterator[Heading]:
    for token, inner in pairwise(tokens):
        if token.type == "heading_open" and token.level == 0 and token.map:
            yield int(token.tag[1]), token.map[0] + 1, inner.content


def fences(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    for token in tokens:
        if token.type == "fence" and token.level == 0 and token.info.strip() in DATA and token.map:
            yield token.map[0] + 1, token.content.strip("\n")


def targets_of(token: Token) -> Iterator[str]:
    for child in token.children or ():
        target = child.attrGet("href") if child.type == "link_open" else child.attrGet("src") if child.type == "image" else None
        if target is not None:
            yield str(target)
        yield from targets_of(child)


def read(text: str) -> tuple[Facts, Body]:
    """What the own reader finds in the same text."""
    body = scan(text, 0, 1, DATA)
    return (
        [(each.level, each.line, each.text) for each in body.headings],
        [(each.line, text[each.start : each.end].strip("\n")) for each in body.blocks],
        Counter(unescapeAll(each.target) for each in body.links),
    ), body


def texts() -> Iterator[tuple[str, str]]:
    """Every Markdown text of the project, and those within the pages and cases of the rules."""
    for path in sorted(ROOT.glob("**/*.md")):
        if {".venv", "build", "dist"} & set(path.relative_to(ROOT).parts):
            continue
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(ROOT).as_posix()
        yield name, body_of(text)
        for number, found in enumerate(_FENCED.finditer(text)):
            yield f"{name} {number}", body_of(found[2])


def body_of(text: str) -> str:
    try:
        return cut(text.encode()).body
    except (NoFrontMatter, YamlRefused):
        return text


def test_both_read_the_same_headings_and_data_in_every_text() -> None:
    different = []
    for name, text in texts():
        (own_headings, own_data, _links), _body = read(text)
        their_headings, their_data, _targets = rendered(text)
        if (own_headings, own_data) != (their_headings, their_data):
            different.append((name, [*(set(own_headings) ^ set(their_headings)), *(set(own_data) ^ set(their_data))]))
    assert not different


def test_no_target_that_is_rendered_escapes_the_rules() -> None:
    different = []
    for name, text in texts():
        (_headings, _data, own), _body = read(text)
        if missing := set(rendered(text)[2]) - set(own):
            different.append((name, missing))
    assert not different


PIECES = (
    "## Mục đích", "# A #", "###### f", "####### g", " ## b", "    ## c", "#d", "Chữ", "", "", "- mục", "  tiếp", "> dẫn", "```steps", "```", "~~~",
    "~~~ steps", "````", "- {no: B1}", "[a](b.md)", "![h](h.png)", '[a](<b c.md> "t")', "`[x](y.md)`", "<https://a.example/>", "<a.b@c-d.example>", "<a@-b>", "*(gợi ý)*", "| a | b |", "|---|---|",
    "``` steps", "    ```", "[l]: d.md", "[l]", "![l]", "\\[a](e.md)", "**[a](f.md)**", "1. một", "***", "a `` b ` c",
    "===", "---", " -", "2. hai", "<!-- a", "-->", "a <!-- [b](n.md) --> c", "<!-- d -->", "<!--\n## E\n-->", "b --> c",
)
IN_ITEMS = ("   ```", "  ~~~", "   ```steps", "  [a](g.md)", "   `", "> ```", "> [a](i.md)", "\t```")
"""What may stand within an item of a list or a quotation, and may end with it."""


def made_of(*pieces: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=12).map("\n".join)


@settings(max_examples=300)
@given(made_of(*PIECES))
def test_both_read_made_up_headings_and_data_alike(text: str) -> None:
    (own_headings, own_data, _own), body = read(text)
    their_headings, their_data, _targets = rendered(text)
    assert [each for each in their_headings if each not in own_headings] == []
    assert [line for line, _text in own_data] == [line for line, _text in their_data]
    closed = [each for each, block in zip(own_data, body.blocks, strict=True) if not block.problem or block.rows]
    assert [each for each in closed if each not in their_data] == []


BETWEEN = ("## A", "- mục", "> dẫn", "***", "---", "1. một", "[l]: d.md", "| a |\n|---|", "    mã", "Chữ")
"""Lines that end the paragraph before them, and two that do not."""


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize("before", ["a ` b", "a `` b ` c", "[l]: a`b"])
def test_code_that_seems_to_go_on_behind_another_block_hides_no_link(before: str, between: str) -> None:
    text = f"{before}\n{between}\n   `\n`[x](y.md)`"
    (_headings, _data, own), _body = read(text)
    assert set(rendered(text)[2]) <= set(own)


def test_a_fence_that_ends_with_its_item_hides_no_link_behind_the_next() -> None:
    (_headings, _data, own), _body = read("- mục\n  ~~~\n~~~\n~~~\n[a](b.md)")
    assert set(own) == {"b.md"}


@settings(max_examples=600)
@given(made_of(*PIECES, *IN_ITEMS))
def test_no_made_up_target_that_is_rendered_escapes_the_rules(text: str) -> None:
    (_headings, _data, own), _body = read(text)
    assert set(rendered(text)[2]) <= set(own)
