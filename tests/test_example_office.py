"""The example office is the acceptance test: clean in the product's repository and copied out of it."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

import pytest

from qmsctl.__main__ import main

OFFICE = Path(__file__).parent.parent / "example-repo"
TODAY = "2026-11-20"


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office without git around it."""
    return Path(shutil.copytree(OFFICE, tmp_path_factory.mktemp("copied") / "office"))


def asked(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> str:
    assert main(["--today", TODAY, "-C", str(folder), *words]) == 0
    return capsys.readouterr().out


@pytest.mark.process
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_is_clean_where_it_lies_and_copied_out(lang: str, copied: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in (OFFICE, copied):
        found = json.loads(asked(capsys, folder, "--lang", lang, "check", "--format", "json"))
        assert found["summary"]["errors"] == found["summary"]["warnings"] == 0, found["diagnostics"]
        assert found["summary"]["incomplete"] == []


def test_it_has_what_an_office_has(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(asked(capsys, OFFICE, "list", "--format", "json"))
    types = Counter(row["type"] for row in rows)
    assert types["procedure"] >= 10
    assert types["nonconformity"] + types["action"] >= 24
    assert {"manual", "policy", "objectives-plan", "process", "instruction", "form", "rule", "annex", "external-document"} <= set(types)
    states = {row["status"] for row in rows if row["type"] == "nonconformity"}
    assert states == {"reported", "confirmed", "contained", "analysed", "planned", "in-progress", "verifying",
                      "closed", "rejected", "cancelled"}
    assert max(row["revision"] or 0 for row in rows) == 3


WITHOUT = {
    "design": "clause 7.3 is not applied: laws say what the services are",
    "disposal": "no record of a system of fourteen months has reached the end of its retention",
    "first-article": "a company's",
    "inspection": "a company's",
}
"""Types of record that the office has none of, each with the reason."""


def test_it_has_records_of_every_type_but_those_with_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    types = {row["type"] for row in json.loads(asked(capsys, OFFICE, "types", "--format", "json")) if row["kind"] == "record"}
    held = {row["type"] for row in json.loads(asked(capsys, OFFICE, "list", "--format", "json"))}
    assert types - held == set(WITHOUT)


def test_its_records_reach_back_to_its_first_days_and_are_in_many_states(capsys: pytest.CaptureFixture[str]) -> None:
    records = [row for row in json.loads(asked(capsys, OFFICE, "list", "--format", "json")) if row["path"].startswith("records/")]
    assert {"2025", "2026"} <= {row["id"].split("-")[1] for row in records}
    assert len({row["status"] for row in records}) >= 30
    assert len(records) >= 120


def test_there_is_always_something_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(asked(capsys, OFFICE, "todo", "--all", "--within", "60d", "--format", "json"))
    assert {row["type"] for row in rows} >= {"action", "audit", "complaint", "management-review", "objective", "training"}


def test_every_clause_is_answered_or_set_aside_with_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    [edition] = json.loads(asked(capsys, OFFICE, "coverage", "--format", "json"))
    assert [each["clause"] for each in edition["clauses"] if not each["complete"]] == []
    assert {each["clause"] for each in edition["not_applied"]} == {"7.3", "7.6"}
    assert all(each["reason"] for each in edition["not_applied"])


@pytest.mark.process
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_type_of_record_has_its_pages_in_the_audit_report(lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "audit.html"
    assert main(["--today", TODAY, "--lang", lang, "-C", str(OFFICE), "report", "audit", "--with-documents", "-o", str(target)]) == 0
    html = target.read_text(encoding="utf-8")
    capsys.readouterr()
    records = [row for row in json.loads(asked(capsys, OFFICE, "list", "--format", "json")) if row["path"].startswith("records/")]
    told = {row["type"] for row in records if f'id="text-{row["id"]}"' in html}
    assert told == {row["type"] for row in records}


@pytest.mark.parametrize("path", sorted((OFFICE / "documents").rglob("*.md")), ids=lambda path: path.stem)
def test_its_revisions_in_force_are_the_bytes_that_were_approved(path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--today", TODAY, "-C", str(OFFICE), "show", path.stem, "--text"]) == 0
    shown = capsysbinary.readouterr().out
    copies = [copy.read_bytes() for copy in (OFFICE / "signoffs" / path.stem).glob(f"*/{path.stem}.md")]
    assert shown in copies


@pytest.mark.process
def test_the_same_report_twice(copied: Path, tmp_path: Path) -> None:
    pages = []
    for number in (1, 2):
        target = tmp_path / f"{number}.html"
        assert main(["--today", TODAY, "-C", str(copied), "report", "audit", "--with-documents", "-o", str(target)]) == 0
        pages.append(target.read_bytes())
    assert pages[0] == pages[1]
    assert b"http://" not in pages[0].replace(b"http://www.w3.org", b"")


def test_one_chain_leads_from_the_programme_over_a_finding_to_training_of_leaders_that_was_evaluated(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["id"]: row for row in json.loads(asked(capsys, OFFICE, "list", "--format", "json"))}
    training, finding = rows["DT-2026-005"], rows["PH-2026-006"]
    assert (training["status"], training["of"], finding["status"], finding["training"]) == ("evaluated", [finding["id"]], "closed", [training["id"]])
    assert rows[rows[finding["audit"]]["programme"]]["type"] == "audit-programme"
    text = (OFFICE / training["path"]).read_text(encoding="utf-8")
    assert "{person: binh, attended: yes, result: passed" in text, "the chairman himself"
