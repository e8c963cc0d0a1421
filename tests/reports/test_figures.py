"""The figures of the example office, recomputed from its raw files by plain code of another kind."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from qmsctl.__main__ import main

pytestmark = pytest.mark.process

OFFICE = Path(__file__).parents[2] / "example-repo"
TODAY = date(2026, 11, 20)
YEAR_BEFORE = date(2025, 11, 20)
PROCEDURES = ("QT-07", "QT-08", "QT-09")
Lists = Mapping[str, list[dict[str, Any]]]
Asked = Callable[..., Lists]


@pytest.fixture(scope="module")
def asked() -> Asked:
    """The lists of a report as programs read them; each is made once."""
    known: dict[tuple[str, ...], Lists] = {}

    def ask(capsys: pytest.CaptureFixture[str], *words: str) -> Lists:
        if words not in known:
            assert main(["--today", TODAY.isoformat(), "-C", str(OFFICE), "--lang", "en", "report", *words, "--format", "json"]) == 0
            known[words] = {each["id"]: each["rows"] for each in json.loads(capsys.readouterr().out)["lists"]}
        return known[words]

    return ask


def records(folder: str) -> Iterator[tuple[dict[str, str], str]]:
    """The plain keys of each record, and its whole text."""
    for path in sorted((OFFICE / "records" / folder).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        front = text.split("---\n")[1]
        yield dict(re.findall(r'^(\w+): "?(.*?)"?$', front, re.MULTILINE)), text


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def cases(procedure: str) -> list[dict[str, str]]:
    found = sorted((OFFICE / "attachments/cases" / procedure).glob("*.csv"))
    return [row for path in found for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())]


def is_late(row: Mapping[str, str]) -> bool:
    return moment(row["finished"]) > moment(row["due"])


def percents(part: int, whole: int) -> float:
    return round(100 * part / whole, 1)


WORKED = [(450, 690), (780, 1020)]
"""Minutes of the day: 07:30-11:30 and 13:00-17:00."""

OFF = {date(2026, 9, 1), date(2026, 9, 2)}
LIMIT = {"QT-07": 8 * 60, "QT-08": 8 * 60, "QT-09": 24 * 60}
"""A working day or three, in the revisions that held in these months."""



def took(row: Mapping[str, str]) -> int:
    """Worked minutes from reception to the end, without stops."""
    stops = re.findall(r"([0-9: -]+)\.\.([0-9: -]+)", row["stops"])
    stopped = sum(minutes(moment(start.strip()), moment(end.strip())) for start, end in stops)
    return minutes(moment(row["received"]), moment(row["finished"])) - stopped


@pytest.mark.parametrize("procedure", PROCEDURES)
def test_cases_by_procedure(procedure: str, asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    [row] = [each for each in asked(capsys, "cases")["procedures"] if each["id"] == procedure]
    raw = cases(procedure)
    finished = [each for each in raw if each["finished"]]
    late = [each for each in finished if is_late(each)]
    assert (row["received"], row["finished"], row["late"]) == (len(raw), len(finished), len(late))
    assert row["in_time"] == percents(len(finished) - len(late), len(finished))
    assert row["first_pass"] == percents(sum(each["supplements"] == "0" for each in raw), len(raw))


def test_cases_by_month_are_all_of_the_cases(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "cases")["months"]
    for procedure in PROCEDURES:
        rows = {each["period"]: each for each in found if each["procedure"].startswith(procedure)}
        counts = Counter(each["received"][:7] for each in cases(procedure))
        assert {month: row["received"] for month, row in rows.items() if row["received"]} == counts
    whole = {each["period"]: each["received"] for each in found if each["procedure"] == "All procedures"}
    assert whole == {**Counter(each["received"][:7] for procedure in PROCEDURES for each in cases(procedure)), "2026-11": None}


def test_where_the_two_promises_differ(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    differing = {each["case"] for each in asked(capsys, "cases")["differing"]}
    expected = {
        row["case"] for procedure in PROCEDURES for row in cases(procedure)
        if row["finished"] and is_late(row) != (took(row) > LIMIT[procedure])
    }
    assert differing == expected
    assert differing


def test_the_time_of_a_step_that_is_done_within_a_half_day(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the first step: from reception, office hours between."""
    [row] = [each for each in asked(capsys, "cases")["steps"] if each["procedure"].startswith("QT-07") and each["no"] == "B1"]
    taken = sorted(minutes(moment(each["received"]), moment(each["B1"])) for each in cases("QT-07") if each["B1"])
    middle = (taken[(len(taken) - 1) // 2] + taken[len(taken) // 2]) / 2
    assert row["cases"] == len(taken)
    assert row["median"] == round(middle / 60, 1)
    assert row["ninetieth"] == round(taken[-(-9 * len(taken) // 10) - 1] / 60, 1)


def minutes(start: datetime, end: datetime) -> int:
    """Worked minutes, minute by minute."""
    count, now = 0, start
    while now < end:
        minute = 60 * now.hour + now.minute
        count += now.weekday() < 5 and now.date() not in OFF and any(a <= minute < b for a, b in WORKED)
        now += timedelta(minutes=1)
    return count


def test_waiting_for_the_tax_office(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    """From the hand-over before to that of B3, which has four hours."""
    [row] = asked(capsys, "cases")["agencies"]
    waited = [minutes(moment(each["B2"]), moment(each["B3"])) for each in cases("QT-09")]
    assert (row["agency"], row["procedure"], row["plan"], row["cases"]) == ("Cơ quan thuế", "QT-09", 4, len(waited))
    assert (row["total"], row["over"]) == (round(sum(waited) / 60, 1), sum(each > 4 * 60 for each in waited))


def raised() -> list[dict[str, str]]:
    return [each for each, _text in records("nonconformities") if each["status"] not in ("rejected", "cancelled") and YEAR_BEFORE <= date.fromisoformat(each["raised"]) <= TODAY]


def test_nonconformities_by_cause_and_unit(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "nonconformities")
    causes = Counter(each["cause_category"] for each in raised() if "cause_category" in each)
    assert [each["count"] for each in found["causes"]] == sorted(causes.values(), reverse=True)
    assert sum(each["count"] for each in found["causes"]) == causes.total()
    assert found["causes"][-1]["reached"] == 100
    assert sorted(each["all"] for each in found["units"]) == sorted(Counter(each["unit"] for each in raised()).values())
    by_month = Counter(each["raised"][:7] for each in raised())
    assert {month: sum(row[month] or 0 for row in found["units"]) for month in by_month} == by_month


def test_open_nonconformities_and_their_age(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    expected = {
        each["id"]: (TODAY - date.fromisoformat(each["raised"])).days
        for each, _text in records("nonconformities") if each["status"] not in ("closed", "rejected", "cancelled")
    }
    found = asked(capsys, "nonconformities")["ages"]
    assert {each["id"]: each["days"] for each in found} == expected
    assert [each["days"] for each in found] == sorted(expected.values(), reverse=True)


def test_satisfaction_by_question(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "satisfaction")
    before: dict[str, float] = {}
    expected = {}
    for front, text in records("surveys"):
        if date.fromisoformat(front["period_until"]) > TODAY:
            continue
        counts: Counter[str] = Counter()
        for question, *scores in re.findall(r'question: "(.*?)", about: \w+, score1: (\d+), score2: (\d+), score3: (\d+), score4: (\d+), score5: (\d+)', text):
            one, two, three, four, five = map(int, scores)
            share = percents(four + five, one + two + three + four + five)
            expected[front["id"], question] = (share, before.get(question))
            before[question] = share
            counts["content"] += four + five
            counts["all"] += one + two + three + four + five
        [row] = [each for each in found["surveys"] if each["id"] == front["id"]]
        assert (row["answers"], row["content"]) == (counts["all"], percents(counts["content"], counts["all"]))
    assert {(each["survey"].split()[0], each["question"]): (each["content"], each["before"]) for each in found["questions"]} == expected


def test_complaints(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "satisfaction")
    known = [each for each, _text in records("complaints") if each["status"] != "dismissed"]
    assert {each["period"]: each["received"] for each in found["complaints"] if each["received"]} == Counter(each["received"][:7] for each in known)
    assert sum(each["justified"] for each in found["complaints"]) == sum(each.get("justified") in ("justified", "partly") for each in known)
    assert sum(each["unanswered"] for each in found["complaints"]) == sum("answered" not in each for each in known)


def test_savings(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "savings")
    rows = {each["measure"]: each for each in found["procedures"] if each["procedure"].startswith("QT-07")}
    first, now = (hours(next((OFFICE / "signoffs/QT-07").glob(f"{revision}-*/approve.*")).parent / "QT-07.md") if revision > 1 else hours(next((OFFICE / "signoffs/QT-07").glob("1-*/QT-07.md"))) for revision in (1, 3))
    work = rows["Working time of all steps, h"]
    assert (work["first"], work["now"], work["saved"]) == (first, now, first - now)
    assert work["total"] == (first - now) * len(cases("QT-07"))
    [sum_] = [each for each in found["altogether"] if each["measure"] == work["measure"]]
    assert sum_["saved"] == sum(each["total"] for each in found["procedures"] if each["measure"] == work["measure"] and each["total"] is not None)


def hours(path: Path) -> float:
    """The times of the steps whose clock is not stopped."""
    block = path.read_text(encoding="utf-8").split("```steps\n")[1].split("```")[0]
    steps = [each for each in re.split(r"^- ", block, flags=re.MULTILINE) if each.strip()]
    times = [re.search(r"time: ([\d.]+)([hd])", each) for each in steps if "clock: stopped" not in each]
    return sum(float(each[1]) * (8 if each[2] == "d" else 1) for each in times if each)


def test_the_same_day_gives_the_same_bytes_and_a_period_its_own(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(capsys, "cases", "--from", "2026-10-01")["procedures"][0]["received"] == 69
    assert asked(capsys, "cases", "--to", "2026-09-30")["procedures"][0]["received"] == 63
