"""Small counts stay hidden, whoever does sums with what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.cases.disclosure import FEW, Told, disclosed, least, share

COUNTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=2)


def fitting(shown: Sequence[Sequence[Told]]) -> Iterator[list[tuple[int, ...]]]:
    """Every table of counts up to 14 that a reader of ``shown`` cannot exclude."""
    rows, columns = len(shown) - 1, len(shown[0]) - 1
    for values in product(*(_values(shown[i][j]) for i in range(rows) for j in range(columns))):
        counts = [values[i * columns : (i + 1) * columns] for i in range(rows)]
        whole = [*((*row, sum(row)) for row in counts)]
        whole.append(tuple(sum(column) for column in zip(*whole, strict=True)))
        if all(_fits(each, count) for told, row in zip(shown, whole, strict=True) for each, count in zip(told, row, strict=True)):
            yield whole


def _values(told: Told) -> Sequence[int]:
    return [told.number] if told.number is not None else range(FEW) if told.few else range(FEW, 15)


def _fits(told: Told, count: int) -> bool:
    return told.number == count if told.number is not None else (count < FEW) == told.few


@settings(max_examples=60, deadline=None)
@given(COUNTS)
def test_every_hidden_count_could_be_another(counts: list[tuple[int, int]]) -> None:
    shown = disclosed(counts)
    assert all(each.number is None or each.number >= FEW for row in shown for each in row)
    found = list(fitting(shown))
    for i, row in enumerate(shown):
        for j, each in enumerate(row):
            assert not each.few or len({table[i][j] for table in found}) > 1, (counts, shown)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=2))
def test_nor_is_it_found_by_who_kept_the_page_of_the_month_before(counts: list[tuple[int, int]]) -> None:
    before, shown = disclosed(counts[:1]), disclosed(counts)
    earlier = {table[0] for table in fitting(before)}
    found = [table for table in fitting(shown) if table[0] in earlier]
    for i, row in enumerate(shown[:-1]):
        for j, each in enumerate(row):
            assert not each.few or len({table[i][j] for table in found}) > 1, (counts, shown)


def test_a_total_does_not_tell_what_came_since() -> None:
    assert disclosed([(40, 7), (30, 1)])[-1] == (Told(None), Told(None), Told(78))


def test_one_small_count_takes_a_second_one_with_it() -> None:
    assert disclosed([(40, 2)]) == ((Told(None), Told(None, True), Told(42)), (Told(None), Told(None, True), Told(42)))


def test_what_is_large_is_all_told() -> None:
    assert disclosed([(40, 7), (30, 6)])[0] == (Told(40), Told(7), Told(47))


def test_four_and_four_are_not_given_away_by_their_sum() -> None:
    assert all(each.number is None for row in disclosed([(4, 4)]) for each in row)


def test_a_share_is_told_as_far_as_the_printed_counts_say_it() -> None:
    assert share(least(Told(None), Told(None, True), Told(40)), Told(40)) == 90
    assert share(least(Told(30), Told(10), Told(40)), Told(40)) == 75
    assert share(least(Told(None), Told(None), Told(40)), Told(40)) is None
    assert share(least(Told(None, True), Told(None, True), Told(None)), Told(None)) is None
