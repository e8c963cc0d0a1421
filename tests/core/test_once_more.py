"""What is signed again: which dossier, by whom, and when nobody may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from qmsctl.core.diagnostic import Severity
from qmsctl.core.dossier import Basis
from qmsctl.core.edit import Edit
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.actor import Act, Actor
from qmsctl.core.lifecycle.adoption import adopt
from qmsctl.core.lifecycle.document_way import sign_round, submit, withdraw
from qmsctl.core.lifecycle.once_more import to_give_again
from qmsctl.core.lifecycle.record_states import advance, reopen
from qmsctl.errors import Refusal
from qmsctl.rules import all_rules, load_rule
from tests.office import office

TEXT = """
```md documents/policy/CSCL.md
---
id: CSCL
type: policy
title: Chính sách chất lượng
revision: 1
owner: lan
---
```
"""
EVIDENCED = """
```yaml qms.yaml
organization: {name: UBND phường Tân An, code: TA}
language: vi
time_zone: Asia/Ho_Chi_Minh
standards: [iso9001-2008]
format: 2
stricter_from: 2026-08-01
units: [{id: lanh-dao, name: Lãnh đạo}]
roles: [{id: director, title: Chủ tịch}, {id: qmr, title: Đại diện lãnh đạo}]
approval:
  - {from: 2025-01-01, type: default, review: [], approve: [director], level: evidenced}
  - {from: 2025-01-01, type: action, level: evidenced}
```
"""
FILE = Basis("7/PTK", datetime.fromisoformat("2026-05-20T00:00:00+07:00").date(), "attachments/p.pdf", "0" * 64)


def signed(lines: str, more: str = "") -> Library:
    return office(f"{more}{TEXT}```dossier CSCL\n{lines}```\n")


def act(person: str, *, again: bool = False, minute: int = 0, **more: object) -> Act:
    at = datetime.fromisoformat("2026-06-01T08:00:00+07:00") + timedelta(minutes=minute)
    return replace(Act(Actor(person), at, again=again), **more)  # type: ignore[arg-type]


def names(edit: Edit) -> list[str]:
    return [change.path.rpartition("/")[2] for change in edit.changes]


AUTHOR = "author lan 2026-05-20T08:00:00+07:00\n"
APPROVED = AUTHOR + "approve binh director 2026-05-21T08:00:00+07:00\n"


def test_what_counts_is_not_signed_again() -> None:
    with pytest.raises(Refusal, match="revision 1 is approved"):
        sign_round(signed(APPROVED), "CSCL", "approve", act("binh"))
    with pytest.raises(Refusal, match="there is no sign-off on CSCL for Trần Thị Bình to give again"):
        sign_round(signed(APPROVED), "CSCL", "approve", act("binh", again=True))


@pytest.mark.parametrize("again", [True, False])
def test_too_low_and_again_with_the_paper(again: bool) -> None:
    library = signed(APPROVED, EVIDENCED)
    assert [d.path.rpartition("/")[2] for d in run(library, [load_rule("level-too-low")]).diagnostics if d.severity is Severity.ERROR] == ["approve.binh.md"]
    edit = sign_round(library, "CSCL", "approve", act("binh", again=again, basis=FILE))
    assert names(edit) == ["approve.binh.2.md"]
    after = library.after(edit)
    assert after.standing("CSCL").rounds[0].approved_on == after.today
    third = sign_round(after, "CSCL", "approve", act("binh", again=again, minute=1))
    assert names(third) == ["approve.binh.3.md"], "the paper named is not there, so the second counts no more than the first"


def test_the_first_becomes_a_note_and_the_second_is_judged() -> None:
    library = signed(APPROVED, EVIDENCED)
    library = library.after(sign_round(library, "CSCL", "approve", act("binh")))
    found = run(library, [load_rule("level-too-low")]).diagnostics
    assert [(d.path.rpartition("/")[2], d.severity) for d in found] == [
        ("qms.yaml", Severity.NOTE), ("approve.binh.2.md", Severity.ERROR), ("approve.binh.md", Severity.NOTE)
    ]
    assert str(found[2].message).endswith("; Trần Thị Bình signed again on 2026-06-01")


def test_old_ones_only_where_that_is_asked() -> None:
    """Whether a change may still bring them is known only where it is compared."""
    library = signed(APPROVED.replace("2026-05", "2026-02"))
    with pytest.raises(Refusal, match="revision 1 is approved"):
        sign_round(library, "CSCL", "approve", act("binh"))
    assert names(sign_round(library, "CSCL", "approve", act("binh", again=True))) == ["approve.binh.2.md"]
    assert names(submit(library, "CSCL", act("lan", again=True))) == ["author.lan.2.md"]


def test_somebody_else_takes_up_what_was_not_theirs_to_give() -> None:
    library = signed(AUTHOR + "approve hoa director 2026-05-21T08:00:00+07:00\n")
    edit = sign_round(library, "CSCL", "approve", act("binh", again=True))
    assert names(edit) == ["approve.binh.md"]
    after = library.after(edit)
    assert [(d.path.rpartition("/")[2], d.severity) for d in run(after, [load_rule("signer-without-role")]).diagnostics] == [
        ("approve.hoa.md", Severity.NOTE)
    ]


def test_nobody_takes_up_what_was_well_given() -> None:
    library = signed(APPROVED, EVIDENCED)
    assert to_give_again(library, "CSCL", "approve", act("binh")) is not None
    with pytest.raises(Refusal, match="for Nguyễn Thị Lan to give again"):
        sign_round(library, "CSCL", "approve", act("lan", again=True))


def test_a_returned_text_does_not_come_back_by_signing_again() -> None:
    library = signed(AUTHOR.replace("2026-05", "2026-02") + "return binh director 2026-05-21T08:00:00+07:00\n")
    with pytest.raises(Refusal, match="no sign-off"):
        submit(library, "CSCL", act("lan", again=True))


def test_adopted_and_withdrawn_again() -> None:
    adopted = "adopt lan director 2026-05-21T08:00:00+07:00\n"
    library = signed(adopted)
    assert names(adopt(library, "CSCL", act("binh", again=True, basis=FILE))) == ["adopt.binh.md"]
    given_up = signed(APPROVED + "withdraw binh director 2026-05-22T08:00:00+07:00\n", EVIDENCED)
    assert names(withdraw(given_up, "CSCL", act("binh", again=True, comment="Không dùng nữa"))) == ["withdraw.binh.2.md"]


RECORD = """
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Phân công người thay
status: verified-effective
raised: 2026-05-03
owner: minh
due: 2026-05-31
done: 2026-05-10
result: Đã có quyết định phân công
verified: 2026-05-20
verified_by: lan
---
```
```dossier CA-2026-001
verify lan qmr 2026-05-20T08:00:00+07:00
"""


def test_the_state_of_a_record_signed_again() -> None:
    library = office(f"{EVIDENCED}{RECORD}```\n")
    edit = advance(library, "CA-2026-001", "verified-effective", act("lan"), {})
    assert names(edit) == ["verify.lan.2.md"]
    with pytest.raises(Refusal, match="is closed"):
        advance(office(f"{RECORD}```\n"), "CA-2026-001", "verified-effective", act("lan"), {})


BACK = RECORD.partition("```dossier")[0].replace("status: verified-effective", "status: done")
REOPENED = f"{RECORD}reopen lan qmr 2026-05-25T08:00:00+07:00\n```\n{BACK}"


def found(library: Library, *rules: str) -> list[tuple[str, str, Severity]]:
    """What these rules have to say: the rule, the file's name, how grave."""
    said = run(library, [load_rule(name) for name in rules]).diagnostics
    return [(each.rule, each.path.rpartition("/")[2], each.severity) for each in said]


def test_a_closing_that_was_undone_is_signed_again_and_stays_undone() -> None:
    rules = ("level-too-low", "closed-record-changed", "frozen-field-changed", "state-without-gate")
    library = office(f"{EVIDENCED}{REOPENED}")
    assert found(library, *rules)[0] == ("level-too-low", "reopen.lan.md", Severity.ERROR)
    assert found(library, *rules)[1] == ("level-too-low", "verify.lan.md", Severity.ERROR)
    edit = advance(library, "CA-2026-001", "verified-effective", act("lan", again=True), {})
    assert names(edit) == ["verify.lan.2.md"]
    assert b"\ninstead_of: verify.lan.md\n" in (edit.changes[0].after or b"")
    after = library.after(edit)
    assert after.by_id["CA-2026-001"].status == "done"
    assert ("level-too-low", "verify.lan.md", Severity.NOTE) in found(after, *rules)
    assert {rule for rule, _name, _severity in found(after, *rules)} == {"level-too-low"}
    third = advance(after, "CA-2026-001", "verified-effective", act("lan", again=True, minute=1), {})
    assert b"\ninstead_of: verify.lan.md\n" in (third.changes[0].after or b"")
    assert names(reopen(library, "CA-2026-001", act("lan", again=True, comment="Chưa đạt"))) == ["reopen.lan.2.md"]


def test_what_is_closed_anew_is_not_closed_in_the_place_of_an_earlier_closing() -> None:
    """With the field it brings nothing back; taken out, it closes what is open; and it hides no closing that came after."""
    lines = REOPENED.replace("```\n\n```md", "verify lan qmr 2026-05-27T08:00:00+07:00 {field}\n```\n\n```md")
    assert lines != REOPENED
    rule = ("closed-record-changed",)
    assert found(office(lines.format(field="instead_of=verify.lan.md")), *rule) == []
    for field in ("", "instead_of=verify.hoa.md", "instead_of=reopen.lan.md", "instead_of=verify.lan.2.md"):
        assert [each[0] for each in found(office(lines.format(field=field)), *rule)] == ["closed-record-changed"], field
    both = lines.format(field="") .replace("+07:00 \n```", "+07:00\nverify lan qmr 2026-05-28T08:00:00+07:00 instead_of=verify.lan.md\n```")
    assert [each[0] for each in found(office(both), *rule)] == ["closed-record-changed"]
    closed = lines.format(field="instead_of=verify.lan.md").replace("status: done", "status: verified-effective")
    assert "state-without-gate" in {each[0] for each in found(office(closed), "state-without-gate")}


def test_no_rule_but_those_of_single_sign_offs_is_hushed() -> None:
    assert {rule.id for rule in all_rules() if rule.taken_up} == {
        "approved-before-review", "approved-by-author", "committed-by-another", "entered-without-evidence", "evidence-empty", "level-too-low", "paper-approver-without-role", "paper-before-submission",
        "sign-off-backdated", "sign-off-misdated", "signer-absent", "signature-invalid", "signature-key-expired", "signature-key-unknown",
        "sign-off-of-another-office", "signer-without-role",
    }
