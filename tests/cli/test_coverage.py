"""``qmsctl coverage`` and ``qmsctl transition`` on an office of files."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.desk import Desk
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def named(office: Desk) -> Desk:
    """An office whose manual in force names clauses and the records kept for them."""
    office.write("documents/manual/STCL.md", MANUAL)
    for by, words in (("minh", "submit"), ("binh", "approve")):
        office.run(words, "STCL", by=by, day="2026-01-08")
    office.commit("manual")
    return office


MANUAL = """\
---
id: STCL
type: manual
title: Sổ tay chất lượng
revision: 1
effective: 2026-01-12
owner: qmr
clauses: [4.1, 4.2.2, 5.6.1]
---

# Sổ tay chất lượng

## 1. Phạm vi áp dụng

Giải quyết thủ tục hành chính.

## 2. Các quá trình và sự tương tác

Ba quá trình.

## 3. Hồ sơ

```records
- {name: Biên bản họp, place: Văn phòng, keeper: qmr, medium: giấy, retention: 5y, basis: Quyết định, clauses: [5.6.1]}
```

## 4. Ngoại lệ

Không có.
"""


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_tables(named: Desk, lang: str) -> None:
    named.lang = lang
    said = named.run("coverage", day="2026-02-01").out + "\n" + named.run("transition", day="2026-02-01").out
    assert_golden(GOLDEN / f"coverage.{lang}.txt", said)


def test_json_and_csv_say_the_same(named: Desk) -> None:
    (found,) = named.run("coverage", "--format", "json", day="2026-02-01").json
    assert (found["standard"], found["from"], found["to"]) == ("iso9001-2008", "2025-02-02", "2026-02-01")
    by_clause = {each["clause"]: each for each in found["clauses"]}
    assert by_clause["5.6.1"]["documents"] == ["STCL"]
    assert by_clause["5.6.1"]["kept"] == [{"name": "Biên bản họp", "document": "STCL"}]
    assert by_clause["5.6.1"]["complete"] is False, "a line that says where minutes are kept is no review"
    assert by_clause["8.5.3"]["complete"] is False
    rows = list(csv.DictReader(io.StringIO(named.run("coverage", "--format", "csv", day="2026-02-01").out)))
    assert {row["clause"]: row["complete"] == "yes" for row in rows} == {n: each["complete"] for n, each in by_clause.items()}


def test_missing_shows_only_what_is_missing(named: Desk) -> None:
    (found,) = named.run("coverage", "--missing", "--format", "json", day="2026-02-01").json
    assert found["clauses"]
    assert not any(each["complete"] for each in found["clauses"])


def test_a_day_before_the_approval_there_is_nothing(named: Desk) -> None:
    (found,) = named.run("coverage", "--format", "json", day="2026-01-07").json
    assert {each["clause"]: each["documents"] for each in found["clauses"]}["5.6.1"] == []


def test_the_period_bounds_the_records(named: Desk) -> None:
    named.run("nc", "log", "Trả quá hẹn", "--severity", "minor", "--source", "process", by="minh", day="2026-01-15")
    for start, end, expected in (("2026-01-01", "2026-01-31", ["NC-2026-001"]), ("2026-02-01", "2026-02-28", [])):
        (found,) = named.run("coverage", "--from", start, "--to", end, "--format", "json", day="2026-03-01").json
        assert {each["clause"]: each["records"] for each in found["clauses"]}["8.3"] == expected


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("coverage", "--standard", "iso9001-2014"), "there is no edition “iso9001-2014”"),
        (("coverage", "--format", "xml"), "--format is “xml”"),
        (("coverage", "--from", "2026-05-01", "--to", "2026-01-01"), "is after"),
        (("transition", "--to", "iso9001-2008"), "the office works by ISO 9001:2008 alone"),
        (("transition", "--to", "iso14001"), "there is no edition “iso14001”"),
        (("transition", "--format", "html"), "--format is “html”"),
    ],
)
def test_wrong_words_are_refused(named: Desk, words: tuple[str, ...], said: str) -> None:
    assert said in named.refused(*words, code=2).err


def test_an_office_without_an_edition_is_told_how_to_name_one(named: Desk) -> None:
    named.edit("qms.yaml", "standards: [iso9001-2008]", "standards: []")
    assert "qmsctl coverage --standard iso9001-2008" in named.refused("coverage", code=2).err
    assert "no edition of the standard is chosen" in named.refused("transition", code=2).err
    assert named.run("coverage", "--standard", "iso9001-2015").out


def test_the_other_direction(named: Desk) -> None:
    named.edit("qms.yaml", "standards: [iso9001-2008]", "standards: [iso9001-2015]")
    found = named.run("transition", "--to", "iso9001-2008", "--format", "json", day="2026-02-01").json
    assert (found["from"], found["to"]) == ("iso9001-2015", "iso9001-2008")
    assert named.run("transition", day="2026-02-01").out.startswith("From TCVN ISO 9001:2015 to TCVN ISO 9001:2008")


def test_transition_as_data_and_as_a_page(named: Desk, tmp_path: Path) -> None:
    found = named.run("transition", "--to", "iso9001-2015", "--format", "json", day="2026-02-01").json
    context = next(each for each in found["clauses"] if each["clause"] == "4.1")
    assert (context["state"], context["commands"]) == ("missing", ['qmsctl new context-issue --title "…"'])
    manual = next(each for each in found["leaving"] if each["clause"] == "4.2.2")
    assert (manual["to"], manual["documents"]) == (["4.3", "4.4.2", "7.5.1"], ["STCL"])
    assert found["plan"][0]["commands"] == []
    page = tmp_path / "page.html"
    named.run("transition", "-o", page, day="2026-02-01")
    assert "TCVN ISO 9001:2015" in page.read_text(encoding="utf-8")


def test_following_the_plan_leads_on(named: Desk) -> None:
    """What the plan says is done: the edition added, a missing record begun, and the clause is there."""
    named.edit("qms.yaml", "standards: [iso9001-2008]", "standards: [iso9001-2008, iso9001-2015]")
    named.run("new", "knowledge", "--title", "Bàn giao công việc", by="minh", day="2026-02-01", code=None)
    found = named.run("transition", "--format", "json", day="2026-02-01").json
    assert not any("Add iso9001-2015" in step["step"] for step in found["plan"])
    states = {each["clause"]: each["state"] for each in found["clauses"]}
    assert (states["4.1"], states["7.1.6"]) == ("missing", "there")
