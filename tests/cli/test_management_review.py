"""``qmsctl management-review``: inputs computed from the files, told again, kept where people wrote, and carried out."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.desk import Desk, git

EXAMPLE = Path(__file__).parents[2] / "example-repo"
REVIEW = "XXLD-2026-01"
START, END = date(2025, 11, 21), date(2026, 11, 20)


@pytest.fixture
def ward(home: Path, tmp_path: Path) -> Desk:
    """The example office with a repository of its own."""
    root = tmp_path / "ward"
    shutil.copytree(EXAMPLE, root)
    git(root, "init", "--quiet", "-b", "main")
    desk = Desk(root, today=END.isoformat())
    desk.sit("hoa")
    desk.commit("office")
    return desk


def front(path: Path) -> dict[str, Any]:
    """The front matter of a file, read by another library."""
    found = yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1])
    assert isinstance(found, dict)
    return found


def records(desk: Desk, kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted((desk.root / "records").rglob("*.md")):
        found = front(path)
        if found["type"] == kind:
            yield found


def rows(desk: Desk, block: str = "inputs", review: str = REVIEW) -> list[dict[str, Any]]:
    """The rows of a data block; ``no`` is a column of decisions and has to stay a text."""
    text = desk.read(desk.path_of(review))
    found = re.search(rf"^```{block}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    loader = yaml.BaseLoader if block == "outputs" else yaml.SafeLoader
    return yaml.load(found[1], loader) or [] if found else []


def prepared(ward: Desk) -> str:
    """The review of the period that the tests look at, its inputs computed; its id."""
    said = ward.run("management-review", "prepare", "--from", START.isoformat(), "--to", END.isoformat())
    return Path(said.written[0]).stem


def computed(ward: Desk, name: str) -> dict[str, Any]:
    """The row of one input, computed now."""
    return next(row for row in rows(ward, review=prepared(ward)) if row["input"] == name)


def closed_on(desk: Desk, subject: str) -> date | None:
    """The day of the latest sign-off that closed a record, from its files."""
    days = [front(path)["at"] for path in (desk.root / "signoffs" / subject).glob("closed-*/close.*.md")]
    return max((datetime.fromisoformat(str(day)).date() for day in days), default=None)


def within(day: date | None) -> bool:
    return day is not None and START <= day <= END


def test_the_figures_of_nonconformities_are_those_of_the_files(ward: Desk) -> None:
    found = computed(ward, "actions-status")["figures"]
    known = [each for each in records(ward, "nonconformity") if each["status"] not in ("rejected", "cancelled")]
    raised = [each for each in known if within(each["raised"])]
    open_ = [each for each in known if each["status"] != "closed"]
    assert found["raised"] == len(raised) > 5
    assert found.get("major", []) == [each["id"] for each in raised if each["severity"] == "major"]
    assert found["closed"] == sum(within(closed_on(ward, each["id"])) for each in known if each["status"] == "closed")
    assert sorted(found["open"]) == sorted(each["id"] for each in open_)
    assert found["oldest"] == max((END - each["raised"]).days for each in open_)
    assert found["open"][0] == min(open_, key=lambda each: each["raised"])["id"]
    ages = Counter("young" if (END - each["raised"]).days <= 30 else "middling" if (END - each["raised"]).days <= 90 else "old" for each in open_)
    assert found["ages"] == dict(ages)
    assert found["causes"] == dict(Counter(each["cause_category"] for each in raised if each.get("cause_category")))
    assert found["units"] == dict(Counter(each["unit"] for each in raised if "unit" in each))
    assert found["raised_by_month"] == dict(Counter(f"{each['raised']:%Y-%m}" for each in raised))
    assert sum(found.get("closed_by_month", {}).values()) == found["closed"]
    actions = list(records(ward, "action"))
    assert found.get("actions_open", []) == [each["id"] for each in actions if each["status"] in ("planned", "in-progress")]
    assert found["actions_done"] == sum(within(each.get("done")) for each in actions if each["status"] != "cancelled")
    judged = [each for each in actions if within(each.get("verified"))]
    assert found["effective"] == sum(each["status"] == "verified-effective" for each in judged)
    assert found.get("ineffective", []) == [each["id"] for each in judged if each["status"] == "verified-ineffective"]


def test_the_figures_of_cases_are_those_of_the_registers(ward: Desk) -> None:
    row_of_cases = computed(ward, "process-performance")
    found = row_of_cases["figures"]
    received: Counter[str] = Counter()
    finished: Counter[str] = Counter()
    late: Counter[str] = Counter()
    back: Counter[str] = Counter()
    for register in records(ward, "case-register"):
        procedure = register["procedure"]
        with (ward.root / register["data"]["path"]).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if not START <= date.fromisoformat(row["received"][:10]) <= END:
                    continue
                received[procedure] += 1
                back[procedure] += int(row["supplements"] or 0) > 0
                if row["finished"]:
                    finished[procedure] += 1
                    late[procedure] += row["finished"] > row["due"]
    assert sum(received.values()) > 20
    assert found["received"] == dict(received)
    assert found["finished"] == dict(finished)
    assert found.get("late", {}) == {name: count for name, count in late.items() if count}
    assert found.get("supplemented", {}) == {name: count for name, count in back.items() if count}
    done, behind = sum(finished.values()), sum(late.values())
    assert f"đúng hạn: {100 * (done - behind) / done:.1f}%".replace(".", ",") in row_of_cases["content"]


def signed(desk: Desk, name: str) -> Iterator[tuple[date, str, str]]:
    """The day, the meaning and the state of every sign-off of a record, as the files have them."""
    for path in (desk.root / "signoffs" / name).rglob("*.md"):
        found = front(path)
        if found["type"] == "signoff":
            yield datetime.fromisoformat(str(found["at"])).date(), found["meaning"], found["state"]


def test_a_period_that_is_over_knows_nothing_later(ward: Desk) -> None:
    """Looked at in November, the figures of the first half of the year are those that stood on its last day."""
    start, end = date(2026, 1, 1), date(2026, 6, 30)
    said = ward.run("management-review", "prepare", "--from", start.isoformat(), "--to", end.isoformat())
    found = {row["input"]: row.get("figures") or {} for row in rows(ward, review=said.written[0].rpartition("/")[2].removesuffix(".md"))}
    final = ("closed", "rejected", "cancelled")
    known = [each for each in records(ward, "nonconformity") if each["raised"] <= end]
    ended = {each["id"]: [state for day, _m, state in signed(ward, each["id"]) if day <= end and state in final] for each in known}
    problems = found["actions-status"]
    assert problems["raised"] == sum(start <= each["raised"] for each in known if ended[each["id"]] not in (["rejected"], ["cancelled"]))
    assert sorted(problems["open"]) == sorted(each["id"] for each in known if not ended[each["id"]])
    later = [each["id"] for each in known if each["id"] in problems["open"] and each["status"] in final]
    closed = [each["id"] for each in known if ended[each["id"]] == ["closed"] and all(day >= start for day, _m, state in signed(ward, each["id"]) if state == "closed")]
    assert problems["closed"] == len(closed) > 0
    actions = [each for each in records(ward, "action") if each["raised"] <= end]
    assert problems["actions_done"] == sum("done" in each and start <= each["done"] <= end for each in actions)
    cancelled = {each["id"] for each in actions if any(day <= end and state == "cancelled" for day, _m, state in signed(ward, each["id"]))}
    assert sorted(problems["actions_open"]) == sorted(each["id"] for each in actions if not ("done" in each and each["done"] <= end) and each["id"] not in cancelled)
    for name, value in found["objectives"]["values"].items():
        measured = [row for row in rows(ward, "measurements", name) if row["date"] <= end]
        assert float(value) == float(measured[-1]["value"]), name
    assert later or any(each["raised"] > end for each in records(ward, "nonconformity")), "nothing came later: the test says nothing"


def test_documents_that_changed_are_those_of_the_change_report(ward: Desk) -> None:
    found = computed(ward, "changes")["figures"]
    named = {name for group in ("new", "revised", "law", "withdrawn") for name in found.get(group, [])}
    assert len(named) > 8
    page = ward.run("report", "changes", "--from", START.isoformat(), "--to", END.isoformat(), "-o", "-").out
    assert [name for name in named if name not in page] == []
    for name in found["revised"]:
        history = ward.run("history", name, "--format", "json").json
        assert name not in found["new"]
        assert history, name


def test_every_input_of_the_edition_is_there_and_the_office_stays_clean(ward: Desk) -> None:
    review = prepared(ward)
    asked = {"audit-results", "customer-feedback", "process-performance", "actions-status", "previous-actions", "changes", "recommendations"}
    found = rows(ward, review=review)
    assert asked <= {row["input"] for row in found}
    assert all(row["content"] for row in found)
    assert ward.errors() == []
    ward.run("advance", review, "inputs-ready")
    before = ward.tree()
    assert "nothing changes" in ward.run("management-review", "prepare", review).err
    assert ward.tree() == before


def test_inputs_of_2015_say_where_there_is_nothing(office: Desk) -> None:
    office.edit("qms.yaml", "[iso9001-2008]", "[iso9001-2015]")
    office.run("management-review", "prepare")
    found = {row["input"]: row["content"] for row in rows(office)}
    assert set(found) == {"previous-actions", "changes", "customer-feedback", "objectives", "process-performance", "actions-status",
                          "monitoring-results", "audit-results", "suppliers", "resources", "risk-actions", "recommendations"}
    assert found["suppliers"] == found["risk-actions"] == "không phát sinh"
    assert "QT-01" in found["changes"]


def test_figures_written_in_another_way_are_no_text_of_a_person(ward: Desk) -> None:
    review = prepared(ward)
    path = ward.path_of(review)
    as_now = ward.read(path)
    for before in (re.sub(r"(?<=\d),(?=\d+%)", ".", as_now), re.sub(r"(?<=\d)%", " %", as_now)):
        assert before != as_now
        ward.write(path, before)
        said = ward.run("management-review", "prepare", review)
        assert ward.read(path) == as_now
        assert "it is kept as a remark" not in said.err


def test_what_people_wrote_stays_when_figures_are_computed_again(office: Desk) -> None:
    office.run("nc", "log", "Phiếu hẹn sai", "--no-input")
    office.run("management-review", "prepare")
    path = office.path_of(REVIEW)
    office.edit(path, "input: audit-results\n  content: không phát sinh", "input: audit-results\n  content: Đoàn tỉnh đã sang xem")
    office.run("set", REVIEW, "inputs.4.note=Chưa có sổ theo dõi điện tử")
    office.run("set", REVIEW, "inputs+={input: resources, content: Thiếu một máy lấy số}")
    office.run("nc", "log", "Mất phiếu", "--no-input")
    said = office.run("management-review", "prepare")
    assert "audit-results: the text had been changed; it is kept as a remark" in said.err
    found = {row["input"]: row for row in rows(office)}
    assert found["actions-status"]["figures"]["raised"] == 2
    assert "phát sinh: 2" in found["actions-status"]["content"]
    assert found["audit-results"]["content"] == "không phát sinh"
    assert found["audit-results"]["note"] == "Đoàn tỉnh đã sang xem"
    assert "Chưa có sổ theo dõi điện tử" in [row.get("note") for row in rows(office)]
    assert found["resources"] == {"input": "resources", "content": "Thiếu một máy lấy số"}
    assert "nothing changes" in office.run("management-review", "prepare").err


def test_the_period_follows_on_the_review_before(office: Desk) -> None:
    office.run("management-review", "prepare", "--to", "2026-05-31")
    assert "period_from: 2025-06-01\nperiod_until: 2026-05-31" in office.read(office.path_of(REVIEW))
    held(office)
    office.run("management-review", "prepare", day="2026-11-30")
    assert "period_from: 2026-06-01\nperiod_until: 2026-11-30" in office.read(office.path_of("XXLD-2026-02"))


def held(office: Desk) -> None:
    office.run("advance", REVIEW, "inputs-ready")
    office.run("advance", REVIEW, "held", "--set", "held=2026-06-01", "--set", "attendees=binh,lan,hoa")


def test_decisions_become_actions_and_the_next_review_follows_them_up(office: Desk) -> None:
    office.run("management-review", "prepare")
    held(office)
    said = office.run("management-review", "action", REVIEW, "Trang bị thêm một máy lấy số", "--owner", "hoa", "--due", "2026-08-31", "--kind", "resource")
    assert said.written == ["records/actions/CA-2026-001.md", office.path_of(REVIEW)]
    action = office.read(said.written[0])
    for part in ("kind: improvement", f"of: [{REVIEW}]", "owner: hoa", "unit: mot-cua", "due: 2026-08-31", f"Kết luận số 1 của {REVIEW}"):
        assert part in action
    office.run("set", REVIEW, "outputs+={no: 2, kind: change, output: Sửa quy trình tiếp nhận, owner: mot-cua, due: 2026-07-31}")
    office.run("management-review", "action", REVIEW, "--no", "2", "--owner", "tuan")
    office.run("management-review", "action", REVIEW, "Tập huấn kỹ năng giao tiếp", "--owner", "lan", "--due", "2026-12-31")
    assert [(row["no"], row["kind"], row["action"]) for row in rows(office, "outputs")] == [
        ("1", "resource", "CA-2026-001"), ("2", "change", "CA-2026-002"), ("3", "improvement", "CA-2026-003"),
    ]
    assert office.errors() == []
    office.fill_in(office.path_of(REVIEW))
    office.run("advance", REVIEW, "minuted", "--set", "next=2027-06-01", by="binh")
    assert "already: CA-2026-001" in office.refused("management-review", "action", REVIEW, "--no", "1", "--owner", "hoa", by="minh").err
    office.run("advance", "CA-2026-001", "done", "--set", "done=2026-08-01", "--set", "result=Đã lắp máy", day="2026-08-01")

    office.run("management-review", "prepare", day="2026-11-30")
    found = next(row for row in rows(office, review="XXLD-2026-02") if row["input"] == "previous-actions")
    assert found["figures"] == {"review": REVIEW, "decisions": 3, "done": 1, "open": [f"{REVIEW}/2", f"{REVIEW}/3"], "late": [f"{REVIEW}/2"]}
    assert f"Lần xem xét {REVIEW}: đã thực hiện 1 trên 3 kết luận." in found["content"]
    page = office.run("report", "management-review", "XXLD-2026-02", "-o", "-", day="2026-11-30").out
    assert "Sửa quy trình tiếp nhận" in page
    assert "122 days late" in page
    assert "Trang bị thêm một máy lấy số" not in page, "what is done is not shown again"


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["prepare", "QT-01"], 3, "QT-01"),
        (["prepare", "NC-2026-001"], 3, "NC-2026-001 is no management review"),
        (["prepare", "--from", "2026-09-01"], 2, "is after 2026-06-01"),
        (["prepare", "--to", "mai"], 2, "--to is “mai”"),
        (["prepare", "--set", "chair=ai"], 3, "chair"),
        (["prepare", "--set", "status=held"], 3, "“status” is not set by hand"),
        (["action", REVIEW, "Mua máy", "--owner", "hoa", "--due", "2026-08-31"], 3, f"qmsctl advance {REVIEW} inputs-ready"),
        (["action", "NC-2026-001", "Mua máy", "--owner", "hoa", "--due", "2026-08-31"], 3, "is no management review"),
        (["action", REVIEW, "Mua máy", "--due", "sớm"], 2, "--due is “sớm”"),
    ],
)
def test_what_makes_no_sense_changes_nothing(office: Desk, words: list[str], code: int, says: str) -> None:
    office.run("nc", "log", "Phiếu hẹn sai", "--no-input")
    office.run("management-review", "prepare")
    assert says in office.refused("management-review", *words, code=code).err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "either a new decision"),
        (["Mua máy", "--no", "1"], "either a new decision"),
        (["Mua máy", "--due", "2026-08-31"], 'add --owner "…"'),
        (["Mua máy", "--owner", "hoa"], 'add --due "…"'),
        (["--no", "7"], "has no decision 7"),
    ],
)
def test_a_decision_needs_an_owner_and_a_day(office: Desk, words: list[str], says: str) -> None:
    office.run("management-review", "prepare")
    held(office)
    said = office.refused("management-review", "action", REVIEW, *words, code=3 if "--no" in words and len(words) == 2 else 2)
    assert says in said.err


def test_a_review_that_was_held_keeps_its_inputs(office: Desk) -> None:
    office.run("management-review", "prepare")
    held(office)
    said = office.refused("management-review", "prepare", REVIEW)
    assert "its inputs are those that were looked at" in said.err
    office.lang = "vi"
    assert "không tính lại" in office.refused("management-review", "prepare", REVIEW).err


def test_a_report_without_a_review_computes_the_inputs(office: Desk) -> None:
    before = office.tree()
    page = office.run("report", "management-review", "-o", "-").out
    assert "the record does not hold them yet" in page
    assert "nothing to report" in page
    assert office.tree() == before
    assert "is no management review" in office.refused("report", "management-review", "QT-01").err
    assert "the report “audit-results” is of one record" in office.refused("report", "audit-results", code=2).err
    assert "one of summary, scope, documents" in office.refused("report", "audit", "--only", "sumary", code=2).err
    assert "or register takes --only, not report objectives" in office.refused("report", "objectives", "--only", "summary", code=2).err
    assert "QT-01 is no audit" in office.refused("report", "audit-results", "QT-01").err
