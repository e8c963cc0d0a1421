"""A hole is found wherever a mend shows one, and nothing else is taken for one."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qmsctl.errors import UsageError
from qmsctl.mend import HOLE, Addition, Assignment, Command, Hole, Row, holes_of
from qmsctl.mend_words import addition_words, command_words
from qmsctl.unfilled import is_hole, open_places, refuse_holes, unfilled

NAMES = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
ORDINARY = st.text(st.sampled_from("abc đÍ.…,:=+-/'\"?$`!\\#@%&*"), max_size=12).map(lambda text: text.strip(" -")).filter(
    lambda text: not is_hole(text) and not any(is_hole(part) for part in (text.rpartition("=")[2], text.partition("=")[2]))
)
HOLES = st.sampled_from([HOLE, Hole("reason"), Hole(many=True)])


def rows(values: st.SearchStrategy[str | Hole]) -> st.SearchStrategy[Row]:
    return st.dictionaries(NAMES, values, min_size=1, max_size=4).map(lambda cells: Row(tuple(cells.items())))


def commands(values: st.SearchStrategy[str | Hole], cells: st.SearchStrategy[str | Hole]) -> st.SearchStrategy[Command]:
    operand = values.filter(lambda each: each != "")
    assigned = st.builds(Assignment, NAMES, values | rows(cells), st.booleans())
    option = st.tuples(NAMES.filter(lambda name: len(name) > 1), values | st.none())
    return st.builds(
        Command,
        st.sampled_from(["set", "advance", "nc log", ""]),
        st.lists(operand, max_size=2).map(tuple),
        st.lists(assigned, max_size=3).map(tuple),
        st.lists(option, max_size=2).map(tuple),
        st.lists(option, max_size=1).map(tuple),
    )


def typed(command: Command | Addition) -> list[str]:
    """The arguments that a shell makes of what is printed."""
    words = command_words(command) if isinstance(command, Command) else addition_words(command)
    return shlex.split(" ".join(words))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(commands(ORDINARY | HOLES, ORDINARY | HOLES))
def test_a_command_is_incomplete_exactly_if_it_has_holes(command: Command) -> None:
    assert bool(unfilled(typed(command))) == bool(list(holes_of(command)))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(commands(ORDINARY, ORDINARY))
def test_a_command_without_holes_is_complete(command: Command) -> None:
    assert unfilled(typed(command)) == ()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(commands(ORDINARY | HOLES, ORDINARY | HOLES))
def test_three_dots_are_a_hole_as_well(command: Command) -> None:
    dotted = [each.replace("…", "...") for each in typed(command)]
    if list(holes_of(command)):
        assert unfilled(dotted)



@given(NAMES, NAMES)
def test_what_is_open_is_called_by_its_name(name: str, column: str) -> None:
    assert unfilled(["set", "X", f"{name}=…"]) == (name,)
    assert unfilled(["set", "X", f"{name}+=[…]"]) == (name,)
    assert unfilled(["advance", "X", "done", "--set", f"{name}='…'", "--set", f"{name}=…"]) == (name,)
    assert unfilled(["nc", "log", f"--{name}xx=..."]) == (f"--{name}xx",)
    assert unfilled(["nc", "log", f"--{name}xx", "…"]) == (f"--{name}xx",)
    assert unfilled(["set", "X", f"{name}+={{{column}: …, d: 2026-01-01}}"]) == (f"{name}.{column}",)


@pytest.mark.parametrize("cell", ["…", "...", "'…'", '"..."', "[…]", "[...]", " … "])
def test_a_row_with_an_open_cell(cell: str) -> None:
    assert list(open_places(f"{{no: 1, what: {cell}, who: it's minh, when: that's all}}")) == ["what"]
    assert unfilled([f"rows+={{what: {cell}}}"]) == ("rows.what",)
    assert unfilled([f"--set=rows+={{what: {cell}}}"]) == ("rows.what",)


@pytest.mark.parametrize(
    "word",
    [
        "2..3", "..", "2..", "HEAD~2...main", "v1.0...", "Chờ…", "…và rồi thôi", "Hồ sơ [...] thiếu", "a = …b", "note=xem …, trang 3",
        "rows+={what: chờ… rồi thôi, note: 'a, …, b', more: \"{x: …}\"}", "list=[a, b]", "", "[", "{", "{}", "[]", "x=", "x={a: }", "-m",
        "documents/….md", "=…x", "https://x.example/a?b=c", "x={a: b",
    ],
)
def test_ordinary_words_are_complete(word: str) -> None:
    assert unfilled(["nc", "log", word]) == ()
    assert unfilled(["nc", "log", "--description", word]) == ()


def test_what_is_open_is_named_and_refused() -> None:
    with pytest.raises(UsageError, match="still to be filled in: due, owner") as caught:
        refuse_holes(("due", "owner"))
    assert str(caught.value.mend) == "put your own words in place of …"
    refuse_holes(())
