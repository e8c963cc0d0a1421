"""Attacks on people, units and roles as changes to an accepted branch, and honest changes of them that look like these.

The office has chosen the second format. Each change comes in the four ways of ``landing``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest

from tests.desk import Change, Desk, Once
from tests.landing import errors, landed, passes
from tests.test_signoff_attacks import EVIDENCE, TODAY, sha256

AUDIT = "records/audits/DG-2026-01.md"
MINH = "unit: ho-tich, roles: [{role: clerk, from: 2025-01-01}]}\n  - {id: hoa"
"""The part of people.yaml that says where minh belongs."""

AUDITOR = """\
---
id: DGV-01
type: auditor
title: Đỗ Văn Minh
status: candidate
owner: lan
person: minh
---

## Đào tạo, kinh nghiệm đánh giá

```qualifications
- {training: Đánh giá viên nội bộ, date: 2025-03-01, by: Trường Chính trị}
```
"""

PLANNED = """\
---
id: DG-2026-01
type: audit
title: Đánh giá nội bộ Bộ phận Hộ tịch
status: planned
owner: lan
kind: internal
date: 2026-08-20
scope: Tiếp nhận và trả kết quả
criteria: [QT-01]
units: [ho-tich]
lead: minh
---

## Kế hoạch đánh giá

Một buổi.
"""


def audited(desk: Desk) -> None:
    """An audit of the civil status unit, to be led by somebody who belongs there."""
    desk.write("records/auditors/DGV-01.md", AUDITOR)
    desk.run("advance", "DGV-01", "current", by="lan")
    desk.write(AUDIT, PLANNED)


def planned(desk: Desk) -> None:
    """The same in an office of the second format."""
    desk.write("qms.yaml", desk.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    audited(desk)
    desk.today = TODAY
    desk.commit("an audit is planned")


@pytest.fixture
def accepted(settled: Desk, once: Once) -> Desk:
    return once(settled, planned, lambda desk: desk.git("tag", "accepted"))


# -- what counts is who belonged where, and held what, before the change ---------------------------


def announced(desk: Desk) -> None:
    desk.run("advance", "DG-2026-01", "notified", by="lan")


def unit_of_the_lead_rewritten(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("ho-tich", "mot-cua"))
    announced(desk)


def unit_of_the_lead_ended_before(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich", "units: [{unit: ho-tich, until: 2026-08-01}, {unit: mot-cua, from: 2026-08-02}]"))
    announced(desk)


def lead_belongs_nowhere(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich, ", ""))
    announced(desk)


def role_of_the_lead_ended(desk: Desk) -> None:
    """Who does steps of QT-01 as a clerk is to audit them."""
    desk.edit(AUDIT, "units: [ho-tich]", "units: [mot-cua]\nprocesses: [QT-01]")
    desk.edit("people.yaml", MINH, MINH.replace("from: 2025-01-01", "from: 2025-01-01, until: 2026-07-31"))
    announced(desk)


def auditor_named_by_the_register(desk: Desk) -> None:
    """Behind the entry of the register stands somebody of the unit that is audited."""
    desk.edit(AUDIT, "lead: minh", "lead: lan\nauditors: [DGV-01]")
    desk.edit(AUDIT, "status: planned", "status: notified")


# -- for days gone by the configuration only grows --------------------------------------------------

HOA = "{role: clerk, from: 2025-01-01}]}\n  - {id: tuan"
"""The part of people.yaml that says what hoa may do."""


def director_since_long_ago(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("]}", ", {role: director, from: 2026-01-01}]}"))


def director_at_all_times(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("]}", ", {role: director}]}"))


def role_begun_earlier(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("2025-01-01", "2020-01-01"))


def unit_rewritten_for_all_times(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("ho-tich", "mot-cua"))


def paper_of_the_old_appointment_again(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("01-01}", "01-01, basis: 3/QĐ-UBND}"))
    desk.commit("the paper")
    desk.git("tag", "--force", "accepted")
    desk.edit("people.yaml", "2025-01-01, basis: 3/QĐ-UBND", "2020-01-01, basis: 3/QĐ-UBND")


def appointed_on(desk: Desk, paper: str) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("]}", f", {{role: director, from: 2026-01-01, basis: {{number: 12/QĐ-UBND, date: 2025-12-30, {paper}}}}}]}}"))


def paper_that_is_not_there(desk: Desk) -> None:
    appointed_on(desk, f"file: attachments/decisions/12.pdf, sha256: {sha256('%PDF')}")


def photo_for_a_paper(desk: Desk) -> None:
    appointed_on(desk, f"file: {EVIDENCE}, sha256: {hashlib.sha256((desk.root / EVIDENCE).read_bytes()).hexdigest()}")


def paper_of_a_day_to_come(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-07-10, type: procedure, review: [], approve: [[director, deputy-director]], basis: {number: 40/QĐ-UBND, date: 2027-07-09}}\nreview_every:")


def more_time_for_its_own_rights(desk: Desk) -> None:
    desk.edit("qms.yaml", "effect_after: 30", "effect_after: 30\ncommit_within: 3650")
    director_since_long_ago(desk)


KEY_OF_LAN = "lan@tan-an.example, keys: [{key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDk9Hb4yWbWy5eXK8p4yUrJmqXG7Q0cTgJ7Gm2n0TqTu, from: 2026-01-01"


def key_accepted(desk: Desk, more: str = "") -> str:
    """What stands in people.yaml after the key of lan."""
    desk.edit("people.yaml", "lan@tan-an.example", f"{KEY_OF_LAN}{more}, basis: Biên bản giao khóa}}]")
    desk.commit("a key")
    desk.git("tag", "--force", "accepted")
    return f"{more}, basis"


def revocation_taken_out(desk: Desk) -> None:
    desk.edit("people.yaml", key_accepted(desk, ", revoked: 2026-07-01"), ", basis")


def revocation_put_off(desk: Desk) -> None:
    desk.edit("people.yaml", key_accepted(desk, ", revoked: 2026-07-01"), ", revoked: 2026-07-20, basis")


def review_no_longer_asked(desk: Desk) -> None:
    desk.edit("qms.yaml", "type: procedure, review: [qmr]", "type: procedure, review: []")


def anybody_may_have_approved(desk: Desk) -> None:
    desk.edit("qms.yaml", "approve: [[director, deputy-director]]", "approve: [[director, deputy-director, clerk]]")


def less_is_asked_since_last_month(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-07-10, type: procedure, review: [], approve: [[director, deputy-director]]}\nreview_every:")


def level_lowered(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-06-16, type: default, review: [], approve: [director], level: evidenced}\nreview_every:")
    desk.commit("more is asked")
    desk.git("tag", "--force", "accepted")
    desk.edit("qms.yaml", ", level: evidenced", "")


def set_aside_for_good(desk: Desk) -> None:
    desk.edit("qms.yaml", "ignore: [", "ignore: [{rule: raw-html, path: documents/, reason: Bảng, until: 2099-12-31}, ")


UNIT, OWN = "state-without-gate", "auditor-not-independent"

BY_BASE: tuple[tuple[Change, set[str]], ...] = (
    (unit_of_the_lead_rewritten, {UNIT}),
    (unit_of_the_lead_ended_before, {UNIT}),
    (lead_belongs_nowhere, {UNIT}),
    (role_of_the_lead_ended, {OWN}),
    (auditor_named_by_the_register, {UNIT}),
)

RIGHT, MATRIX, KEY, ASIDE, PAPER = "right-backdated", "approval-loosened", "revocation-undone", "ignored-too-long", "basis-invalid"

GROWN: tuple[tuple[Change, set[str]], ...] = (
    (director_since_long_ago, {RIGHT}),
    (director_at_all_times, {RIGHT}),
    (role_begun_earlier, {RIGHT}),
    (unit_rewritten_for_all_times, {RIGHT}),
    (paper_of_the_old_appointment_again, {RIGHT}),
    (paper_that_is_not_there, {PAPER}),
    (photo_for_a_paper, {PAPER}),
    (paper_of_a_day_to_come, {PAPER}),
    (more_time_for_its_own_rights, {RIGHT}),
    (revocation_taken_out, {KEY}),
    (revocation_put_off, {KEY}),
    (review_no_longer_asked, {MATRIX}),
    (anybody_may_have_approved, {MATRIX}),
    (less_is_asked_since_last_month, {MATRIX}),
    (level_lowered, {MATRIX}),
    (set_aside_for_good, {ASIDE}),
)
ATTACKS = (*BY_BASE, *GROWN)


@pytest.mark.parametrize(("attack", "rules"), ATTACKS, ids=[attack.__name__ for attack, _rules in ATTACKS])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    attack(accepted)
    for way, there, base in landed(accepted):
        assert rules <= errors(there, base), way


@pytest.mark.parametrize(("attack", "rules"), GROWN, ids=[attack.__name__ for attack, _rules in GROWN])
def test_an_office_of_the_first_format_is_told_and_not_stopped(accepted: Desk, attack: Change, rules: set[str]) -> None:
    accepted.write("qms.yaml", accepted.read("qms.yaml").replace("format: 2\nstricter_from: 2026-07-01\n", ""))
    accepted.commit("the first format")
    accepted.git("tag", "--force", "accepted")
    attack(accepted)
    found = accepted.run("check", "--base", "accepted", "--format", "json", code=None).json["diagnostics"]
    assert {each["severity"] for each in found if each["rule"] in rules} == {"note"}


# -- honest changes -------------------------------------------------------------------------------


def moved_then_announced(desk: Desk) -> None:
    """Somebody moves to another unit, which is accepted first; then the audit."""
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich", "units: [{unit: ho-tich, until: 2026-07-31}, {unit: mot-cua, from: 2026-08-01}]"))
    desk.commit("moved")
    desk.git("tag", "--force", "accepted")
    announced(desk)


def moved_while_a_record_goes_on(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich", "units: [{unit: ho-tich, until: 2026-07-31}, {unit: mot-cua, from: 2026-08-01}]"))
    desk.run("nc", "log", "Thiếu chữ ký", "--severity", "minor", "--requirement", "QT-01", "--set", "owner=hoa", by="minh")
    desk.fill_in("records/nonconformities/NC-2026-002.md")


def auditor_of_another_unit_named_by_the_register(desk: Desk) -> None:
    desk.edit(AUDIT, "units: [ho-tich]", "units: [mot-cua]")
    desk.edit(AUDIT, "lead: minh", "lead: minh\nauditors: [DGV-01]")
    announced(desk)


def announced_for_a_reason(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich", "units: [{unit: ho-tich, from: 2025-01-01}]"))
    desk.run("set", "DG-2026-01", "own_unit_reason=Chỉ có một đánh giá viên", by="lan")
    announced(desk)


def appointed_late_with_the_paper(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("]}", ", {role: director, from: 2026-01-01, basis: {number: 12/QĐ-UBND, date: 2025-12-30}}]}"))


def appointed_late_with_the_scan(desk: Desk) -> None:
    desk.write("attachments/decisions/12.pdf", "%PDF")
    appointed_on(desk, f"file: attachments/decisions/12.pdf, sha256: {sha256('%PDF')}")


def appointed_last_week(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("]}", ", {role: deputy-director, from: 2026-07-27}]}"))


def the_approver_has_left(desk: Desk) -> None:
    desk.edit("people.yaml", "unit: lanh-dao, roles: [{role: director, from: 2025-01-01}]", "unit: lanh-dao, until: 2026-05-31, roles: [{role: director, from: 2025-01-01, until: 2026-05-31}]")


def a_right_shortened(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("2025-01-01", "2025-06-01, until: 2026-06-30"))


def a_period_prolonged(desk: Desk) -> None:
    desk.edit("people.yaml", HOA, HOA.replace("2025-01-01", "2025-01-01, until: 2026-07-31"))
    desk.commit("for a time")
    desk.git("tag", "--force", "accepted")
    desk.edit("people.yaml", ", until: 2026-07-31", ", until: 2027-07-31")


def offices_merged(desk: Desk) -> None:
    """A unit and its people go to another one; somebody comes from another office, with a role there."""
    desk.edit("qms.yaml", "{id: lanh-dao, name: Lãnh đạo}]", "{id: lanh-dao, name: Lãnh đạo}, {id: van-phong, name: Văn phòng}]")
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich", "units: [{unit: ho-tich, until: 2026-07-31}, {unit: van-phong, from: 2026-08-01}]"))
    desk.write("people.yaml", desk.read("people.yaml") + "  - {id: mai, name: Hồ Thị Mai, email: mai@tan-an.example, unit: van-phong, from: 2026-08-01, roles: [{role: deputy-director, from: 2024-01-01}]}\n")


def level_raised(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-08-03, type: default, review: [], approve: [director], level: evidenced}\nreview_every:")


def less_asked_from_today(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-08-03, type: procedure, review: [], approve: [[director, deputy-director]]}\nreview_every:")


def less_asked_by_a_decision(desk: Desk) -> None:
    desk.edit("qms.yaml", "review_every:", "  - {from: 2026-07-10, type: procedure, review: [], approve: [[director, deputy-director]], basis: {number: 40/QĐ-UBND, date: 2026-07-09}}\nreview_every:")


def a_key_revoked(desk: Desk) -> None:
    desk.edit("people.yaml", key_accepted(desk), ", revoked: 2026-07-01, basis")


def set_aside_for_a_year(desk: Desk) -> None:
    desk.edit("qms.yaml", "ignore: [", "ignore: [{rule: raw-html, path: documents/, reason: Bảng, until: 2027-08-03}, ")


HONEST: tuple[Callable[[Desk], None], ...] = (
    auditor_of_another_unit_named_by_the_register, moved_then_announced, moved_while_a_record_goes_on, announced_for_a_reason, appointed_late_with_the_paper, appointed_late_with_the_scan, appointed_last_week,
    the_approver_has_left, a_right_shortened, a_period_prolonged, offices_merged, level_raised, less_asked_from_today,
    less_asked_by_a_decision, a_key_revoked, set_aside_for_a_year,
)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    passes(accepted, change)


@pytest.mark.parametrize("base", [("--base", "accepted"), ()])
def test_who_was_taken_out_is_to_be_entered_again(accepted: Desk, base: tuple[str, ...]) -> None:
    """To sign again in the place of somebody who has left would not be honest; where nobody knows of them it is the other way."""
    (line,) = (each for each in accepted.read("people.yaml").splitlines(keepends=True) if "id: lan," in each)
    accepted.edit("people.yaml", line, "")
    said = accepted.run("check", *base, "--format", "json", code=1).json["diagnostics"]
    hints = [each["hint"] for each in said if each["rule"] == "signer-without-role"]
    assert hints
    assert all("enter lan in people.yaml again" in each for each in hints), hints
    assert any("; or: " in each for each in hints) == (not base)
