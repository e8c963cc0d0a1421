"""A short run of what ``make endurance`` does at length: processes that die, calls that fail, states, outputs, a crowd."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_hints import options
from tests.desk import own_home
from tests.endurance.bench import Result
from tests.endurance.children import FAULTS
from tests.endurance.crowd import crowd
from tests.endurance.states import OUTPUTS, STATES, in_state, into
from tests.endurance.trials import died, failed, git_failed, kills, program_kills
from tests.endurance.works import WORKS, Work

pytestmark = [pytest.mark.process, pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")]

LOG, *_ = WORKS
SHORT = tuple(work for work in WORKS if work.name in ("nc log", "sync", "renumber", "witness sign"))
"""One of each way in which commands write: a file, a merge, many files and a move, outside of an office."""
DEATHS = ((23, False), (61, True), (88, False))
FAILURES = dict(zip(FAULTS, (41, 67, 79, 90), strict=True))


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("endurance")
    (folder / "home").mkdir()
    with own_home(folder / "home"):
        yield folder / "offices"


def test_every_command_that_commits_is_a_work() -> None:
    """Whoever lays down an office has trials of its own."""
    commits = {verb for verb, names in options().items() if "commit" in names} - {"init"}
    assert {verb for verb in commits if not any(work.words[: verb.count(" ") + 1] == tuple(verb.split()) for work in WORKS)} == set()


def assert_well(*results: Result) -> None:
    assert not [str(each) for each in results if each.faults]


@pytest.mark.parametrize("work", SHORT, ids=lambda work: work.name)
def test_it_dies(work: Work, offices: Path) -> None:
    assert_well(*(died(work, offices, call, after=after) for call, after in DEATHS))


@pytest.mark.parametrize("work", SHORT, ids=lambda work: work.name)
def test_a_call_fails(work: Work, offices: Path) -> None:
    assert_well(*(failed(work, offices, call, fault) for fault, call in FAILURES.items()))


@pytest.mark.parametrize("how", ["before", "after", "before, for good", "after, for good"])
def test_git_fails(how: str, offices: Path) -> None:
    assert_well(*(git_failed(LOG, offices, call, how) for call in (5, 8, 11)))


def test_the_program_is_killed(offices: Path) -> None:
    assert_well(*program_kills(LOG, offices, 2))


def test_a_copy_is_killed(offices: Path) -> None:
    assert_well(*kills(LOG, offices, 6))


@pytest.mark.parametrize("state", STATES)
def test_in_a_state(state: str, offices: Path) -> None:
    assert_well(in_state(LOG, offices, state))


@pytest.mark.parametrize("output", OUTPUTS)
def test_nobody_takes_its_words(output: str, offices: Path) -> None:
    assert_well(into(LOG, offices, output))


@pytest.mark.parametrize("commit", [False, True], ids=["", "--commit"])
def test_a_crowd(commit: bool, offices: Path) -> None:
    assert not crowd(offices, 6, 2, commit=commit).faults
