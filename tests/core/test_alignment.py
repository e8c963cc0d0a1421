"""Two sequences taken apart into what they share and what they do not."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.comparison.alignment import Run, runs

WORDS = st.lists(st.sampled_from("abcd"), max_size=30)


def checked(old: Sequence[object], new: Sequence[object], effort: int = 10**9) -> list[Run]:
    """The runs, after making sure that they are all of both sides, in order and in turn."""
    found = list(runs(old, new, effort))
    assert [place for run in found for place in run.old] == list(range(len(old)))
    assert [place for run in found for place in run.new] == list(range(len(new)))
    for run in found:
        assert len(run.old) + len(run.new) > 0
        if run.same:
            assert [old[place] for place in run.old] == [new[place] for place in run.new]
    assert all(one.same != two.same or one.same for one, two in itertools.pairwise(found))
    return found


def common(old: Sequence[object], new: Sequence[object]) -> int:
    """The length of the longest common subsequence, the slow and certain way."""
    best = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i, one in enumerate(old):
        for j, two in enumerate(new):
            best[i + 1][j + 1] = best[i][j] + 1 if one == two else max(best[i][j + 1], best[i + 1][j])
    return best[-1][-1]


@given(WORDS, WORDS)
def test_runs_are_all_of_both_sides(old: list[str], new: list[str]) -> None:
    checked(old, new)
    checked(old, new, effort=3)


@given(st.lists(st.sampled_from("ab"), max_size=16), st.lists(st.sampled_from("ab"), max_size=16))
def test_where_nothing_stands_once_the_edit_is_the_shortest(old: list[str], new: list[str]) -> None:
    old, new = [*old, *"abab", *old], [*new, *"abab", *new]
    kept = sum(len(run.old) for run in checked(old, new) if run.same)
    assert kept == common(old, new)


@given(st.lists(st.integers(), unique=True, max_size=40), st.data())
def test_what_stands_once_is_kept_in_the_longest_order(old: list[int], data: st.DataObject) -> None:
    new = data.draw(st.permutations(old))
    kept = sum(len(run.old) for run in checked(old, new) if run.same)
    assert kept >= min(1, len(old))
    assert [run.same for run in checked(old, old)] == [True] * bool(old)


def test_a_moved_line_is_taken_out_and_put_in() -> None:
    assert [(run.same, len(run.old), len(run.new)) for run in checked("abcdef", "bcdeaf")] == [
        (False, 1, 0), (True, 4, 4), (False, 0, 1), (True, 1, 1),
    ]
