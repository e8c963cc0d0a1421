"""The reader of plain lines against libyaml: whatever it accepts, it reads the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence
from qmsctl.core.text.plain_yaml import _plain, read_fields
from qmsctl.core.text.text_file import NoFrontMatter, cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused

ROOT = Path(__file__).parents[2]
EXAMPLE = sorted((ROOT / "example-repo").rglob("*.md"))


def spanless(node: Node | None) -> Node | None:
    """``node`` with no spans, its dicts in order."""
    match node:
        case Scalar():
            return node._replace(start=0, end=0)
        case Sequence():
            items = tuple(item for item in map(spanless, node.items) if item is not None)
            return node._replace(items=items, start=0, end=0)
        case Mapping():
            entries = {key: value for key, part in node.entries.items() if (value := spanless(part)) is not None}
            return node._replace(entries=entries, start=0, end=0)
    return None


def agrees(text: str) -> bool:
    """Whether plain lines were read; they have to be read as libyaml does."""
    found = _plain(text, 7)
    if found is None:
        return False
    slow = read_yaml(text, 7)
    assert found == spanless(slow)
    if isinstance(found, Mapping) and isinstance(slow, Mapping):
        assert list(found.entries) == list(slow.entries)
    return True


@pytest.mark.parametrize(
    "text",
    [
        "id: QT-01\n",
        "title: Kiểm soát tài liệu (lần 2), bản “chính”\nowner: lan\n",
        "at: 2026-02-25T09:30:00+07:00\n",
        "site: https://a.example/x?y=[1]&z='b'\n",
        "clauses: [4.2.3, 8.5.2]\nkeywords: [một cửa, hồ sơ]\nnone: []\n",
        "- no: B1\n  task: Nhận hồ sơ\n  outputs: [Phiếu hẹn]\n- no: B2\n  task: Trả\n",
        "- no: B1\n",
        "a:   b  \nc: [d] \n",
        'title: "Theo dõi: đo lường # và cải tiến"\nempty: ""\n',
        "# why\na: b\n\n  # who\nc: d\n\n",
        "basis: {number: 86/QĐ-UBND, date: 2025-09-15}\nempty: {}\nboth: [{a: [b, c], d: {e: f}}, [g]]\n",
        "units:\n  - {id: mot-cua, name: Một cửa}\n\n  - id: a\n    keys:\n    - b\n    - c: d\n\nids:\n   one: x\n   two: {y: z}\n",
        "- a\n- b c\n- [d]\n- {e: f}\n",
        'clauses: [7.2.3, "8.3"]\ninputs: ["a, [b]", c d, "e"]\n',
    ],
)
def test_plain_lines_are_read(text: str) -> None:
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "a: b", "\n", "a:\n", "a: \n", "a:b\n", "a : b\n", 'a: "b" c\n', 'a: "\\t"\n', "a: 'b'\n", 'a: [b "c", d]\n', 'a: ["b" c]\n', "a: b # c\n", "a: b: c\n",
        "a: b:\n", "a: b\r\n", "a: &b c\n", "a: *b\n", "a: !b c\n", "a: |\n", "a: ~\n", "a: [b\n", "a: [b,]\n",
        "a: [b: c]\n", "a: [b , c]\n", "a: b\na: c\n", "a: b\n  c\n", "- a: b\nc: d\n",
        "- a: b\n   c: d\n", "- a: b\n  a: c\n", "  a: b\n", "---\na: b\n", "a: b\n...\n", "<<: b\n", "a: b\tc\n", "1: b\n",
        "a: b\x85c\n", "a: b\u2028c\n", "a: b\u200bc\n", "a: b\x00\n", "a: b\u00a0c\n", "- - a: b\n", "a: {b: c, b: d}\n", "a: {b: c,}\n", "a: {b}\n", "a: {b: c: d}\n", "a: {b: [c}\n", "a: {b: c} d\n", "a:\nb: c\n", "a:\n    b: c\n  d: e\n", "- a\n  b: c\n",
            "a: [[[[[b]]]]]\n", "a:\n b:\n  c:\n   d:\n    e: f\n", "# \u200b\na: b\n", "# a\n", "a:\n  # b\n", "a: - b\n", "? a: b\n",
    ],
)
def test_anything_else_is_left_to_libyaml(text: str) -> None:
    assert _plain(text, 1) is None


LINE_LIKE = st.text(st.sampled_from("ab1é \n:-?[]{},'\"|>#&*!%@`\\<=~._(\r\t\u0301"), max_size=12)
BEGUN = ("", "- ", "  ", "a: ", "b: ", "- a: ", "  b: ", "c: [", 'd: "', 'e: ["a", ', "a:", "  c:", "  - ", "    d: ", "# ", "f: {a: b, ", "- {c: ", "g: [{h: i, ")
LINES = st.lists(st.tuples(st.sampled_from(BEGUN), LINE_LIKE), max_size=6)


@settings(max_examples=400)
@given(LINES.map(lambda lines: "".join(f"{start}{rest}\n" for start, rest in lines)))
@example("a: b\u0301\n")
@example("a: x'y\"z\nb: [x'y, z\"]\n")
def test_whatever_is_accepted_libyaml_reads_the_same(text: str) -> None:
    agrees(text)


@settings(max_examples=200)
@given(st.text(max_size=20), st.text(max_size=20))
def test_no_character_is_read_otherwise(text: str, other: str) -> None:
    agrees(f"a: {text}\nb: [x{other}, {text}]\n")
    agrees(f"{text}: a\n")


@settings(max_examples=200)
@given(LINES.map(lambda lines: "".join(f"{start}{rest}\n" for start, rest in lines)))
def test_read_fields_refuses_what_libyaml_refuses(text: str) -> None:
    try:
        expected = spanless(read_yaml(text))
    except YamlRefused as refused:
        with pytest.raises(YamlRefused) as found:
            read_fields(text, 1)
        assert (found.value.message, found.value.line) == (refused.message, refused.line)
    else:
        assert spanless(read_fields(text, 1)) == expected


def test_most_files_of_the_example_office_are_plain() -> None:
    fronts = []
    for path in EXAMPLE:
        try:
            fronts.append(cut(path.read_bytes()).front)
        except NoFrontMatter:
            continue
    plain = [front for front in fronts if agrees(front)]
    assert len(plain) > 0.98 * len(fronts)


@pytest.mark.parametrize("name", ["qms.yaml", "people.yaml"])
def test_the_configuration_of_the_example_office_is_plain(name: str) -> None:
    assert agrees((ROOT / "example-repo" / name).read_text(encoding="utf-8"))
