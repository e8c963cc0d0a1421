from __future__ import annotations

import html as htmllib
import re
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.text.body import scan
from qmsctl.errors import RepositoryError
from qmsctl.store.pages.markdown import HtmlWriter
from qmsctl.store.pages.sanitiser import sanitised

PLAIN = HtmlWriter()
PIXEL = "data:image/png;base64,iVBORw0KGgo="

WORD = st.integers(0, 999).map("từ{}x".format)
WORDS = st.lists(WORD, min_size=1, max_size=4).map(" ".join)


def shown(html: str) -> str:
    return unquote(htmllib.unescape(html))


def assert_words_kept(source: str, html: str) -> None:
    missing = set(re.findall(r"từ\d+x", source)) - set(re.findall(r"từ\d+x", shown(html)))
    assert not missing, (source, html)


INLINE = st.one_of(
    WORDS,
    WORDS.map("*{}*".format),
    WORDS.map("`{}`".format),
    WORDS.map("<b>{}</b>".format),
    WORDS.map("<!-- {}".format),
    WORDS.map("&lt;{}&gt; &nbsp;".format),
    st.tuples(WORDS, WORD, WORDS).map('[{0[0]}]({0[1]}.md "{0[2]}")'.format),
    st.tuples(WORDS, WORD, WORDS).map('![{0[0]}]({0[1]}.png "{0[2]}")'.format),
    st.tuples(WORDS, WORD).map("![*{0[0]}* `{0[1]}`](x.png)".format),
    st.tuples(WORD, WORD).map("[![{0[0]}](a.png)]({0[1]})".format),
    WORDS.map("[{}](javascript:alert)".format),
    WORD.map("<https://x.example/{}>".format),
)
LINE = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)


def _nest(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def indent(first: str, rest: str, text: str) -> str:
        return "\n".join(
            (first if n == 0 else rest) + part for n, part in enumerate(text.split("\n"))
        )

    return st.one_of(
        inner.map(lambda text: indent("> ", "> ", text)),
        inner.map(lambda text: indent("- ", "  ", text)),
        inner.map(lambda text: indent("7. ", "   ", text)),
        st.tuples(inner, inner).map("\n\n".join),
    )


BLOCK = st.recursive(
    st.one_of(
        LINE,
        LINE.map("## {}".format),
        LINE.map("```yaml {0}\n{0}\n```".format),
        WORDS.map("    {}".format),
        st.tuples(WORD, WORD, WORDS).map('[{0[0]}]: {0[1]} "{0[2]}"'.format),
        st.tuples(st.lists(WORD, min_size=1, max_size=3), st.lists(LINE, max_size=5)).map(
            lambda t: f"| {' | '.join(t[0])} |\n|{'---|' * len(t[0])}\n| {' | '.join(t[1])} |"
        ),
    ),
    _nest,
    max_leaves=6,
)

NOISE = st.lists(
    st.one_of(
        WORD,
        st.sampled_from(
            ["> ", "- ", "1. ", "|", "`", "```", "~~", "[", "](", ")", "![", "\n", "\n\n", "    "]
            + ["# ", "*", "_", "<", ">", "&", "\n|---|\n", "|---|---|\n", '"', "\\", ": ", "---"]
            + [
                "[r]: ",
                "[r]",
                "<a ",
                "<!--",
                "-->",
                "&amp;",
                "&#120;",
                "http://",
                "  \n",
                "\t",
                "\r",
            ]
        ),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=150)
@given(BLOCK)
def test_every_word_of_markdown_is_shown(source: str) -> None:
    assert_words_kept(source, PLAIN.html(source))
    assert_words_kept(source, HtmlWriter(href=lambda _link: None).html(source))


@settings(max_examples=250)
@given(NOISE)
def test_every_word_of_noise_is_shown(source: str) -> None:
    html = PLAIN.html(source)
    assert_words_kept(source, html)
    embedded: dict[str, str] = {}
    drawn = HtmlWriter(image=lambda path: embedded.setdefault(path, PIXEL)).html(source)
    assert_words_kept(source, f"{drawn} {embedded}")
    assert sanitised(html) == html


def test_surplus_cells_and_numbers_are_kept() -> None:
    html = PLAIN.html("> | a |\n> |--:|\n> | 1 | *2* | 3 |\n\n3. c\n9. i\n10. j\n")
    assert '<td class="align-right">1</td>\n<td><em>2</em></td>\n<td>3</td>' in html
    assert '<ol start="3">\n<li>c</li>\n<li value="9">i</li>\n<li>j</li>' in html


@pytest.mark.parametrize("tag", ["<br>", "<br/>", "<br />", "<BR>", "<Br\t/>", "<br><br>"])
def test_a_bare_line_break_ends_a_line(tag: str) -> None:
    ends = "<br>\n" * tag.lower().count("<br")
    assert f"<td>một{ends}<strong>hai</strong></td>" in PLAIN.html(f"| a |\n|---|\n| một{tag}**hai** |\n")
    assert f"<p>một{ends}hai</p>" in PLAIN.html(f"một{tag}hai")
    assert f"<td>{ends}</td>" in PLAIN.html(f"| a |\n|---|\n| {tag} |\n")
    assert f"<td>x</td>\n<td>một{ends}hai</td>" in PLAIN.html(f"| a |\n|---|\n| x | một{tag}hai |\n")


@pytest.mark.parametrize("tag", ["<br class=x>", "<br onclick=alert(1)>", "<br/onclick=alert(1)>", "<br\n>", "</br>", "<brx>", "<br /x>", "< br>", "\\<br>", "`<br>`", "&lt;br&gt;"])
def test_what_is_no_bare_line_break_is_shown_as_text(tag: str) -> None:
    html = PLAIN.html(f"một{tag}hai")
    assert not re.search(r"<br", html, re.IGNORECASE)
    assert "br" in shown(html)


def test_unused_definitions_are_shown() -> None:
    html = PLAIN.html('[a]: /u "used"\n[b]: /v "ẩn"\n[a]: /w "lặp"\n\n[x][a]\n')
    assert '<a href="/u" title="used"' in html
    assert '<p class="unused-definition">[b]: /v "ẩn"</p>' in html
    assert '<p class="unused-definition">[a]: /w "lặp"</p>' in html
    assert html.count("unused-definition") == 2


@pytest.mark.parametrize("source", ["> " * 60 + "x", "- " * 30 + "x", "> - " * 20 + "x"])
def test_too_deep_is_an_error(source: str) -> None:
    with pytest.raises(RepositoryError, match="nested more than 50 levels"):
        PLAIN.html(source)


def test_twenty_levels_are_shown() -> None:
    assert "đáy" in PLAIN.html("- " * 20 + "đáy")
    assert "đáy" in PLAIN.html("> " * 20 + "đáy")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<svg onload=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](//evil.example/x)",
        "![x](data:image/svg+xml;base64,AAAA)",
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        '[x](/u "\\" onclick=alert(1)")',
        "![x](https://evil.example/track.png)",
    ],
)
def test_nothing_harmful_comes_out(source: str) -> None:
    html = PLAIN.html(source)
    assert not re.search(r"<(script|svg|img)", html)
    assert not re.search(r'(href|src)="(?!https?:|/u)', html)
    assert not re.search(r"<[^>]*[\s\"]on\w+=[^\"]*>", re.sub(r'title="[^"]*"', "", html))


def test_blocks_are_rendered_by_their_own_function_and_sanitised() -> None:
    writer = HtmlWriter({"steps": lambda text: f'<p class="steps" onclick="x()">{len(text)}</p>'})
    html = writer.html("```steps\n- a: 1\n```\n\n```steps extra\n- b\n```\n")
    assert '<p class="steps">7</p>' in html
    assert '<code title="steps extra">- b\n</code>' in html


def test_headings_are_shifted_and_addressable() -> None:
    writer = HtmlWriter(heading_offset=2, id_prefix="QT-07--")
    html = writer.html(
        "# Mục *đích*\n\nxem [trên](#Mục-đích)\n\n# Mục đích\n\nSáu\n======\n\n###### x"
    )
    assert '<h3 id="QT-07--mục-đích">Mục <em>đích</em></h3>' in html
    assert '<h3 id="QT-07--mục-đích-1">' in html
    assert '<a href="#QT-07--m%E1%BB%A5c' in html or '<a href="#QT-07--mục-đích"' in html
    assert '<h6 id="QT-07--x">' in html


def test_links_are_rewritten() -> None:
    seen = []

    def href(link: str) -> str | None:
        seen.append(link)
        return "../QT-07.html" if "QT-07" in link else None

    html = HtmlWriter(href=href).html(
        '[a](t%C3%A0i%20li%E1%BB%87u/QT-07.md) [b](mất.md "T") [c](https://x.example/) [d](mailto:a@b)'
    )
    assert '<a href="../QT-07.html" rel="noopener noreferrer">a</a>' in html
    assert "b (mất.md T)" in html
    assert '<a href="https://x.example/"' in html
    assert '<a href="mailto:a@b"' in html
    assert seen == ["t%C3%A0i%20li%E1%BB%87u/QT-07.md", "m%E1%BA%A5t.md"]


def test_images_are_inlined_or_linked() -> None:
    source = '![Sơ *đồ*](so%20do.png "Hình 1")'
    inlined = HtmlWriter(image=lambda _path: PIXEL).html(source)
    assert f'<img src="{PIXEL}" alt="Sơ *đồ*" title="Hình 1">' in inlined
    linked = PLAIN.html(source)
    assert ">Sơ *đồ* (so do.png Hình 1)</a>" in linked
    assert 'href="so%20do.png"' in linked
    assert PLAIN.html("![x](https://e.example/a.png)").count("<a ") == 1


PIECES = st.lists(
    st.sampled_from(["<!--", "-->", "\n", "\n\n", "## H\n", "- x\n", "> q\n", "`", "```\n", "  ", "    ", "a", "<b>", "\\", "| a |\n|---|\n", "<sub>", "</sup>", "<br>", "\r\n", "1. y\n", "--"]),
    max_size=14,
).map("".join)


@given(PIECES)
@settings(max_examples=600)
def test_what_no_rule_complains_of_shows_the_headings_the_rules_know(text: str) -> None:
    found = scan(text, 0, 1, frozenset())
    html = PLAIN.html(text)
    if not found.html_line:
        assert len(found.headings) == len(re.findall(r"<h[1-6] ", html)), (found.headings, html)
        assert "&lt;!--" not in re.sub(r"<(code|pre)>.*?</\1>", "", html, flags=re.DOTALL) or "`" in text or "\\" in text


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("| a |\n---", 0), ("| a |\n--", 0), ("| a\n--", 0), ("||\n---", 0), ("a\\|b\n---", 0), ("| a |\r\n---\r\n", 0), ("x\n| a |\n---", 0),
        ("x\n\n  | a |\n  ---", 0), ("-->| a |\n|---|\n--", 0), ("| a |\n--\nx\n---", 0), ("| a |\n--\nx\n--", 0), ("| a |\n--\nx\n===", 0),
        ("| a |\n---\n\nx\n---", 1), ("| a |\n-", 1), ("| a |\n===", 1), ("a | b\n---", 1), ("| a | b |\n---", 1), ("|\n---", 1), ("`a|b`\n---", 1),
        ("x\n    | a |\n---", 1),
    ],
)
def test_the_head_of_a_table_is_no_heading(text: str, headings: int) -> None:
    assert len(scan(text, 0, 1, frozenset()).headings) == headings
    assert len(re.findall(r"<h[1-6] ", PLAIN.html(text))) == headings


def test_a_table_says_of_what_its_heads_are_and_is_scrolled_by_keys() -> None:
    html = PLAIN.html("| | Ngày |\n|---|:-:|\n| a | b |")
    assert html == (
        '<table tabindex="0">\n<thead>\n<tr>\n<td></td>\n<th class="align-center" scope="col">Ngày</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td>a</td>\n<td class="align-center">b</td>\n</tr>\n</tbody>\n</table>\n'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a <!-- x --> b", "<p>a  b</p>\n"),
        ("<!-- a\n## H\n-->\nb", "<p>b</p>\n"),
        ("- x\n<!-- a\nb -->\n", "<ul>\n<li>x</li>\n</ul>\n"),
        ("`<!-- a -->`", "<p><code>&lt;!-- a --&gt;</code></p>\n"),
        ("<!-- a\n\nb -->", "<p>&lt;!-- a</p>\n<p>b --&gt;</p>\n"),
        ("H<sub>2</SUB>O", "<p>H<sub>2</sub>O</p>\n"),
        ("m<sup>2", "<p>m<sup>2</sup></p>\n"),
        ('<sub class="x">a</sub>', '<p>&lt;sub class="x"&gt;a</p>\n'),
        ("- [ ] a\n- [x] **b**\n- [y] c", '<ul>\n<li class="task">☐ a</li>\n<li class="task">☑ <strong>b</strong></li>\n<li>[y] c</li>\n</ul>\n'),
    ],
)
def test_the_tags_there_are_and_comments(text: str, html: str) -> None:
    assert PLAIN.html(text) == html


def test_a_link_without_address_is_called_by_what_it_leads_to() -> None:
    writer = HtmlWriter(href=lambda _path: None, called=lambda path: "QT-02" if path == "QT-02.md" else None)
    assert writer.html("[Hồ sơ](QT-02.md), [QT-02 Hồ sơ](QT-02.md), [khác](x.md)") == "<p>Hồ sơ (QT-02), QT-02 Hồ sơ, khác (x.md)</p>\n"
    assert writer.html("[Hồ sơ](QT-02.md) (QT-02)") == "<p>Hồ sơ (QT-02)</p>\n"
