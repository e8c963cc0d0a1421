"""Edits touch the bytes of the changed value and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qmsctl.core.text.block_rows import append_row
from qmsctl.core.text.nodes import Mapping, plain
from qmsctl.core.text.splice import flow, front_matter, line, scalar, set_fields
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.errors import Refusal
from qmsctl.unfilled import is_hole

ORDER = ("id", "type", "title", "status", "owner", "raised", "tags", "evidence", "note")
KEYS = ("id", "title", "owner", "raised", "tags", "note", "x-own")
TEXT = st.text(st.sampled_from("abc xyz 019 ạđế -_.,:;#'\"[]{}&*!|>%@`?=~/\\\n\t"), max_size=20).filter(lambda text: not is_hole(text))
VALUE = st.one_of(TEXT, st.lists(TEXT, max_size=3), st.dictionaries(TEXT.filter(lambda t: t != "<<"), TEXT, max_size=3))


def fields(data: bytes) -> dict[str, object]:
    file = cut(data)
    node = read_yaml(file.front, 2, file.front_start)
    assert isinstance(node, Mapping)
    return {key: plain(value) for key, value in node.entries.items()}


@dataclass(frozen=True)
class Written:
    """A front matter in pieces: what stands before each value, the value, and what stands after it."""

    bom: bytes
    end: str
    rows: tuple[tuple[str, str, str], ...]
    body: str

    def data(self) -> bytes:
        rows = "".join(f"{key}:{value}{after}{self.end}" for key, value, after in self.rows)
        return self.bom + as_file(self, f"---{self.end}{rows}---{self.end}{self.body}")


PLAIN = st.text(st.sampled_from("abcđ019"), min_size=1, max_size=8)
WRITTEN_VALUE = st.one_of(
    PLAIN.map(lambda t: f" {t}"),
    PLAIN.map(lambda t: f"   {t}"),
    PLAIN.map(lambda t: f" '{t}: x'"),
    PLAIN.map(lambda t: f' "{t} \\"x\\" # y"'),
    PLAIN.map(lambda t: f" [{t}, '{t}',  b]"),
    PLAIN.map(lambda t: f" {{a: {t}, b: [1, 2]}}"),
    PLAIN.map(lambda t: f" [{t},\n  b]"),
    PLAIN.map(lambda t: f" {t}\n  more"),
    PLAIN.map(lambda t: f"\n  - {t}\n  - b"),
    PLAIN.map(lambda t: f"\n- {t}\n- b"),
    PLAIN.map(lambda t: f"\n  a: {t}\n  b: 2"),
    PLAIN.map(lambda t: f" |\n  {t}\n  b"),
    PLAIN.map(lambda t: f" >-\n  {t}\n  b"),
    st.just(""),
    st.just(" "),
    st.just(" []"),
    st.just(' ""'),
)


def ending(value: str, spaces: str, comment: str, own_line: str) -> str:
    """What may follow a value; a block scalar would take a comment as its text."""
    if "|" in value or ">-" in value:
        return ""
    return f"{spaces}{comment if spaces else ''}{own_line}"


@st.composite
def written(draw: st.DrawFn) -> Written:
    rows = []
    for key in draw(st.permutations(KEYS))[: draw(st.integers(1, 6))]:
        value = draw(WRITTEN_VALUE)
        after = ending(value, draw(st.sampled_from(["", " ", "  "])), draw(st.sampled_from(["", "# note: 'x'", "#"])), draw(st.sampled_from(["", "\n# own line", "\n"])))
        rows.append((key, value, after))
    body = draw(st.sampled_from(["", "\n# A\n\ntext: [x]\n---\n", "no end of line"]))
    return Written(draw(st.sampled_from([b"", b"\xef\xbb\xbf"])), draw(st.sampled_from(["\n", "\r\n"])), tuple(rows), body)


def normal(value: object) -> object:
    if isinstance(value, dict):
        return {key: normal(part) for key, part in value.items()}
    return [normal(part) for part in value] if isinstance(value, list) else value


@settings(max_examples=120)
@given(written(), VALUE, st.data())
def test_only_the_bytes_of_the_value_change(file: Written, value: str, data: st.DataObject) -> None:
    before = file.data()
    key, old, after = data.draw(st.sampled_from(file.rows))
    try:
        result = set_fields(before, {key: value}, ORDER)
    except Refusal:
        assume("\n" in old and "#" in after)
        return
    assert fields(result) == {**fields(before), key: normal(value)}
    rows = [f"{k}:{v}{a}{file.end}" for k, v, a in file.rows]
    position = [k for k, _v, _a in file.rows].index(key)
    head = file.bom + as_file(file, f"---{file.end}" + "".join(rows[:position]) + f"{key}:")
    tail = as_file(file, after + file.end + "".join(rows[position + 1 :]) + f"---{file.end}{file.body}")
    assert result.startswith(head)
    assert result.endswith(tail)
    middle = result[len(head) : len(result) - len(tail)].decode()
    assert "\n" not in middle.strip()


def as_file(file: Written, text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", file.end).encode()


CANONICAL = st.one_of(TEXT.map(line), st.lists(TEXT, max_size=3).map(line), st.dictionaries(PLAIN, TEXT, max_size=2).map(line))


@settings(max_examples=120)
@given(st.dictionaries(st.sampled_from(KEYS), CANONICAL, min_size=1), VALUE, st.sampled_from(["\n", "\r\n"]), st.data())
def test_setting_and_restoring_gives_the_first_bytes(rows: dict[str, str], value: str, end: str, data: st.DataObject) -> None:
    before = f"---{end}{''.join(f'{key}: {text}{end}' for key, text in rows.items())}---{end}body{end}".encode()
    key = data.draw(st.sampled_from(sorted(rows)))
    first = fields(before)[key]
    changed = set_fields(before, {key: value})
    restored = set_fields(changed, {key: first})  # type: ignore[dict-item]
    quoted_meanwhile = rows[key][:1] != '"' and isinstance(first, str) and isinstance(value, str) and line(value)[:1] == '"'
    if quoted_meanwhile:  # a scalar that was quoted stays so
        assert fields(restored) == fields(before)
    else:
        assert restored == before


@settings(max_examples=120)
@given(written(), st.data())
def test_removal_takes_out_whole_lines(file: Written, data: st.DataObject) -> None:
    before = file.data()
    key, old, after = data.draw(st.sampled_from(file.rows))
    try:
        result = set_fields(before, {key: None}, ORDER)
    except Refusal:
        assert len(file.rows) == 1 or "\n" in after or "\n" in old
        return
    expected = fields(before)
    del expected[key]
    assert fields(result) == expected
    kept = [piece for piece in result.split(b"\n") if piece not in before.split(b"\n")]
    assert kept == []
    assert set_fields(result, {key: None}) == result


@settings(max_examples=120)
@given(written(), VALUE, st.sampled_from([*ORDER, "unknown"]))
def test_insertion_adds_one_line_and_no_other_byte(file: Written, value: str, key: str) -> None:
    assume(key not in {row[0] for row in file.rows})
    before = file.data()
    result = set_fields(before, {key: value}, ORDER)
    assert fields(result) == {**fields(before), key: normal(value)}
    added = f"{key}: {line(value)}{file.end}".encode()
    assert result.count(added) >= 1
    places = [at for at in range(len(result)) if result.startswith(added, at) and result[:at] + result[at + len(added) :] == before]
    assert places


def front(*lines: str) -> bytes:
    return "\n".join(("---", *lines, "---", "body", "")).encode()


@pytest.mark.parametrize(
    ("lines", "key", "expected"),
    [
        (("id: A", "title: x", "x-own: 1"), "status", ("id: A", "title: x", "status: new", "x-own: 1")),
        (("id: A", "x-own: 1"), "title", ("id: A", "title: new", "x-own: 1")),
        (("x-own: 1", "title: x"), "id", ("x-own: 1", "title: x", "id: new")),
        (("id: A", "tags:", "  - a", "  - b", "note: x"), "evidence", ("id: A", "tags:", "  - a", "  - b", "evidence: new", "note: x")),
        (("tags: |", "  a", "", "note: x"), "evidence", ("tags: |", "  a", "evidence: new", "", "note: x")),
        (("id: A # why", "# on its own", "note: x"), "type", ("id: A # why", "type: new", "# on its own", "note: x")),
        (("id: A", "note: x"), "unknown", ("id: A", "note: x", "unknown: new")),
        (("id:", "note: x"), "type", ("id:", "type: new", "note: x")),
    ],
)
def test_a_new_key_goes_after_its_nearest_predecessor(lines: tuple[str, ...], key: str, expected: tuple[str, ...]) -> None:
    assert set_fields(front(*lines), {key: "new"}, ORDER) == front(*expected)


@pytest.mark.parametrize(
    ("before", "value", "expected"),
    [
        ("title: 'a'", "b", "title: 'b'"),
        ('title: "a" # c', "b", 'title: "b" # c'),
        ("title:", "b", "title: b"),
        ("title: # c", "b", "title: b # c"),
        ("title:  a", "b", "title:  b"),
        ("title: |\n  a\n  b", "c", "title: c"),
        ("title: a\n  b", "c", "title: c"),
        ("title: a", "b: c", 'title: "b: c"'),
        ("title: a", "b, c", "title: b, c"),
        ("title: a", "a #b", 'title: "a #b"'),
        ("title: a", "", 'title: ""'),
        ("title: a", "no", "title: no"),
        ("title: a", "- x", 'title: "- x"'),
        ("title: a", " x", 'title: " x"'),
        ("title: a", "x\ny", 'title: "x\\ny"'),
        ("title: a", "8:30", "title: 8:30"),
        ("title: a", ["b, c", "d"], 'title: ["b, c", d]'),
        ("title: a", [], "title: []"),
        ("title: a", {}, "title: {}"),
        ("title: a", [{"path": "x", "sha256": "0"}], "title: [{path: x, sha256: 0}]"),
        ("title: []", ["Đỗ"], "title: [Đỗ]"),
    ],
)
def test_how_a_value_is_written(before: str, value: str, expected: str) -> None:
    assert set_fields(front("id: A", before, "note: z"), {"title": value}) == front("id: A", expected, "note: z")


@settings(max_examples=300, deadline=None)
@given(written(), st.dictionaries(st.sampled_from([*ORDER, "unknown", "other"]), st.none() | VALUE, min_size=1))
def test_several_fields_in_one_edit_are_as_one_after_another(file: Written, changes: dict[str, str | None]) -> None:
    before = file.data()
    try:
        expected = before
        for key, value in changes.items():
            expected = set_fields(expected, {key: value}, ORDER)
    except Refusal:
        return
    assert set_fields(before, changes, ORDER) == expected


def test_several_fields_in_one_edit() -> None:
    before = front("id: A", "title: x", "note: y")
    after = set_fields(before, {"title": "longer than before", "note": None, "owner": "minh"}, ORDER)
    assert after == front("id: A", "title: longer than before", "owner: minh")


@pytest.mark.parametrize("value", ["a\u200bb", "\x1b[0m", "\udc80", "a\x00", "\ufeff", ["ok", "\u202e"], {"a": "\x07"}, {"\u200b": "a"}])
def test_what_cannot_be_seen_is_refused_even_before_another_field(value: str) -> None:
    with pytest.raises(Refusal, match="hidden character"):
        set_fields(front("id: A", "title: x"), {"title": value, "note": "y"}, ORDER)
    with pytest.raises(Refusal, match="hidden character"):
        front_matter([("title", value)], "")


def test_a_carriage_return_in_a_value_is_refused() -> None:
    with pytest.raises(Refusal):
        set_fields(front("id: A"), {"title": "a\rb", "note": "y"})


@pytest.mark.parametrize("body", ["\udc80", "a\x1bb", "\u202e"])
def test_a_body_with_hidden_characters_is_refused(body: str) -> None:
    with pytest.raises(Refusal, match="hidden character"):
        front_matter([("a", "b")], body)


@pytest.mark.parametrize(
    ("lines", "changes"),
    [
        pytest.param(("{id: A, title: x}",), {"title": "y"}, id="flow mapping"),
        pytest.param(("  id: A", "  title: x"), {"note": "y"}, id="indented, new key"),
        pytest.param(("  id: A", "  title: x"), {"note": "y", "title": "z"}, id="indented, two changes"),
        pytest.param(("id: A",), {"id": None}, id="last key"),
        pytest.param(("tags:", "  - a # why", "  - b"), {"tags": ["c"]}, id="list with comments"),
        pytest.param(("- a",), {"id": "x"}, id="list"),
        pytest.param(("id: &a x",), {"id": "y"}, id="anchor"),
        pytest.param(("title: x",), {"title": [[[[[[[["deep"]]]]]]]]}, id="too deep"),
        pytest.param(("title: x",), {"title": "x" * 70_000}, id="too long"),
    ],
)
def test_what_cannot_be_done_safely_is_refused(lines: tuple[str, ...], changes: dict[str, str]) -> None:
    with pytest.raises(Refusal):
        set_fields(front(*lines), changes, ORDER)


def test_an_explicit_key_is_taken_out_with_its_value() -> None:
    assert set_fields(front("id: A", "? title", ": x"), {"title": None}) == front("id: A")


def test_nothing_to_change_changes_nothing() -> None:
    data = front("id: A")
    assert set_fields(data, {}) == data


@settings(max_examples=120)
@given(st.dictionaries(PLAIN, VALUE, min_size=1, max_size=4), st.sampled_from(["", "\nComment.\n"]))
def test_a_new_front_matter_reads_back(values: dict[str, str], body: str) -> None:
    data = front_matter(values.items(), body)
    assert fields(data) == {key: normal(value) for key, value in values.items()}
    assert cut(data).body == body


@settings(max_examples=120)
@given(VALUE)
def test_flow_reads_back_in_any_place(value: str) -> None:
    node = read_yaml(f"[{{a: {flow(value)}}}, {scalar('z')}]")
    assert plain(node) == [{"a": normal(value)}, "z"]  # type: ignore[arg-type]


def rows(data: bytes, block: str = "steps") -> list[object]:
    from qmsctl.core.text.body import scan

    file = cut(data)
    found = scan(file.text, file.body_start, file.body_line, frozenset((block,))).block(block)
    return [plain(row) for each in found if each.rows for row in each.rows.items]  # type: ignore[union-attr]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_append_row_to_a_block(end: str) -> None:
    before = end.join(("---", "id: A", "---", "```steps", "- no: 1", "  task: x", "```", "after", "")).encode()
    after = append_row(before, "steps", {"no": "2", "task": "a: b"}, "Steps")
    added = end.join(("- no: 2", '  task: "a: b"', "")).encode()
    assert after.replace(added, b"") == before
    assert rows(after) == [{"no": "1", "task": "x"}, {"no": "2", "task": "a: b"}]


@pytest.mark.parametrize("body", ["", "text", "text\n", "```other\nx\n```\n"])
def test_append_row_makes_the_block_at_the_end(body: str) -> None:
    before = f"---\nid: A\n---\n{body}".encode()
    after = append_row(before, "steps", {"no": "1"}, "Các bước")
    assert after.startswith(before)
    assert after.endswith("\n\n## Các bước\n\n```steps\n- no: 1\n```\n".encode())
    twice = append_row(after, "steps", {"no": "2"}, "Các bước")
    assert rows(twice) == [{"no": "1"}, {"no": "2"}]


@pytest.mark.parametrize(
    "block",
    ["```steps\n[{no: 1}]\n```\n", "```steps\nno: 1\n```\n", "```steps\n  - no: 1\n```\n", "```steps\ntext\n```\n", "```steps\n- [\n```\n", "```other\nopen\n"],
)
def test_append_row_refuses_a_block_it_cannot_lengthen(block: str) -> None:
    with pytest.raises(Refusal):
        append_row(f"---\nid: A\n---\n{block}".encode(), "steps", {"no": "2"}, "Steps")

@settings(max_examples=100)
@given(st.lists(st.dictionaries(PLAIN, TEXT, min_size=1, max_size=3), min_size=1, max_size=3))
def test_appended_rows_read_back(added: list[dict[str, str]]) -> None:
    data = b"---\nid: A\n---\n\n# A\n"
    for row in added:
        data = append_row(data, "steps", row, "Steps")
    assert rows(data) == added
