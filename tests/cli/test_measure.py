"""``qmsctl measure``: one more value of an objective, and what ``show`` makes of them."""

from __future__ import annotations

import pytest

from tests.desk import Desk

OBJECTIVE = """\
---
id: {id}
type: objective
title: Trả hồ sơ đúng hẹn
status: draft
owner: minh
measure: hồ sơ đúng hẹn trên hồ sơ đã trả
unit_of_measure: "%"
target: {target}
direction: {direction}
period_from: 2026-01-01
due: 2026-12-31
every: {every}
---

# Trả hồ sơ đúng hẹn

## 1. Kết quả đo

```measurements
# một dòng một kỳ
```
"""


def objective(desk: Desk, every: str = "1m", target: str = "98", direction: str = "at-least", subject: str = "MT-2026-01") -> str:
    path = f"records/objectives/{subject}.md"
    desk.write(path, OBJECTIVE.format(id=subject, every=every, target=target, direction=direction))
    desk.today = "2026-06-01"
    return path


def test_a_value_is_one_more_row_and_nothing_else_changes(desk: Desk) -> None:
    path = objective(desk)
    before = desk.read(path)
    said = desk.run("measure", "MT-2026-01", "2026-05", "97.5", "--note", "nghỉ lễ: 2 ngày", "--source", "cổng dịch vụ công")
    assert said.written == [path]
    assert "short of the target: at least 98 %" in said.err
    row = '- period: 2026-05\n  date: 2026-06-01\n  value: 97.5\n  source: cổng dịch vụ công\n  by: minh\n  note: "nghỉ lễ: 2 ngày"\n'
    assert desk.read(path) == before.replace("# một dòng một kỳ\n", f"# một dòng một kỳ\n{row}")
    assert "which reaches the target" in desk.run("measure", "MT-2026-01", "2026-04", "98").err


def test_a_period_that_goes_on_is_told_to_be_measured_once_more(desk: Desk) -> None:
    objective(desk)
    early = desk.run("measure", "MT-2026-01", "2026-06", "97").err
    assert '2026-06 goes on until 2026-06-30; what is measured then takes the place of this value: qmsctl measure MT-2026-01 2026-06 "…" --replace' in early
    assert "goes on" not in desk.run("measure", "MT-2026-01", "2026-06", "98", "--replace", day="2026-06-30").err


def test_a_month_may_be_written_as_people_do(desk: Desk) -> None:
    path = objective(desk)
    desk.run("measure", "MT-2026-01", "3/2026", "97")
    assert "period: 2026-03" in desk.read(path)


def test_at_most_is_reached_from_below(desk: Desk) -> None:
    objective(desk, target="5", direction="at-most")
    assert "short of" in desk.run("measure", "MT-2026-01", "2026-04", "5.1").err
    assert "reaches the target: at most 5 %" in desk.run("measure", "MT-2026-01", "2026-05", "5").err


def test_a_period_has_one_value_until_it_is_corrected(desk: Desk) -> None:
    path = objective(desk)
    desk.run("measure", "MT-2026-01", "2026-04", "95", "--note", "tạm tính")
    desk.run("measure", "MT-2026-01", "2026-05", "97")
    said = desk.refused("measure", "MT-2026-01", "2026-04", "96")
    assert "has a value for 2026-04 already: 95" in said.err
    assert "qmsctl measure MT-2026-01 2026-04 96 --replace" in said.err
    before = desk.read(path)
    desk.run("measure", "MT-2026-01", "2026-04", "96", "--replace")
    assert desk.read(path) == before.replace("value: 95", "value: 96"), "only the value, the note stays"
    desk.run("measure", "MT-2026-01", "2026-03", "94", "--replace")
    assert desk.read(path).count("- period:") == 3, "nothing to replace: it is written down"


def test_a_row_by_hand_has_the_period_of_its_date(desk: Desk) -> None:
    path = objective(desk)
    desk.edit(path, "# một dòng một kỳ", "- {date: 2026-04-28, value: 95}")
    assert "2026-04 already: 95" in desk.refused("measure", "MT-2026-01", "2026-04", "96").err


@pytest.mark.parametrize(
    ("every", "period", "says", "mends"),
    [
        ("1m", "2026-Q1", "a month such as 2026-03 is expected", "measure MT-2026-01 2026-03 96"),
        ("3m", "2026-02", "a quarter such as 2026-Q1 is expected", "measure MT-2026-01 2026-Q1 96"),
        ("12m", "2026-05-31", "a year such as 2026 is expected", "measure MT-2026-01 2026 96"),
        ("6m", "2026", "a half-year such as 2026-H2 is expected", "measure MT-2026-01 2026-H2 96"),
        ("1w", "2026-05", "a week such as 2026-W22 is expected", "measure MT-2026-01 2026-W22 96"),
        ("1m", "2026-07", "2026-07 begins on 2026-07-01 and cannot be measured yet", "measure MT-2026-01 2026-06 96"),
    ],
)
def test_the_period_has_to_fit_the_rhythm(desk: Desk, every: str, period: str, says: str, mends: str) -> None:
    objective(desk, every)
    said = desk.refused("measure", "MT-2026-01", period, "96")
    assert says in said.err
    assert mends in said.err


@pytest.mark.parametrize(("period", "value", "says"), [("tháng 5", "96", "no period"), ("2026-13", "96", "no period"), ("2026-05", "97,5,1", "no number"), ("2026-05", "98 ngày", "did you mean: qmsctl measure MT-2026-01 2026-05 98\n"), ("2026-05", "cao", "no number"), ("2026-05", "1e3", "no number")])
def test_what_is_no_period_or_number(desk: Desk, period: str, value: str, says: str) -> None:
    objective(desk)
    assert says in desk.refused("measure", "MT-2026-01", period, value, code=2).err


@pytest.mark.parametrize("value", ["97.5%", "97.5 %", " 97.5 "])
def test_a_value_may_have_the_unit_of_its_objective(desk: Desk, value: str) -> None:
    path = objective(desk)
    desk.run("measure", "MT-2026-01", "2026-05", value)
    assert 'value: "97.5"' in desk.read(path) or "value: 97.5" in desk.read(path)


def test_a_negative_number_is_a_number(desk: Desk) -> None:
    path = objective(desk)
    desk.run("measure", "MT-2026-01", "2026-05", "--", "-3.5")
    assert 'value: "-3.5"' in desk.read(path)


def test_only_objectives_are_measured(desk: Desk) -> None:
    desk.today = "2026-06-01"
    desk.write("records/risks/RR-001.md", "---\nid: RR-001\ntype: risk\ntitle: x\nstatus: identified\nowner: minh\n---\n")
    assert "is no objective" in desk.refused("measure", "RR-001", "2026-05", "1").err
    assert "QT-01 is no objective" in desk.refused("measure", "QT-01", "2026-05", "1").err
    assert "MT-2099-01" in desk.refused("measure", "MT-2099-01", "2026-05", "1").err


def test_an_archived_objective_is_measured_no_more(desk: Desk) -> None:
    path = objective(desk)
    desk.run("set", "MT-2026-01", "source=sổ", "means=nhắc việc")
    desk.run("measure", "MT-2026-01", "2026-05", "98")
    for state, by, sets in (("approved", "binh", ()), ("active", "minh", ()), ("achieved", "minh", ()), ("archived", "lan", ("--set", "conclusion=Đạt"))):
        desk.run("advance", "MT-2026-01", state, *sets, by=by)
    desk.refused("measure", "MT-2026-01", "2026-04", "97", by="minh")
    assert "2026-04" not in desk.read(path)


def test_somebody_else_may_have_measured_it_and_has_to_exist(desk: Desk) -> None:
    path = objective(desk)
    desk.run("measure", "MT-2026-01", "2026-05", "97", "--by", "hoa")
    assert "by: hoa" in desk.read(path)
    assert "nobody-here" in desk.refused("measure", "MT-2026-01", "2026-04", "97", "--by", "nobody-here").err


def test_dry_run_and_commit(desk: Desk) -> None:
    path = objective(desk)
    desk.commit("objective")
    said = desk.run("measure", "MT-2026-01", "2026-05", "97.5", "--dry-run")
    assert "+  value: 97.5" in said.out
    assert "97.5" not in desk.read(path)
    desk.run("measure", "MT-2026-01", "2026-05", "97.5", "--commit")
    assert desk.git("log", "-1", "--format=%s").startswith("MT-2026-01: ")
    assert desk.git("status", "--porcelain") == ""


def test_a_period_that_is_none_is_an_error_of_check(desk: Desk) -> None:
    path = objective(desk)
    desk.edit(path, "# một dòng một kỳ", "- {period: tháng 5, date: 2026-05-31, value: 95}\n- {period: 2026-04, date: 2026-05-31, value: 95}\n- {period: 2026-04, date: 2026-05-31, value: 96}")
    found = [each["message"] for each in desk.diagnostics() if each["path"] == path and each["rule"] == "field-invalid"]
    assert any("a period such as 2026" in each for each in found)
    assert any("2026-04" in each for each in found), "one value a period"


def test_show_tells_how_far_it_has_come(desk: Desk) -> None:
    objective(desk)
    for period, value in (("2026-01", "95"), ("2026-03", "98.5"), ("2026-02", "96")):
        desk.run("measure", "MT-2026-01", period, value)
    out = desk.run("show", "MT-2026-01").out
    assert "98.5 % in 2026-03; target: at least 98 %; target reached; improving" in out
    assert "▁▃█  2026-01 – 2026-03" in out
    desk.run("measure", "MT-2026-01", "2026-04", "97")
    assert "97 % in 2026-04; target: at least 98 %; target not reached; getting worse" in desk.run("show", "MT-2026-01").out


def test_show_of_an_objective_without_values_says_nothing_of_progress(desk: Desk) -> None:
    objective(desk)
    assert "Progress" not in desk.run("show", "MT-2026-01").out


def test_in_vietnamese(desk: Desk) -> None:
    objective(desk)
    desk.lang = "vi"
    assert "chưa đạt chỉ tiêu: tối thiểu 98%" in desk.run("measure", "MT-2026-01", "2026-05", "97.5").err
    assert "đã có kết quả của kỳ 05/2026: 97,5" in desk.refused("measure", "MT-2026-01", "2026-05", "96").err
    assert "Tiến độ" in desk.run("show", "MT-2026-01").out
