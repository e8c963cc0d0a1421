"""Attacks on people, units and roles as changes to an accepted branch, and honest changes of them that look like these.

The office has chosen the second format. Each change comes in the four ways of ``test_change_attacks``.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.desk import Desk
from tests.test_change_attacks import Change, errors, landed
from tests.test_signoff_attacks import TODAY

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


@pytest.fixture
def accepted(settled: Desk) -> Desk:
    settled.write("qms.yaml", settled.read("qms.yaml") + "format: 2\nstricter_from: 2026-07-01\n")
    audited(settled)
    settled.today = TODAY
    settled.commit("an audit is planned")
    settled.git("tag", "accepted")
    return settled


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


UNIT, OWN = "state-without-gate", "auditor-not-independent"

BY_BASE: tuple[tuple[Change, set[str]], ...] = (
    (unit_of_the_lead_rewritten, {UNIT}),
    (unit_of_the_lead_ended_before, {UNIT}),
    (lead_belongs_nowhere, {UNIT}),
    (role_of_the_lead_ended, {OWN}),
)


@pytest.mark.parametrize(("attack", "rules"), BY_BASE, ids=[attack.__name__ for attack, _rules in BY_BASE])
def test_is_caught_however_it_comes_in(accepted: Desk, attack: Change, rules: set[str]) -> None:
    attack(accepted)
    for way, there, base in landed(accepted):
        assert rules <= errors(there, base), way


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


def announced_for_a_reason(desk: Desk) -> None:
    desk.edit("people.yaml", MINH, MINH.replace("unit: ho-tich", "units: [{unit: ho-tich, from: 2025-01-01}]"))
    desk.run("set", "DG-2026-01", "own_unit_reason=Chỉ có một đánh giá viên", by="lan")
    announced(desk)


HONEST: tuple[Callable[[Desk], None], ...] = (moved_then_announced, moved_while_a_record_goes_on, announced_for_a_reason)


@pytest.mark.parametrize("change", HONEST, ids=lambda change: change.__name__)
def test_an_honest_change_passes_however_it_comes_in(accepted: Desk, change: Change) -> None:
    change(accepted)
    for way, there, base in landed(accepted):
        assert errors(there, base) == set(), way
