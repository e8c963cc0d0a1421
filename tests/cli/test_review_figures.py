"""The figures of a management review, counted once more from the files of the example office by other means.

Front matters are read with PyYAML, blocks and sign-offs with regular expressions; nothing of qmsctl is imported but the desk.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.desk import Desk, git, own_home

EXAMPLE = Path(__file__).parents[2] / "example-repo"
TODAY = date(2026, 11, 20)
PERIODS = [(date(2025, 9, 15), date(2026, 6, 30)), (date(2026, 7, 1), TODAY)]
GIVEN_UP = {"rejected", "cancelled", "dismissed"}
FINAL = {"closed", "cancelled"}


@dataclass(frozen=True)
class Pack:
    """The prepared review of a period, and all records as they lie in the files."""

    start: date
    end: date
    inputs: dict[str, dict[str, Any]]
    records: tuple[dict[str, Any], ...]

    def figures(self, name: str) -> dict[str, Any]:
        found = self.inputs[name].get("figures", {})
        assert isinstance(found, dict)
        return found

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The records of a type that were not given up, by id."""
        return [each for each in self.records if each["type"] == kind and each.get("status") not in GIVEN_UP]

    def within(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    def raised(self, kind: str, field: str) -> list[dict[str, Any]]:
        return [each for each in self.of(kind) if self.within(each.get(field))]


def read(path: Path) -> dict[str, Any]:
    """Front matter and data blocks of a record; values of blocks are texts."""
    text = path.read_text(encoding="utf-8")
    front = yaml.safe_load(text.split("---\n")[1])
    blocks = re.findall(r"^```(\w[\w-]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return {**front, "blocks": {name: yaml.load(rows, yaml.BaseLoader) or [] for name, rows in blocks}}


HAPPENED = {"done", "verified", "performed", "answered", "evaluated", "held", "reviewed", "told", "settled", "acknowledged"}
FIRST = {"action": "planned", "objective": "active", "audit": "planned", "finding": "open", "nonconformity": "reported"}


def then(record: dict[str, Any], end: date, root: Path) -> dict[str, Any] | None:
    """A record as it was on the last day of a period that is over, by its own days and those of its sign-offs."""
    if end >= TODAY:
        return record
    begun = next((record[name] for name in ("raised", "received", "found") if name in record), None)
    if isinstance(begun, date) and begun > end:
        return None
    gone = {name for name in HAPPENED & record.keys() if isinstance(record[name], date) and record[name] > end}
    rows = {name: [row for row in found if "date" not in row or row["date"] <= end.isoformat()] for name, found in record["blocks"].items()}
    kept = {name: value for name, value in record.items() if name not in gone} | {"blocks": rows}
    fronts = [read(path) for path in (root / "signoffs" / record["id"]).rglob("*.md")]
    signed = sorted((str(each["at"])[:10], each["state"]) for each in fronts if each["type"] == "signoff")
    states = [state for day, state in signed if day <= end.isoformat()]
    if gone or record.get("status") in {state for day, state in signed if day > end.isoformat()} - set(states):
        kept["status"] = "done" if "done" in kept else "performed" if "performed" in kept else states[-1] if states else FIRST.get(record["type"], "")
    if record["type"] == "objective" and signed and not states:
        kept["status"] = "draft"
    return kept


@pytest.fixture(scope="module", params=PERIODS, ids=["first", "second"])
def pack(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    start, end = request.param
    root = tmp_path_factory.mktemp("ward") / "office"
    shutil.copytree(EXAMPLE, root)
    with own_home(tmp_path_factory.mktemp("home")):
        git(root, "init", "--quiet", "-b", "main")
        desk = Desk(root, today=TODAY.isoformat(), lang="vi")
        desk.sit("hoa")
        known = tuple(filter(None, (then(read(path), end, root) for path in sorted((root / "records").rglob("*.md")))))
        said = desk.run("management-review", "prepare", "--from", start, "--to", end)
        text = desk.read(said.written[0])
    found = re.search(r"^```inputs\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert found
    rows = {row["input"]: row for row in yaml.safe_load(found[1])}
    return Pack(start, end, rows, known)


def due(record: dict[str, Any]) -> date | None:
    """The day in ``due``, as the last extension has moved it."""
    moved = [row["until"] for row in record["blocks"].get("extensions", [])]
    return date.fromisoformat(moved[-1]) if moved else record.get("due")


def counted(values: list[Any]) -> dict[Any, int]:
    return dict(Counter(values))


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in records]


def test_nonconformities_by_severity_source_and_cause(pack: Pack) -> None:
    found = pack.figures("actions-status")
    raised = pack.raised("nonconformity", "raised")
    assert raised
    assert found["raised"] == len(raised)
    assert found.get("major", []) == ids([each for each in raised if each["severity"] == "major"])
    assert found["sources"] == counted([each["source"] for each in raised])
    causes = counted([each["cause_category"] for each in raised if each.get("cause_category")])
    assert found.get("causes", {}) == causes
    told = re.search(r"Nguyên nhân: ([^.]*)\.", pack.inputs["actions-status"]["content"])
    shares = [int(share) for share in re.findall(r": (\d+)", told[1])] if told else []
    assert shares == sorted(causes.values(), reverse=True), "the cause that weighs most comes first"


def test_actions_late_done_and_judged(pack: Pack) -> None:
    found = pack.figures("actions-status")
    actions = pack.of("action")
    under_way = [each for each in actions if each["status"] in ("planned", "in-progress")]
    assert sorted(found.get("actions_open", [])) == ids(under_way)
    late = [each for each in under_way if (day := due(each)) and day < pack.end]
    assert sorted(found.get("actions_late", [])) == ids(late)
    assert found.get("actions_done", 0) == len([each for each in actions if pack.within(each.get("done"))])
    judged = [each for each in actions if pack.within(each.get("verified"))]
    assert found.get("effective", 0) == sum(each["status"] == "verified-effective" for each in judged)
    assert found.get("ineffective", []) == ids([each for each in judged if each["status"] == "verified-ineffective"])
    assert found.get("preventive", 0) == sum(each["kind"] == "preventive" and pack.within(each["raised"]) for each in actions)


def test_objectives_reached_and_missed(pack: Pack) -> None:
    found = pack.inputs.get("objectives", {}).get("figures", {})
    own = [each for each in pack.of("objective") if each["status"] != "draft" and each["period_from"] <= pack.end and each["due"] >= pack.start]
    assert own
    assert found["objectives"] == len(own)
    verdicts = {each["id"]: reached(each) for each in own}
    assert found.get("reached", []) == [name for name, met in verdicts.items() if met]
    assert found.get("missed", []) == [name for name, met in verdicts.items() if met is False]
    assert found.get("unmeasured", []) == [name for name, met in verdicts.items() if met is None]
    assert {name: float(value) for name, value in found["values"].items()} == {each["id"]: last for each in own if (last := latest(each)) is not None}


def latest(objective: dict[str, Any]) -> float | None:
    rows = objective["blocks"].get("measurements", [])
    return float(max(rows, key=lambda row: row.get("period") or row["date"])["value"]) if rows else None


def reached(objective: dict[str, Any]) -> bool | None:
    """What its state says, else its latest value against the target."""
    decided = {"achieved": True, "missed": False}.get(objective["status"])
    value = latest(objective)
    if decided is not None or value is None:
        return decided
    target = float(objective["target"])
    return value >= target if objective["direction"] == "at-least" else value <= target


def test_complaints_answered_in_time(pack: Pack) -> None:
    found = pack.figures("customer-feedback")
    complaints = pack.raised("complaint", "received")
    assert found.get("complaints", 0) == len(complaints)
    assert found.get("classes", {}) == counted([each["classification"] for each in complaints])
    assert found.get("justified", 0) == sum(each.get("justified") in ("justified", "partly") for each in complaints)
    unanswered = [each for each in complaints if not each.get("answered")]
    late = [each for each in complaints if each.get("answered") and each["answered"] > (due(each) or date.max)]
    assert found.get("unanswered", []) == ids(unanswered)
    assert found.get("answered_late", []) == ids(late)


def test_how_content_citizens_are(pack: Pack) -> None:
    found = pack.figures("customer-feedback")
    surveys = pack.raised("survey", "period_until")
    assert found.get("surveys", []) == ids(surveys)
    for survey in surveys:
        rows = survey["blocks"].get("questions", [])
        scores = Counter({score: sum(int(row.get(f"score{score}") or 0) for row in rows) for score in range(1, 6)})
        assert found.get("answers", {}).get(survey["id"], 0) == scores.total()
        assert found.get("content", {}).get(survey["id"], 0) == scores[4] + scores[5]


def test_audits_and_their_findings(pack: Pack) -> None:
    found = pack.figures("audit-results")
    audits = pack.raised("audit", "performed")
    assert audits
    assert found["audits"] == ids(audits)
    own = [each for each in pack.of("finding") if each["audit"] in ids(audits)]
    assert found.get("findings", {}) == counted([each["kind"] for each in own])
    assert found.get("open", []) == ids([each for each in pack.of("finding") if each["status"] not in FINAL])
    assert found["units"] == sorted({unit for each in audits for unit in each["units"]})
    months = [row for each in pack.of("audit-programme") if each["status"] != "draft" for row in each["blocks"]["grid"]
              if f"{pack.start:%Y-%m}" <= row["month"] and last_day(row["month"]) <= pack.end]
    held = {each["id"] for each in pack.of("audit") if each["status"] in ("performed", "reported", "followed-up", "closed")}
    assert found.get("foreseen", 0) == len(months)
    assert found.get("held", 0) == sum(row.get("audit") in held for row in months)


def last_day(month: str) -> date:
    year, number = map(int, month.split("-"))
    return date.fromordinal(date(year + number // 12, number % 12 + 1, 1).toordinal() - 1)


def test_decisions_of_the_review_before(pack: Pack) -> None:
    found = pack.figures("previous-actions")
    earlier = [each for each in pack.of("management-review") if each["period_until"] < pack.end]
    last = max(earlier, key=lambda each: each["period_until"])
    done = {each["id"]: each["status"] in ("done", "verified-effective", "verified-ineffective") for each in pack.of("action")}
    verdicts = {(review["id"], row["no"]): done[row["action"]] if row.get("action") else bool(row.get("result"))
                for review in earlier for row in review["blocks"]["outputs"]}
    assert found["review"] == last["id"]
    assert found["decisions"] == sum(review == last["id"] for review, _number in verdicts)
    assert found["done"] == sum(met for (review, _number), met in verdicts.items() if review == last["id"])
    assert sorted(found.get("open", [])) == sorted(f"{review}/{number}" for (review, number), met in verdicts.items() if not met)
