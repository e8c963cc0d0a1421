"""Work in two processes gives what one process gives, whatever becomes of the other."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from qmsctl.core.engine import Rule, run
from qmsctl.core.library import Library
from qmsctl.errors import RuleCrashed
from qmsctl.rules import all_rules
from qmsctl.store import checking
from qmsctl.store.parallel import in_two
from tests.office import office

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


def test_a_large_library_is_checked_as_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    library = office("```md documents/procedures/QT-07.md\n---\nid: QT-7\ntype: procedure\nowner: nobody\n---\n\n[x](y.md)\n```\n")
    expected = run(library, all_rules())
    assert expected.diagnostics
    monkeypatch.setattr(checking, "THRESHOLD", 0)
    assert checking.check_all(library, all_rules()) == expected


def test_a_rule_that_crashes_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(library: Library) -> object:
        raise KeyError(library.today)

    rules: tuple[Rule, ...] = (*all_rules()[:5], replace(all_rules()[5], id="broken", check=crash))
    monkeypatch.setattr(checking, "THRESHOLD", 0)
    with pytest.raises(RuleCrashed, match="broken"):
        checking.check_all(office(""), rules)
