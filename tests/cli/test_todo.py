"""``qmsctl todo``: what is late, due or waits; whose; and commands that do it when they are typed."""

from __future__ import annotations

import re
import shlex
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from icalendar import Calendar

from qmsctl.cli.formats.table import columns_of
from tests.desk import Desk, own_home, small_office
from tests.golden import assert_golden

pytestmark = pytest.mark.process

GOLDEN = Path(__file__).parent / "golden"
TODAY = "2026-06-01"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with own_home(tmp_path / "home"):
        yield small_office(tmp_path / "office")


def record(desk: Desk, kind: str, subject: str, fields: str, body: str = "") -> None:
    """A record as it lies there, its gates met or not."""
    folders = {"complaint": "complaints", "equipment": "equipment", "supplier": "suppliers", "action": "actions", "risk": "risks",
               "management-review": "management-reviews", "competence": "competences", "objective": "objectives",
               "nonconformity": "nonconformities", "training": "trainings", "disposal": "disposals", "audit": "audits", "change": "changes"}
    desk.write(f"records/{folders[kind]}/{subject}.md", f"---\nid: {subject}\ntype: {kind}\n{fields}\n---\n\n{body}")


ACTION = "title: Phân công người thay\nstatus: in-progress\nkind: corrective\nraised: 2026-02-03\nowner: minh\nunit: ho-tich\ndue: 2026-05-20"
COMPLAINT = "title: Chờ kết quả quá lâu\nstatus: received\nowner: hoa\nreceived: 2026-05-20\nchannel: counter\nsender: citizen\nclassification: delay\ndue: 2026-06-10"
NC = "title: Hồ sơ trả trễ\nstatus: reported\nraised: 2026-05-04\nraised_by: minh\nabout: process\nsource: process\nseverity: minor\nowner: minh\nunit: ho-tich"
SCALE = "title: Cân bưu phẩm\nstatus: in-service\nowner: hoa\nkind: measuring\nserial: C-01\nlocation: một cửa\nrange: 0–5 kg\ncycle: 6m"
CALIBRATED = "~~~calibration\n- {date: 2025-05-20, result: pass, certificate: KĐ-1, next: 2026-05-20}\n~~~\n"


def some_work(desk: Desk) -> None:
    record(desk, "action", "CA-2026-001", ACTION, "## 1. Mô tả\n\nPhân công.\n")
    record(desk, "complaint", "PA-2026-001", COMPLAINT, "## 1. Nội dung\n\nTrễ hẹn.\n")
    record(desk, "nonconformity", "NC-2026-001", NC, "## 1. Mô tả\n\nTrễ hẹn.\n")
    record(desk, "nonconformity", "NC-2026-002", NC.replace("Hồ sơ trả trễ", "Thiếu chữ ký") + "\nrequirement: [QT-01]", "## 1. Mô tả\n\nThiếu.\n")
    record(desk, "equipment", "TB-001", SCALE, CALIBRATED)
    desk.run("submit", "QT-01", by="minh", day="2026-05-25")
    desk.today = TODAY


def told(desk: Desk, *words: object, **options: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.run("todo", *words, "--format", "json", **options).json
    return found


def ids(found: list[dict[str, Any]]) -> list[str]:
    return [each["id"] for each in found]


def test_a_step_back_is_not_what_comes_next(desk: Desk) -> None:
    """From “verifying” a nonconformity may be planned again, which no gate forbids; what waits is its closing."""
    analysed = "requirement: [QT-01]\ncorrection: x\ncause_category: people\ncause_method: direct\ncause: x\nno_action_reason: x"
    record(desk, "nonconformity", "NC-2026-001", f"{NC.replace('reported', 'verifying')}\n{analysed}", "## 1. Mô tả\n\nTrễ.\n")
    desk.today = TODAY
    wanted = {each["people"][0]: each["next"] for each in told(desk, "--all") if each["id"] == "NC-2026-001"}
    assert wanted["minh"].startswith("qmsctl set NC-2026-001 effective="), "the owner may not close it, and gives what is missing"
    assert wanted["lan"].startswith("qmsctl advance NC-2026-001 closed ")
    desk.edit("records/nonconformities/NC-2026-001.md", "status: verifying", "status: in-progress")
    assert told(desk, "--all")[0]["next"] == "qmsctl advance NC-2026-001 verifying"


# --- what, when, whose


def test_late_first_then_due_then_what_waits(desk: Desk) -> None:
    some_work(desk)
    found = told(desk, "--all")
    assert [(each["id"], each["kind"], each["days_late"]) for each in found] == [
        ("CA-2026-001", "due", 12),
        ("TB-001", "due", 12),
        ("PA-2026-001", "due", -9),
        ("QT-01", "sign", None),
        ("NC-2026-001", "waits", None),
        ("NC-2026-001", "sign", None),
        ("NC-2026-002", "sign", None),
    ]
    first = found[0]
    assert (first["owners"], first["people"], first["unit"], first["line"]) == (["minh"], ["minh"], "ho-tich", 10)
    assert (found[3]["people"], found[3]["since"]) == (["lan"], "2026-05-25")
    # what only a signature keeps is on the list of who may sign it, near the unit
    assert (found[6]["owners"], found[6]["people"]) == (["unit-head"], ["tuan"])
    # and where something is missing besides, its owner gives that
    assert (found[4]["people"], found[4]["next"]) == (["minh"], 'qmsctl set NC-2026-001 requirement="…"')
    assert (found[5]["people"], found[5]["next"]) == (["tuan"], 'qmsctl advance NC-2026-001 confirmed --set requirement="…"')


def test_git_user_sees_the_own_list_and_is_told_whose_it_is(desk: Desk) -> None:
    some_work(desk)
    mine = desk.run("todo", "--format", "json", by="minh")
    assert ids(mine.json) == ["CA-2026-001", "NC-2026-001"]
    assert "Đỗ Văn Minh" in desk.run("todo").err
    desk.sit("nobody")
    assert len(told(desk)) == 7, "a stranger sees everybody's"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--for", "hoa"], ["TB-001", "PA-2026-001"]),
        (["--for", "Phạm Thị Hoa"], ["TB-001", "PA-2026-001"]),
        (["--for", "qmr"], ["QT-01"]),
        (["--for", "Trưởng đơn vị"], ["TB-001", "PA-2026-001", "NC-2026-001", "NC-2026-002"]),
        (["--unit", "ho-tich"], ["CA-2026-001", "NC-2026-001", "NC-2026-001", "NC-2026-002"]),
        (["--unit", "Trung tâm Phục vụ hành chính công"], ["TB-001", "PA-2026-001"]),
        (["--unit", "ho-tich", "--for", "tuan"], ["NC-2026-001", "NC-2026-002"]),
        (["--all", "--within", "3d"], ["CA-2026-001", "TB-001", "QT-01", "NC-2026-001", "NC-2026-001", "NC-2026-002"]),
        (["--for", "binh"], []),
    ],
)
def test_whose_and_how_far_ahead(desk: Desk, words: list[str], expected: list[str]) -> None:
    some_work(desk)
    assert ids(told(desk, *words)) == expected


@pytest.mark.parametrize(
    ("words", "says"),
    [(["--for", "xyz"], "--for is “xyz”"), (["--unit", "xyz"], "xyz"), (["--within", "soon"], "soon"), (["--within", "3h"], "3h"), (["--format", "xml"], "xml")],
)
def test_what_is_not_known_is_refused(desk: Desk, words: list[str], says: str) -> None:
    some_work(desk)
    assert says in desk.refused("todo", *words, code=2).err


def test_nothing_to_do_is_said_and_nothing_printed(desk: Desk) -> None:
    desk.today = TODAY
    said = desk.run("todo", "--for", "hung")
    assert said.out.strip() == ""
    assert "nothing is late" in said.err
    assert told(desk, "--for", "hung") == []


def test_a_draft_is_on_its_owners_list_until_it_is_submitted(desk: Desk) -> None:
    def drafts() -> list[str]:
        return [each["next"] for each in told(desk, "--for", "tuan", day=TODAY) if each["kind"] == "draft"]

    whole = desk.read("documents/procedures/QT-01.md")
    assert drafts() == ["qmsctl submit QT-01"]
    desk.edit("documents/procedures/QT-01.md", "## 1. Mục đích\n", "## 1. Mục đích\n\n*(Ai làm gì.)*\n")
    assert drafts() == ["write in documents/procedures/QT-01.md what its template asks for, and take the hints out, then: qmsctl submit QT-01"]
    desk.write("documents/procedures/QT-01.md", whole)
    desk.run("submit", "QT-01", by="minh", day="2026-05-25")
    assert drafts() == []


def test_first_comes_a_role_that_nobody_holds(desk: Desk) -> None:
    desk.edit("people.yaml", "{role: director, from: 2025-01-01}", "{role: director, from: 2025-01-01, until: 2026-05-31}")
    found = [each for each in told(desk, "--all", day=TODAY) if each["kind"] == "vacant"]
    assert told(desk, "--all", day=TODAY)[0] == found[0]
    assert [each["path"] for each in found] == ["people.yaml"]
    assert "role: director" in found[0]["next"]
    assert found[0]["people"], "somebody sees to it"
    assert not [each for each in told(desk, "--all", day="2026-05-31") if each["kind"] == "vacant"]


@pytest.mark.parametrize("profile", ["agency", "company"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_first_day_is_a_list_of_the_first_weeks(tmp_path: Path, profile: str, lang: str) -> None:
    with own_home(tmp_path / "other home"):
        desk = Desk(tmp_path / "new", today=TODAY)
        (tmp_path / "new").mkdir()
        desk.run("init", "--profile", profile, "--lang", lang, "--name", "Lan", "--email", "lan@x.example")
        found = told(desk, "--all")
    assert found[0]["kind"] == "vacant"
    drafts = {each["id"] for each in found if each["kind"] == "draft"}
    assert drafts == {path.stem for path in (desk.root / "documents").rglob("*.md")}
    assert {"lan"} == {person for each in found for person in each["people"]}, "whoever is there sees to what has nobody"


def test_a_revision_sent_back_is_on_its_authors_list(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="minh", day="2026-05-25")
    desk.run("return", "QT-01", "--comment", "Thiếu bước", by="lan", day="2026-05-26")
    (found,) = told(desk, "--for", "minh", day=TODAY)
    assert (found["kind"], found["since"]) == ("returned", "2026-05-26")
    assert "Nguyễn Thị Lan" in found["what"]
    asked = "change documents/procedures/QT-01.md as Nguyễn Thị Lan asks: “Thiếu bước”, then"
    assert asked in desk.run("todo", "--for", "minh", day=TODAY).out
    assert asked in desk.refused("submit", "QT-01", by="minh", day="2026-05-26").err


def test_first_all_reviews_then_the_approval_and_never_by_the_author(desk: Desk) -> None:
    desk.run("submit", "QT-01", by="hung", day="2026-05-25")
    assert [(each["next"], each["people"]) for each in told(desk, "--all", day=TODAY)] == [("qmsctl review QT-01", ["lan"])]
    desk.run("review", "QT-01", by="lan", day="2026-05-26")
    assert [(each["next"], each["people"]) for each in told(desk, "--all", day=TODAY)] == [("qmsctl approve QT-01", ["binh"])]


def test_reading_is_asked_of_all_it_concerns_by_unit(desk: Desk) -> None:
    desk.edit("qms.yaml", "effect_after: 30", "effect_after: 30\nacknowledge_within: {procedure: 10d}")
    for meaning, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        desk.run(meaning, "QT-01", by=person, day="2026-01-06")
    found = told(desk, "--all", day="2026-02-02")
    assert [(each["kind"], each["people"], each["due"], each["next"]) for each in found] == [
        ("read", ["tuan"], "2026-01-26", "qmsctl acknowledge QT-01"),
        ("read", ["hoa"], "2026-01-26", "qmsctl acknowledge QT-01"),
    ]
    desk.run(*shlex.split(found[0]["next"])[1:], by="hoa", day="2026-02-02")
    assert ids(told(desk, "--for", "hoa", day="2026-02-02")) == []


# --- the commands really work


VALUES = {"result": "Đã phân công", "verified_by": "lan"}


def typed(command: str, **values: str) -> list[str]:
    """The words of a command, each place that is left open filled in."""
    words = shlex.split(command)
    assert words[0] == "qmsctl"
    return [_filled(word, values) for word in words[1:]]


def _filled(word: str, values: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        return found[1] + values.get(found[1].rstrip("=: ").rpartition(".")[2], "Đã ghi")

    return re.sub(r"([\w.]*[=:] ?)…", value, word).replace("…", values.get("free", "Đã ghi"))


CASES: dict[str, tuple[str, str, str, str, dict[str, str], str]] = {
    "action": ("action", "CA-2026-001", ACTION, "## 1. Mô tả\n\nViệc.\n", {}, "minh"),
    "complaint": ("complaint", "PA-2026-001", COMPLAINT.replace("06-10", "05-30"), "## 1. Nội dung\n\nTrễ.\n", {}, "hoa"),
    "calibration": ("equipment", "TB-001", SCALE, CALIBRATED, {"result": "pass", "certificate": "KĐ-2"}, "hoa"),
    "competence": (
        "competence", "NL-001",
        "title: Công chức hộ tịch\nstatus: current\nowner: lan\ncycle: 12m\nreviewed: 2025-05-20\nnext: 2026-05-20",
        "## 1. Yêu cầu năng lực\n\n~~~requirements\n- {competence: Nghiệp vụ, level: khá}\n~~~\n\n## 2. Từng người\n\n~~~people\n- {person: minh, competence: Nghiệp vụ, met: yes, evidence: chứng chỉ}\n~~~\n",
        {}, "lan",
    ),
    "decision": (
        "management-review", "XXLD-2026-01",
        "title: Xem xét\nstatus: held\nowner: hoa\ndate: 2026-02-20\nperiod_from: 2025-01-01\nperiod_until: 2025-12-31\nchair: binh\nheld: 2026-05-20\nattendees: [binh]",
        "", {}, "hoa",
    ),
    "objective": (
        "objective", "MT-2026-01",
        'title: Đúng hẹn\nstatus: draft\nowner: minh\nmeasure: hồ sơ đúng hẹn\nunit_of_measure: "%"\ntarget: 98\ndirection: at-least\nperiod_from: 2026-04-01\ndue: 2026-12-31\nevery: 1m',
        "", {"free": "98"}, "minh",
    ),
    "training": (
        "training", "DT-2025-001",
        "title: An toàn thông tin\nstatus: planned\nowner: lan\nneed: plan\nmethod: class\ndue: 2026-05-20",
        "## 1. Nội dung\n\nBài học.\n\n## 2. Người tham gia\n\n~~~participants\n- {person: minh, attended: yes}\n~~~\n", {}, "lan",
    ),
    "nonconformity": ("nonconformity", "NC-2026-001", NC, "## 1. Mô tả\n\nTrễ hẹn.\n", {"requirement": "QT-01"}, "tuan"),
}


@pytest.mark.parametrize("name", [name for name in CASES if name not in ("decision", "objective")])
def test_the_command_does_it_when_typed(desk: Desk, name: str) -> None:
    kind, subject, fields, body, values, person = CASES[name]
    record(desk, kind, subject, fields, body)
    desk.today = TODAY
    [before, *_others] = [each for each in told(desk, "--all") if each["id"] == subject and person in each["people"]]
    assert before["path"] == desk.path_of(subject)
    desk.run(*typed(before["next"], **{**VALUES, **values}), by=person)
    assert before["next"] not in [each["next"] for each in told(desk, "--all")], "there is another thing to do now, or nothing"


def test_a_measurement_is_asked_for_period_by_period(desk: Desk) -> None:
    kind, subject, fields, body, _values, person = CASES["objective"]
    record(desk, kind, subject, fields, body)
    desk.today = TODAY
    desk.run("set", subject, "source=sổ", "means=nhắc việc", by="minh")
    desk.run("advance", subject, "approved", by="binh")
    desk.run("advance", subject, "active", by="minh")
    desk.today = "2026-07-20"
    asked = []
    while True:
        found = next((each for each in told(desk, "--all") if each["id"] == subject and each["days_late"] > 0), None)
        if found is None:
            break
        asked.append(found["next"])
        desk.run(*typed(found["next"], free="98"), by=person)
    assert asked == [f'qmsctl measure MT-2026-01 2026-0{month} "…"' for month in (4, 5, 6)]


def test_a_decision_is_done_in_its_own_row(desk: Desk) -> None:
    kind, subject, fields, _body, _values, person = CASES["decision"]
    inputs = "\n".join(f"- {{input: {each}, content: không phát sinh}}" for each in ("audit-results", "customer-feedback", "process-performance", "actions-status", "previous-actions", "changes", "recommendations"))
    rows = "- {no: 1, kind: resource, output: Thêm máy quét, owner: hung, due: 2026-05-30}\n- {no: 2, kind: change, output: Sửa QT-01, owner: lan, due: 2026-05-30}"
    record(desk, kind, subject, fields, f"## 1. Đầu vào xem xét\n\n~~~inputs\n{inputs}\n~~~\n\n## 2. Diễn biến cuộc họp\n\nHọp.\n\n## 3. Đầu ra, kết luận\n\n~~~outputs\n{rows}\n~~~\n")
    desk.today = TODAY
    desk.run("advance", subject, "minuted", "--set", "next=2026-12-31", by="binh")
    late = [each for each in told(desk, "--all") if each["id"] == subject and each["days_late"] > 0]
    assert [(each["title"], each["people"]) for each in late] == [("Thêm máy quét", ["hung"]), ("Sửa QT-01", ["lan"])]
    desk.run(*typed(late[1]["next"]), by=person)
    left = [each for each in told(desk, "--all") if each["id"] == subject and each["days_late"] > 0]
    assert [each["title"] for each in left] == ["Thêm máy quét"]


def test_a_review_that_is_late_is_begun_by_its_command(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every: {default: 60m}", "review_every: {default: 1m}")
    for meaning, person in (("submit", "minh"), ("review", "lan"), ("approve", "binh")):
        desk.run(meaning, "QT-01", by=person, day="2026-01-06")
    (found,) = told(desk, "--all", day=TODAY)
    assert (found["kind"], found["owners"]) == ("review", ["unit-head"])
    said = desk.run(*typed(found["next"], verdict="keep"), by="tuan", day=TODAY)
    assert "verdict: keep" in desk.read(said.written[0])
    assert "QT-01" in desk.read(said.written[0])


def test_the_next_training_takes_over_what_the_last_one_was(desk: Desk) -> None:
    record(desk, "training", "DT-2025-001", "title: \"An toàn 'mạng' $(date) `id`\"\nstatus: evaluated\nowner: lan\ndue: 2025-05-20\nheld: 2025-05-20\nnext: 2026-05-20")
    found = told(desk, "--all", day=TODAY)
    words = typed(found[0]["next"])
    assert words[:3] == ["new", "training", "--title"]
    assert words[3] == "An toàn 'mạng' $(date) `id`", "what comes from a file is one word of the shell"


# --- how it looks


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("width", [80, 120])
def test_on_a_terminal(desk: Desk, lang: str, width: int) -> None:
    some_work(desk)
    desk.lang = lang
    shown = on_terminal(desk, width)
    assert all(columns_of(line) <= width for line in shown.splitlines() if "→" not in line)
    assert_golden(GOLDEN / f"todo.{lang}.{width}.txt", shown)


def on_terminal(desk: Desk, width: int) -> str:
    """The list as a terminal gets it, without colours."""
    from qmsctl.cli.formats.todo_text import todo_lines
    from qmsctl.cli.session import Session
    from qmsctl.cli.terminal import Terminal
    from qmsctl.core.tasks.tasks import tasks

    session = Session(Terminal(desk.lang, stdout=True, width=width), start=desk.root)
    session.day = date.fromisoformat(desk.today)
    library = session.library(session.place())
    last = date(2026, 7, 13)
    found = [task for task in tasks(library) if task.due is None or task.due <= last]
    return "\n".join(todo_lines(session, library, found, last, None)) + "\n"


def test_csv_has_names_and_no_formula(desk: Desk) -> None:
    record(desk, "action", "CA-2026-001", ACTION.replace("Phân công người thay", '"=HYPERLINK(1)"'))
    said = desk.run("todo", "--all", "--format", "csv", day=TODAY)
    header, row, *_others = said.out.strip().splitlines()
    assert header.strip() == "due,days_late,id,what,title,who,unit,next"
    assert row.startswith("2026-05-20,12,CA-2026-001,action,'=HYPERLINK(1),Đỗ Văn Minh,Bộ phận Hộ tịch,")


def test_hostile_titles_stay_one_line_and_steer_no_terminal(desk: Desk) -> None:
    some_work(desk)
    desk.edit("records/actions/CA-2026-001.md", "title: Phân công người thay", 'title: "a[bold]b\\nc"')
    out = desk.run("todo", "--all").out
    assert len(out.strip().splitlines()) == 8
    assert "a[bold]b c" in out


# --- the calendar


def calendar(desk: Desk, *words: object, **options: Any) -> Calendar:
    said = desk.run("todo", "--all", *words, "--ics", "-", **options)
    found = Calendar.from_ical(said.out)
    assert isinstance(found, Calendar)
    return found


def events(found: Calendar) -> dict[str, Any]:
    return {str(each["uid"]): each for each in found.walk("VEVENT")}


def test_calendar_has_whole_days_of_what_has_a_day(desk: Desk) -> None:
    some_work(desk)
    found = calendar(desk)
    assert (str(found["version"]), str(found["method"])) == ("2.0", "PUBLISH")
    assert str(found["prodid"]).startswith("-//qmsctl//")
    own = events(found)
    assert sorted(own) == ["ca-2026-001-action@ta.qmsctl", "pa-2026-001-answer-to-a-complaint@ta.qmsctl", "tb-001-calibration@ta.qmsctl"]
    event = own["ca-2026-001-action@ta.qmsctl"]
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2026, 5, 20), date(2026, 5, 21))
    assert isinstance(event["dtstamp"].dt, datetime)
    assert "qmsctl advance CA-2026-001 done" in str(event["description"])


def test_lines_of_the_calendar_are_as_the_standard_wants_them(desk: Desk) -> None:
    some_work(desk)
    path = desk.root.parent / "viec.ics"
    said = desk.run("todo", "--all", "--ics", path, "--within", "3m")
    assert said.written == [str(path)]
    data = path.read_bytes()
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines), "RFC 5545, 3.1: 75 octets a line"
    assert b"\n" not in b"".join(lines)
    assert b"DTSTART;VALUE=DATE:20260520" in lines


def test_an_event_keeps_its_uid_when_its_day_moves(desk: Desk) -> None:
    some_work(desk)
    before = events(calendar(desk))
    desk.run("set", "CA-2026-001", "extensions+={until: 2026-06-30, at: 2026-06-01, by: lan, reason: chờ}")
    after = events(calendar(desk))
    assert before.keys() == after.keys()
    assert after["ca-2026-001-action@ta.qmsctl"]["dtstart"].dt == date(2026, 6, 30)


HOSTILE = ["a\\nEND:VEVENT\\nBEGIN:VEVENT", "a;b,c:d\\\\e", 'quote " and, comma; semi', "BEGIN:VALARM", "<script>1</script>", "x" * 300, "Trần Thị Bình – “họp” 漢字" * 9]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_breaks_out_of_its_event(desk: Desk, title: str) -> None:
    some_work(desk)
    desk.edit("records/actions/CA-2026-001.md", "title: Phân công người thay", f'title: "{title.replace(chr(34), chr(92) + chr(34))}"')
    found = events(calendar(desk))
    assert len(found) == 3
    shown = title.replace("\\n", " ").replace("\\\\", "\\")
    assert str(found["ca-2026-001-action@ta.qmsctl"]["summary"]) == f"CA-2026-001 action: {shown}"
    assert not [each for each in calendar(desk).walk() if each.name not in ("VCALENDAR", "VEVENT")]


def test_without_the_library_one_line_says_how_to_get_it(desk: Desk) -> None:
    some_work(desk)
    with patch.dict(sys.modules, {"icalendar": None}):
        said = desk.refused("todo", "--ics", "-")
    assert "qmsctl[calendar]" in said.err


def test_a_calendar_that_cannot_be_written(desk: Desk) -> None:
    some_work(desk)
    assert "cannot be written" in desk.refused("todo", "--ics", desk.root / "no" / "x.ics").err


# --- it is the same everywhere


def test_check_and_todo_name_the_same_things_late(desk: Desk) -> None:
    some_work(desk)
    late = [each for each in told(desk, "--all") if each["kind"] == "due" and each["days_late"] > 0]
    warned = [each for each in desk.diagnostics() if each["rule"] == "due-date-passed"]
    assert sorted((each["path"], each["line"]) for each in late) == sorted((each["path"], each["line"]) for each in warned)
    assert len(late) == 2
    for each in late:
        assert any(each["next"] in warning["hint"] for warning in warned)


def test_of_an_earlier_commit(desk: Desk) -> None:
    some_work(desk)
    before = desk.commit("work")
    (desk.root / "records/actions/CA-2026-001.md").unlink()
    assert "CA-2026-001" not in ids(told(desk, "--all"))
    assert "CA-2026-001" in ids(told(desk, "--all", "--at", before))


CHANGE = "title: Thêm quầy\nstatus: assessed\nowner: {}\nraised: 2026-05-20\nwhy: Đông người\neffects: Ít\nresources: 1 người\nresponsibilities: minh"
PLAN = "## 1. Mô tả\n\nThêm một quầy.\n\n~~~plan\n- {task: Kê bàn, owner: minh, due: 2026-06-20}\n~~~\n"


@pytest.mark.parametrize(("owner", "signer"), [("lan", "binh"), ("minh", "lan"), ("binh", "lan")])
def test_what_waits_for_a_signature_is_with_who_may_give_it(desk: Desk, owner: str, signer: str) -> None:
    """Beside the days in its rows, and never with whom a gate keeps apart, though the role is theirs."""
    record(desk, "change", "TD-2026-01", CHANGE.format(owner), PLAN)
    found = {who: [each["next"] for each in told(desk, by=who, day=TODAY) if each["id"] == "TD-2026-01" and "plan" not in each["next"]] for who in ("lan", "binh", "minh")}
    assert found == {who: ["qmsctl advance TD-2026-01 approved"] if who == signer else [] for who in ("lan", "binh", "minh")}


def test_a_record_with_rows_to_come_goes_on_once_nothing_is_lacking(desk: Desk) -> None:
    approved = CHANGE.format("minh").replace("assessed", "approved") + "\nresult: Xong"
    for number, plan in ((1, PLAN), (2, PLAN.replace("2026-06-20}", "2026-06-20, done: 2026-05-30}"))):
        record(desk, "change", f"TD-2026-0{number}", approved, plan)
    found = [(each["id"], each["next"]) for each in told(desk, by="minh", day=TODAY) if each["type"] == "change"]
    assert found == [("TD-2026-01", "qmsctl set TD-2026-01 plan.1.done=2026-06-01"), ("TD-2026-02", "qmsctl advance TD-2026-02 implemented")]
