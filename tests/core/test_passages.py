"""Bodies cut into passages, compared, and the rows of their data blocks."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.comparison.passages import Passage, compared, passages, unwrapped
from qmsctl.core.comparison.row_changes import row_changes, rows_of
from qmsctl.core.model import Item
from qmsctl.core.text.body import scan
from qmsctl.core.text.nodes import Mapping
from qmsctl.core.text.text_file import cut
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.core.types.field import Field
from qmsctl.message import Label
from qmsctl.store.shipped.definitions import type_set

FRONT = "---\nid: QT-07\ntype: procedure\n---\n"
PROCEDURE = type_set({}).get("procedure")
assert PROCEDURE is not None


def cut_up(body: str) -> tuple[Passage, ...]:
    file = cut((FRONT + body).encode())
    facts = scan(file.text, file.body_start, file.body_line, frozenset(["steps"]))
    fields = read_yaml(file.front)
    assert isinstance(fields, Mapping)
    assert PROCEDURE is not None
    return passages(Item("documents/procedures/QT-07.md", PROCEDURE, fields, facts, ""), file)


def test_passages_stand_between_empty_lines() -> None:
    body = "\n# A\n\nmột\nhai\n\n\n- x\n- y\n\n```\ncode\n\nmore\n```\n\n```steps\n- {no: B1}\n\n- {no: B2}\n```\n## B\nba\n"
    found = cut_up(body)
    assert [each.text for each in found] == [
        "# A", "một\nhai", "- x\n- y", "```\ncode\n\nmore\n```", "```steps\n- {no: B1}\n\n- {no: B2}\n```", "## B\nba",
    ]
    assert [bool(each.block) for each in found] == [False, False, False, False, True, False]


@given(st.text(st.sampled_from("ab\n` -#~"), max_size=80))
def test_passages_are_all_of_the_body(body: str) -> None:
    text = FRONT + body
    found = cut_up(body)
    assert "".join(text[each.start : each.end] for each in found) == body
    assert all(one.end == two.start for one, two in itertools.pairwise(found))


@given(st.lists(st.sampled_from("abcde"), max_size=8), st.lists(st.sampled_from("abcde"), max_size=8))
def test_every_passage_of_both_sides_is_told_once_and_in_order(old: list[str], new: list[str]) -> None:
    sides = [[Passage(f"một {word} hai ba", place, place) for place, word in enumerate(side)] for side in (old, new)]
    found = list(compared(*sides))
    assert [pair.old for pair in found if pair.old] == sides[0]
    assert [pair.new for pair in found if pair.new] == sides[1]
    assert all(pair.old or pair.new for pair in found)


def test_a_passage_is_set_against_the_one_it_became() -> None:
    old = cut_up("Tiếp nhận hồ sơ tại quầy.\n\nTrả kết quả đúng hẹn cho người dân.\n")
    new = cut_up("Một đoạn hoàn toàn khác ở đây.\n\nTrả kết quả đúng giờ hẹn cho người dân.\n")
    told = [(bool(pair.old), bool(pair.new)) for pair in compared(old, new)]
    assert sorted(told) == [(False, True), (True, False), (True, True)]


def test_many_passages_at_once_are_taken_in_their_order() -> None:
    sides = [[Passage(f"{side} {place} một hai ba bốn", place, place) for place in range(80)] for side in ("cũ", "mới")]
    assert len(list(compared(*sides))) == 80


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("một\nhai\nba", "một hai ba"),
        ("- một\n  hai\n- ba", "- một hai\n- ba"),
        ("1. một\n2. hai", "1. một\n2. hai"),
        ("## Tên\nmột\nhai", "## Tên\nmột hai"),
        ("| a |\n|---|\n| b |", "| a |\n|---|\n| b |"),
        ("một  \nhai", "một  \nhai"),
        ("một\\\nhai", "một\\\nhai"),
        ("> một\n> hai", "> một\n> hai"),
        ("```\na\nb\n```", "```\na\nb\n```"),
        ("một\r\nhai", "một hai"),
    ],
)
def test_a_new_line_break_is_no_change(text: str, expected: str) -> None:
    assert unwrapped(text) == expected


BLOCK = Field("steps", "table", Label({"en": "Steps"}), keys={
    "no": Field("no", "text", Label({"en": "No"}), unique=True), "task": Field("task", "text", Label({"en": "Task"})),
})


def rows(text: str) -> tuple[Mapping, ...]:
    return rows_of(read_yaml(text)) if text else ()


def told(old: str, new: str, block: Field = BLOCK) -> list[tuple[str | None, str | None]]:
    return [(a and a.text("task"), b and b.text("task")) for a, b in row_changes(block, rows(old), rows(new))]


def test_a_row_put_in_moves_the_numbers_and_nothing_else() -> None:
    old = "- {no: B1, task: một}\n- {no: B2, task: ba}"
    assert told(old, "- {no: B1, task: một}\n- {no: B2, task: hai}\n- {no: B3, task: ba}") == [
        ("một", "một"), (None, "hai"), ("ba", "ba"),
    ]


def test_rows_of_one_number_belong_together() -> None:
    assert told("- {no: B1, task: một}\n- {no: B2, task: hai}", "- {no: B2, task: hai hai}") == [("một", None), ("hai", "hai hai")]
    assert told("", "- {no: B1, task: một}") == [(None, "một")]


def test_rows_without_a_number_are_told_by_their_first_column() -> None:
    plain = Field("records", "table", Label({"en": "Records"}), keys={"task": BLOCK.keys["task"], "no": Field("no", "text", Label({"en": "n"}))})
    assert told("- {task: a, no: 1}\n- {task: b, no: 1}", "- {task: b, no: 2}", plain) == [("a", None), ("b", "b")]
    assert told("- {task: a, no: 1}", "- {task: x, no: 1}", plain) == [("a", "x")]
