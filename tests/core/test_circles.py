"""Circles of references of any length, found without recursion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.library import Library
from qmsctl.core.records.circles import steps_in_circles
from tests.office import library_of


def chain(named: dict[int, list[int]]) -> Library:
    """Instructions, each with the numbers of those it supersedes."""
    return library_of({
        f"documents/instructions/HD-{number}.md": f"---\nid: HD-{number}\ntype: instruction\nsupersedes: [{', '.join(f'HD-{each}' for each in found)}]\n---\n"
        for number, found in named.items()
    })


def found(named: dict[int, list[int]]) -> set[tuple[str, str]]:
    return {step.ends for step in steps_in_circles(chain(named))}


@pytest.mark.parametrize("length", [1, 2, 3, 10, 2000])
def test_a_circle_of_any_length(length: int) -> None:
    named = {number: [(number + 1) % length] for number in range(length)}
    assert len(found(named)) == length
    assert found({**named, length - 1: []}) == set()


@given(st.dictionaries(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3, unique=True), max_size=7))
def test_a_step_is_in_a_circle_where_one_can_walk_back_from_its_end(named: dict[int, list[int]]) -> None:
    named = {number: [each for each in onward if each in named] for number, onward in named.items()}

    def reached(start: int) -> set[int]:
        seen, waiting = {start}, [start]
        while waiting:
            new = set(named[waiting.pop()]) - seen
            seen |= new
            waiting += new
        return seen

    expected = {(f"HD-{start}", f"HD-{end}") for start, ends in named.items() for end in ends if start in reached(end)}
    assert found(named) == expected
