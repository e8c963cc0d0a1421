"""A list of the front matter is edited where it stands: only the lines of what comes and goes change."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.text.nodes import Mapping, plain
from qmsctl.core.text.splice import set_fields
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.errors import Refusal

LISTS = {
    "lines": "tags:\n  - 'a' # vì sao\n  - b\n  - \"c\" # của ai\n",
    "lines without indent": "tags: # ghi chú\n- a\n- 'b' # vì sao\n-   c\n",
    "lines apart": "tags:\n\n  # nhóm đầu\n  - a\n\n  # nhóm sau\n  - b # vì sao\n  - c\n  # hết\n",
    "entries of several lines": "tags:\n  - >-\n    a\n  - b # vì sao\n  - |-\n    c\n",
    "brackets": "tags: ['a', b, \"c\"] # vì sao\n",
    "close brackets": "tags: [a,b,c]\n",
    "a comma at the end": "tags: [a, 'b', c, ]\n",
    "brackets over lines": "tags: [\n  'a', # vì sao\n  b,\n  c # của ai\n]\n",
    "brackets over lines, a comma at the end": "tags: [\n  a, # vì sao\n  'b', # của ai\n  c, # hết\n  ]\n",
    "two lines": "tags: [a, b, # vì sao\n  c]\n",
}
CHANGES = {
    "one more": ["a", "b", "c", "d"], "two more": ["a", "b", "c", "d", "đ: e"], "one before": ["z", "a", "b", "c"], "one between": ["a", "x", "b", "c"],
    "without the first": ["b", "c"], "without the middle": ["a", "c"], "without the last": ["a", "b"], "the first alone": ["a"], "the last alone": ["c"],
    "another in the middle": ["a", "x", "c"], "another at the end": ["a", "b", "x"], "turned round": ["c", "b", "a"], "the same": ["a", "b", "c"], "twice": ["a", "a", "b", "c"],
}  # fmt: skip


def made(listed: str, wanted: list[str], end: str = "\n") -> tuple[str, str]:
    before = f"---\nid: x # y\n{listed}owner: 'm'\n---\n# a\n".replace("\n", end)
    after = set_fields(before.encode(), {"tags": wanted}).decode()
    top = read_yaml(cut(after.encode()).front)
    assert isinstance(top, Mapping)
    assert plain(top.entries["tags"]) == wanted
    assert after.count("\r") == (after.count("\n") if end == "\r\n" else 0)
    return before.replace("\r\n", "\n"), after.replace("\r\n", "\n")


def touched(before: str, after: str) -> tuple[list[str], list[str]]:
    changes = [each for each in difflib.ndiff(before.splitlines(), after.splitlines()) if each[0] in "+-"]
    return [each[2:] for each in changes if each[0] == "-"], [each[2:] for each in changes if each[0] == "+"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("wanted", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", [each for each in LISTS if each.startswith(("lines", "entries"))])
def test_only_whole_lines_of_entries_come_and_go(name: str, wanted: list[str], end: str) -> None:
    before, after = made(LISTS[name], wanted, end)
    gone, come = touched(before, after)
    assert all(each.strip().startswith("- ") or each.strip() in "ac" for each in gone)
    assert all(each.strip().startswith("- ") for each in come)
    stay = sum(each in wanted for each in "abc")
    assert len(come) <= len(wanted) - stay + (2 if wanted == ["c", "b", "a"] else 0) + ("a" if wanted.count("a") == 2 else "").count("a")
    for line in before.splitlines():
        assert line in after or line in gone
        if line.strip().startswith("#"):
            assert line not in gone


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("wanted", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("name", [each for each in LISTS if not each.startswith(("lines", "entries"))])
def test_in_brackets_quotes_and_comments_of_the_others_stay(name: str, wanted: list[str], end: str) -> None:
    before, after = made(LISTS[name], wanted, end)
    for value in "abc":
        for written in (f"'{value}'", f'"{value}"'):
            assert written not in before or value not in wanted or written in after
    if set("abc") <= set(wanted) and wanted != ["c", "b", "a"]:
        assert [each.partition("#")[2] for each in before.splitlines() if "#" in each] == [each.partition("#")[2] for each in after.splitlines() if "#" in each]
    if set("abc") <= set(wanted) and wanted != ["c", "b", "a"] and name.startswith("brackets over"):
        gone, come = touched(before, after)
        assert len(gone) <= 1, "the line that gets a comma"
        assert len(come) == len(wanted) - 3 + len(gone)


@pytest.mark.parametrize(
    ("listed", "wanted", "after"),
    [
        ("brackets", ["a", "b", "c", "d"], "tags: ['a', b, \"c\", d] # vì sao\n"),
        ("brackets", ["b", "c"], 'tags: [b, "c"] # vì sao\n'),
        ("brackets", ["a", "b"], "tags: ['a', b] # vì sao\n"),
        ("lines", ["a", "b", "c", "đ: e"], "tags:\n  - 'a' # vì sao\n  - b\n  - \"c\" # của ai\n  - \"đ: e\"\n"),
        ("lines", ["a", "c"], "tags:\n  - 'a' # vì sao\n  - \"c\" # của ai\n"),
        ("brackets over lines", ["a", "b", "c", "d"], "tags: [\n  'a', # vì sao\n  b,\n  c, # của ai\n  d\n]\n"),
        ("brackets over lines", ["a", "b"], "tags: [\n  'a', # vì sao\n  b\n]\n"),
        ("brackets over lines, a comma at the end", ["a", "b", "c", "d"], "tags: [\n  a, # vì sao\n  'b', # của ai\n  c, # hết\n  d,\n  ]\n"),
        ("two lines", ["a", "b", "c", "d"], "tags: [a, b, # vì sao\n  c,\n  d]\n"),
    ],
)
def test_how_it_looks(listed: str, wanted: list[str], after: str) -> None:
    assert made(LISTS[listed], wanted)[1] == f"---\nid: x # y\n{after}owner: 'm'\n---\n# a\n"


def test_an_entry_that_is_moved_takes_its_quotes_and_its_comment_along() -> None:
    after = "tags:\n  - \"c\" # của ai\n  - b\n  - 'a' # vì sao\n"
    assert after in made(LISTS["lines"], ["c", "b", "a"])[1]
    assert "tags: [\"c\", b, 'a'] # vì sao\n" in made(LISTS["brackets"], ["c", "b", "a"])[1]


def test_lists_of_lists_and_of_mappings() -> None:
    data = b"---\nrows:\n  - {a: 1, b: [x, y]} # m\n  - a: 2\n    b: [z]\n  - [p, q]\n---\n"
    rows: list[object] = [{"a": "1", "b": ["x", "y"]}, {"a": "2", "b": ["z"]}, ["p", "q"]]
    more = set_fields(data, {"rows": [*rows, {"a": "3"}]})  # type: ignore[list-item]
    assert more == data.replace(b"  - [p, q]\n", b"  - [p, q]\n  - {a: 3}\n")
    assert set_fields(data, {"rows": [rows[0], rows[2]]}) == data.replace(b"  - a: 2\n    b: [z]\n", b"")  # type: ignore[list-item]


def test_a_list_of_which_nothing_stays_is_written_anew_unless_comments_would_go() -> None:
    assert set_fields(b"---\ntags:\n  - a\n---\n", {"tags": ["b"]}) == b"---\ntags: [b]\n---\n"
    assert set_fields(b"---\ntags:\r\n- a\n- b\nid: x\n---\n", {"tags": ["b:"]}) == b'---\ntags: ["b:"]\nid: x\n---\n'
    assert set_fields(b"---\ntags: [a]\n---\n", {"tags": []}) == b"---\ntags: []\n---\n"
    assert set_fields(b"---\ntags: []\n---\n", {"tags": ["a"]}) == b"---\ntags: [a]\n---\n"
    with pytest.raises(Refusal, match="with comments"):
        set_fields(b"---\ntags:\n  - a # m\n  - b\n---\n", {"tags": ["c"]})


VALUE = st.text(st.sampled_from("ab:#,'\" -[]đ"), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(st.lists(VALUE, max_size=6), st.lists(VALUE, max_size=6), st.booleans(), st.randoms(use_true_random=False))
def test_any_list_becomes_any_other(old: list[str], more: list[str], block: bool, chance: object) -> None:
    wanted = [*old, *more]
    chance.shuffle(wanted)  # type: ignore[attr-defined]
    wanted = wanted[: len(wanted) - len(more) // 2]
    quoted = ["'" + each.replace("'", "''") + "'" for each in old]
    listed = "".join(f"\n- {each}" for each in quoted) if block and old else f" [{', '.join(quoted)}]"
    data = f"---\nid: x\ntags:{listed}\nowner: m\n---\n".encode()
    after = set_fields(data, {"tags": wanted})
    top = read_yaml(cut(after).front)
    assert isinstance(top, Mapping)
    assert plain(top.entries["tags"]) == wanted
    assert after.startswith(b"---\nid: x\ntags:")
    assert after.endswith(b"owner: m\n---\n")
