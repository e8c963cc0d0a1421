"""What the owner of a record changes alone, brought in by fast-forward, merge, squash and rebase, and honest changes that look like it.

Then the same in a new office of each profile and edition, where the commands refuse it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk import Change, Desk, Once, qmsctl
from tests.landing import errors, landed, passes
from tests.test_signoff_attacks import TODAY

CA, NC2 = "records/actions/CA-2026-001.md", "records/nonconformities/NC-2026-002.md"
ROW = "extensions+={{until: 2026-12-31, at: 2026-08-03, by: {by}, reason: Chờ dự toán}}"
LATER = "2026-09-30"


def give_work(desk: Desk) -> None:
    """NC-2026-002 planned with an action that waits and one that is done; all committed, of format 2."""
    desk.run("upgrade")
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in(NC2)
    desk.run("advance", "NC-2026-002", "confirmed", by="tuan")
    desk.run("advance", "NC-2026-002", "contained", "--set", "correction=Ký bổ sung")
    cause = ("--set", "cause=Thiếu người", "--set", "cause_method=direct", "--set", "cause_category=people")
    desk.run("advance", "NC-2026-002", "analysed", *cause)
    for title in ("Phân công người thay", "Dán bảng nhắc"):
        desk.run("new", "action", "--title", title, "--set", "kind=corrective", "--set", "due=2026-08-31", "--set", "of=NC-2026-002", "--set", "owner=hoa")
    desk.fill_in(CA, CA.replace("001", "002"))
    desk.run("set", "CA-2026-001", ROW.format(by="lan").replace("2026-12-31", "2026-09-15"))
    desk.run("advance", "NC-2026-002", "planned", "--set", "documents=QT-01")
    desk.run("advance", "CA-2026-002", "done", "--set", "done=2026-08-03", "--set", "result=Đã dán")
    desk.commit("work")
    desk.git("tag", "accepted")
    assert desk.errors() == [], desk.diagnostics()


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    return once(settled, give_work)


def action_taken_out(desk: Desk) -> None:
    desk.write(NC2, desk.read(NC2).replace("CA-2026-001, ", ""))
    desk.edit(CA, "of: [NC-2026-002]", "of: []")


def document_taken_out(desk: Desk) -> None:
    desk.edit(NC2, "documents: [QT-01]\n", "")


def day_written_over(desk: Desk) -> None:
    desk.edit(CA, "due: 2026-08-31", "due: 2026-12-31")


def row_written_over(desk: Desk) -> None:
    desk.edit(CA, "2026-09-15", "2026-12-31")


def time_for_oneself(desk: Desk) -> None:
    desk.write(CA, desk.read(CA) + f"\n~~~extensions\n- {ROW.format(by='hoa')[12:]}\n~~~\n")


def role_granted_with_its_sign_off(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every", "  - {from: 2026-08-03, type: action, sign: {cancelled: [clerk]}}\nreview_every")
    desk.run("advance", "CA-2026-001", "cancelled", "--set", "reason=Không cần", "--role", "clerk", by="minh")


ATTACKS = {
    action_taken_out: "planned-taken-out", document_taken_out: "planned-taken-out", day_written_over: "due-date-moved",
    row_written_over: "due-date-moved", time_for_oneself: "extension-by-owner", role_granted_with_its_sign_off: "authority-granted-in-change",
}


def action_cancelled(desk: Desk) -> None:
    desk.run("advance", "CA-2026-001", "cancelled", "--set", "reason=Trùng CA-2026-002", by="lan")


def document_waived(desk: Desk) -> None:
    desk.edit(NC2, "documents: [QT-01]\n", "waivers: [{document: QT-01, reason: Bước này đã bỏ}]\n")


def time_granted(desk: Desk) -> None:
    desk.run("set", "CA-2026-001", ROW.format(by="lan"))


def more_planned(desk: Desk) -> None:
    desk.run("new", "action", "--title", "Tập huấn", "--set", "kind=corrective", "--set", "due=2026-08-31", "--set", "of=NC-2026-002")
    desk.fill_in(CA.replace("001", "003"))


HONEST = (action_cancelled, document_waived, time_granted, more_planned)


@pytest.mark.parametrize(("attack", "rule"), ATTACKS.items(), ids=lambda each: getattr(each, "__name__", each))
def test_what_the_owner_does_alone_is_told_however_it_lands(accepted: Desk, attack: Change, rule: str) -> None:
    attack(accepted)
    for way, there, base in landed(accepted):
        assert rule in errors(there, base), way


@pytest.mark.parametrize("change", HONEST, ids=lambda each: each.__name__)
def test_the_honest_way_lands_silently(accepted: Desk, change: Change) -> None:
    passes(accepted, change)


VERIFY = ("advance", "CA-2026-002", "verified-effective", "--set", f"verified={LATER}", "--set", "verified_by=lan")


def test_an_effect_is_verified_by_command(accepted: Desk) -> None:
    evidence = ("--set", "effect_evidence=Không hồ sơ nào thiếu chữ ký")
    for words, by, day in (
        (VERIFY, "lan", LATER),
        ((*VERIFY, *evidence), "hung", LATER),
        ((*VERIFY, *evidence), "hoa", LATER),
        (tuple(word.replace(LATER, "2026-08-20") for word in (*VERIFY, *evidence)), "lan", "2026-08-20"),
    ):
        assert "state-without-gate" in accepted.refused(*words, by=by, day=day).err
    accepted.run(*VERIFY, *evidence, by="lan", day=LATER)
    assert "state-without-gate" not in accepted.errors(LATER)


# -- a new office of each profile -----------------------------------------------------------------


PEOPLE = """\
  - {{id: hoa, name: Hoa, email: hoa@tan-an.example, unit: {unit}, roles: [{{role: unit-head, from: 2026-01-01}}]}}
  - {{id: binh, name: Binh, email: binh@tan-an.example, unit: {unit}, roles: [{{role: director, from: 2026-01-01}}]}}
  - {{id: khanh, name: Khanh, email: khanh@tan-an.example, unit: {unit}, roles: [{{role: internal-auditor, from: 2026-01-01}}]}}
"""


@pytest.fixture(params=[(profile, standard) for profile in ("agency", "company") for standard in ("iso9001-2008", "iso9001-2015")], ids="-".join)
def new_office(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> Desk:
    profile, standard = request.param
    me = ("--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
    said = qmsctl("--today", TODAY, "init", tmp_path / "new", "--profile", profile, "--standard", standard, "--lang", "en", *me, "--commit")
    assert said.code == 0, said.err
    desk = Desk(tmp_path / "new", TODAY)
    desk.write("people.yaml", desk.read("people.yaml") + PEOPLE.format(unit="leadership"))
    desk.commit("people")
    return desk


def act(desk: Desk) -> None:
    desk.run("new", "action", "--title", "A second pair of eyes", "--set", "kind=corrective", "--set", "due=2026-08-31", "--set", "owner=hoa", by="hoa")
    desk.fill_in(CA)


def test_a_new_office_moves_no_day_for_itself(new_office: Desk) -> None:
    act(new_office)
    assert "extension-by-owner" in new_office.refused("set", "CA-2026-001", ROW.format(by="hoa")).err
    new_office.refused("set", "CA-2026-001", "due=2026-12-31")
    new_office.run("set", "CA-2026-001", ROW.format(by="binh"))
    assert "extension-by-owner" not in new_office.errors()


def test_a_new_office_says_who_verifies(new_office: Desk) -> None:
    desk = new_office
    act(desk)
    desk.run("advance", "CA-2026-001", "done", "--set", f"done={TODAY}", "--set", "result=Done")
    words = ("advance", "CA-2026-001", "verified-effective", "--set", f"verified={LATER}", "--set", "effect_evidence=No case was late")
    auditor = (*words, "--set", "verified_by=khanh")
    assert "state-without-gate" in desk.refused(*words, "--set", "verified_by=khanh", by="binh", day=LATER).err
    desk.refused(*auditor, by="khanh", day=LATER)
    desk.edit("qms.yaml", "\napproval:\n", f"\napproval:\n  - {{from: {LATER}, type: action, sign: {{verified-effective: [internal-auditor]}}}}\n")
    desk.run(*auditor, by="khanh", day=LATER)
    assert not {"state-without-gate", "signer-without-role", "configuration-invalid"} & set(desk.errors(LATER))
