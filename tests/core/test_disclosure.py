"""Small counts stay hidden, whoever does sums with what is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from qmsctl.core.cases.disclosure import FEW, Told, at_least, disclosed

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


def test_one_small_count_takes_a_second_one_with_it() -> None:
    assert disclosed([(40, 2)]) == ((Told(None), Told(None, True), Told(42)), (Told(None), Told(None, True), Told(42)))


def test_what_is_large_is_all_told() -> None:
    assert disclosed([(40, 7), (30, 6)])[0] == (Told(40), Told(7), Told(47))


def test_four_and_four_are_not_given_away_by_their_sum() -> None:
    assert all(each.number is None for row in disclosed([(4, 4)]) for each in row)


def test_a_share_is_told_as_far_as_the_printed_counts_say_it() -> None:
    assert at_least(Told(None), Told(None, True), Told(40)) == 90
    assert at_least(Told(30), Told(10), Told(40)) == 75
    assert at_least(Told(None), Told(None), Told(40)) is None
    assert at_least(Told(None, True), Told(None, True), Told(None)) is None
