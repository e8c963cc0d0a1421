"""From a problem to its closing: nothing closes without every link, and each lack names the command that supplies it.

The walk types what the refusals tell it to, with values in place of the dots, and nothing else.
"""

from __future__ import annotations

import re
import shlex

import pytest

from tests.desk import Desk, Said, approve
from tests.mending import hints as proposed

NC, CA = "NC-2026-001", "CA-2026-001"
ANSWERS = {
    "correction": "Gửi thư xin lỗi ba công dân",
    "cause_category": "procedure",
    "cause_method": "fishbone",
    "cause": "Không quy định người thay thế",
    "title": "Bố trí người thay thế",
    "result": "Quyết định phân công số 31",
    "effect_evidence": "Tháng 6 không hồ sơ nào quá hẹn",
    "verifier": "lan",
    "verified_by": "lan",
    "change": "Thêm người thay thế",
    "description": "Ba hồ sơ ngày 14/01 trả chậm một ngày.",
    "requirement": "QT-01",
    "reason": "Ghi hai lần",
    "effective": "yes",
}


def hints(said: Said) -> list[str]:
    return proposed(said.err)


def typed(hint: str) -> list[str]:
    """The command in a hint, with values for its dots."""
    words = shlex.split(hint[hint.index("qmsctl ") + len("qmsctl ") :])
    found = [re.sub(r"^(\w+)=…$", lambda m: f"{m[1]}={ANSWERS[m[1]]}", word) for word in words]
    return [ANSWERS[before.removeprefix("--")] if word == "…" else word for before, word in zip(["", *found], found, strict=False)]


def status(desk: Desk, subject: str) -> str:
    found = desk.run("show", subject, "--format", "json").json["status"]
    assert isinstance(found, str)
    return found


def logged(desk: Desk, severity: str = "major", *more: str) -> Desk:
    desk.run("nc", "log", "Ba hồ sơ trả quá hẹn", "--severity", severity, "--description", ANSWERS["description"],
             "--requirement", "QT-01", "--set", "owner=hoa", *more, by="minh")
    return desk


def planned(desk: Desk, severity: str = "major") -> Desk:
    """A nonconformity in progress whose action is planned."""
    logged(desk, severity).run("advance", NC, "confirmed", by="hoa")
    desk.run("advance", NC, "contained", "--set", "correction=Xin lỗi")
    desk.run("nc", "why", NC, "--because", "Cán bộ nghỉ", "--because", "Không có người thay", "--category", "people")
    desk.run("advance", NC, "analysed")
    new = ("new", "action", "--title", "Phân công", "--set", "kind=corrective", "--set", f"of={NC}")
    desk.fill_in(desk.run(*new, "--set", "due=2026-07-01", "--set", "owner=hoa").written[0])
    desk.run("advance", NC, "planned")
    desk.run("advance", NC, "in-progress")
    return desk


def verifying(desk: Desk, severity: str = "major", done: str = "2026-06-10") -> Desk:
    planned(desk, severity)
    desk.run("advance", CA, "done", "--set", f"done={done}", "--set", "result=Xong", by="hoa", day=done)
    desk.run("advance", NC, "verifying", day=done)
    desk.fill_in(desk.path_of(NC))
    desk.today = "2026-07-20"
    return desk


SENTENCES = {
    "contained": {"en": "“Correction (immediate)” (correction) is missing", "vi": "thiếu “Khắc phục (xử lý ngay)” (correction)"},
    "analysed": {"en": "“Method of analysis” (cause_method) has to be one of 5-whys (five whys), fishbone (fishbone diagram), fault-tree", "vi": "“Phương pháp phân tích” (cause_method) phải là một trong: 5-whys (năm câu hỏi vì sao), fishbone (biểu đồ xương cá), fault-tree"},
    "planned": {"en": f"{NC} is major; it needs at least one corrective action", "vi": f"{NC} ở mức nặng; cần ít nhất một hành động khắc phục"},
    "verifying": {"en": f"{CA} is “planned”; it has to be done", "vi": f"{CA} ở trạng thái “đã lập kế hoạch”; cần: đã hoàn thành"},
    "closed": {"en": "“Effective” (effective) has to be yes", "vi": "“Đạt hiệu lực” (effective) phải là yes (có)"},
}


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_what_the_refusals_say_leads_to_the_end(office: Desk, lang: str) -> None:
    office.lang = lang
    logged(office)
    office.run("advance", NC, "confirmed", by="hoa")
    said = office.refused("advance", NC, "closed")
    assert hints(said)[0].partition("qmsctl ")[2].startswith(f"advance {NC} contained"), "the first step on the way"
    for state, sentences in SENTENCES.items():
        if state == "verifying":
            office.run("advance", NC, "in-progress")
        if state == "closed":
            office.today = "2026-08-01"
            office.fill_in(office.path_of(NC), office.path_of(CA))
            office.sit("lan")
        for step in range(4):
            said = office.run("advance", NC, state, code=None)
            if not said.code:
                break
            assert step or sentences[lang] in said.err
            found = hints(said)
            assert len(found) == 1, f"one command for all that is missing: {said.err}"
            done = office.run(*typed(found[0]), code=None)
            if done.code:
                office.run(*typed(hints(done)[0]))
            if status(office, NC) == state:
                break
        assert status(office, NC) == state
    assert office.check()[0] == 0
    text = office.read(office.path_of(CA))
    assert f"of: [{NC}]" in text
    assert f"actions: [{CA}]" in office.read(office.path_of(NC))


CLOSING = {"effective": "yes", "effect_evidence": "Không quá hẹn", "verifier": "lan", "verified": "2026-07-20"}


def closing(**changed: str) -> list[str]:
    return [word for key, text in (CLOSING | changed).items() if text for word in ("--set", f"{key}={text}")]


@pytest.mark.parametrize(
    ("changed", "part"),
    [
        ({"effective": ""}, "“Effective” (effective) has to be yes"),
        ({"effective": "no"}, "“Effective” (effective) has to be yes"),
        ({"effect_evidence": ""}, "“Evidence of the effect” (effect_evidence) is missing"),
        ({"verifier": ""}, "“Verified by” (verifier) is missing"),
        ({"verifier": "hoa"}, "Phạm Thị Hoa may not be “Verified by” here, being “Owner” of CA-2026-001"),
        ({"verified": "2026-07-09"}, "“Verified on” (verified) is 2026-07-09; it may not be before 2026-07-10, 30 days after 2026-06-10"),
        ({"documents": "QT-01"}, "QT-01 has no effective revision that names NC-2026-001 under “answers”"),
        ({"cause": " "}, "“Root cause” (cause) is missing"),
        ({"cause_method": "direct"}, "“Method of analysis” (cause_method) has to be one of"),
        ({"actions": " "}, "“Actions” (actions) has to name at least one with kind: corrective"),
        ({"correction": " "}, "“Correction (immediate)” (correction) is missing"),
    ],
)
def test_each_shortcut_to_the_closing_is_refused(office: Desk, changed: dict[str, str], part: str) -> None:
    verifying(office)
    office.sit("lan")
    assert part in office.refused("advance", NC, "closed", *closing(**changed)).err
    office.run("advance", NC, "closed", *closing())
    assert office.check()[0] == 0


def test_what_was_given_need_not_be_looked_up_again(office: Desk) -> None:
    """Nothing of a refused command was written, so the hint has all of it."""
    verifying(office)
    office.sit("lan")
    said = office.refused("advance", NC, "closed", *closing(effect_evidence='Không "quá hẹn" $5', verifier=""))
    assert len(hints(said)) == 1
    office.run(*typed(hints(said)[0]))
    assert 'Không \\"quá hẹn\\" $5' in office.read(office.path_of(NC))


def test_nobody_without_the_right_closes(office: Desk) -> None:
    verifying(office)
    said = office.refused("advance", NC, "closed", *closing(), by="hoa")
    assert said.err.count("error:") == 1, "one sentence, not two of the same"
    [hint] = hints(said)
    assert hint.startswith(f"by Nguyễn Thị Lan, Trần Thị Bình, Lê Quốc Hùng: qmsctl advance {NC} closed --set effective=yes")


def test_an_effect_is_not_judged_before_its_day(office: Desk) -> None:
    """A day that has not come is no day on which anybody looked."""
    verifying(office)
    office.sit("lan")
    said = office.refused("advance", NC, "closed", *closing(verified="2026-08-20"))
    assert "“Verified on” (verified) is 2026-08-20; that day has not come on 2026-07-20" in said.err
    office.run(*typed(hints(said)[0]))
    assert "verified: 2026-07-20" in office.read(office.path_of(NC))


def test_a_document_is_re_issued_or_waived(office: Desk) -> None:
    """The whole way from the hint: revise, submit, approve, and the closing on the day it is in force."""
    verifying(office)
    office.run("set", NC, "documents=QT-01", by="lan")
    said = office.refused("advance", NC, "closed", *closing())
    assert hints(said) == [f'qmsctl revise QT-01 --change "…" --answers {NC}']
    office.run(*typed(hints(said)[0]))
    office.edit(office.path_of("QT-01"), "responsible: unit-head, time: 4h", "responsible: unit-head, deputy: clerk, time: 4h")
    assert hints(office.refused("advance", NC, "closed", *closing())) == ["qmsctl submit QT-01"]
    approve(office, "QT-01", office.today)
    office.run("advance", NC, "closed", *closing(), by="lan")
    assert office.check()[0] == 0


def test_a_waiver_names_its_reason(office: Desk) -> None:
    verifying(office)
    office.sit("lan")
    office.run("set", NC, "documents=QT-01")
    office.refused("set", NC, "waivers=[{document: QT-01}]")
    office.run("set", NC, "waivers=[{document: QT-01, reason: Quy trình đã đúng}]")
    office.run("advance", NC, "closed", *closing())


def test_not_effective_leads_back_to_planning(office: Desk) -> None:
    """An action that did not help is said so, another is planned, and only its effect closes the record."""
    verifying(office)
    office.sit("lan")
    said = office.refused("advance", NC, "closed", *closing(effective="no"))
    again = '--set effect_evidence="Không quá hẹn" --set verifier=lan --set verified=2026-07-20'
    assert f"if it is so, the record goes another way: qmsctl advance {NC} planned --set effective=no {again}" in hints(said)
    said = office.refused("advance", NC, "planned", "--set", "effective=no")
    other = f'qmsctl advance {NC} planned --set no_action_reason="…" --set effective=no'
    assert hints(said) == [f'qmsctl advance {CA} verified-ineffective --set verified=2026-07-20 --set verified_by="…"; or: {other}']
    office.run("advance", CA, "verified-ineffective", "--set", "verified=2026-07-20", "--set", "verified_by=lan")
    office.run("advance", NC, "planned", "--set", "effective=no")
    said = office.refused("advance", NC, "in-progress")
    assert "“Actions” (actions) has to name at least one that is planned, in progress, done, effective" in said.err
    office.run(*typed(hints(said)[0]))
    office.run("advance", NC, "in-progress")
    said = office.refused("advance", NC, "verifying")
    assert hints(said) == ['qmsctl advance CA-2026-002 done --set done=2026-07-20 --set result="…"']
    office.fill_in(office.path_of("CA-2026-002"))
    office.run("advance", "CA-2026-002", "done", "--set", "done=2026-07-20", "--set", "result=Xong", "--set", "owner=hoa")
    office.run("advance", NC, "verifying")
    office.today = "2026-09-01"
    assert "2026-08-19" in office.refused("advance", NC, "closed", *closing(verified="2026-08-18")).err
    office.run("advance", NC, "closed", *closing(verified="2026-08-19"))
    assert office.check()[0] == 0


def test_an_action_judged_ineffective_does_not_close_what_rests_on_it(office: Desk) -> None:
    verifying(office)
    office.run("advance", CA, "verified-ineffective", "--set", "verified=2026-07-20", "--set", "verified_by=lan", by="lan")
    assert "has to name at least one with kind: corrective" in office.refused("advance", NC, "closed", *closing()).err


def test_what_turns_out_later_changes_no_closing(office: Desk) -> None:
    verifying(office)
    office.run("advance", NC, "closed", *closing(), by="lan")
    office.today = "2026-08-20"
    office.run("advance", CA, "verified-ineffective", "--set", "verified=2026-08-20", "--set", "verified_by=lan")
    assert office.check()[0] == 0


def test_the_due_date_moves_by_an_extension_alone(office: Desk) -> None:
    planned(office)
    said = office.refused("set", CA, "due=2026-08-15", by="hoa")
    assert "only a row in the data block" in said.err
    assert hints(said) == [f'qmsctl set {CA} "extensions+={{until: 2026-08-15, at: 2026-06-01, by: …, reason: …}}"']
    office.run(*typed(hints(said)[0].replace("by: …", "by: lan").replace("…", "Chờ nhân sự")))
    office.today = "2026-08-15"
    assert office.check()[1]["due-date-passed"] == 0
    office.today = "2026-08-16"
    assert office.check()[1]["due-date-passed"] == 1
    assert "due: 2026-07-01" in office.read(office.path_of(CA))


@pytest.mark.parametrize(("state", "person"), [("cancelled", "lan"), ("rejected", "hoa")])
def test_what_is_given_up_needs_no_text(office: Desk, state: str, person: str) -> None:
    """The template's hints stay where they are; only the reason is asked for."""
    office.run("nc", "log", "Ghi nhầm", by="minh")
    said = office.refused("advance", NC, state, by=person)
    assert hints(said) == [f'qmsctl advance {NC} {state} --set reason="…"']
    office.run(*typed(hints(said)[0]))
    assert status(office, NC) == state
    assert office.check()[:1] == (0,)
    assert office.check()[1]["placeholder-left"] == 0


def test_an_action_that_is_given_up_needs_no_text(office: Desk) -> None:
    office.run("new", "action", "--title", "Ghi nhầm", "--set", "due=2026-07-01", by="hoa")
    assert "placeholder-left" not in office.refused("advance", CA, "cancelled").err
    office.run("advance", CA, "cancelled", "--set", "reason=Ghi nhầm")


def test_links_are_written_on_both_sides(office: Desk) -> None:
    logged(office, "minor")
    made = office.run("new", "action", "--title", "Phân công", "--set", f"of={NC}", "--set", "due=2026-07-01", by="hoa")
    assert made.written == [f"records/actions/{CA}.md", office.path_of(NC)]
    assert "nothing changes" in office.run("set", NC, f"actions+={CA}").err
    office.run("set", NC, "actions=")
    assert "of:" not in office.read(office.path_of(CA))
    office.run("set", CA, f"of+={NC}")
    assert f"actions: [{CA}]" in office.read(office.path_of(NC))
    office.run("advance", CA, "in-progress", "--set", "of=")
    assert "actions:" not in office.read(office.path_of(NC))
    office.run("revise", "QT-01", "--change", "Thêm", "--answers", NC, "--commit", by="minh")
    assert "documents: [QT-01]" in office.read(office.path_of(NC))
    assert office.path_of(NC) in office.git("show", "--name-only", "--format=", "HEAD")
    assert office.check()[0] == 0


def test_a_closed_record_is_not_touched_from_the_other_side(office: Desk) -> None:
    verifying(office).run("advance", NC, "closed", *closing(), by="lan")
    before = office.read(office.path_of(NC))
    office.run("new", "action", "--title", "Nhân rộng", "--set", "kind=preventive", "--set", f"of={NC}", "--set", "due=2026-09-01")
    assert office.read(office.path_of(NC)) == before
    assert office.check()[0] == 0


def test_a_link_left_out_by_hand_stops_the_closing(office: Desk) -> None:
    """An unfinished revision that answers the record cannot be kept out of it by leaving it off the list."""
    verifying(office)
    office.run("revise", "QT-01", "--change", "Thêm", "--answers", NC, by="minh")
    path = office.path_of(NC)
    office.write(path, office.read(path).replace("documents: [QT-01]\n", ""))
    assert office.check()[1]["link-one-sided"] == 1
    said = office.refused("advance", NC, "closed", *closing(), by="lan")
    assert "link-one-sided" in said.err
    assert any(each.startswith(f"qmsctl advance {NC} closed --set documents+=QT-01 --set effective=yes") for each in hints(said))
    assert "no effective revision" in office.refused("advance", NC, "closed", *closing(), "--set", "documents+=QT-01").err


def test_a_minor_one_without_action_is_verified_by_somebody_else(office: Desk) -> None:
    logged(office, "minor").run("advance", NC, "confirmed", by="hoa")
    path = office.path_of(NC)
    whys = office.read(path).partition("## 3.")[2]
    office.fill_in(path)
    office.write(path, f"{office.read(path).partition('## 3.')[0]}## 3.{whys}")
    for state, values in (
        ("contained", ["correction=Xin lỗi"]),
        ("analysed", ["cause=Nhầm", "cause_category=people", "cause_method=direct"]),
        ("planned", ["no_action_reason=Việc đơn lẻ"]),
        ("in-progress", []),
        ("verifying", []),
    ):
        office.run("advance", NC, state, *(word for value in values for word in ("--set", value)))
    said = office.refused("advance", NC, "closed", *closing(verifier="hoa", verified="2026-06-01"), by="lan")
    assert "Phạm Thị Hoa may not be “Verified by” here, being “Owner” of NC-2026-001" in said.err
    office.run("advance", NC, "closed", *closing(verified="2026-06-01"))
    assert "*(" in whys
    assert "## 3." not in office.read(path)
    assert "placeholder-left" not in office.check()[1]


@pytest.mark.parametrize(("values", "part"), [
    ([], "“Disposition” (disposition) is not filled in"),
    (["disposition=concession"], "“Authorized by” (authorized_by) is not filled in"),
    (["disposition=correct"], "“Re-verified by” (reverified_by) is not filled in"),
])
def test_an_output_is_disposed_of(office: Desk, values: list[str], part: str) -> None:
    logged(office, "minor", "--set", "about=output").run("advance", NC, "confirmed", by="hoa")
    given = [word for value in ["correction=Đính chính", *values] for word in ("--set", value)]
    assert part in office.refused("advance", NC, "contained", *given).err
    office.run("advance", NC, "contained", "--set", "correction=x", "--set", "disposition=re-issue", "--set", "reverified_by=hoa")


def test_nothing_is_done_or_verified_on_a_day_to_come(office: Desk) -> None:
    planned(office)
    said = office.refused("advance", CA, "done", "--set", "done=2026-06-02", "--set", "result=Xong")
    assert "“Done” (done) is 2026-06-02; that day has not come on 2026-06-01" in said.err
    office.run("advance", CA, "done", "--set", "done=2026-06-01", "--set", "result=Xong")
    verified = ("advance", CA, "verified-effective", "--set", "verified_by=lan", "--set", "verified=2026-06-02")
    assert "that day has not come on 2026-06-01" in office.refused(*verified, by="lan").err


def test_a_minor_one_without_action_is_not_verified_before_its_day(office: Desk) -> None:
    logged(office, "minor").run("advance", NC, "confirmed", by="hoa")
    office.run("advance", NC, "contained", "--set", "correction=Xin lỗi")
    office.run("advance", NC, "analysed", "--set", "cause=x", "--set", "cause_category=people", "--set", "cause_method=direct")
    office.run("advance", NC, "planned", "--set", "no_action_reason=Một lần")
    office.run("advance", NC, "in-progress")
    office.run("advance", NC, "verifying")
    office.fill_in(office.path_of(NC))
    assert "that day has not come on 2026-06-01" in office.refused("advance", NC, "closed", *closing(verified="2026-06-02"), by="lan").err


def test_a_section_is_filled_by_command(office: Desk) -> None:
    path = office.run("nc", "log", "Thiếu chữ ký", "--requirement", "QT-01", by="minh").written[0]
    said = office.refused("advance", NC, "confirmed", by="hoa")
    assert f'qmsctl advance {NC} confirmed --set description="…"' in hints(said)
    office.refused("set", NC, "description=## Tiêu đề")
    office.run("set", NC, "description=Một câu.\n\nCâu nữa.")
    assert "## 1. Mô tả\n\nMột câu.\n\nCâu nữa.\n\n## 2." in office.read(path)
    assert "has a text already" in office.refused("set", NC, "description=Khác").err
    office.run("advance", NC, "confirmed")
