"""Work in two processes gives what one process gives, whatever becomes of the other."""

from __future__ import annotations

import os

import pytest

from qmsctl.store.machine.parallel import in_two

pytestmark = pytest.mark.process

PARTS = [f"part {number}" for number in range(200)]


def test_every_part_is_done_once_and_in_order() -> None:
    assert in_two(str.upper, PARTS) == [part.upper() for part in PARTS]
    assert in_two(str.upper, PARTS[:1]) == ["PART 0"]
    assert in_two(str.upper, []) == []


def test_what_stands_in_several_results_arrives_whole() -> None:
    shared = ("x", 1)
    assert in_two(lambda part: (part, shared, shared), PARTS) == [(part, shared, shared) for part in PARTS]


def test_a_process_that_dies_is_made_good() -> None:
    here = os.getpid()

    def work(part: str) -> str:
        if os.getpid() != here:
            os._exit(7)
        return part

    assert in_two(work, PARTS) == PARTS


def test_an_error_surfaces_wherever_it_was_met() -> None:
    def work(part: str) -> str:
        raise ValueError(part)

    with pytest.raises(ValueError, match="part"):
        in_two(work, PARTS)
