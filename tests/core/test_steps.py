"""Steps of a procedure, the way through them, and the figures that come of them."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.model import Item
from qmsctl.core.procedures.procedure_figures import agency_times, costs, figures
from qmsctl.core.procedures.steps import Step, hand_overs, steps_of, usual_way
from tests.office import office
from tests.reports.process_office import PATH, process_office

OFFICE = Path(__file__).parents[2] / "example-repo"
NUMBERS = ["B1", "B2", "B3", "B4", "B5", "B6"]
PLAIN = Step("", "", "", "", "", None, (), (), "", release=False, stopped=False, note="", next=(), line=0)


def procedure(rows: str, head: str = "") -> Item:
    text = f"```md {PATH}\n---\nid: QT-07\ntype: procedure\ntitle: Cấp\nrevision: 1\nowner: minh\n{head}---\n\n~~~steps\n{rows}\n~~~\n```\n"
    return office(text).by_id["QT-07"]


def step(no: str, doer: str = "", *targets: str) -> Step:
    return replace(PLAIN, no=no, responsible=doer, next=tuple((f"if {target}", target) for target in targets))


@st.composite
def ways(draw: st.DrawFn) -> tuple[Step, ...]:
    """Steps that lead anywhere: back, forward, to themselves, nowhere."""
    count = draw(st.integers(0, len(NUMBERS)))
    branches = st.lists(st.sampled_from([*NUMBERS, "B9"]), max_size=3)
    doers = st.sampled_from(["clerk", "director", ""])
    return tuple(replace(step(NUMBERS[n], draw(doers), *draw(branches)), line=n) for n in range(count))


@given(ways())
def test_the_usual_way_goes_forward_from_the_first_step_and_ends(steps: tuple[Step, ...]) -> None:
    way = usual_way(steps)
    places = [steps.index(each) for each in way]
    assert places == sorted(set(places))
    assert places[:1] == ([0] if steps else [])
    for one, two in pairwise(way):
        assert two is steps[steps.index(one) + 1] or two.no in [target for _condition, target in one.next]


@given(ways())
def test_a_hand_over_is_between_different_hands(steps: tuple[Step, ...]) -> None:
    found = hand_overs(steps)
    assert all(each.giver.doer != each.taker.doer for each in found)
    assert len(found) <= max(0, len(usual_way(steps)) - 1)


def test_the_first_branch_that_leads_forward_is_the_usual_one() -> None:
    steps = (step("B1", "a", "B3", "B2"), step("B2", "b"), step("B3", "c", "B1"), step("B4", "c"))
    assert [each.no for each in usual_way(steps)] == ["B1", "B3", "B4"]
    assert [(each.giver.no, each.taker.no) for each in hand_overs(steps)] == [("B1", "B3")]


def test_two_steps_of_one_number_are_no_trap() -> None:
    steps = (step("B1", "a", "B2"), step("B2", "b"), step("B2", "c"))
    assert len(usual_way(steps)) == 3


def test_figures_of_a_text() -> None:
    found = figures(process_office().by_id["QT-07"])
    assert (found.steps, found.hand_overs, found.doers) == (6, 4, 4)
    assert (found.work, found.waiting, found.limit, found.share) == (10, 2, 16, Decimal("62.5"))
    assert (found.agency_steps, found.agency_hours, found.untimed) == (1, 3, 1)
    assert (found.checks, found.releases, found.forms) == (2, 1, 1)
    assert (found.papers, found.copies, found.visits) == (1, 1, 1)


def test_what_is_not_said_is_not_counted_as_nothing() -> None:
    found = figures(procedure("- {no: B1, task: Soạn, responsible: clerk, outputs: [Dự thảo]}"))
    assert (found.limit, found.share, found.papers, found.copies, found.visits) == (None, None, None, None, None)
    assert (found.work, found.untimed) == (0, 1)
    assert figures(procedure("- {no: B1, time: 1d}", "time_limit: 0d\n")).share is None
    assert figures(procedure("- {no: B1, time: 1d}", "time_limit: 2m\n")).limit is None


def test_a_block_that_is_none_gives_no_step() -> None:
    assert steps_of(procedure("no: B1")) == ()
    assert steps_of(procedure("- B1\n- [B2]")) == ()
    (odd,) = steps_of(procedure("- {no: [B1], next: [B2], time: soon, release: perhaps, outputs: {a: b}}"))
    assert (odd.no, odd.next, odd.time, odd.release, odd.outputs) == ("", (), None, False, ())


def test_agencies_are_added_by_name() -> None:
    rows = "- {no: 1, agency: Công an, time: 1d}\n- {no: 2, agency: Thuế, time: 2h}\n- {no: 3, agency: Công an, time: 30m}"
    found = list(agency_times(steps_of(procedure(rows))))
    assert [(each.agency, each.steps, each.hours) for each in found] == [("Công an", 2, 8), ("Thuế", 1, 2)]


HOURS = {"h": 1, "d": 8, "w": 40}


def as_yaml(path: Path, block: str) -> list[dict[str, object]]:
    found = re.search(rf"```{block}\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL)
    return yaml.load(found[1], yaml.BaseLoader) if found else []


def hours(text: str) -> Decimal:
    return Decimal(text[:-1]) * HOURS[text[-1]]


@pytest.mark.parametrize("path", sorted((OFFICE / "documents/procedures").glob("*.md")), ids=lambda path: path.stem)
def test_figures_of_the_example_office_counted_again_from_the_files(path: Path) -> None:
    body = path.read_text(encoding="utf-8")
    kind = f"```md documents/procedures/{path.name}\n{body.replace('```', '~~~')}```\n"
    item = office(kind).by_id[path.stem]
    found, rows, asked = figures(item), as_yaml(path, "steps"), as_yaml(path, "costs")
    running = [row for row in rows if row.get("clock") != "stopped"]
    assert found.steps == len(rows)
    assert found.work == sum(hours(str(row["time"])) for row in running)
    assert found.waiting == sum(hours(str(row["time"])) for row in rows if row not in running)
    assert found.checks == sum("check" in row for row in rows)
    assert [cost.fee for cost in costs(item)] == [row["fee"] for row in asked]
    assert found.visits == max((int(str(row["visits"])) for row in asked), default=None)
