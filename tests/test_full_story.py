"""One problem of the example office, from the audit that saw it to the review that looked at it: by commands alone.

The office is a copy of the example, a few months later. At every step the shortcut is tried first:
it is refused with the sentence that a quality officer needs, and nothing has changed.
"""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.desk import Desk, assert_plain, git

EXAMPLE = Path(__file__).parents[1] / "example-repo"
PROCEDURE, UNIT = "QT-07", "ho-tich"
HEAD, AUDITOR, AUTHOR, SECRETARY, REPRESENTATIVE, DIRECTOR = "quang", "khanh", "minh", "hoa", "lan", "binh"
LAST_DAY = "2027-07-23"
EFFECT = {
    "effective": "yes",
    "effect_evidence": "Mười lăm hồ sơ tháng 4 và tháng 5 đều có chữ ký nháy",
    "verifier": REPRESENTATIVE,
    "verified": "2027-05-24",
}


@dataclass
class Story:
    """The desk, and the ids of what has been made so far."""

    desk: Desk
    ids: dict[str, str]
    refusals: int = 0

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def made(self, name: str, *words: object, by: str | None = None) -> str:
        """Carry out a command that makes a record, and remember its id."""
        said = self.desk.run(*words, by=by)
        self.ids[name] = Path(said.written[0]).stem
        return self.ids[name]

    def refused(self, *words: object, says: str, rule: str = "", by: str | None = None, code: int = 3) -> None:
        """A shortcut: the sentence, the rule in brackets if one judged it, and nothing changed."""
        before = stamps(self.desk.root)
        said = self.desk.run(*words, by=by, code=code)
        assert stamps(self.desk.root) == before, f"{words} changed something"
        assert_plain(said)
        assert says in said.err, said.err
        assert f"[{rule}]" in said.err if rule else "[" not in said.err, said.err
        assert "→" in said.err, "a refusal says how it goes on"
        self.refusals += 1

    def advance(self, name: str, state: str, by: str | None = None, **fields: str) -> None:
        self.desk.run("advance", self[name], state, *assigned(**fields), by=by)

    def rows(self, name: str, block: str) -> list[dict[str, Any]]:
        """The rows of a data block, read by another library."""
        found = re.search(rf"^```{block}\n(.*?)^```$", self.desk.read(self.desk.path_of(self[name])), re.MULTILINE | re.DOTALL)
        return yaml.load(found[1], yaml.BaseLoader) or [] if found else []

    def day(self, day: str) -> None:
        """The day goes by: what was done is committed."""
        self.desk.commit(f"{self.desk.today}: làm trong ngày")
        self.desk.today = day


def stamps(root: Path) -> dict[str, tuple[int, int]]:
    """Size and time of every file of the office: an office of this size is not read whole at every step."""
    found: dict[str, tuple[int, int]] = {}
    folders = [root]
    while folders:
        for entry in os.scandir(folders.pop()):
            if entry.is_dir(follow_symlinks=False):
                folders += [Path(entry.path)] if entry.name != ".git" else []
            else:
                found[entry.path] = entry.stat().st_size, entry.stat().st_mtime_ns
    return found


def assigned(**fields: str) -> list[str]:
    return [word for key, text in fields.items() for word in ("--set", f"{key}={text}")]


@pytest.fixture
def story(home: Path, tmp_path: Path) -> Story:
    root = tmp_path / "ward"
    shutil.copytree(EXAMPLE, root)
    git(root, "init", "--quiet", "-b", "main")
    desk = Desk(root, today="2026-11-20", lang="vi")
    desk.sit(SECRETARY)
    return Story(desk, {})


@pytest.mark.long
def test_the_chain_from_the_audit_to_the_review(story: Story) -> None:
    story.day("2027-01-11")
    before = known(story.desk, LAST_DAY)
    for chapter in (programme_is_approved, audit_is_announced, audit_finds, nonconformity_is_analysed, procedure_is_issued_again,
                    people_learn_it, action_is_done, effect_is_verified, everything_is_closed, review_is_prepared, review_is_held,
                    review_is_closed):
        chapter(story)
    story.day(LAST_DAY)
    after = known(story.desk, LAST_DAY)
    assert not after["error"]
    assert after["warning"] - before["warning"] == Counter(), "the story leaves nothing open"
    assert {rule for rule, _path in after["warning"]} <= {"acknowledgement-missing", "due-date-passed", "review-overdue", "review-verdict-unfulfilled", "approval-incomplete"}, "what the calendar has brought since"
    mended = {rule for rule, path in before["warning"] - after["warning"] if "management-reviews" in path}
    assert mended == {"due-date-passed"}, "the review that was due has been held"
    assert story.refusals >= 30


def known(desk: Desk, day: str) -> dict[str, Counter[tuple[str, str]]]:
    """The rules that speak on a day, and of which files."""
    found = desk.diagnostics(day)
    return {severity: Counter((each["rule"], each["path"]) for each in found if each["severity"] == severity) for severity in ("error", "warning")}


def programme_is_approved(story: Story) -> None:
    desk = story.desk
    programme = story.made("programme", "audit", "plan", "--year", "2027", "--months", "2027-09,2027-10", by=REPRESENTATIVE)
    opening = ("audit", "open", programme, "--unit", UNIT, "--date", "2027-03-10", "--lead", AUDITOR)
    story.refused(*opening, says="chỉ mở cuộc đánh giá sau khi chương trình được phê duyệt")
    units = [row["unit"] for row in story.rows("programme", "grid")]
    assert sorted(units) == ["ho-tich", "kinh-te", "lanh-dao", "mot-cua", "van-hoa", "van-phong"]
    number = units.index(UNIT) + 1
    desk.run("set", programme, f"grid.{number}.month=2027-03")
    story.refused("advance", programme, "running", says="từ đó không chuyển sang “đang thực hiện” được")
    story.refused("set", programme, f"grid.{number}.clauses=", says="clauses", rule="field-invalid")
    story.refused("advance", programme, "approved", says="Chủ tịch", rule="signer-without-role", by=SECRETARY)
    story.advance("programme", "approved", by=DIRECTOR)
    story.day("2027-02-22")


def audit_is_announced(story: Story) -> None:
    """Nobody audits the own work, and nobody who is not on the register."""
    desk, opening = story.desk, ("audit", "open", story["programme"], "--unit", UNIT, "--date", "2027-03-10", "--lead")
    story.refused(*opening, "yen", says="Lý Thị Yến đánh giá", rule="auditor-not-independent", by=REPRESENTATIVE)
    audit = story.made("audit", *opening, REPRESENTATIVE)
    plan = ("--set", "plan=8 giờ ngày 10/3 họp mở đầu; rút mười hồ sơ trích lục; 16 giờ họp kết thúc.")
    story.refused("advance", audit, "notified", says="còn lời hướng dẫn của mẫu", rule="placeholder-left")
    story.refused("advance", audit, "notified", *plan, says="chưa có trong “Đánh giá viên (trong danh sách)”", rule="state-without-gate")
    desk.run("set", audit, f"lead={AUDITOR}")
    desk.run("advance", audit, "notified", *plan)
    story.advance("programme", "running")
    story.refused("audit", "checklist", audit, says="chính mình thực hiện bước", rule="auditor-not-independent", by=AUTHOR)
    story.made("checklist", "audit", "checklist", audit, by=AUDITOR)
    story.day("2027-03-10")


def audit_finds(story: Story) -> None:
    desk, audit, checklist = story.desk, story["audit"], story["checklist"]
    lines = story.rows("checklist", "lines")
    number = next(place for place, line in enumerate(lines, 1) if line["requirement"] == PROCEDURE and line["step"])
    finding = ("audit", "finding", audit, "Bảy trên mười dự thảo không có chữ ký nháy của người đối chiếu.", "--kind", "major", "--line", f"{checklist}:{number}")
    story.refused(*finding, says="chưa nêu bằng chứng đã thấy", by=AUDITOR, code=2)
    seen = ("--evidence", "Mười hồ sơ tháng 02/2027: bảy phiếu kiểm soát trống ô đối chiếu")
    story.refused(*finding, *seen, "--owner", AUDITOR, says="lại trả lời phát hiện", rule="auditor-not-independent")
    story.refused("advance", audit, "performed", "--set", "performed=2027-03-10", says=f"{checklist} ở trạng thái “đang ghi”", rule="state-without-gate")
    story.refused("advance", checklist, "filled", "--set", "date=2027-03-10", says=f"dòng 1–{len(lines)}: thiếu “Bằng chứng đã xem”", rule="state-without-gate")
    story.made("finding", *finding, *seen)
    path = desk.path_of(checklist)
    desk.write(path, re.sub(r"evidence:\n  result:\n", "evidence: đã xem hồ sơ tháng 02/2027\n  result: conform\n", desk.read(path)))
    story.refused("advance", checklist, "filled", "--set", "date=2027-03-10", says="phải do Ngô Đức Khánh làm", rule="state-without-gate", by=REPRESENTATIVE)
    story.advance("checklist", "filled", date="2027-03-10", by=AUDITOR)
    story.advance("audit", "performed", performed="2027-03-10")
    report = assigned(conclusion="Phù hợp, trừ một điểm nặng", notes=f"Theo phiếu {checklist}.")
    story.refused("advance", audit, "reported", *report, says="mục “Báo cáo đánh giá” còn trống", rule="state-without-gate")
    desk.run("advance", audit, "reported", *report, "--set", f"report=Một điểm nặng ({story['finding']}), các điểm khác phù hợp.")
    story.refused("audit", "finding", audit, "Quên nêu", "--kind", "ofi", "--clause", "7.5.1", "--evidence", "x", says="báo cáo")
    story.refused("advance", audit, "followed-up", says=f"{story['finding']} ở trạng thái “đã nêu”", rule="state-without-gate")
    story.day("2027-03-15")


def nonconformity_is_analysed(story: Story) -> None:
    """Nothing is skipped between the finding and the plan."""
    desk = story.desk
    story.refused("advance", story["finding"], "answered", says=f"qmsctl nc log --from-finding {story['finding']}", rule="state-without-gate", by=HEAD)
    nc = story.made("nc", "nc", "log", "--from-finding", story["finding"], "--no-input")
    assert f"of: [{story['finding']}]" in desk.read(desk.path_of(nc))
    assert "severity: major" in desk.read(desk.path_of(nc))
    story.refused("nc", "log", "--from-finding", story["finding"], "--no-input", says=f"đã được ghi nhận: {nc}")
    story.refused("advance", nc, "closed", says="từ đó không chuyển sang “đã đóng” được", by=REPRESENTATIVE)
    story.refused("advance", nc, "confirmed", says="cần vai trò", rule="signer-without-role", by=AUTHOR)
    story.advance("nc", "confirmed", by=HEAD)
    story.refused("advance", nc, "contained", says="thiếu “Khắc phục (xử lý ngay)”", rule="field-missing")
    story.advance("nc", "contained", correction="Đối chiếu lại bảy bản trích lục với sổ gốc, không bản nào sai")
    story.refused("advance", nc, "analysed", says="thiếu “Nguyên nhân gốc rễ”", rule="field-missing")
    desk.run("nc", "why", nc, "--because", "Giờ cao điểm người đối chiếu ký sau khi trình", "--because", "Bước ký không kiểm tra chữ ký nháy", "--category", "procedure")
    story.refused("advance", nc, "analysed", "--set", "cause_method=direct", says="phải là một trong: 5-whys (năm câu hỏi vì sao), fishbone (biểu đồ xương cá), fault-tree (cây lỗi)", rule="state-without-gate")
    story.advance("nc", "analysed")
    story.refused("advance", nc, "planned", says="cần ít nhất một hành động khắc phục", rule="nonconformity-without-action")
    story.made("action", "new", "action", "--title", "Không ký khi thiếu chữ ký nháy", *assigned(kind="corrective", of=nc, owner=HEAD, due="2027-04-16"))
    desk.run("set", story["action"], "description=Sửa bước ký của quy trình, nhắc tại giao ban.")
    story.advance("nc", "planned", documents=PROCEDURE)
    story.advance("nc", "in-progress")
    story.refused("advance", nc, "verifying", says=f"{story['action']} ở trạng thái “đã lập kế hoạch”", rule="state-without-gate")
    story.refused("set", story["action"], "due=2027-05-28", says="chỉ thay đổi bằng cách thêm dòng")
    desk.run("set", story["action"], "extensions+={until: 2027-04-23, at: 2027-03-15, by: lan, reason: Chờ ban hành quy trình}")
    story.day("2027-03-22")


def procedure_is_issued_again(story: Story) -> None:
    """First a revision that forgets why it is made; then one that names the nonconformity."""
    desk, nc = story.desk, story["nc"]
    revision = desk.row(PROCEDURE)["revision"] + 1
    scan = desk.root.parent / "QD-31.pdf"
    scan.write_bytes(b"%PDF-1.7\nquyet dinh 31")
    paper = ("--basis", "31/QĐ-UBND", "--basis-date", "2027-03-22", "--basis-file", scan)
    change = ("--change", "Không ký khi thiếu chữ ký nháy của người đối chiếu", "--effective", "2027-04-05")
    path = desk.path_of(PROCEDURE)
    story.refused("submit", PROCEDURE, says="đã được phê duyệt", by=AUTHOR)
    desk.run("revise", PROCEDURE, *change, "--answers", nc)
    desk.edit(path, "\n## 6. ", "\nDự thảo thiếu chữ ký nháy thì trả lại bước đối chiếu, không ký.\n\n## 6. ")
    desk.run("submit", PROCEDURE)
    story.refused("approve", PROCEDURE, *paper, says="do chính mình soạn thảo", rule="approved-by-author")
    story.refused("approve", PROCEDURE, says="phải đạt ít nhất “có chứng cứ văn bản”", rule="level-too-low", by=DIRECTOR)
    desk.run("review", PROCEDURE, *paper, by=REPRESENTATIVE)
    desk.run("approve", PROCEDURE, *paper, by=DIRECTOR)
    assert desk.row(PROCEDURE)["revision"] == revision - 1, "not in force before its day"
    assert desk.row(PROCEDURE, day="2027-04-05")["revision"] == revision
    story.day("2027-04-05")


def people_learn_it(story: Story) -> None:
    """Two units sign a sheet and hand in the old copies, others are trained; whoever drafted or approved it knows it."""
    desk = story.desk
    sheet = desk.root.parent / "ky-nhan.pdf"
    sheet.write_bytes(b"%PDF-1.7\nphieu ky nhan")
    story.refused("acknowledge", PROCEDURE, "--unit", UNIT, says="phải kèm phiếu", by=SECRETARY, code=2)
    desk.run("acknowledge", PROCEDURE, "--unit", UNIT, "--list", sheet)
    desk.run("acknowledge", PROCEDURE, "--unit", "mot-cua", "--list", sheet)
    for each in paper_copies(desk):
        desk.run("advance", each, "retrieved", "--set", "retrieved=2027-04-05")
    rest = sorted(unaware(desk))
    assert rest
    training = story.made("training", "new", "training", "--title", "Bước ký của QT-07", *assigned(need="nonconformity", of=story["nc"], documents=PROCEDURE, due="2027-04-05", trainer=AUTHOR))
    story.refused("advance", training, "held", "--set", "held=2027-04-05", says="chưa có dòng nào", rule="state-without-gate")
    for person in rest:
        desk.run("set", training, f"participants+={{person: {person}, attended: yes, result: passed}}")
    story.advance("training", "held", held="2027-04-05", content="Vì sao không ký khi thiếu chữ ký nháy")
    judged = assigned(effective="yes", evaluation="Hỏi tại chỗ, trả lời đúng cả", evaluated="2027-04-05")
    story.refused("advance", training, "evaluated", *judged, "--set", f"evaluated_by={AUTHOR}", says="không được là “Người đánh giá hiệu lực”", rule="state-without-gate", by=HEAD)
    desk.run("advance", training, "evaluated", *judged, "--set", f"evaluated_by={HEAD}")
    assert unaware(desk) == set()
    story.day("2027-04-20")


def paper_copies(desk: Desk) -> list[str]:
    """The records of copies of the procedure that lie about."""
    found = (yaml.safe_load(path.read_text(encoding="utf-8").split("---\n")[1]) for path in desk.root.glob("records/distributions/*.md"))
    return [each["id"] for each in found if each["document"] == PROCEDURE and each["status"] == "issued"]


def unaware(desk: Desk) -> set[str]:
    """Who has to know the procedure and does not."""
    found = next(each for each in desk.run("training", "--format", "json").json["documents"] if each["id"] == PROCEDURE)
    return {person["id"] for person in found["people"] if person["known"] is None}


def action_is_done(story: Story) -> None:
    story.refused("advance", story["action"], "done", "--set", "done=2027-04-20", says="thiếu “Kết quả, bằng chứng”", rule="field-missing", by=HEAD)
    story.advance("action", "done", done="2027-04-20", result="Sổ giao ban ngày 07/4; QT-07 có hiệu lực từ 05/4")
    own = assigned(verified="2027-04-20", verified_by=HEAD)
    story.refused("advance", story["action"], "verified-effective", *own, says="vì đang là “Người phụ trách”", rule="state-without-gate")
    story.advance("nc", "verifying")
    early = assigned(**EFFECT | {"verified": "2027-04-20"})
    story.refused("advance", story["nc"], "closed", *early, says="sớm nhất phải là 20/05/2027, tức 30 ngày sau 20/04/2027", rule="state-without-gate", by=REPRESENTATIVE)
    ahead = assigned(**EFFECT)
    story.refused("advance", story["nc"], "closed", *ahead, says="tính đến 20/04/2027 thì ngày đó chưa tới", rule="state-without-gate")
    story.day("2027-05-24")


def effect_is_verified(story: Story) -> None:
    """Every way to close without one of the links, then with all of them."""
    nc = story["nc"]
    for changed, says, rule in (
        ({"verifier": HEAD}, "vì đang là “Người phụ trách” của", "state-without-gate"),
        ({"effective": "no"}, "phải là yes", "state-without-gate"),
        ({"cause": " "}, "thiếu “Nguyên nhân gốc rễ”", "field-missing"),
        ({"actions": " "}, "“Hành động” (actions)", "state-without-gate"),
        ({"documents": "QT-08"}, f"QT-08 chưa có lần ban hành có hiệu lực nào nêu {nc}", "state-without-gate"),
    ):
        story.refused("advance", nc, "closed", *assigned(**EFFECT | changed), says=says, rule=rule, by=REPRESENTATIVE)
    story.refused("advance", nc, "closed", *assigned(**EFFECT), says="cần vai trò", rule="signer-without-role", by=HEAD)
    story.refused("advance", story["finding"], "closed", says=f"{nc} ở trạng thái “đang kiểm tra xác nhận”", rule="state-without-gate", by=AUDITOR)
    story.advance("finding", "answered", by=HEAD)
    story.advance("audit", "followed-up", by=AUDITOR)
    story.refused("advance", story["audit"], "closed", says=f"{story['finding']} ở trạng thái “đã trả lời”", rule="state-without-gate", by=REPRESENTATIVE)
    story.advance("nc", "closed", **EFFECT)
    story.advance("action", "verified-effective", verified="2027-05-24", verified_by=REPRESENTATIVE)


def everything_is_closed(story: Story) -> None:
    desk = story.desk
    story.refused("set", story["nc"], "effect_evidence=Chưa rõ", says="reopen", rule="closed-record-changed")
    story.refused("advance", story["finding"], "closed", says="vì là “Người trả lời”", rule="state-without-gate", by=HEAD)
    story.advance("finding", "closed", by=AUDITOR)
    story.advance("audit", "closed", by=REPRESENTATIVE)
    story.refused("advance", story["programme"], "closed", "--set", "conclusion=Xong", says="thiếu “Cuộc đánh giá” (audit)", rule="state-without-gate")
    states = {name: desk.row(story[name])["status"] for name in ("programme", "audit", "checklist", "finding", "nc", "action")}
    assert states == {"programme": "running", "audit": "closed", "checklist": "filled", "finding": "closed", "nc": "closed", "action": "verified-effective"}
    story.day("2027-06-28")


def review_is_prepared(story: Story) -> None:
    """The review finds in the files what the story has left there."""
    desk = story.desk
    review = story.made("review", "management-review", "prepare", *assigned(date="2027-07-05", chair=DIRECTOR), by=SECRETARY)
    told = {row["input"]: row["figures"] for row in story.rows("review", "inputs")}
    assert story["nc"] in told["actions-status"]["major"]
    assert story["nc"] not in told["actions-status"]["open"]
    assert told["actions-status"]["closed_by_month"]["2027-05"] == "1"
    assert story["audit"] in told["audit-results"]["audits"]
    assert story["finding"] not in told["audit-results"]["open"]
    assert PROCEDURE in told["changes"]["revised"]
    story.refused("advance", review, "held", *assigned(held="2027-06-28", attendees="binh,lan"), says="từ đó không chuyển sang “đã họp” được")
    path = desk.path_of(review)
    whole = desk.read(path)
    desk.write(path, re.sub(r"- input: recommendations\n(?:  .*\n)*", "", whole))
    story.refused("advance", review, "inputs-ready", says="recommendations", rule="state-without-gate")
    desk.write(path, whole)
    number = list(told).index("recommendations") + 1
    story.refused("set", review, f"inputs.{number}.content=", says="thiếu “content”", rule="field-invalid")
    story.advance("review", "inputs-ready")
    story.day("2027-07-05")


def review_is_held(story: Story) -> None:
    desk, review = story.desk, story["review"]
    minuted = assigned(next="2028-06-30")
    story.refused("advance", review, "minuted", *minuted, says="từ đó không chuyển sang “đã ký biên bản” được", by=DIRECTOR)
    story.advance("review", "held", held="2027-07-05", attendees="binh,hung,lan,quang,hoa", by=SECRETARY)
    story.refused("management-review", "prepare", review, says="không tính lại")
    story.refused("advance", review, "minuted", *minuted, says="(outputs) chưa có dòng nào", rule="state-without-gate", by=DIRECTOR)
    story.refused("management-review", "action", review, "Nhân rộng việc đối chiếu", says="chưa nêu ai thực hiện", code=2, by=SECRETARY)
    story.made("decision", "management-review", "action", review, "Nhân rộng việc đối chiếu lần hai sang chứng thực", "--owner", "yen", "--due", "2027-07-23", "--kind", "improvement")
    desk.run("set", review, "outputs+={no: 2, kind: change, output: Giữ nguyên chính sách chất lượng, owner: lan, due: 2027-07-30}")
    text = assigned(minutes="Đại diện lãnh đạo trình bày số liệu; Chủ tịch kết luận hệ thống phù hợp, đạt hiệu lực.")
    story.refused("advance", review, "minuted", *minuted, *text, says="phải do Trần Thị Bình làm", rule="state-without-gate", by="hung")
    desk.run("advance", review, "minuted", *minuted, *text, by=DIRECTOR)
    story.refused("advance", review, "closed", says=f"{story['decision']} ở trạng thái “đã lập kế hoạch”", rule="state-without-gate", by=REPRESENTATIVE)
    story.day(LAST_DAY)


def review_is_closed(story: Story) -> None:
    desk, review = story.desk, story["review"]
    story.advance("decision", "done", done=LAST_DAY, result="Hướng dẫn HD-02 đã thêm bước đối chiếu", by="yen")
    story.refused("advance", review, "closed", says="dòng 2: cần một trong", rule="state-without-gate", by=REPRESENTATIVE)
    desk.run("set", review, "outputs.2.result=Thông báo kết luận ngày 12/7")
    story.advance("review", "closed")
    assert desk.row(review)["status"] == "closed"
