"""Links: where a text has them, and where they lead."""

from __future__ import annotations

import pytest

from qmsctl.core.link_target import read_target
from qmsctl.core.text.body import scan
from qmsctl.core.text.link_syntax import find_links


def found(text: str) -> list[tuple[str, int, bool]]:
    return [(link.target, link.line, link.image) for link in scan(text, 0, 1, frozenset()).links]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](b.md)", [("b.md", 1, False)]),
        ('x\n![a](<b c.png> "t")', [("b c.png", 2, True)]),
        ("[![a](b.png)](c.md)", [("b.png", 1, True), ("c.md", 1, False)]),
        ("[a [b](c)](d)", [("c", 1, False), ("d", 1, False)]),
        ("[a](b_(c).md)", [("b_(c).md", 1, False)]),
        ("![a][x]\n\n[X]: b.png", [("b.png", 3, True)]),
        ("> [a]:\n  b.md", [("b.md", 2, False)]),
        ("<https://a.example/>", [("https://a.example/", 1, False)]),
        ("[^1]: Theo", []),
        ("[a]: hai ba", []),
        ("[1](hai ba)", []),
        (r"\[a](b)", []),
        ("`[a](b)` ``[c](d)``", []),
        ("``[a](b)`", [("b", 1, False)]),
    ],
)
def test_links_of_a_text(text: str, links: list[tuple[str, int, bool]]) -> None:
    assert found(text) == links


@pytest.mark.parametrize(
    ("written", "path"),
    [
        ("QT-02.md", "documents/procedures/QT-02.md"),
        ("../forms/BM-01.01.md#2", "documents/forms/BM-01.01.md"),
        ("./a..b.md?x", "documents/procedures/a..b.md"),
        ("../../qms.yaml", "qms.yaml"),
        ("a%20b.md", "documents/procedures/a b.md"),
        ("Quy%20tr%C3%ACnh.md", "documents/procedures/Quy trình.md"),
        ("#muc-5", None),
        ("https://a.example/../..", None),
        ("MAILTO:a@a.example", None),
    ],
)
def test_targets_inside(written: str, path: str | None) -> None:
    target = read_target("documents/procedures", written)
    assert target.problem is None
    assert target.path == path


@pytest.mark.parametrize(
    "written",
    [
        "../../../x", "..%2f..%2f../x", "..%252f..%252f..%252fx", "/x", "%2fx", "//host/x", "\\\\host\\x", "a\\b",
        "C:/x", "c%3A/x", "javascript:x", "JAVASCRIPT:x", "java&#10;script:x", "javascript&colon;x", "javascript%3Ax",
        "\tjavascript:x", "data:text/html,x", "vbscript:x", "file:///x", "../forms/con.md", "../forms/LPT1",
    ],
)
def test_targets_out_of_bounds(written: str) -> None:
    target = read_target("documents/procedures", written)
    assert target.problem is not None
    assert target.path is None
    assert not target.remote


def test_a_label_is_compared_as_markdown_does() -> None:
    (link,) = find_links("![a][Lưu   ĐỒ]\n\n[lưu đồ]: b.png", 5)
    assert link.image
    assert link.line == 7
