"""What the pages on procedures, responsibilities and processes say, before any of it is HTML."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.library import Library
from qmsctl.core.procedures.process_links import LAYERS, Link, layer, links
from qmsctl.core.procedures.steps import Step, usual_way
from qmsctl.errors import Refusal
from qmsctl.reports import build
from qmsctl.reports.parts import process_map as drawing
from qmsctl.reports.parts.figure_lines import figure_lines
from qmsctl.reports.parts.flow import BEGIN, DECISION, END, MOST_LANES, WORK, flow
from qmsctl.reports.parts.procedure_sheet import Procedure, procedure
from qmsctl.reports.parts.process_map import HEIGHT, WIDTH, process_map
from qmsctl.reports.processes import Processes
from qmsctl.reports.raci import Raci
from tests.core.test_steps import step, ways
from tests.office import office
from tests.reports.process_office import HEAD, NEW, OLD, PROCESS, SIGNED, process_office
from tests.reports.small_office import checked, options
from tests.reports.test_pages import page


@pytest.fixture(scope="module")
def library() -> Library:
    return process_office()


@pytest.fixture(scope="module")
def found(library: Library) -> Procedure:
    return procedure(library, "QT-07")


# -- one procedure -----------------------------------------------------------------------------------


def test_it_is_the_revision_in_force_against_the_one_before(found: Procedure) -> None:
    assert (found.revision, found.before_revision) == (2, 1)
    told = {line.name: (str(line.value), str(line.before), str(line.change), line.tone) for line in found.lines}
    assert told["steps"] == ("6", "4", "+2", "bad")
    assert told["work"] == ("1 working day 2 hours", "1 working day 3 hours", "−1 hour", "good")
    assert told["share"] == ("62.5 %", "68.75 %", "−6.25 points", "good")
    assert told["limit"] == ("2 working days", "2 working days", "=", "off")
    assert told["checks"] == ("2", "0", "+2", "off")
    assert told["papers"] == ("1", "2", "−1", "good")
    assert told["agency_hours"] == ("3 hours", "0 hours", "+3 hours", "bad")


def test_a_figure_that_few_procedures_have_is_left_out_where_there_is_none(library: Library) -> None:
    lines = {line.name for line in procedure(library, "QT-07", 1).lines}
    assert "agency_steps" not in lines
    assert "untimed" not in lines
    assert "waiting" in lines


def test_the_first_revision_has_nothing_to_be_compared_with(library: Library) -> None:
    first = procedure(library, "QT-07", 1)
    assert (first.revision, first.before, first.changes) == (1, None, ())
    assert all(line.before == line.change == "" for line in first.lines)


def test_a_draft_is_compared_with_what_is_in_force() -> None:
    library = office(HEAD.format(1) + OLD + SIGNED.format(1) + HEAD.format(2) + NEW)
    assert procedure(library, "QT-07").revision == 1
    with pytest.raises(Refusal, match="no revision 2 that was submitted"):
        procedure(library, "QT-07", 2)
    never = procedure(office(HEAD.format(1) + OLD), "QT-07")
    assert (never.revision, never.before_revision, str(never.state.word)) == (1, None, "draft")


def test_what_has_no_steps_is_refused(library: Library) -> None:
    with pytest.raises(Refusal, match="QTR-01 is a “Process”, which has no steps"):
        procedure(library, "QTR-01")
    with pytest.raises(Refusal):
        procedure(library, "QT-99")


def test_who_does_it(found: Procedure) -> None:
    doers = {line.step.no: (line.doer.title, line.doer.holders, line.doer.vacant) for line in found.steps}
    assert doers["B1"] == ("Trung tâm Phục vụ hành chính công", (), False)
    assert doers["B2"] == ("Công chức", ("Đỗ Văn Minh",), False)
    assert doers["B2a"] == ("Công an phường", (), False)
    assert [(e.giver.no, e.taker.no) for e in found.hand_overs] == [("B1", "B2"), ("B2", "B2a"), ("B2a", "B3"), ("B3", "B4")]


def test_what_the_revision_changes_row_by_row(found: Procedure) -> None:
    steps, costs = found.changes
    assert [(row.kind, row.cells[0].new) for row in steps.rows if row.kind != "same"] == [
        ("changed", "B1"), ("changed", "B2"), ("inserted", "B2a"), ("changed", "B3"), ("inserted", "B4"),
    ]
    assert [row.kind for row in costs.rows] == ["changed", "inserted"]


def test_figures_of_two_equal_texts_are_all_the_same(found: Procedure) -> None:
    assert {str(line.change) for line in figure_lines(found.figures, found.figures)} == {"="}


# -- the chart ---------------------------------------------------------------------------------------


def test_shapes_arrows_and_branches(found: Procedure) -> None:
    rows = {line.step.no: line.flow for line in found.steps}
    assert {no: row.shape for no, row in rows.items()} == {
        "B1": DECISION, "B1a": WORK, "B2": WORK, "B2a": DECISION, "B3": WORK, "B4": END,
    }
    assert {no: row.down for no, row in rows.items()} == {
        "B1": "thiếu", "B1a": "đã đủ", "B2": "", "B2a": "khớp", "B3": "", "B4": None,
    }
    assert [(b.condition, b.target, b.known) for b in rows["B2a"].branches] == [("sai", "B2", True), ("ngoài thẩm quyền", "B9", False)]
    assert [no for no, row in rows.items() if row.aside] == ["B1a"]
    assert [row.lanes for row in rows.values()] == [
        ("", "out-down"), ("", "pass"), ("in-up", "in-down"), ("out-up", ""), ("", ""), ("", ""),
    ]


def test_a_single_step_begins_and_a_step_aside_leads_nowhere_by_itself() -> None:
    (alone,) = flow([step("B1", "a")])
    assert (alone.shape, alone.down) == (BEGIN, None)
    steps = [step("B1", "a", "B3", "B2"), step("B2", "a"), step("B3", "a")]
    drawn = flow([replace(each, line=number) for number, each in enumerate(steps)])
    assert [(row.shape, row.aside, row.down) for row in drawn] == [
        (DECISION, False, "if B2"), (END, True, None), (END, False, None),
    ]



@given(ways())
def test_every_branch_is_an_arrow_or_is_named(steps: tuple[Step, ...]) -> None:
    below = {one.no: two.no for one, two in pairwise(steps)}
    for each, row in zip(steps, flow(steps), strict=True):
        named = {(branch.condition, branch.target) for branch in row.branches}
        for condition, target in each.next:
            assert (condition, target) in named or (below.get(each.no) == target and condition in (row.down or ""))
        assert len(row.lanes) <= MOST_LANES


@given(ways())
def test_lines_at_the_side_begin_end_and_never_meet(steps: tuple[Step, ...]) -> None:
    rows = flow(steps)
    for lane in zip(*(row.lanes for row in rows), strict=True):
        going = ""
        for word in lane:
            if going:
                assert word in ("pass", {"down": "in-down", "up": "out-up"}[going])
            else:
                assert word in ("", "out-down", "in-up")
            going = {"out-down": "down", "in-up": "up", "pass": going}.get(word, "")
        assert not going


@given(ways())
def test_the_usual_way_is_never_aside(steps: tuple[Step, ...]) -> None:
    usual = set(usual_way(steps))
    assert [row.aside for row in flow(steps)] == [each not in usual for each in steps]


# -- responsibilities --------------------------------------------------------------------------------


def test_the_matrix_of_responsibilities(library: Library) -> None:
    view = build("raci", library, checked(library), options())
    assert isinstance(view, Raci)
    (sheet,) = view.matrix
    assert [column.id for column in sheet.columns] == ["HD-01", "QT-07"]
    marks = {row.doer.title: [[(m.letter, m.steps) for m in cell] for cell in row.cells] for row in sheet.rows}
    assert marks["Chủ tịch"] == [[], [("R", ("B3",)), ("A", ("B3",))]]
    assert marks["Phó Chủ tịch"] == [[], [("D", ("B3",))]]
    assert marks["Trung tâm Phục vụ hành chính công"] == [[], [("R", ("B1", "B1a", "B4")), ("I", ())]]
    assert marks["Lãnh đạo"] == [[], [("I", ())]]
    assert marks["Công an phường"] == [[], [("R", ("B2a",))]]
    assert [role.id for role in view.idle] == ["qmr"]
    assert [(each.doer.title, each.procedures) for each in view.vacancies] == [("van-thu", ("HD-01",))]


VACANT = """
```yaml people.yaml
people:
  - {id: binh, name: Trần Thị Bình, unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, unit: lanh-dao, roles: [{role: qmr, from: 2025-01-01}]}
  - {id: minh, name: Đỗ Văn Minh, unit: ho-tich, roles: [{role: clerk, from: 2025-01-01, until: 2026-05-01}]}
```
"""


def test_a_role_that_nobody_holds_is_named_with_its_procedures() -> None:
    library = office(VACANT + HEAD.format(1) + OLD + SIGNED.format(1))
    view = build("raci", library, checked(library), options())
    assert isinstance(view, Raci)
    assert [(each.doer.title, each.procedures) for each in view.vacancies] == [("Công chức", ("QT-07",))]


def test_many_procedures_stand_on_several_sheets() -> None:
    texts = [HEAD.replace("QT-07", f"QT-{n:02}").format(1) + OLD + SIGNED.format(1).replace("QT-07", f"QT-{n:02}") for n in range(1, 11)]
    library = office("".join(texts))
    view = build("raci", library, checked(library), options())
    assert isinstance(view, Raci)
    assert [len(sheet.columns) for sheet in view.matrix] == [8, 2]


# -- processes ---------------------------------------------------------------------------------------


def test_processes_and_their_links(library: Library) -> None:
    view = build("processes", library, checked(library), options())
    assert isinstance(view, Processes)
    assert {line.id: (str(line.layer), line.comes_from, line.leads_to) for line in view.lines} == {
        "QTR-01": ("management", ("QTR-04",), ("QTR-02",)),
        "QTR-02": ("core", ("QTR-01", "QTR-03"), ("QTR-04",)),
        "QTR-03": ("support", (), ("QTR-02",)),
        "QTR-04": ("management", ("QTR-02",), ("QTR-01",)),
    }
    assert [(link.source, link.target, link.one_sided) for link in view.one_sided] == [("QTR-04", "QTR-01", "QTR-04")]


def test_an_output_that_is_an_input_elsewhere_is_a_link_of_its_own(library: Library) -> None:
    found = {(each.source, each.target): each for each in links(library.by_type["process"])}
    assert found["QTR-01", "QTR-02"].passed == ("Kế hoạch năm",)
    bare = [PROCESS.format(f"QTR-0{n}", "Tên", text) for n, text in enumerate(("inputs: [A]\noutputs: [Sổ]", "inputs: [SỔ]\noutputs: [B]"), 1)]
    (only,) = links(office("".join(bare)).by_type["process"])
    assert (only.source, only.target, only.one_sided, only.passed) == ("QTR-01", "QTR-02", "", ("Sổ",))


@pytest.mark.parametrize(
    ("standard", "clauses", "expected"),
    [
        ("iso9001-2008", "4.1, 7.4.1", "support"),
        ("iso9001-2008", "8.2.4, 8.2.3, 8.5.1", "management"),
        ("iso9001-2015", "8.4.1, 4.4.1, 8.4", "support"),
        ("iso9001-2015", "10.2", "management"),
        ("iso9001-2015", "1", "core"),
        ("iso9001-2099", "5", "core"),
    ],
)
def test_a_process_stands_where_most_of_its_clauses_do(standard: str, clauses: str, expected: str) -> None:
    item = office(PROCESS.format("QTR-01", "Tên", f"clauses: [{clauses}]")).by_id["QTR-01"]
    assert layer(item, standard) == expected


IDS = [f"QTR-{n:02}" for n in range(1, 12)]


@given(
    st.dictionaries(st.sampled_from(IDS), st.sampled_from(LAYERS), max_size=11),
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=30, unique=True),
)
def test_a_map_holds_every_box_once_and_every_arrow_reaches_its_box(layers: dict[str, str], pairs: list[tuple[int, int]]) -> None:
    ids = sorted(layers)
    given_links = [Link(ids[a], ids[b], "", ()) for a, b in pairs if a != b and max(a, b) < len(ids)]
    found = process_map(dict.fromkeys(ids, "Tên quá trình"), layers, given_links)
    boxes = {box.id: box for box in found.boxes}
    assert sorted(boxes) == ids
    assert all(0 <= box.x <= found.width - WIDTH and 0 <= box.y <= found.height - HEIGHT for box in found.boxes)
    assert not [1 for a in found.boxes for b in found.boxes if a.id < b.id and abs(a.x - b.x) < WIDTH and abs(a.y - b.y) < HEIGHT]
    assert len(found.arrows) == len(given_links)
    for link, arrow in zip(given_links, found.arrows, strict=True):
        tip = tuple(int(each) for each in arrow.head.split(" ")[0].split(","))
        start = tuple(int(each) for each in arrow.path[1:].partition("C")[0].split(" "))
        assert _touches(boxes[link.target], *tip)
        assert _touches(boxes[link.source], *start)


def _touches(box: drawing.Box, x: int, y: int) -> bool:
    on_side = x in (box.x, box.x + WIDTH) and box.y <= y <= box.y + HEIGHT
    return on_side or (y in (box.y, box.y + HEIGHT) and box.x <= x <= box.x + WIDTH)


def test_an_office_without_processes_or_procedures_has_the_pages_too() -> None:
    library = office("")
    processes = build("processes", library, checked(library), options())
    raci = build("raci", library, checked(library), options())
    assert isinstance(processes, Processes)
    assert isinstance(raci, Raci)
    assert (processes.lines, processes.map.arrows, raci.matrix) == ((), (), ())


# -- the pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["procedure", "processes"])
def test_hostile_words_are_only_text(name: str) -> None:
    text = page(name)
    assert ("&lt;script&gt;alert(1)&lt;/script&gt;" in text) == (name == "procedure")
    assert "<script" not in text
    assert "<i>" not in text
    assert "<b>trích" not in text
    assert ("{{7*7}}" in text) == (name == "procedure")
