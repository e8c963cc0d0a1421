"""The measure itself: what grows by the square is found, one step is not taken for growth."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.growth.measure import SCALE, Work, grows_evenly

SIZE = 600


def counted(steps: int) -> Work:
    def count() -> None:
        for _step in range(steps):
            pass

    return count


def by_the_square(size: int) -> Work:
    return counted(size * size)


def too_large_is_refused(size: int) -> Work:
    return counted(size * size if size < 3 * SIZE * SCALE else 0)


@pytest.mark.parametrize("prepare", [by_the_square, too_large_is_refused])
def test_growth_by_the_square_is_found(prepare: Callable[[int], Work]) -> None:
    with pytest.raises(pytest.fail.Exception, match="times as long"):
        grows_evenly(prepare, SIZE)


def in_proportion(size: int) -> Work:
    return counted(size * 1000)


def with_a_step(size: int) -> Work:
    return counted((size if size <= SIZE * SCALE else 2 * size) * 1000)


@pytest.mark.parametrize("prepare", [in_proportion, with_a_step])
def test_what_goes_on_evenly_is_none(prepare: Callable[[int], Work]) -> None:
    grows_evenly(prepare, SIZE)
