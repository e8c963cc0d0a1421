"""Procedures by their steps on the command line, and the self-checks that are made from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.test_commands import QT
from tests.cli.test_terminal import COLOUR, in_terminal
from tests.desk import Desk, approve
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
CHECK = "records/self-checks/TKT-2026-001.md"
STEP = "- {no: B2, task: Ký trích lục, responsible: unit-head, time: 4h, outputs: [Bản sao trích lục], release: true}\n"
MORE = """\
- {no: B1a, task: Hướng dẫn bổ sung, responsible: clerk, time: 1h, outputs: [Phiếu], clock: stopped}
- {no: B2, task: Ký trích lục, responsible: unit-head, time: 2h, outputs: [Bản sao trích lục], release: true, check: "Đúng tên, đúng ngày"}
- {no: B3, task: Xác minh, agency: Công an phường, time: 1d, outputs: [Văn bản]}
"""


@pytest.fixture
def revised(office: Desk) -> Desk:
    """QT-01 is in force in its second revision, with more steps and a limit."""
    office.run("revise", "QT-01", "--change", "Thêm xác minh", by="minh", day="2026-02-02")
    office.edit(QT, "owner: unit-head\n", "owner: unit-head\ntime_limit: 2d\n")
    office.edit(QT, STEP, MORE)
    approve(office, "QT-01", "2026-02-03")
    office.commit("QT-01 revision 2")
    return office


# -- procedure ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_procedure_on_paper(revised: Desk, lang: str) -> None:
    revised.lang = lang
    assert_golden(GOLDEN / f"procedure.{lang}.txt", revised.run("procedure", "QT-01").out)


def test_a_procedure_for_scripts(revised: Desk) -> None:
    found = revised.run("procedure", "QT-01", "--format", "json").json
    assert list(found) == [
        "id", "title", "revision", "effective", "path", "sha256", "steps", "hand_overs", "figures", "agencies", "costs", "before",
    ]
    assert (found["revision"], found["figures"]["work"], found["figures"]["share"]) == (2, 11, 68.75)
    assert (found["before"]["revision"], found["before"]["difference"]["work"], found["before"]["difference"]["share"]) == (1, 6, None)
    assert found["steps"][1] == {
        "no": "B1a", "task": "Hướng dẫn bổ sung", "responsible": "clerk", "holders": ["Đỗ Văn Minh", "Phạm Thị Hoa"], "deputy": None,
        "agency": None, "time": "1h", "hours": 1, "clock": "stopped", "outputs": ["Phiếu"], "forms": [], "check": None,
        "release": False, "note": None, "next": {}, "usual": True,
    }
    assert [(each["from"], each["to"], each["taker"]) for each in found["hand_overs"]] == [("B1a", "B2", "unit-head"), ("B2", "B3", "Công an phường")]
    assert [(each["kind"], each["row"]) for each in found["before"]["changes"]] == [("inserted", "B1a"), ("changed", "B2"), ("inserted", "B3")]
    first = revised.run("procedure", "QT-01", "--revision", "1", "--format", "json").json
    assert (first["revision"], first["before"], first["figures"]["limit"]) == (1, None, None)


def test_a_look_back_shows_what_was_in_force(revised: Desk) -> None:
    assert revised.run("procedure", "QT-01", "--today", "2026-01-15", "--format", "json").json["revision"] == 1


def test_what_is_no_procedure_is_refused(revised: Desk) -> None:
    assert "has no revision 7" in revised.refused("procedure", "QT-01", "--revision", "7").err
    assert "QT-09" in revised.refused("procedure", "QT-09").err
    assert "--format" in revised.refused("procedure", "QT-01", "--format", "xml", code=2).err


@pytest.mark.parametrize("width", [80, 120])
def test_it_keeps_to_the_width_of_the_terminal(revised: Desk, width: int) -> None:
    shown = COLOUR.sub("", in_terminal(revised, "procedure", "QT-01", COLUMNS=str(width)))
    assert "Hand-overs on the usual way" in shown
    assert max(map(len, shown.splitlines())) <= width


# -- reports -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("words", "title"), [(["procedure", "QT-01"], "QT-01: steps and figures"), (["processes"], "Processes and their interaction"), (["raci"], "Responsibilities in the procedures")])
def test_pages_are_written(revised: Desk, words: list[str], title: str) -> None:
    assert f"<title>{title} – UBND phường Tân An</title>" in revised.run("report", *words, "-o", "-").out


def test_the_page_of_an_earlier_revision(revised: Desk) -> None:
    assert '<a href="#changes">' in revised.run("report", "procedure", "QT-01", "-o", "-").out
    assert '<a href="#changes">' not in revised.run("report", "procedure", "QT-01", "1", "-o", "-").out


@pytest.mark.parametrize("words", [[], ["QT-01", "2", "3"], ["QT-01", "1..2"]])
def test_a_report_of_one_procedure_wants_its_id(revised: Desk, words: list[str]) -> None:
    said = revised.refused("report", "procedure", *words, code=2).err
    assert '→ name the document, such as QT-07: qmsctl report procedure "…"; or: ' in said


# -- self-checks -------------------------------------------------------------------------------------


def test_a_self_check_is_made_from_the_steps_in_force(revised: Desk) -> None:
    revised.run("revise", "QT-01", "--change", "Đang sửa", by="minh")
    revised.edit(QT, "task: Tiếp nhận yêu cầu", "task: Tiếp nhận và kiểm tra")
    assert revised.run("new", "self-check", "--of", "QT-01", by="minh").written == [CHECK]
    text = revised.read(CHECK)
    digest = revised.run("procedure", "QT-01", "--format", "json").json["sha256"]
    assert f"based_on: [{{document: QT-01, revision: 2, sha256: {digest}}}]\n" in text
    assert "of: [QT-01]\n" in text
    assert "title: Tự kiểm tra QT-01\n" in text
    assert re.findall(r"- step: (.*)\n  question: (.*)\n  result:\n", text) == [
        ("QT-01 B1", "Tiếp nhận yêu cầu"), ("QT-01 B1a", "Hướng dẫn bổ sung"),
        ("QT-01 B2", '"Ký trích lục – Đúng tên, đúng ngày"'), ("QT-01 B3", "Xác minh"),
    ]
    assert "# - {" not in text
    assert revised.errors() == []


def test_a_title_and_further_fields_of_ones_own(revised: Desk) -> None:
    revised.run("new", "self-check", "--of", "QT-01", "--title", "Tuần 6", "--set", "sample=HS-01", by="minh")
    assert "title: Tuần 6\n" in revised.read(CHECK)
    assert "sample: HS-01\n" in revised.read(CHECK)


def test_filling_it_in_by_commands_until_it_is_done(revised: Desk) -> None:
    revised.run("new", "self-check", "--of", "QT-01", by="minh")
    assert "“Result” (result) is missing" in revised.refused("advance", "TKT-2026-001", "done", by="minh").err
    revised.run("set", "TKT-2026-001", "lines.1.result=yes", "lines.2.result=na", "lines.3.result=no", "lines.4.result=yes")
    (told,) = [each for each in revised.diagnostics() if each["rule"].startswith("self-check")]
    assert told["hint"] == (
        'qmsctl nc log "…" --source self-check --requirement QT-01, then: qmsctl set TKT-2026-001 lines.3.nonconformity="…"'
    )
    revised.refused("advance", "TKT-2026-001", "done", by="minh")
    revised.run("nc", "log", "Sai tên", "--source", "self-check", "--requirement", "QT-01")
    revised.run("set", "TKT-2026-001", "lines.3.nonconformity=NC-2026-001")
    revised.run("advance", "TKT-2026-001", "done", by="minh")
    assert "self-check-no-without-nonconformity" not in revised.check()[1]
    assert revised.errors() == []


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["nonconformity", "--of", "QT-01"], 2, "Nonconformity is not made from a document"),
        (["self-check", "--of", "QT-09"], 3, "there is no QT-09"),
        (["self-check", "--of", "QT-01", "--set", "of=QT-01"], 2, "“of” is given twice"),
        (["self-check", "--of", "MTCL-2026"], 3, "no revision of MTCL-2026 is in force"),
    ],
)
def test_a_file_that_cannot_be_made_from_it(revised: Desk, words: list[str], code: int, why: str) -> None:
    revised.run("new", "objectives-plan", "--title", "Mục tiêu")
    assert why in revised.refused("new", *words, code=code).err


def test_a_document_without_steps_gives_no_lines(revised: Desk) -> None:
    revised.edit("documents/procedures/QT-01.md", "revision: 2", "revision: 3")
    revised.edit(QT, MORE, "")
    text = revised.read(QT)
    revised.write(QT, re.sub(r"```steps\n.*?```\n", "Không có.\n", text, flags=re.DOTALL))
    approve(revised, "QT-01", "2026-03-03")
    assert "QT-01 has no rows in the data block “steps”" in revised.refused("new", "self-check", "--of", "QT-01").err


@pytest.mark.parametrize(
    ("word", "code", "why"),
    [
        ("lines.9.result=no", 3, "has no row 9; it has 4"),
        ("lines.1.rezult=no", 2, "has no column “rezult”"),
        ("lines.1.result=maybe", 3, "maybe"),
        ("rows.1.result=no", 3, "rows.1.result"),
    ],
)
def test_a_cell_that_is_not_there_or_cannot_hold_that(revised: Desk, word: str, code: int, why: str) -> None:
    revised.run("new", "self-check", "--of", "QT-01", by="minh")
    assert why in revised.refused("set", "TKT-2026-001", word, code=code).err


def test_a_type_of_the_offices_own_may_be_made_from_documents(revised: Desk) -> None:
    own = """\
type: drill
kind: record
label: {en: Drill, vi: Diễn tập}
id: DT-{number:3}
folder: records/drills
fields:
  title: {kind: text, required: true, label: {en: Title, vi: Tên}}
  procedures: {kind: list, of: {kind: reference, to: [procedure]}, label: {en: Procedures, vi: Quy trình}}
blocks:
  drills: {label: {en: Drills, vi: Bài tập}, columns: {what: {kind: text, label: {en: What, vi: Việc}}, outputs: {kind: text, label: {en: Outputs, vi: Kết quả}}}}
made_from:
  field: procedures
  title: {en: "Drill {id}", vi: "Diễn tập {id}"}
  rows: {into: drills, from: steps, columns: {what: ["{no}: {check}", "{no}: {task} ({time})"], outputs: "{outputs}"}}
"""
    revised.write(".qms/types/drill/type.yaml", own)
    revised.run("new", "drill", "--of", "QT-01")
    text = revised.read("records/drills/DT-001.md")
    assert "title: Diễn tập QT-01\n" in text
    assert '- what: "B1: Tiếp nhận yêu cầu (1h)"\n  outputs: Phiếu tiếp nhận\n' in text
    assert '- what: "B2: Đúng tên, đúng ngày"\n' in text
    for old, new, why in (
        ("field: procedures", "field: docs", "unknown field “docs”"),
        ("into: drills", "into: rows", "unknown data block “rows”"),
        ('outputs: "{outputs}"}}', 'out: "{outputs}"}}', "unknown column “out”"),
        ("  field: procedures\n", "", "“field” is missing"),
    ):
        revised.write(".qms/types/drill/type.yaml", own.replace(old, new))
        assert [each["message"] for each in revised.diagnostics() if each["rule"] == "type-invalid" and why in each["message"]], why
