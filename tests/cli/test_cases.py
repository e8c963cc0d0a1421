"""Cases of a procedure by commands: taken in whole or not at all, followed, closed, and their figures recomputed."""

from __future__ import annotations

import csv
import io
import math
import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from tests.desk import Desk, approve, git
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
QT = "documents/procedures/QT-01.md"
DATA = "attachments/cases/QT-01/2026-03.csv"
REGISTER = "records/case-registers/SHS-2026-001.md"
HEAD = "case,received,due,B1,B2,stops,supplements,finished,released_by\n"
FIRST = "a-1,2026-03-02 08:10,,2026-03-02 09:40,2026-03-03 08:00,,0,2026-03-03 08:00,hoa\n"
OPEN = "a-2,2026-03-02 08:20,2026-03-04,2026-03-02 08:50,,2026-03-02 10:00..,,,\n"


@pytest.fixture
def desk(office: Desk) -> Desk:
    """QT-01 is in force with a limit of a day; hoa of the front desk keeps the register."""
    office.run("revise", "QT-01", "--change", "Thời hạn một ngày", day="2026-01-07")
    office.edit(QT, "owner: unit-head\n", "owner: unit-head\ntime_limit: 1d\n")
    approve(office, "QT-01", "2026-01-08")
    office.commit("limit")
    office.sit("hoa")
    office.today = "2026-04-01"
    return office


def given(folder: Path, text: str | bytes, name: str = "thang-3.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_month_is_taken_in_followed_and_closed(desk: Desk, tmp_path: Path) -> None:
    said = desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST + OPEN), "--commit")
    assert said.written == [REGISTER, DATA]
    assert "cases of QT-01 received in 2026-03: 2 (new: 2, changed: 0, gone: 0)" in said.err
    assert "procedure: QT-01\nmonth: 2026-03\n" in desk.read(REGISTER)
    assert desk.read(DATA) == HEAD + FIRST.replace("08:10,,", "08:10,2026-03-03 08:10,") + OPEN.replace("10:00..,,", "10:00..,1,")
    assert desk.errors() == []
    assert desk.git("log", "-1", "--format=%s").startswith("cases of QT-01 received in 2026-03: 2")
    assert desk.git("status", "--porcelain") == ""
    again = desk.run("cases", "import", "QT-01", "2026-03", desk.root / DATA)
    assert "nothing changes" in again.err
    assert "it is closed, and 1 of its cases are not finished: a-2" in desk.refused("advance", "SHS-2026-001", "closed").err

    done = OPEN.replace("10:00..,,,", "10:00..2026-03-04 10:00,,2026-03-04 15:00,tuan")
    later = FIRST.replace("a-1", "a-3")
    said = desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + done + later))
    assert said.written == [REGISTER, DATA]
    assert "2 (new: 1, changed: 1, gone: 1)" in said.err
    assert "no longer in the file: a-1" in said.err
    assert desk.errors() == []
    desk.run("advance", "SHS-2026-001", "closed")
    assert "SHS-2026-001, the case register of QT-01 for 2026-03, is closed" in desk.refused("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD)).err
    assert desk.errors() == []
    desk.write(DATA, HEAD)
    assert "attachment-changed" in desk.errors()


def test_a_promise_of_the_same_day_is_counted_as_the_law_says(desk: Desk, tmp_path: Path) -> None:
    desk.run("revise", "QT-01", "--change", "Trong ngày", by="minh", day="2026-02-02")
    desk.edit(QT, "time_limit: 1d\n", "time_limit: same-day until 15:00\n")
    approve(desk, "QT-01", "2026-02-03")
    rows = "".join(f"a-{n},2026-03-{moment},,,,,0,{finished},hoa\n" for n, (moment, finished) in enumerate((
        ("02 08:10", "2026-03-02 16:59"),
        ("02 15:00", "2026-03-02 17:05"),
        ("02 15:01", "2026-03-03 16:00"),
        ("06 15:30", "2026-03-09 17:00"),
    )))
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + rows))
    due = [row["due"] for row in csv.DictReader(io.StringIO(desk.read(DATA)))]
    assert due == ["2026-03-02 17:00", "2026-03-02 17:00", "2026-03-03 17:00", "2026-03-09 17:00"]
    found = desk.run("cases", "show", "QT-01", "--from", "2026-03-01", "--to", "2026-03-31", "--format", "json").json
    assert (found["early"], found["on_time"], found["late"]) == (2, 1, 1)
    assert "15:00" in desk.run("show", "QT-01").out


def test_a_register_that_was_reopened_keeps_the_list_it_was_closed_on(desk: Desk, tmp_path: Path) -> None:
    desk.run("upgrade")
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST))
    desk.run("advance", "SHS-2026-001", "closed")
    closed = desk.read(DATA)
    desk.run("reopen", "SHS-2026-001", "--reason", "Sót một hồ sơ")
    assert desk.run("cases", "import", "QT-01", "2026-03", desk.root / DATA).written == []
    more = HEAD + FIRST + FIRST.replace("a-1", "a-3")
    second = DATA.replace(".csv", ".2.csv")
    assert desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, more)).written == [REGISTER, second]
    assert desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, more.replace("08:00,hoa", "08:30,hoa"))).written == [REGISTER, second], "nobody has signed that one"
    assert desk.read(DATA) == closed
    assert desk.errors() == []
    desk.run("advance", "SHS-2026-001", "closed")
    desk.commit("closed again")
    assert desk.errors() == []
    desk.git("tag", "accepted")
    desk.write(DATA, HEAD)
    found = desk.run("check", "--base", "accepted", "--format", "json", code=1).json["diagnostics"]
    assert "attachment-changed" in {each["rule"] for each in found}


def test_an_empty_list_does_not_take_away_what_is_there(desk: Desk, tmp_path: Path) -> None:
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST))
    said = desk.refused("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD))
    assert "the file holds no case, and the register of 2026-03 has 1" in said.err


def test_nothing_is_taken_in_by_half(desk: Desk, tmp_path: Path) -> None:
    rows = FIRST + "Nguyễn Văn A,hôm qua,,,,,,,\n" + FIRST + "a-4,2026-04-01 08:00,,,,,,,\na-5,2026-03-03 08:00,,2026-03-02 08:00,,,,2026-03-04 08:00,minh\n"
    said = desk.refused("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + rows))
    assert said.err.splitlines()[:-2] == [
        "thang-3.csv:3: “case”: expected the id of a case: letters A–Z, digits and . _ / -",
        "thang-3.csv:3: “received”: expected a moment such as 2026-03-25 09:30",
        "thang-3.csv:4: case a-1 stands on line 2 already",
        "thang-3.csv:5: case a-4: it was received on 2026-04-01, which is not in 2026-03",
        "thang-3.csv:6: case a-5: “B1” is 2026-03-02 08:00, before it was received (2026-03-03 08:00)",
        "thang-3.csv:6: case a-5: it was released by minh; QT-01 allows unit-head".replace("unit-head", "Trưởng đơn vị"),
    ]
    assert "refused: the file has 6 fault(s); nothing was taken in" in said.err
    desk.lang = "vi"
    said = desk.refused("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + rows))
    assert "thang-3.csv:5: hồ sơ a-4: tiếp nhận ngày 01/04/2026, không thuộc tháng 03/2026" in said.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("QT-01", "13/2026", "FILE"), 2, "the month is “13/2026”; a month such as 10/2026 or 2026-10 is expected"),
        (("QT-01", "2026-05", "FILE"), 2, "the month 2026-05 begins on 2026-05-01"),
        (("QT-09", "2026-03", "FILE"), 3, "QT-09"),
        (("QT-01", "2026-03", "none.csv"), 2, "there is no file none.csv"),
    ],
)
def test_a_wrong_word(desk: Desk, tmp_path: Path, words: Sequence[str], code: int, says: str) -> None:
    file = given(tmp_path, HEAD + FIRST)
    said = desk.refused("cases", "import", *(file if word == "FILE" else word for word in words), code=code)
    assert says in said.err


def test_a_dry_run_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    before = desk.tree()
    said = desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST), "--dry-run")
    assert "+a-1,2026-03-02 08:10,2026-03-03 08:10," in said.out
    assert desk.tree() == before


def test_a_limit_is_needed_where_no_due_moment_is_given(office: Desk, tmp_path: Path) -> None:
    office.today = "2026-04-01"
    said = office.refused("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST), by="hoa")
    assert "case a-1: “due” is empty, and QT-01 has no time_limit to count it from" in said.err
    office.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST.replace("08:10,,", "08:10,2026-03-03,")))


def test_a_procedure_without_steps(desk: Desk, tmp_path: Path) -> None:
    desk.edit(QT, "```steps", "```text")
    desk.write(QT, desk.read(QT).replace("revision: 2", "revision: 3"))
    for each in (desk.root / "signoffs/QT-01").rglob("QT-01.md"):
        each.write_text(each.read_text(encoding="utf-8").replace("```steps", "```text"), encoding="utf-8")
    assert "QT-01 has no steps" in desk.refused("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST)).err


def test_show_without_a_register_says_how_to_begin(desk: Desk) -> None:
    said = desk.refused("cases", "show", "QT-01")
    assert "there is no case register of QT-01" in said.err
    assert 'qmsctl cases import QT-01 2026-04 "…"' in said.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--from", "hôm qua"), "--from is “hôm qua”; a date such as 25/03/2026 or 2026-03-25 or a month such as 10/2026 or 2026-10 is expected"),
        (("--from", "2026-03", "--to", "2026-02"), "--from 2026-03-01 is after 2026-02-28"),
        (("--format", "xml"), "--format is “xml”; one of table, json, csv is expected"),
    ],
)
def test_show_with_a_wrong_option(desk: Desk, tmp_path: Path, words: Sequence[str], says: str) -> None:
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST))
    assert says in desk.refused("cases", "show", "QT-01", *words, code=2).err


def test_a_file_that_was_spoilt_is_said_and_never_hidden(desk: Desk, tmp_path: Path) -> None:
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST + OPEN))
    desk.edit(DATA, "2026-03-02 08:20", "2026-13-02 08:20")
    assert "the cases of SHS-2026-001 cannot be read whole; to see why: qmsctl check" in desk.run("cases", "show", "QT-01").out
    assert desk.run("cases", "show", "QT-01", "--format", "json").json["unread"] == ["SHS-2026-001"]
    found = [each for each in desk.diagnostics() if each["rule"] == "case-register-invalid"]
    assert [(each["path"], each["line"]) for each in found] == [(DATA, 3)]


def test_the_register_is_read_from_a_commit_and_on_another_day(desk: Desk, tmp_path: Path) -> None:
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST + OPEN), "--commit")
    desk.run("cases", "import", "QT-01", "2026-03", given(tmp_path, HEAD + FIRST), "--commit")
    assert desk.run("cases", "show", "QT-01", "--at", "HEAD~1", "--format", "json").json["received"] == 2
    early = desk.run("cases", "show", "QT-01", "--at", "HEAD~1", "--today", "2026-03-02", "--format", "json").json
    assert (early["received"], early["finished"], early["open"], early["stopped"]) == (2, 0, 1, 1)
    bare = tmp_path / "bare.git"
    git(tmp_path, "clone", "--quiet", "--bare", str(desk.root), str(bare))
    assert desk.at(bare).run("cases", "show", "QT-01", "--at", "HEAD", "--format", "json").json["received"] == 1


# -- figures recomputed from the raw file ---------------------------------------------------------------

DAY_OFF = {date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)}
"""Public holidays of the weeks below, from the announcement of the Government, not from any table of a program."""


def works(moment: datetime) -> bool:
    in_hours = "07:30" <= f"{moment:%H:%M}" < "11:30" or "13:00" <= f"{moment:%H:%M}" < "17:00"
    return in_hours and moment.weekday() < 5 and moment.date() not in DAY_OFF


BEGIN = datetime.fromisoformat("2026-04-19")
TICKS = (0, *accumulate(works(BEGIN + timedelta(minutes=n)) for n in range(30 * 24 * 60)))
"""How many minutes had been worked at each minute of the weeks below, counted one by one."""


def worked(start: datetime, end: datetime) -> int:
    """Working minutes."""
    first, last = (math.ceil((moment - BEGIN).total_seconds() / 60) for moment in (start, end))
    return max(0, TICKS[last] - TICKS[first])


def month_of_cases(chance: random.Random, number: int) -> list[dict[str, str]]:
    rows = []
    for n in range(number):
        received = datetime.fromisoformat("2026-04-20 07:30") + timedelta(days=chance.randrange(10), minutes=chance.randrange(560))
        gap = [timedelta(minutes=chance.choice((20, 40, 70, 300, 1500))) for _step in range(2)]
        first, second = received + gap[0], received + gap[0] + gap[1]
        sent_back = chance.random() < 0.2
        stop = (first, first + timedelta(days=chance.randrange(1, 4))) if sent_back else None
        second = second + (stop[1] - stop[0]) if stop else second
        finished = chance.random() < 0.9
        due = received + timedelta(days=chance.choice((1, 2, 4)))
        form = "%Y-%m-%d %H:%M"
        rows.append({
            "case": f"H29-{n:04}", "received": received.strftime(form),
            "due": due.strftime("%Y-%m-%d" if n % 7 == 0 else form),
            "B1": first.strftime(form), "B2": second.strftime(form) if finished else "",
            "stops": f"{stop[0].strftime(form)}..{stop[1].strftime(form)}" if stop else "",
            "supplements": "1" if stop else "0",
            "finished": second.strftime(form) if finished else "",
            "released_by": chance.choice(("hoa", "tuan", "unit-head")) if finished else "",
        })
    return rows


def recomputed(rows: Sequence[dict[str, str]], now: datetime) -> dict[str, Any]:
    """The figures of a file by plain counting; ``now`` is the moment of reading."""
    moment = datetime.fromisoformat
    results: Counter[str] = Counter()
    taken: dict[str, list[int]] = {"B1": [], "B2": []}
    late: dict[str, int] = {}
    for row in rows:
        whole_day = len(row["due"]) == 10
        due = moment(row["due"] + " 23:59:59") if whole_day else moment(row["due"])
        stop = [moment(each) for each in row["stops"].split("..")] if row["stops"] else None
        if not row["finished"]:
            result = "overdue" if due < now else "open"
            late |= {row["case"]: worked(due, now)} if result == "overdue" else {}
        else:
            end = moment(row["finished"])
            kept = end < due if not whole_day else end.date() < due.date()
            same = end == due if not whole_day else end.date() == due.date()
            result = "early" if kept else "on_time" if same else "late"
            late |= {row["case"]: worked(due, end)} if result == "late" else {}
        results[result] += 1
        before = moment(row["received"])
        for step in ("B1", "B2"):
            if row[step]:
                end = moment(row[step])
                stood = worked(max(before, stop[0]), min(end, stop[1])) if stop else 0
                taken[step].append(worked(before, end) - stood)
                before = end
    done = results["early"] + results["on_time"] + results["late"]
    return {
        **{name: results[name] for name in ("early", "on_time", "late", "open", "overdue")},
        "received": len(rows), "finished": done,
        "in_time": round((results["early"] + results["on_time"]) / done, 4),
        "first_pass": round(sum(row["supplements"] == "0" for row in rows) / len(rows), 4),
        "steps": {step: (len(each), _median(each), sorted(each)[math.ceil(0.9 * len(each)) - 1] / 60,
                         sum(minutes > limit for minutes in each))
                  for (step, each), limit in zip(taken.items(), (60, 240), strict=True)},
        "released": Counter(row["released_by"] for row in rows if row["finished"]),
        "late_hours": {case: round(minutes / 60, 2) for case, minutes in late.items()},
    }


def _median(minutes: Sequence[int]) -> float:
    ordered, half = sorted(minutes), len(minutes) // 2
    return (ordered[half] + ordered[-half - 1]) / 2 / 60


def text_of(rows: Sequence[dict[str, str]]) -> str:
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_figures_are_those_of_the_raw_file(desk: Desk, tmp_path: Path, seed: int) -> None:
    rows = month_of_cases(random.Random(seed), 61)
    desk.today = "2026-05-04"
    desk.run("cases", "import", "QT-01", "2026-04", given(tmp_path, text_of(rows)))
    expected = recomputed(rows, datetime.fromisoformat("2026-05-04 23:59:59"))
    found = desk.run("cases", "show", "QT-01", "--format", "json").json
    for name in ("received", "finished", "early", "on_time", "late", "open", "overdue", "in_time", "first_pass"):
        assert found[name] == expected[name], name
    for step in found["steps"]:
        cases, median, ninetieth, over = expected["steps"][step["no"]]
        assert (step["cases"], step["over"]) == (cases, over)
        assert step["median_hours"] == pytest.approx(median, abs=0.006)
        assert step["ninetieth_hours"] == pytest.approx(ninetieth, abs=0.006)
    assert {each["by"]: each["cases"] for each in found["released"]} == expected["released"]
    assert {each["case"]: each["late_hours"] for each in found["late_cases"]} == pytest.approx(expected["late_hours"], abs=0.006)
    lines = list(csv.DictReader(io.StringIO(desk.run("cases", "show", "QT-01", "--format", "csv").out)))
    assert Counter(line["result"].replace("-", "_") for line in lines) == {name: expected[name] for name in ("early", "on_time", "late", "open", "overdue") if expected[name]}
    part = desk.run("cases", "show", "QT-01", "--from", "2026-04-21", "--to", "2026-04-22", "--format", "json").json
    assert part["received"] == sum(row["received"][:10] in ("2026-04-21", "2026-04-22") for row in rows)


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_what_people_see(desk: Desk, tmp_path: Path, lang: str) -> None:
    rows = month_of_cases(random.Random(4), 30)
    desk.today, desk.lang = "2026-05-04", lang
    desk.run("cases", "import", "QT-01", "2026-04", given(tmp_path, text_of(rows)))
    assert_golden(GOLDEN / f"cases.{lang}.txt", desk.run("cases", "show", "QT-01").out)
