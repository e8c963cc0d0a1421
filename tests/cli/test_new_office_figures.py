"""A new office of every profile a year on: what was never done is asked for, what was promised is followed, what was signed stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.desk import Desk, qmsctl
from tests.office import dossier

BEGUN, TODAY = "2025-01-06", "2026-03-02"
ME = ("--organization", "Cơ quan A", "--name", "Đỗ Văn Minh", "--email", "minh@tan-an.example")
AUDITS = {"iso9001-2008": "8.2.2", "iso9001-2015": "9.2.2"}
PLAN = """---
id: MTCL-2025
type: objectives-plan
title: Mục tiêu chất lượng năm 2025
revision: 1
owner: minh
year: 2025
---

```objectives
- {no: M1, objective: Đúng hẹn, measure: đếm, target: 98 %, owner: minh, due: 2026-12-31}
```
"""
AUDIT = "---\nid: DG-2025-01\ntype: audit\ntitle: Đánh giá nội bộ\nstatus: performed\nkind: internal\nperformed: 2025-09-10\n---\n"
PROGRAMME = '---\nid: CTDG-2025-01\ntype: audit-programme\ntitle: Chương trình\nstatus: running\n---\n\n```grid\n- {unit: x, month: 2025-09, clauses: ["8.2"]}\n```\n'
OBJECTIVE = "---\nid: MT-2025-01\ntype: objective\ntitle: M1 – Đúng hẹn\nstatus: active\nowner: minh\nplan: MTCL-2025\n---\n"


@pytest.fixture(params=[(profile, standard) for profile in ("agency", "company") for standard in AUDITS], ids="-".join)
def office(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> tuple[Desk, str]:
    """An office laid down in January 2025, with a plan of objectives in force, and the clause of its internal audits."""
    profile, standard = request.param
    root = tmp_path / "office"
    assert qmsctl("--today", BEGUN, "init", root, "--profile", profile, "--standard", standard, "--lang", "vi", *ME, "--commit").code == 0
    desk = Desk(root, today=TODAY)
    people = desk.read("people.yaml")
    others = "".join(
        f"\n  - {{id: {name}, name: {name}, email: {name}@tan-an.example, roles: [{{role: {role}, from: 2025-01-01}}]}}"
        for name, role in (("binh", "director"), ("lan", "qmr"))
    )
    desk.write("people.yaml", re.sub(r"^people:", f"people:{others}", people, count=1, flags=re.MULTILINE))
    path = "documents/objectives/MTCL-2025.md"
    desk.write(path, PLAN)
    signed = "author minh 2025-01-08T08:00:00+07:00\nreview lan qmr 2025-01-09T08:00:00+07:00\napprove binh director 2025-01-10T08:00:00+07:00\n"
    for name, data in dossier({path: PLAN.encode()}, "MTCL-2025", signed).items():
        desk.write(name, data)
    desk.commit("plan")
    return desk, AUDITS[standard]


def told(desk: Desk, rule: str) -> list[str]:
    return [each["message"] for each in desk.diagnostics() if each["rule"] == rule and each["severity"] != "note"]


def test_a_year_without_an_audit_leaves_the_clause_open(office: tuple[Desk, str]) -> None:
    desk, clause = office

    def missing() -> list[str]:
        return [each for each in told(desk, "required-record-missing") if f", {clause}, " in each]

    assert len(missing()) == 1
    desk.write("records/audits/DG-2025-01.md", AUDIT)
    assert len(missing()) == 1, "an audit, and no programme"
    desk.write("records/audit-programmes/CTDG-2025-01.md", PROGRAMME)
    assert missing() == []
    desk.write("records/audits/DG-2025-01.md", AUDIT.replace("performed: 2025", "date: 2026").replace("status: performed", "status: planned"))
    assert len(missing()) == 1, "one that is only planned"


def test_a_row_of_the_plan_is_followed(office: tuple[Desk, str]) -> None:
    desk, _clause = office
    of_the_kit = desk.root / "records/objectives/MT-2025-01.md"
    assert len(told(desk, "objective-not-followed")) == (0 if of_the_kit.exists() else 1)
    of_the_kit.unlink(missing_ok=True)
    assert len(told(desk, "objective-not-followed")) == 1
    desk.write("records/objectives/MT-2025-01.md", OBJECTIVE)
    assert told(desk, "objective-not-followed") == []


def test_a_sign_off_that_was_deleted_is_missed(office: tuple[Desk, str]) -> None:
    desk, _clause = office
    assert told(desk, "sign-off-deleted") == []
    path = f"{desk.dossiers('MTCL-2025')[0]}/review.lan.md"
    desk.git("rm", "--quiet", path)
    desk.commit("tidied up")
    assert len(told(desk, "sign-off-deleted")) == 1
