"""A scripted year at an office, from the first command to a nonconformity that is opened again.

After each step the check, the list and the audit report say what they should; at the end and at two
points before, so do a squashed copy, a shallow clone and a copy without git.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.desk import COPIES, HINT, UNSEEN, Desk, Said, qmsctl

NEEDS_HISTORY: frozenset[str] = frozenset()
"""Rules that may say less in a copy without the past."""

STAFF = """\
people:
  - {id: minh, name: Đỗ Văn Minh, email: minh@tan-an.example, unit: van-phong, roles: [{role: iso-secretary, from: 2026-01-01}, {role: internal-auditor, from: 2026-01-01}, {role: van-thu, from: 2026-01-01}]}
  - {id: lan, name: Nguyễn Thị Lan, email: lan@tan-an.example, unit: lanh-dao, roles: [{role: qmr, from: 2026-01-01}]}
  - {id: hoa, name: Phạm Thị Hoa, email: hoa@tan-an.example, unit: mot-cua, roles: [{role: unit-head, from: 2026-01-01}, {role: can-bo-tiep-nhan, from: 2026-01-01}, {role: can-bo-thu-ly, from: 2026-01-01}]}
  - {id: hung, name: Lê Quốc Hùng, email: hung@tan-an.example, unit: lanh-dao, roles: [{role: deputy-director, from: 2026-01-01}]}
  - {id: binh, name: Trần Thị Bình, email: binh@tan-an.example, unit: lanh-dao, roles: [{role: director, from: 2026-01-01}]}
"""
MATRIX = re.compile(r"  - \{from: \S+, type: procedure, [^\n]*\n")
THREE_APPROVE = (
    "  - {from: 2026-01-01, type: procedure, review: [qmr], "
    "approve: [unit-head, deputy-director, director], adopt: [iso-secretary]}\n"
)
ADOPTED = 200


class Report(HTMLParser):
    """Rows of the report's tables: by section and first cell, the text of each column."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: dict[tuple[str, str], dict[str, str]] = {}
        self.text: dict[str, str] = {}
        self._section = self._head = self._cell = ""
        self._row: dict[str, str] = {}
        self._into: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "section":
            self._section = found.get("id") or ""
        elif tag == "tr":
            self._row, self._head = {}, ""
        elif tag == "th":
            self._into = ""
        elif tag == "td":
            self._into = found.get("data-label") or "?"

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._head:
            clean = {key: " ".join(value.split()) for key, value in self._row.items()}
            self.rows.setdefault((self._section, " ".join(self._head.split())), clean)
        elif tag in ("td", "th"):
            self._into = None

    def handle_data(self, data: str) -> None:
        self.text[self._section] = self.text.get(self._section, "") + data
        if self._into == "":
            self._head += data
        elif self._into is not None:
            self._row[self._into] = self._row.get(self._into, "") + data + " "


class Year:
    """The office, what its check is expected to warn of, and the three looks after a step."""

    def __init__(self, desk: Desk, copies: Path) -> None:
        self.desk = desk
        self.copies = copies
        self.warnings: Counter[str] = Counter()
        self.step = 0

    def expect(self, subject: str | None = None, status: str = "", code: int = 0, errors: tuple[str, ...] = (), **row: object) -> Report:
        """Check, list and report, on the same day, and that they agree with what is expected."""
        self.step += 1
        said = self.desk.run("check", "--format", "json", code=code).json
        found = Counter(each["rule"] for each in said["diagnostics"])
        assert found == +(self.warnings + Counter(errors)), (self.step, said["diagnostics"])
        assert said["summary"]["errors"] == len(errors)
        report = self.report()
        if subject:
            shown = self.desk.row(subject)
            assert (shown["status"], {key: shown[key] for key in row}) == (status, row), self.step
        counted = " ".join(report.text["check"].split())
        assert f"{len(errors)} errors, {sum(self.warnings.values())} warnings" in counted
        return report

    def report(self) -> Report:
        return Report(self.desk.run("report", "audit", "-o", "-").out)

    def in_copies(self) -> None:
        """The same answers in a copy that has no past, and in one that has no git."""
        self.desk.commit(f"step {self.step}")
        here = self.answers(self.desk)
        for name, copy in COPIES.items():
            there = self.answers(copy(self.desk, self.copies / f"{self.step}-{name}"))
            assert there[1:] == here[1:], name
            assert {rule for rule, _rest in (there[0] - here[0]).elements()} == UNSEEN.get(name, {}).keys(), name
            assert {rule for rule, _rest in (here[0] - there[0]).elements()} <= NEEDS_HISTORY, name

    def answers(self, desk: Desk) -> tuple[Counter[tuple[str, str]], object, str]:
        checked = desk.run("check", "--format", "json", code=None)
        diagnostics = Counter((each["rule"], str(each).replace(str(desk.root), "")) for each in checked.json["diagnostics"])
        listed = desk.run("list", "--format", "json").json
        page = desk.run("report", "audit", "-o", "-").out
        told = re.sub(r'<section id="check".*?</section>', "", page, flags=re.DOTALL)  # what it finds is compared by itself
        return diagnostics, listed, told[told.index('<section id="documents"') : told.index("</main>")]


@pytest.mark.long
def test_a_year(home: Path, tmp_path: Path) -> None:
    year = begin(tmp_path)
    adopt_the_papers(year)
    year.in_copies()
    new_procedure(year)
    approved_by_three(year)
    year.in_copies()
    nonconformity(year)
    action_done(year)
    reissued(year)
    closed(year)
    closed_stays_closed(year)
    reopened(year)
    year.in_copies()


def begin(tmp_path: Path) -> Year:
    root = tmp_path / "phường Tân An"
    said = qmsctl(
        "--today", "2026-01-05", "--lang", "vi", "init", root, "--profile", "agency", "--standard", "iso9001-2008",
        "--organization", "UBND phường Tân An", "--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example",
    )
    assert said.code == 0, said.err
    desk = Desk(root, "2026-01-05")
    desk.sit("minh")
    desk.fill_in(*(path for path in desk.tree() if path.startswith("documents/")))
    desk.commit("laid down")
    year = Year(desk, tmp_path / "copies")
    year.warnings += Counter({"required-document-missing": 9, "role-unheld": 1})
    year.expect("QT-01", "draft", revision=1, draft=1)
    desk.write("people.yaml", STAFF)
    config, count = MATRIX.subn(THREE_APPROVE, desk.read("qms.yaml"))
    assert count == 1
    desk.write("qms.yaml", config.replace("commit: always", "commit: manual"))
    desk.commit("people and matrix")
    year.warnings["role-unheld"] = 0
    year.expect("QT-01", "draft", revision=1, draft=1)
    own = [row["id"] for row in desk.run("list", "document", "--format", "json").json]
    checked = [subject for subject in own if not subject.startswith(("BM", "TLBN"))]
    desk.run("submit", *own, "--commit")
    desk.run("review", *checked, by="lan")
    procedures = [subject for subject in own if subject.startswith("QT-")]
    desk.run("approve", *procedures, by="hoa")
    desk.run("approve", *procedures, by="hung")
    desk.run("approve", *own, by="binh")
    year.warnings.clear()
    year.warnings["objective-not-followed"] = 2  # two rows of the plan have no record in the kit
    report = year.expect("QT-01", "effective", revision=1, draft=None)
    row = report.rows["documents", "QT-01"]
    assert row["Rev."] == "1"
    assert row["Status"] == "in force"
    assert all(name in row["Title"] for name in ("Nguyễn Thị Lan", "Phạm Thị Hoa", "Lê Quốc Hùng", "Trần Thị Bình"))
    return year


def papers() -> dict[str, str]:
    """200 documents that were on paper: external documents, instructions and their forms."""
    found: dict[str, str] = {}
    for number in range(1, 121):
        found[f"documents/external/TLBN-{number:02}.md"] = (
            f"---\nid: TLBN-{number:02}\ntype: external-document\ntitle: Thông tư {number}\nrevision: 1\nowner: iso-secretary\n"
            f"issuer: Bộ Tư pháp\nnumber: {number}/2025/TT-BTP\nissued: 2025-06-01\nchecked: 2026-01-09\n---\n\nBản gốc lưu tại văn thư.\n"
        )
    for number in range(21, 41):
        forms = [f"BM-{number}.{each:02}" for each in (1, 2, 3)]
        links = "\n".join(f"- [{form}](../forms/{form}.md)" for form in forms)
        found[f"documents/instructions/HD-{number}.md"] = (
            f"---\nid: HD-{number}\ntype: instruction\ntitle: Hướng dẫn {number}\nrevision: 1\nowner: unit-head\n---\n\n"
            f"## 1. Mục đích\n\nLàm đúng ngay từ đầu.\n\n## 2. Nội dung\n\nDùng các biểu mẫu:\n\n{links}\n"
        )
        for form in forms:
            found[f"documents/forms/{form}.md"] = (
                f"---\nid: {form}\ntype: form\ntitle: Phiếu {form}\nrevision: 1\nowner: unit-head\nparent: HD-{number}\n---\n\n"
                f"# Phiếu {form}\n\nHọ và tên: ………\n"
            )
    return found


def adopt_the_papers(year: Year) -> None:
    desk = year.desk
    found = papers()
    assert len(found) == ADOPTED
    for path, text in found.items():
        desk.write(path, text)
    desk.today = "2026-01-12"
    ids = [Path(path).stem for path in found]
    scan = desk.root.parent / "QD-12.pdf"
    scan.write_bytes(b"%PDF-1.7\nquy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh")
    year.expect("HD-21", "draft", revision=1, draft=1)
    decision = ("--basis", "12/QĐ-UBND", "--basis-date", "2026-01-09", "--basis-file", scan)
    said = desk.run("adopt", *ids, *decision, "--commit", by="minh")
    assert len(said.written) == 2 * ADOPTED + 1
    changed = desk.git("status", "--short", "--untracked-files=all")
    assert not re.search(r"attachments/|documents/|signoffs/(TLBN|HD)-", changed)
    assert "signoffs/QT-01/" in changed, "what an earlier command wrote is not this command's to commit"
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    assert hashlib.sha256((desk.root / "attachments/decisions/QD-12.pdf").read_bytes()).hexdigest() == digest
    report = year.expect("HD-21", "effective", revision=1, draft=None)
    for subject in ("TLBN-120", "HD-40", "BM-40.03"):
        row = report.rows["documents", subject]
        assert row["Status"] == "in force"
        assert "12/QĐ-UBND" in row["Title"] or "adopted" in row["Title"]
        assert "evidenced" in row["Title"]


def new_procedure(year: Year) -> None:
    desk = year.desk
    desk.today = "2026-02-02"
    title = "Cấp bản sao trích lục hộ tịch"
    said = desk.run("new", "procedure", "--title", title, "--set", "effective=2026-02-10", "--set", "owner=unit-head")
    assert said.written == ["documents/procedures/QT-08.md"]
    head = desk.read("documents/procedures/QT-08.md").split("---\n")[1]
    desk.write("documents/procedures/QT-08.md", f"---\n{head}---\n{BODY}")
    row = year.expect("QT-08", "draft", revision=1, draft=1).rows["documents", "QT-08"]
    assert (row["Rev."], row["Status"]) == ("–", "draft") or row["Status"] == "draft"
    desk.run("submit", "QT-08", "--comment", "Xin xem xét", by="minh")
    year.expect("QT-08", "in-review", revision=1, draft=1)
    desk.today = "2026-02-03"
    desk.run("return", "QT-08", "--comment", "Bước 2 chưa có thời gian", by="lan")
    year.expect("QT-08", "returned", revision=1, draft=1)
    assert "has not changed" in desk.refused("submit", "QT-08", by="minh").err
    desk.edit("documents/procedures/QT-08.md", "responsible: unit-head, outputs", "responsible: unit-head, time: 4h, outputs")
    year.expect("QT-08", "draft", revision=1, draft=1)
    desk.run("submit", "QT-08", by="minh")
    assert len(desk.dossiers("QT-08")) == 2
    year.expect("QT-08", "in-review", revision=1, draft=1)


BODY = """
## 1. Mục đích

Trả bản sao trích lục hộ tịch đúng hẹn.

## 2. Phạm vi

Áp dụng cho bộ phận một cửa.

## 3. Tài liệu viện dẫn

Không.

## 4. Định nghĩa, chữ viết tắt

Không.

## 5. Nội dung

```steps
- {no: B1, task: Tiếp nhận yêu cầu, responsible: can-bo-tiep-nhan, time: 1h, outputs: [Phiếu tiếp nhận]}
- {no: B2, task: Ký trích lục, responsible: unit-head, outputs: [Bản sao trích lục], release: true}
```

## 6. Biểu mẫu

Không.

## 7. Hồ sơ lưu

```records
- {name: Phiếu tiếp nhận, place: Một cửa, keeper: unit-head, medium: giấy, retention: 5y, basis: Quyết định của UBND}
```
"""


def approved_by_three(year: Year) -> None:
    """Two sign in time; the third after the text's own date, and it takes effect that day."""
    desk = year.desk
    desk.today = "2026-02-04"
    desk.run("review", "QT-08", by="lan")
    desk.run("approve", "QT-08", by="hoa")
    year.warnings["approval-incomplete"] = 1
    year.expect("QT-08", "in-review", draft=1)
    desk.today = "2026-02-05"
    assert desk.run("approve", "QT-08", by="hung").written == [f"{desk.dossiers('QT-08')[1]}/approve.hung.md"]
    year.expect("QT-08", "in-review", draft=1)
    desk.today = "2026-02-11"
    year.warnings["approval-incomplete"] = 0
    report = year.expect("QT-08", "in-review", code=1, errors=("approval-incomplete",), draft=1)
    assert "QT-08" not in {key for section, key in report.rows if section == "history"}
    desk.today = "2026-02-12"
    desk.run("approve", "QT-08", by="binh")
    year.warnings["approved-after-effective"] = 1
    row = year.expect("QT-08", "effective", revision=1, draft=None).rows["documents", "QT-08"]
    assert (row["Rev."], row["Status"], row["Effective from"]) == ("1", "in force", "2026-02-12")
    assert desk.row("QT-08", day="2026-02-11")["status"] == "in-review"
    desk.run("acknowledge", "QT-08", by="hoa")
    year.expect("QT-08", "effective", revision=1)
    revise(year, "2026-03-02", "2026-03-16", "Rút ngắn bước ký", "time: 4h", "time: 3h")
    year.warnings["approved-after-effective"] = 0
    year.expect("QT-08", "effective", revision=2, draft=None)
    shown = [desk.run("show", "QT-08", "--format", "json", day=day).json["revision"] for day in ("2026-03-15", "2026-03-16")]
    assert shown == [1, 2]


def revise(year: Year, day: str, effective: str, change: str, old: str, new: str, *options: str) -> None:
    desk = year.desk
    desk.today = day
    before = desk.row("QT-08")["revision"]
    desk.run("revise", "QT-08", "--change", change, "--effective", effective, *options, by="minh")
    desk.edit("documents/procedures/QT-08.md", old, new)
    report = year.expect("QT-08", "effective", revision=before, draft=before + 1)
    assert report.rows["documents", "QT-08"]["Rev."] == f"{before}"
    desk.run("submit", "QT-08", by="minh")
    desk.run("review", "QT-08", by="lan")
    for person in ("hoa", "hung", "binh"):
        desk.run("approve", "QT-08", by=person)
    desk.today = effective


def nonconformity(year: Year) -> None:
    desk = year.desk
    desk.today = "2026-04-06"
    said = desk.run(
        "nc", "log", "Ba hồ sơ trả quá hẹn", "--severity", "major", "--source", "process", "--requirement", "QT-08",
        "--set", "unit=mot-cua", "--set", "owner=hoa", by="minh",
    )
    assert said.written == ["records/nonconformities/NC-2026-001.md"]
    year.warnings["placeholder-left"] = len(HINT.findall(desk.read(said.written[0])))
    row = year.expect("NC-2026-001", "reported").rows["nonconformities", "NC-2026-001"]
    assert (row["State"], row["Severity"], row["Raised"], row["Closed"]) == ("reported", "major", "2026-04-06", "–")
    assert "placeholder-left" in desk.refused("advance", "NC-2026-001", "confirmed", by="hoa").err
    desk.fill_in(*said.written)
    year.warnings["placeholder-left"] = 0
    desk.run("advance", "NC-2026-001", "confirmed", by="hoa")
    year.expect("NC-2026-001", "confirmed")
    desk.run("advance", "NC-2026-001", "contained", "--set", "correction=Gửi thư xin lỗi, hẹn lại ba công dân")
    year.expect("NC-2026-001", "contained")
    desk.today = "2026-04-08"
    desk.refused("advance", "NC-2026-001", "analysed", "--set", "cause_category=procedure", "--set", "cause_method=direct", "--set", "cause=Không có người thay")
    desk.run("advance", "NC-2026-001", "analysed", "--set", "cause_category=procedure", "--set", "cause_method=5-whys", "--set", "cause=Không có người thay khi cán bộ nghỉ")
    year.expect("NC-2026-001", "analysed")


def action_done(year: Year) -> None:
    desk = year.desk
    desk.refused("advance", "NC-2026-001", "planned")
    made = desk.run(
        "new", "action", "--title", "Phân công người thay", "--set", "of=NC-2026-001", "--set", "owner=hoa",
        "--set", "due=2026-05-08", "--set", "kind=corrective",
    )
    desk.fill_in(*made.written)
    desk.run("advance", "NC-2026-001", "planned", "--set", "actions=CA-2026-001", "--set", "documents=QT-08")
    desk.run("advance", "NC-2026-001", "in-progress")
    desk.run("advance", "CA-2026-001", "in-progress")
    row = year.expect("NC-2026-001", "in-progress").rows["actions", "CA-2026-001"]
    assert (row["State"], row["Due"], row["Arises from"]) == ("in progress", "2026-05-08", "NC-2026-001")
    desk.refused("advance", "NC-2026-001", "verifying")
    desk.today = "2026-05-11"
    year.warnings["due-date-passed"] = 1
    report = year.expect("CA-2026-001", "in-progress")
    assert report.rows["overdue", "CA-2026-001"]["Days late"] == "3"
    desk.run("advance", "CA-2026-001", "done", "--set", "done=2026-05-11", "--set", "result=Quyết định phân công số 31", by="hoa")
    year.warnings["due-date-passed"] = 0
    year.expect("CA-2026-001", "done")
    desk.run("advance", "NC-2026-001", "verifying")
    year.expect("NC-2026-001", "verifying")


CLOSING = ("--set", "effective=yes", "--set", "effect_evidence=Tháng 6 không hồ sơ nào quá hẹn", "--set", "verifier=lan")


def reissued(year: Year) -> None:
    """Nothing closes before the procedure is issued again and the effect has had its thirty days."""
    desk = year.desk
    desk.today = "2026-05-12"
    said = desk.refused("advance", "NC-2026-001", "closed", *CLOSING, "--set", "verified=2026-06-15", by="lan")
    assert "QT-08" in said.err
    assert "state-without-gate" in said.err
    revise(
        year, "2026-05-13", "2026-05-25", "Thêm người thay ở bước ký", "responsible: unit-head, time: 3h",
        "responsible: unit-head, deputy: deputy-director, time: 3h", "--answers", "NC-2026-001",
    )
    report = year.expect("QT-08", "effective", revision=3, draft=None)
    assert "NC-2026-001" in report.text["history"]


def closed(year: Year) -> None:
    desk = year.desk
    desk.today = "2026-06-05"
    early = desk.refused("advance", "NC-2026-001", "closed", *CLOSING, "--set", "verified=2026-06-05", by="lan")
    assert "2026-06-10" in early.err
    desk.today = "2026-06-15"
    own = [word.replace("verifier=lan", "verifier=hoa") for word in CLOSING]
    desk.refused("advance", "NC-2026-001", "closed", *own, "--set", "verified=2026-06-15", by="lan")
    desk.refused("advance", "NC-2026-001", "closed", *CLOSING, "--set", "verified=2026-06-15", by="hoa")
    desk.run("advance", "NC-2026-001", "closed", *CLOSING, "--set", "verified=2026-06-15", by="lan")
    row = year.expect("NC-2026-001", "closed").rows["nonconformities", "NC-2026-001"]
    assert (row["State"], row["Closed"], row["Age (days)"]) == ("closed", "2026-06-15", "70")
    desk.run(
        "advance", "CA-2026-001", "verified-effective", "--set", "verified=2026-06-15", "--set", "verified_by=lan",
        "--set", "effect_evidence=Hai tháng không hồ sơ nào quá hẹn", by="lan",
    )
    year.expect("CA-2026-001", "verified-effective")


def closed_stays_closed(year: Year) -> None:
    desk = year.desk
    path = desk.path_of("NC-2026-001")
    good = desk.read(path)
    desk.write(path, good.replace("không hồ sơ nào quá hẹn", "một hồ sơ quá hẹn"))
    assert good != desk.read(path)
    year.expect("NC-2026-001", "closed", code=1, errors=("closed-record-changed",))
    desk.write(path, good)
    said = desk.refused("set", "NC-2026-001", "effect_evidence=Chưa rõ", by="lan")
    assert "closed-record-changed" in said.err
    assert "reopen" in desk.refused("advance", "NC-2026-001", "planned", by="lan").err
    year.expect("NC-2026-001", "closed")


def reopened(year: Year) -> None:
    desk = year.desk
    desk.today = "2026-07-06"
    assert desk.refused("reopen", "NC-2026-001", by="lan", code=2)
    assert desk.refused("reopen", "NC-2026-001", "--reason", " ", by="lan")
    desk.refused("reopen", "NC-2026-001", "--reason", "Hai hồ sơ lại quá hẹn", by="minh")
    said: Said = desk.run("reopen", "NC-2026-001", "--reason", "Hai hồ sơ lại quá hẹn", by="lan")
    assert len(said.written) == 2
    row = year.expect("NC-2026-001", "planned").rows["nonconformities", "NC-2026-001"]
    assert (row["State"], row["Closed"]) == ("planned", "–")
    assert desk.run("show", "NC-2026-001").out.count("Hai hồ sơ lại quá hẹn") == 1
    desk.run("advance", "NC-2026-001", "cancelled", "--set", "reason=Gộp vào NC-2026-002", by="lan")
    year.expect("NC-2026-001", "cancelled")
