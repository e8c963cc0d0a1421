"""What somebody meant who typed something near: ids, revisions, steps, options; and what is ahead comes first."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from qmsctl.cli.choices import worded
from qmsctl.cli.option_words import WORDS
from qmsctl.core.engine import run
from qmsctl.core.gates import Context
from qmsctl.core.gates.reissued import check
from qmsctl.core.lifecycle.actor import Act, Actor
from qmsctl.core.lifecycle.record_states import advance
from qmsctl.core.text.characters import unmarked
from qmsctl.core.types.choice import as_value
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import Names, scalar_problem
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Command
from qmsctl.message import Label
from qmsctl.rules import load_rule
from qmsctl.store.loading import load, locate
from qmsctl.store.shipped.profiles import PROFILES, titles
from tests.desk import Desk, as_in_the_folder
from tests.desk import qmsctl as bare
from tests.office import library_of
from tests.office import office as office_of

NC = "NC-2026-001"


@pytest.mark.parametrize(("words", "meant"), [
    (["review", "QT-1"], "QT-01"),
    (["show", "qt-001"], "QT-01"),
    (["revise", "QT-O1", "--change", "x"], "QT-01"),
    (["advance", "nc-2026-1", "confirmed"], NC),
    (["set", "NC-226-001", "severity=minor"], NC),
])
def test_an_id_that_is_near(office: Desk, words: list[str], meant: str) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    whole = " ".join((words[0], meant, *words[2:]))
    assert f"did you mean: qmsctl {whole}" in office.refused(*words).err
    office.lang = "vi"
    assert f"có phải là: qmsctl {whole}" in office.refused(*words).err


@pytest.mark.parametrize(("words", "hint"), [
    (["nc", "log", "Chậm", "--severity", "minor", "--requirement", "QT-1"], "did you mean: qmsctl nc log Chậm --severity minor --requirement QT-01"),
    (["new", "action", "--title", "Bố trí người", "--set", "of=NC-2026-1", "--set", "due=2026-09-01"], f'did you mean: qmsctl new action --title "Bố trí người" --set of={NC} --set due=2026-09-01'),
    (["set", NC, "evidence+={note: sổ}"], f'qmsctl attach {NC} "…"'),
])
def test_an_id_that_is_near_in_a_field(office: Desk, words: list[str], hint: str) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    assert hint in office.refused(*words).err


@pytest.mark.parametrize(("written", "hint"), [
    ("Đỗ Văn Minh", "did you mean “minh”?"),
    ("đỗ văn minh", "did you mean “minh”?"),
    ("Bộ phận Hộ tịch", "known are: binh, "),
])
def test_a_person_by_name(office: Desk, written: str, hint: str) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    assert hint in office.refused("set", NC, f"owner={written}").err


@pytest.mark.parametrize(("words", "meant"), [
    (["show", "documents/procedures/QT-01.md"], "show QT-01"),
    (["new", "quy-trinh", "--title", "Tiếp dân"], 'new procedure --title "Tiếp dân"'),
    (["new", "procedure", "Cấp", "bản sao"], 'new procedure --title "Cấp bản sao"'),
    (["nc", "log", "Chậm", "trả", "--unit", "van-phong"], 'nc log "Chậm trả" --unit van-phong'),
    (["nc", "log", "Chậm", "--requirement", "8.2.3,", "QT-01"], 'nc log Chậm --requirement "8.2.3, QT-01"'),
    (["nc", "log", "Chậm", "--requirement", "QT O1, 8.2.3", "--severity", "minor"], 'nc log Chậm --requirement "QT-01, 8.2.3" --severity minor'),
    (["new", "form", "--title", "Đơn", "--set", "parent=QT 01"], "new form --title Đơn --set parent=QT-01"),
    (["show", "NC/2026/001"], f"show {NC}"),
    (["new", "nc", "--title", "Chậm"], "new nonconformity --title Chậm"),
    (["new", "QT-07", "--title", "Tiếp dân"], 'new procedure --title "Tiếp dân"'),
    (["list", "khong phu hop"], "list nonconformity"),
    (["advance", NC, "xu ly ngay"], f"advance {NC} contained"),
    (["audit", "plan", "2027"], "audit plan --year 2027"),
    (["import", "apply"], 'import plan "…"'),
    (["nc", "log", "Chậm", "--severity", "minor", "--source", "bên ngoài"], "nc log Chậm --source external-audit --severity minor"),
    (["escalate", NC, "--to", "director"], f'escalate {NC} --to director --reason "…"'),
    (["show", "N\u0421-2O26-OO1"], f"show {NC}"),
    (["show", "QT–01"], "show QT-01"),
    (["nc", "log", "Chậm", "--set", "owner=Do Van Minh", "--severity", "minor"], "nc log Chậm --severity minor --set owner=minh"),
    (["nc", "log", "Chậm", "--severity", "mnor"], "nc log Chậm --severity minor"),
    (["set", NC, "nhóm nguyên nhân=people"], f"set {NC} cause_category=people"),
    (["approve", "QT-01", "--by", "do van minh"], "approve QT-01 --by minh"),
    (["advance", NC, "confirm"], f"advance {NC} confirmed"),
    (["advance", NC], f"advance {NC} confirmed"),
    (["check", "QT-01"], "check documents/procedures/QT-01.md"),
    (["cases", "import", "QT-01"], 'cases import QT-01 "…"'),
    (["list", "--format", "jsno"], "list --format json"),
])
def test_the_whole_command_is_proposed_as_it_was_meant(office: Desk, words: list[str], meant: str) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "nhe")
    said = as_in_the_folder(bare("-C", office.root, "--lang", "vi", *words), office.root).err
    assert f"qmsctl {meant}" in said.partition("→")[2]


def test_a_system_below_the_folder_is_named(office: Desk) -> None:
    said = bare("-C", office.root.parent, "show", "QT-01").err
    assert "qmsctl -C office show QT-01; " in said


def test_a_name_that_two_bear_is_nobodys() -> None:
    names = Names(people=frozenset({"an", "an-2"}), called={"le an": ("an", "an-2")})
    assert str(scalar_problem(Field("owner", "person", Label({"en": "Owner"})), "Lê An", names)).endswith("known are: an, an-2")


def test_a_choice_and_a_state_may_be_given_in_words(office: Desk) -> None:
    """What reports and lists show can be typed; files hold the id."""
    office.run("nc", "log", "Thiếu", "--severity", "Nhẹ", "--requirement", "QT-01")
    assert "severity: minor" in office.read(office.path_of(NC))
    office.run("set", NC, "severity=nặng", "description=Thiếu một con dấu")
    assert "severity: major" in office.read(office.path_of(NC))
    office.run("advance", NC, "đã xác nhận", by="hoa")
    office.run("advance", NC, "Contained", "--set", "correction=Đã đóng dấu")
    assert "status: contained" in office.read(office.path_of(NC))


def test_an_id_that_is_nothing_like_any(office: Desk) -> None:
    assert "qmsctl list" in office.refused("review", "XYZ").err
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    assert "qmsctl list" in office.refused("show", "PGC-2026-001").err
    office.run("new", "procedure", "--title", "Tiếp dân")
    assert "did you mean: qmsctl review QT-02" in office.refused("review", "QT-2").err


def test_a_revision_to_come_is_what_there_is_to_compare(office: Desk) -> None:
    office.run("revise", "QT-01", "--change", "Sửa thời gian")
    said = office.refused("diff", "QT-01")
    assert "qmsctl diff QT-01 1..draft" in said.err
    office.run("diff", "QT-01", "1..draft")
    office.edit("documents/procedures/QT-01.md", "time: 1h", "time: 2h")
    office.run("set", "QT-01", "effective=2026-09-01")
    office.run("submit", "QT-01", by="minh")
    office.run("review", "QT-01", by="lan")
    office.run("approve", "QT-01", by="binh")
    office.lang = "vi"
    assert "bản sau nó: qmsctl diff QT-01 1..2" in office.refused("diff", "QT-01").err
    office.run("diff", "QT-01", "1..2")


@pytest.mark.parametrize(("words", "hint"), [
    (["nc", "close", NC], f"qmsctl advance {NC} closed"),
    (["nc", "confirm"], 'qmsctl advance "…" confirmed'),
    (["close", NC], f"qmsctl advance {NC} closed"),
    (["nc", "logg", "x"], "qmsctl nc log"),
    (["nc", "frobnicate"], "qmsctl nc --help"),
])
def test_a_step_that_is_called_a_command(office: Desk, words: list[str], hint: str) -> None:
    assert hint in office.refused(*words, code=2).err
    office.lang = "vi"
    assert hint in office.refused(*words, code=2).err


def test_a_field_with_an_option_of_its_own_is_given_by_that(office: Desk) -> None:
    said = office.refused("nc", "log", "Thiếu", "--severity", "huge", "--no-input")
    assert "--severity" in said.err.partition("→")[2]
    assert "--set severity" not in said.err


def test_what_signs_keeps_its_options_for_the_sign_off(office: Desk) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor", "--description", "x", "--evidence", "y")
    said = office.refused("nc", "log", "Thiếu", "--severity", "minor", "--set", "owner=nobody", "--no-input")
    assert "--set owner=" in said.err


@pytest.mark.parametrize("status", ["held", "inputs-ready", "minuted"])
def test_the_step_ahead_is_named_first(status: str) -> None:
    library = library_of({"records/management-reviews/XXLD-2026-01.md": f"---\nid: XXLD-2026-01\ntype: management-review\ntitle: Họp\nstatus: {status}\n---\n"})
    found = library.by_id["XXLD-2026-01"]
    with pytest.raises(Refusal) as refused:
        advance(library, found.id, status, Act(Actor("lan"), library.now), {})
    assert refused.value.mend is not None
    first = refused.value.mend.steps[0]
    assert isinstance(first, Command)
    order = list(found.type.states)
    assert first.operands[1] == order[order.index(status) + 1]


def test_a_draft_that_answers_is_submitted_though_another_revision_is_to_come(office: Desk) -> None:
    """To wait for the revision to come would not help: it does not answer the record."""
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    office.run("set", NC, "documents=QT-01")
    office.run("revise", "QT-01", "--change", "Sửa thời gian")
    office.run("set", "QT-01", "effective=2026-09-01")
    office.run("submit", "QT-01", by="minh")
    office.run("review", "QT-01", by="lan")
    office.run("approve", "QT-01", by="binh")
    assert said_by_gate(office) == f'qmsctl revise QT-01 --change "…" --answers {NC}'
    office.run("revise", "QT-01", "--change", "Thêm bước ký", "--answers", NC)
    assert said_by_gate(office) == "qmsctl submit QT-01"
    office.run("set", "QT-01", "effective=2026-10-01")
    office.run("submit", "QT-01", by="minh")
    office.run("review", "QT-01", by="lan")
    office.run("approve", "QT-01", by="binh")
    assert said_by_gate(office) == "wait until QT-01 takes effect on 2026-10-01"


def said_by_gate(office: Desk) -> str:
    """What the gate says that asks for a revision which answers the record."""
    library = load(locate(office.root), datetime(2026, 6, 1, 12, tzinfo=UTC))
    (lack,) = check(library.by_id[NC], {"field": "documents"}, Context(library, library.today))
    return str(lack.mend)


def test_the_missing_clauses_explain_themselves(office: Desk) -> None:
    assert "A clause has something missing while no document in force answers it" in " ".join(office.run("coverage", "--missing").out.split())
    office.lang = "vi"
    assert "Một điều khoản được coi là còn thiếu khi chưa có tài liệu" in " ".join(office.run("coverage", "--missing").out.split())


WITHDRAWN = """
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận
revision: 1
---
```
```dossier HD-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
withdraw binh director 2026-04-01T08:00:00+07:00
```
```md records/audit-programmes/CTDG-2026-01.md
---
id: CTDG-2026-01
type: audit-programme
title: Chương trình
status: draft
---

~~~grid
- {unit: mot-cua, month: "2026-05", processes: [QT-07]}
- unit: ho-tich
  month: "2026-06"
  processes: [QT-08, HD-01]
~~~
```
"""


def test_a_reference_in_a_table_is_mended_in_its_row() -> None:
    found = [each for each in run(office_of(WITHDRAWN), [load_rule("reference_withdrawn")]).diagnostics if "CTDG" in each.path]
    assert [str(each.mend) for each in found] == ['qmsctl row set CTDG-2026-01 grid 2 processes="…"']


def test_a_way_that_the_command_has_no_option_for_is_left_out(office: Desk) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor", "--set", "description=Thiếu một con dấu", "--requirement", "QT-01")
    said = office.refused("advance", NC, "confirmed", day="2199-01-01", code=2).err
    assert "leave out --today" in said
    assert "effective" not in said
    assert "--effective" in office.refused("approve", "QT-01", day="2199-01-01", code=2).err


def test_what_a_refused_command_would_have_written_is_given_otherwise(office: Desk) -> None:
    office.run("new", "equipment", "--title", "Cân", "--set", "kind=measuring", "--set", "serial=1", "--set", "location=Kho")
    said = office.refused("row", "add", "TB-001", "calibration", "date=31/02/2026", "result=fail").err
    assert "give another value in the command" in said
    assert "correct the text" not in said


def test_a_state_that_is_reached_already(office: Desk) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    assert f"{NC} is “reported” already" in office.refused("advance", NC, "reported").err


@pytest.mark.parametrize(("profile", "standard"), [("cơ quan", "TCVN ISO 9001:2008"), ("co quan nha nuoc", "2008"), ("State Agency", "iso 9001:2008")])
def test_a_profile_and_an_edition_by_their_words(profile: str, standard: str) -> None:
    assert (worded(profile, "--profile", PROFILES), worded(standard, "--standard", titles())) == ("agency", "iso9001-2008")


@pytest.mark.parametrize("profile", ["công ty", "doanh nghiệp", "Company"])
def test_a_company_by_its_words(profile: str) -> None:
    assert worded(profile, "--profile", PROFILES) == "company"
    with pytest.raises(UsageError, match=r"one of agency \(state agency\), company \(company\) is expected|known"):
        worded("nhà nước và công ty", "--profile", PROFILES)


def test_an_option_that_is_called_by_what_it_takes(office: Desk) -> None:
    assert "did you mean --only?" in office.refused("report", "audit", "--section", "clauses", code=2).err


def test_a_field_that_there_is_not_is_left_out_of_the_command_that_mends(office: Desk) -> None:
    said = office.refused("new", "action", "--title", "x", "--set", "summary=y").err
    assert '--set due="…"' in said
    assert "summary=y" not in said


@pytest.mark.parametrize(("words", "hint"), [
    (["new", "action", "--title", "x", "--due", "2026-05-01"], "given as: --set due=…"),
    (["set", NC, "--due-date", "2026-05-01"], "given as: due_date=…"),
])
def test_a_field_given_as_an_option(office: Desk, words: list[str], hint: str) -> None:
    assert hint in office.refused(*words, code=2).err


@pytest.mark.parametrize(("words", "meant"), [
    (["init", ".", "--edition", "2015"], "--standard"),
    (["init", ".", "--tiêu-chuẩn", "2015"], "--standard"),
    (["init", ".", "--department", "x"], None),
    (["adopt", "QT-01", "--decision", "12/QĐ"], "--basis"),
    (["adopt", "QT-01", "--decision_date", "2026-01-01"], "--basis-date"),
    (["nc", "log", "Chậm", "--level", "minor"], "--severity"),
    (["nc", "log", "Chậm", "--sevrity", "minor"], "--severity"),
    (["new", "action", "--name", "x"], "--title"),
    (["show", "QT-01", "--as-of", "2026-01-01"], "--today"),
    (["management-review", "action", "x", "--deadline", "x"], "--due"),
])
def test_an_option_by_the_words_of_the_trade(office: Desk, words: list[str], meant: str | None) -> None:
    said = office.refused(*words, code=2).err
    assert (f"did you mean {meant}?" in said) if meant else ("did you mean" not in said)


def test_the_words_of_options_are_of_options_that_there_are() -> None:
    page = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    assert not [name for name in WORDS if f"--{name} " not in page and f"--{name}`" not in page]
    assert not [(name, word) for name, words in WORDS.items() for word in words.split() if word != unmarked(word.lower())]


def test_fields_that_there_are_come_with_their_words(office: Desk) -> None:
    office.run("nc", "log", "Thiếu", "--severity", "minor")
    office.lang = "vi"
    assert "verifier (Người kiểm tra xác nhận" in office.refused("set", NC, "zzz=1").err


@pytest.mark.parametrize(("unit", "meant"), [("một cửa", ""), ("phục vụ hành chính", "mot-cua"), ("bo phan ho tich", "ho-tich"), ("hành chính công", "mot-cua")])
def test_a_unit_by_words_of_its_name(office: Desk, unit: str, meant: str) -> None:
    said = office.refused("nc", "log", "Thiếu", "--severity", "minor", "--unit", unit).err
    assert (f"--unit {meant} " in said) == bool(meant)


@pytest.mark.parametrize(("word", "held"), [("có", "yes"), ("Co", "yes"), ("không", "no"), ("KHONG", "no"), ("no", "no"), ("chưa", "chưa")])
def test_an_answer_by_its_words(word: str, held: str) -> None:
    assert as_value(Field(name="effective", kind="bool", label=Label({})), word) == held
