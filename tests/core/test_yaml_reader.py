"""Hostile and odd YAML: nothing of it crashes, hangs, or is repaired in silence."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.gates import shape_of
from qmsctl.core.reading import parse
from qmsctl.core.text import yaml_events
from qmsctl.core.text.nodes import Mapping, Node, Scalar, Sequence, is_empty
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.values import read_date, read_integer, read_moment
from qmsctl.core.text.yaml_reader import MAX_BYTES, MAX_DEPTH, read_yaml
from qmsctl.core.text.yaml_refused import YamlRefused
from qmsctl.core.types.type_set import TypeSet

HIDDEN = ("\x00", "\x1b", "\x7f", "\x85", "\u200b", "\u202e", "\u2028", "\u2066", "\ufeff", "\U000e0041")

ALIAS_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [" + ", ".join([f"*{old}"] * 9) + "]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGE_BOMB = "a: &a {x: 1}\n" + "".join(
    f"{new}: &{new} {{<<: [" + ", ".join([f"*{old}"] * 9) + "]}\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


def refused(text: str, **options: int) -> YamlRefused:
    with pytest.raises(YamlRefused) as caught:
        read_yaml(text, **options)
    assert str(caught.value.message)
    return caught.value


def top(text: str) -> Mapping:
    node = read_yaml(text)
    assert isinstance(node, Mapping)
    return node


def plain(node: Node | None) -> object:
    match node:
        case None:
            return None
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(value) for key, value in node.entries.items()}


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        pytest.param(ALIAS_BOMB, 1, "anchor (&a)", id="Y1 alias bomb"),
        pytest.param("id: x\nb: *a\n", 2, "alias (*a)", id="Y1 alias"),
        pytest.param("id: x\nb: [1, &a 2]\n", 2, "anchor (&a)", id="Y1 anchor in a list"),
        pytest.param("id: x\n&k key: 1\n", 2, "anchor (&k)", id="Y1 anchor on a key"),
        pytest.param(MERGE_BOMB, 1, "anchor (&a)", id="Y2 merge bomb"),
        pytest.param("id: x\n<<: {a: 1}\n", 2, "merge key", id="Y2 merge key"),
        pytest.param("id: x\nmore:\n  <<: [{a: 1}]\n", 3, "merge key", id="Y2 inner merge key"),
        pytest.param("id: x\nb: " + "[" * 60_000, 2, "deeper than 8", id="Y3 brackets"),
        pytest.param("id: x\nb: " + "{a: " * 10_000, 2, "deeper than 8", id="Y3 braces"),
        pytest.param("id: x\n" + "- " * 20_000, 2, "not indented like", id="Y3 dashes after a key"),
        pytest.param("- " * 20_000 + "x", 1, "deeper than 8", id="Y3 dashes"),
        pytest.param("? " * 20_000 + "x", 1, "deeper than 8", id="Y3 question marks"),
        pytest.param("[" * 200_000, 1, "larger than 64 kB", id="Y3 brackets over the size"),
        pytest.param("a: " + "x" * 50_000_000, 1, "larger than 64 kB", id="Y4 huge scalar"),
        pytest.param("".join(f"k{n}: 1\n" for n in range(200_000)), 1, "larger than 64 kB", id="Y4 many keys"),
        pytest.param("a: 1\nb: 2\na: 3\n", 3, "“a” is given twice, first on line 1", id="Y5 twice"),
        pytest.param('a: 1\nb: 2\n"a": 3\n', 3, "first on line 1", id="Y5 quoted"),
        pytest.param('a: 1\nb: 2\n"\\x61": 3\n', 3, "first on line 1", id="Y5 escaped"),
        pytest.param('x: 0\na: {b: 1,\n  c: 2, "\\u0062": 3}\n', 3, "first on line 2", id="Y5 in a flow mapping"),
        pytest.param("a: 1\n? a\n: 2\n", 2, "first on line 1", id="Y5 explicit key"),
        pytest.param("'': 1\n? \n: 2\n", 2, "first on line 1", id="Y5 empty key"),
        pytest.param("id: x\nb: !!python/object/apply:os.system [x]\n", 2, "tag", id="Y8 python"),
        pytest.param("id: x\nb: !!binary aGk=\n", 2, "tag", id="Y8 binary"),
        pytest.param("id: x\nb: !!set {a, b}\n", 2, "tag", id="Y8 set"),
        pytest.param("id: x\nb: !!str y\n", 2, "tag", id="Y8 str"),
        pytest.param("id: x\nb: !own y\n", 2, "tag", id="Y8 own"),
        pytest.param("id: x\n!!str b: y\n", 2, "tag", id="Y8 on a key"),
        pytest.param("%YAML 1.1\n---\na: 1\n", 1, "directive", id="Y8 directive"),
        pytest.param("%TAG ! tag:x,2000:\n---\na: 1\n", 1, "directive", id="Y8 tag directive"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "only one", id="two documents"),
        pytest.param("a: 1\n\nb: x\x00y\n", 3, "U+0000", id="Y9 NUL"),
        pytest.param("a: 1\n[a]: 2\n", 2, "a key must be a word", id="list as a key"),
        pytest.param("a: 1\n? {b: c}\n: 2\n", 2, "a key must be a word", id="mapping as a key"),
        pytest.param("a: 1\n\tb: 2\n", 2, "a tab stands here", id="tab as indentation"),
        pytest.param("a: 1\nb: 'x\n", 2, "quotation mark that opens on this line is not closed", id="open quote"),
        pytest.param("a: 1\nb: x\ry\n", 2, "U+000D", id="Y9 lone CR"),
        pytest.param("a: @x\n", 1, "cannot begin with “@”", id="reserved character"),
        pytest.param("a: *\n", 1, "cannot begin with “*”", id="an alias without a name"),
        pytest.param("id: x\ntitle: Nghị định: số 61\n", 2, 'the value of “title” has a colon in it; put the value in double quotes: title: "…"', id="colon in a value"),
        pytest.param("a:\n  - {id: x, name: Ba: y}\n", 2, "the value of “name” has a colon", id="colon in a value within brackets"),
        pytest.param("a: {b: c, d: e: f}\n", 1, "the value of “d” has a colon", id="colon in a value within braces"),
        pytest.param("a:\n  - b: c\n   d: e\n", 3, "not indented like", id="a line too far left"),
        pytest.param("a: b\n  c: d\n", 2, "not indented like", id="a line too far right"),
        pytest.param("a: [b, c\nd: e\n", 1, "bracket “[” that opens on this line is not closed", id="open bracket"),
        pytest.param("a: {b: c\nd: e\n", 1, "bracket “{” that opens on this line is not closed", id="open brace"),
        pytest.param('a: "b" c\n', 1, "something follows the closing quotation mark", id="text behind a quote"),
        pytest.param("a: b\nc\nd: e\n", 2, "“key: value” is expected", id="a line without a key"),
        pytest.param("a: b\nname:Đỗ\nd: e\n", 2, "a space is missing after the colon; write name: Đỗ", id="no space behind the colon"),
        pytest.param("a:\n  - name:Đỗ\n    d: e\n", 2, "a space is missing after the colon; write name: Đỗ", id="no space behind the colon in a row"),
        pytest.param("a: - b\n", 1, "list begins on a line of its own", id="a list behind a key"),
        pytest.param('a: "\\q"\n', 1, "backslash stands in double quotes", id="backslash"),
        pytest.param("a: |x\n b\n", 1, "not valid YAML", id="anything else"),
        pytest.param("a: \ufffe\n", 1, "not valid YAML", id="no character at all"),
    ],
)
def test_refused_with_its_line(text: str, line: int, part: str) -> None:
    error = refused(text)
    assert error.line == line
    assert part in str(error.message)
    assert refused(text, first_line=11).line == line + 10


@pytest.mark.parametrize("character", HIDDEN)
def test_y10_hidden_character_as_written(character: str) -> None:
    error = refused(f"a: 1\nb: x{character}y\n")
    assert error.line == 2
    assert f"U+{ord(character):04X}" in str(error.message)


@pytest.mark.parametrize("character", [c for c in HIDDEN if c != "\ufeff"])
def test_y10_hidden_character_through_an_escape(character: str) -> None:
    error = refused(f'a: 1\nb: "x\\U{ord(character):08x}y"\n')
    assert error.line == 2


@pytest.mark.parametrize("escape", [r"\e", r"\0", r"\a", r"\b", r"\N", r"\L", r"\P", r"\ud800", r"\ufeff", r"\U00110000", r"a\rb", r"\x9b"])
def test_y10_escapes_with_a_name(escape: str) -> None:
    assert refused(f'a: 1\nb: "{escape}"\n').line == 2
    assert refused(f'a: 1\n"{escape}": b\n').line == 2


def test_escapes_that_show_are_read() -> None:
    assert plain(read_yaml(r'a: "\t\n\x41\u1EA1\\\""')) == {"a": '\t\nAạ\\"'}


DEEP = ("[", "{", "[{", "[ ", "[a, ", "{a: ", "[[], ")
BEFORE_DEEP = ("", "id: x\nb: ", "id: x\nb: [a, b, [c]]\nc: [[d], ", "- ")


@pytest.mark.parametrize(
    ("parser", "levels"),
    [
        pytest.param(yaml_events._Parser, (MAX_DEPTH + 1, 40, 900, 999, 1000, 1001, 1024, 1025, 20_000), id="libyaml"),
        pytest.param(yaml.Loader, (MAX_DEPTH + 1, 1025), id="without libyaml"),
    ],
)
def test_our_own_depth_speaks_before_the_limit_of_any_parser(parser: type, levels: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_events, "_Parser", parser)
    wrong = []
    for opening, before, count in product(DEEP, BEFORE_DEEP, levels):
        error = refused(before + opening * count, limit=200_000)
        if error.line != 1 + before.count("\n") or "deeper than 8" not in str(error.message):
            wrong.append((before, opening, count, error.line, str(error.message)))
    assert not wrong


@pytest.mark.parametrize("value", ['"' + "[" * 2000, "'" + "{" * 2000, "@" + "[" * 2000, '"' + "[" * 2000 + '" x'])
def test_brackets_in_a_value_are_no_depth(value: str) -> None:
    assert "deeper" not in str(refused(f"a: 1\nb: {value}\n").message)


def test_depth_is_counted_on_every_kind_of_nesting() -> None:
    assert read_yaml("[" * MAX_DEPTH + "]" * MAX_DEPTH) is not None
    assert refused("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).line == 1
    nested = "".join("  " * n + f"k{n}:\n" for n in range(12))
    assert refused(nested).line == MAX_DEPTH + 1


@pytest.mark.parametrize("text", ["1.10", "010", "no", "12:30", "3_0", ".inf", "=", "~", "null", "0x10", "1e3", "2026-01-05", "Yes", "-", ".nan"])
def test_y6_values_stay_strings(text: str) -> None:
    if text == "-":
        text = '"-"'
    node = top(f"a: {text}\n").entries["a"]
    assert isinstance(node, Scalar)
    assert node.text == text.strip('"')


def test_y7_impossible_values_are_no_values() -> None:
    node = top(f"a: 2026-02-30\nb: {'9' * 5000}\nc: 2026-01-01T00:00:00+99:99\n")
    assert read_date(node.text("a") or "") is None
    assert read_integer(node.text("b") or "") is None
    assert read_moment(node.text("c") or "") is None
    assert read_date("2026-02-28") == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        pytest.param(b"---\nid: x\n---\n\nfine\nb\xffd\n", 6, id="bad UTF-8"),
        pytest.param("---\nid: x\n---\n".encode("utf-16"), 1, id="UTF-16"),
        pytest.param("---\nid: x\n---\n".encode("utf-16-be"), 1, id="UTF-16 without a mark"),
        pytest.param(b"---\nid: a\n\nb: x\ry\n---\n", 4, id="lone CR in the front matter"),
        pytest.param(b"---\nid: a\n---\n\nx\ry\n", 5, id="lone CR in the body"),
        pytest.param(b"---\r\nid: a\r\n---\r\nx\r\r\n", 4, id="CR before CRLF"),
        pytest.param(b"---\nid: a\nb: \x00\n---\n", 3, id="NUL"),
        pytest.param(b"\xef\xbb\xbf\xef\xbb\xbf---\nid: a\n---\n", 1, id="two marks"),
        pytest.param(b"---\nid: x\n", 1, id="never closed"),
        pytest.param(b"---\n" + b"a: 1\n" * 20_000 + b"---\n", 1, id="front matter of 100 kB"),
        pytest.param(b"---\nid: a\n---\n" + b"x" * 1_200_000, 0, id="file of 1.2 MB"),
        pytest.param(b"---\n- a\n---\n", 1, id="no mapping"),
        pytest.param(b"", 1, id="empty"),
    ],
)
def test_y9_files_that_cannot_be_read(data: bytes, line: int) -> None:
    parsed = parse("documents/x.md", data, TypeSet(lambda name: None, list, shape_of))
    assert parsed.fields is None
    assert parsed.problem is not None
    assert parsed.problem.line == line


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_y9_mark_and_crlf_are_read_with_exact_lines_and_spans(mark: bytes, end: bytes) -> None:
    data = mark + end.join((b"---", "a: một".encode(), b"", b"# note", b"b: 'two'", b"c: [x,", b"  y]", b"---", b"text", b""))
    file = cut(data)
    node = read_yaml(file.front, 2, file.front_start)
    assert isinstance(node, Mapping)
    assert node.key_lines == {"a": 2, "b": 5, "c": 6}
    spans = {key: file.text[value.start : value.end].replace("\r", "") for key, value in node.entries.items()}
    assert spans == {"a": "một", "b": "'two'", "c": "[x,\n  y]"}
    assert file.bom == bool(mark)
    assert file.body_line == 9


def test_byte_order_mark_does_not_hide_the_front_matter() -> None:
    parsed = parse("documents/x.md", b"\xef\xbb\xbf---\nid: a\n---\n", TypeSet(lambda name: None, list, shape_of))
    assert parsed.fields is not None
    assert parsed.fields.text("id") == "a"


FRONT = 100_000
HOSTILE = {
    "Y11 blank lines": "\n" * 40_000,
    "Y11 blank CRLF lines": "\r\n" * 30_000,
    "spaces": " " * FRONT,
    "spaces and lines": " \n" * (FRONT // 2),
    "fences that are none": "---x\n" * (FRONT // 5),
    "fences with spaces": ("---" + " " * 97 + "x\n") * (FRONT // 102),
    "brackets": "a: " + "[" * FRONT,
    "braces": "a: " + "{" * FRONT,
    "dashes": "- " * (FRONT // 2),
    "question marks": "? " * (FRONT // 2),
    "colons": ": " * (FRONT // 2),
    "quotes": '"' * FRONT,
    "open quote": 'a: "' + "x" * FRONT,
    "aliases": "a: [" + "*a," * (FRONT // 3),
    "comments": "#" * FRONT,
    "many comments": "#\n" * (FRONT // 2),
    "keys": "".join(f"k{n}: v\n" for n in range(FRONT // 10)),
    "one long scalar": "a: " + "x" * FRONT,
    "one scalar below the limit": "a: " + "x" * 60_000,
    "folded": "a: >\n" + "  x\n" * (FRONT // 4),
    "backslashes": 'a: "' + "\\\\" * (FRONT // 2) + '"',
    "percent": "%" * FRONT,
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in HOSTILE.items()])
@pytest.mark.parametrize("closing", ["---\n", "", "---" + " " * 100_000])
def test_a_hostile_front_matter_is_read_or_refused(text: str, closing: str) -> None:
    parsed = parse("documents/x.md", f"---\n{text}\n{closing}".encode(), TypeSet(lambda name: None, list, shape_of))
    assert (parsed.fields is None) == (parsed.problem is not None)


@pytest.mark.parametrize("piece", ["x,", "a b,", "{a: b},", "[],"])
def test_the_most_nodes_that_fit_are_read(piece: str) -> None:
    count = (MAX_BYTES - 20) // len(piece)
    node = top("a: [" + piece * count + "]").entries["a"]
    assert isinstance(node, Sequence)
    assert len(node.items) == count


def test_a_fence_with_a_megabyte_of_spaces_is_a_fence() -> None:
    assert cut(b"---" + b" " * 1_000_000 + b"\nid: a\n---\n").front == "id: a\n"


def test_limit_is_exact() -> None:
    assert read_yaml("#" * MAX_BYTES) is None
    assert refused("#" * (MAX_BYTES + 1)).line == 1
    assert read_yaml("#" * (MAX_BYTES + 1), limit=2 * MAX_BYTES) is None


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n...\n"])
def test_nothing_is_none_or_empty(text: str) -> None:
    assert is_empty(read_yaml(text))


YAML_LIKE = st.text(st.sampled_from("ab1 \n\t:-?[]{},'\"|>#&*!%@`\\<=~.é\r"), max_size=60)


@settings(max_examples=600)
@given(st.one_of(st.text(max_size=200), YAML_LIKE))
def test_only_refusals_are_raised(text: str) -> None:
    try:
        node = read_yaml(text)
    except YamlRefused as error:
        assert 1 <= error.line <= text.count("\n") + text.count("\r") + 2
    else:
        assert_spans(node, text)


def assert_spans(node: Node | None, text: str) -> None:
    """Every plain scalar of one line stands in the text exactly where it says."""
    match node:
        case Scalar() if node.plain and "\n" not in node.text and "\n" not in text[node.start : node.end]:
            assert text[node.start : node.end] == node.text
        case Sequence():
            for item in node.items:
                assert_spans(item, text)
        case Mapping():
            for value in node.entries.values():
                assert_spans(value, text)


@settings(max_examples=600)
@given(YAML_LIKE)
def test_agrees_with_pyyaml_where_both_read(text: str) -> None:
    try:
        node = read_yaml(text)
        loaded = yaml.load(text, yaml.CBaseLoader)
    except (YamlRefused, yaml.YAMLError):
        return
    assert plain(node) == loaded


WORDS = st.text(st.sampled_from("abcxyz0123456789 ạđ'\"#:,[]-"), max_size=12)


@settings(max_examples=200)
@given(st.recursive(WORDS, lambda part: st.lists(part, max_size=3) | st.dictionaries(WORDS, part, max_size=3), max_leaves=8))
def test_reads_back_what_pyyaml_writes(value: object) -> None:
    def strings(part: object) -> object:
        if isinstance(part, dict):
            return {str(key): strings(each) for key, each in part.items()}
        return [strings(each) for each in part] if isinstance(part, list) else part

    for style in (True, False):
        text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=style)
        try:
            node = read_yaml(text)
        except YamlRefused as error:
            assert "deeper" in str(error.message)
        else:
            assert plain(node) == strings(value)
