"""An audit programme is closed when what it planned was asked, and its pages say what was not."""

from __future__ import annotations

import pytest

from qmsctl.core.diagnostic import Severity
from qmsctl.core.engine import run
from qmsctl.core.library import Library
from qmsctl.reports.parts.planned import planned_for, planned_in
from qmsctl.rules import load_rule
from tests.office import office

STRICTER = "Stricter from: 2026-01-01\n"
PROGRAMME = """```md records/audit-programmes/CTDG-2026-01.md
---
id: CTDG-2026-01
type: audit-programme
title: Chương trình năm 2026
status: closed
owner: lan
year: 2026
cycle: 1y
conclusion: Xong
---
```grid
- {{unit: mot-cua, month: 2026-04, clauses: ["7.2", 8.3], processes: [QT-07], audit: DG-2026-01}}
- {{unit: ho-tich, month: 2026-05, clauses: [8.2.4], audit: {second}}}
```end
```
```dossier CTDG-2026-01
close lan qmr 2026-05-20T08:00:00+07:00
```
"""
PROCEDURE = "```md documents/procedures/QT-07.md\n---\nid: QT-07\ntype: procedure\ntitle: Trích lục\nrevision: 1\nowner: lan\n---\n```\n"
ALL = ("7.2.1", "7.2.2", "7.2.3", "8.3", "QT-07")


def audit(name: str, units: str, status: str = "closed") -> str:
    text = f"---\nid: {name}\ntype: audit\ntitle: Đánh giá {name}\nstatus: {status}\nkind: internal\nunits: [{units}]\nreason: Hoãn\n---\n"
    return f"```md records/audits/{name}.md\n{text}```\n"


def checklist(name: str, audit_of: str, *asked: str, status: str = "filled") -> str:
    rows = "".join(f"- {{requirement: '{each}', question: Có làm đúng không?, evidence: 5 hồ sơ, result: conform}}\n" for each in asked)
    text = f"---\nid: {name}\ntype: audit-checklist\ntitle: Phiếu\nstatus: {status}\nowner: minh\naudit: {audit_of}\n---\n~~~lines\n{rows}~~~\n"
    return f"```md records/audit-checklists/{name}.md\n{text}```\n"


def programme(second: str = "DG-2026-02") -> str:
    return PROGRAMME.format(second=second).replace("```grid", "~~~grid").replace("```end", "~~~") + PROCEDURE


AUDITS = audit("DG-2026-01", "mot-cua") + audit("DG-2026-02", "ho-tich")
SECOND = checklist("PGC-2026-002", "DG-2026-02", "8.2.4")
HONEST = {
    "one by one": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL) + SECOND,
    "by a clause above": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", "7.2", "8.3", "QT-07") + SECOND,
    "in two checklists": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", "7.2") + checklist("PGC-2026-003", "DG-2026-01", "8.3", "QT-07") + SECOND,
    "one audit of both units": programme("DG-2026-01") + audit("DG-2026-01", "mot-cua, ho-tich") + checklist("PGC-2026-001", "DG-2026-01", *ALL, "8.2.4"),
}
WRONG = {
    "a clause left out": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", "7.2.1", "7.2.2", "8.3", "QT-07") + SECOND,
    "a procedure left out": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL[:-1]) + SECOND,
    "another procedure": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL[:-1], "QT-08") + SECOND,
    "no checklist at all": programme() + AUDITS + SECOND,
    "a checklist not filled in": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL, status="open") + SECOND,
    "asked in another unit": programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-02", *ALL, "8.2.4"),
    "the audit did not go to the unit": programme() + audit("DG-2026-01", "mot-cua") + audit("DG-2026-02", "lanh-dao") + checklist("PGC-2026-001", "DG-2026-01", *ALL) + SECOND,
    "the audit was cancelled": programme() + audit("DG-2026-01", "mot-cua") + audit("DG-2026-02", "ho-tich", "cancelled") + checklist("PGC-2026-001", "DG-2026-01", *ALL) + SECOND,
    "an audit outside the programme": programme() + AUDITS + audit("DG-2026-03", "mot-cua") + checklist("PGC-2026-001", "DG-2026-03", *ALL) + SECOND,
}


LACKS = ("no checklist of", "no audit of this", "which were taken out")


def said(library: Library, severity: Severity = Severity.ERROR) -> list[str]:
    found = run(library, [load_rule("state-without-gate")]).diagnostics
    return [str(each.message) for each in found if each.severity is severity and any(part in str(each.message) for part in LACKS)]


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG)
def test_a_programme_is_not_closed_before_all_was_asked(text: str) -> None:
    library = office(STRICTER + text)
    assert len(said(library)) == 1
    lines = planned_in(library.by_id["CTDG-2026-01"], library)
    assert sum(bool(each.left_out) or not each.audits for each in lines) == 1


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_it_is_closed_when_all_was_asked(text: str) -> None:
    library = office(STRICTER + text)
    assert said(library) == []
    assert [each.left_out for each in planned_in(library.by_id["CTDG-2026-01"], library)] == [(), ()]


def test_one_that_was_closed_before_is_told_in_a_note() -> None:
    assert said(office("Stricter from: 2026-05-21\n" + WRONG["a clause left out"])) == []


def test_an_audit_knows_what_was_planned_for_it() -> None:
    library = office(STRICTER + WRONG["a clause left out"])
    first, second = (planned_for(library.by_id[name], library) for name in ("DG-2026-01", "DG-2026-02"))
    assert [(each.unit, each.planned, each.left_out) for each in first] == [("Trung tâm Phục vụ hành chính công", ("7.2", "8.3", "QT-07"), ("7.2.3",))]
    assert [each.left_out for each in second] == [()]


def test_of_two_audits_of_a_unit_each_is_shown_the_rows_that_name_it() -> None:
    twice = audit("DG-2026-01", "mot-cua, ho-tich") + audit("DG-2026-02", "mot-cua, ho-tich")
    library = office(STRICTER + programme() + twice)
    assert [[row.month for row in planned_for(library.by_id[name], library)] for name in ("DG-2026-01", "DG-2026-02")] == [["2026-04"], ["2026-05"]]


def test_the_lack_names_what_was_not_asked() -> None:
    (message,) = said(office(STRICTER + WRONG["a clause left out"]))
    assert message.endswith("row 1: no checklist of DG-2026-01 asked about 7.2.3")


def approved(*plans: str) -> str:
    """The programme, approved with QT-08 for the first unit as well, and then with each of ``plans`` in its place."""
    text = programme().replace("QT-07]", "QT-07, QT-08]")
    found = "".join(
        text.replace("status: closed", "status: approved").replace("close lan qmr 2026-05-20", f"approve binh director 2026-02-0{number}").replace("QT-07, QT-08", plan)
        for number, plan in enumerate(("QT-07, QT-08", *plans), 1)
    )
    return found + PROCEDURE.replace("QT-07", "QT-08")


@pytest.mark.parametrize(
    ("audits", "way"),
    [
        (AUDITS, "qmsctl new audit --title "),
        (AUDITS.replace("id: DG-2026-01\ntype: audit\ntitle: Đánh giá DG-2026-01\nstatus: closed", "id: DG-2026-01\ntype: audit\ntitle: x\nstatus: planned"), "qmsctl audit checklist DG-2026-01"),
    ],
)
def test_what_was_taken_out_is_asked_or_signed_again(audits: str, way: str) -> None:
    library = office(STRICTER + approved() + programme() + audits + checklist("PGC-2026-001", "DG-2026-01", *ALL) + SECOND)
    [found] = [each for each in run(library, [load_rule("state-without-gate")]).diagnostics if LACKS[2] in str(each.message)]
    assert "the table “Audits of the cycle” (grid) was signed" in str(found.message)
    assert str(found.mend).startswith(way)
    assert str(found.mend).endswith("or: have the table signed again as it is now")


def test_what_was_approved_is_not_taken_out_before_it_was_asked() -> None:
    library = office(STRICTER + approved() + programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL) + SECOND)
    (message,) = said(library)
    assert message.endswith("was signed as “approved” with QT-08 for Trung tâm Phục vụ hành chính công, which were taken out and not asked about")
    assert [(each.planned, each.left_out) for each in planned_in(library.by_id["CTDG-2026-01"], library)][2:] == [(("QT-08",), ("QT-08",))]


@pytest.mark.parametrize(
    "text",
    [
        approved("QT-07") + programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL) + SECOND,
        approved() + programme() + AUDITS + checklist("PGC-2026-001", "DG-2026-01", *ALL, "QT-08") + SECOND,
    ],
    ids=["the programme was approved without it", "it was asked all the same"],
)
def test_what_is_taken_out_by_right(text: str) -> None:
    assert said(office(STRICTER + text)) == []
