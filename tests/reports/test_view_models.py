"""What the reports say, before any of it is HTML."""

from __future__ import annotations

from datetime import date

import pytest

from qmsctl.core.library import Library
from qmsctl.core.proof.level import Level, level
from qmsctl.message import Label
from qmsctl.reports import audit, build, find_report, register
from qmsctl.reports.options import ReportOptions
from qmsctl.reports.parts.clauses import ClauseLine
from qmsctl.reports.parts.master_list import Listed
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.small_office import RECORDS, checked, options, small_office


@pytest.fixture(scope="module")
def library() -> Library:
    return small_office()


@pytest.fixture(scope="module")
def view(library: Library) -> audit.AuditReport:
    return audit.build(library, checked(library), options())


@pytest.fixture(scope="module")
def registered(library: Library) -> register.Register:
    return register.build(library, checked(library), options())


def row(view: audit.AuditReport, name: str) -> Listed:
    return next(row for group in view.groups for row in group.rows if row.id == name)


def clause(view: audit.AuditReport, number: str) -> ClauseLine:
    return next(line for line in view.coverage[0].lines if line.number == number)


def test_a_report_is_found_by_its_name(library: Library) -> None:
    assert isinstance(build("audit", library, checked(library), options()), audit.AuditReport)
    assert find_report("parts") is find_report("options") is find_report("nope") is None
    with pytest.raises(LookupError):
        build("nope", library, checked(library), options())


def test_period_is_the_year_up_to_today() -> None:
    given = ReportOptions(tool_version="0")
    assert given.days(date(2026, 6, 1)) == (date(2025, 6, 2), date(2026, 6, 1))
    assert given.days(date(2024, 2, 29)) == (date(2023, 3, 1), date(2024, 2, 29))
    chosen = ReportOptions(tool_version="0", start=date(2026, 1, 1), end=date(2026, 3, 31))
    assert chosen.days(date(2026, 6, 1)) == (date(2026, 1, 1), date(2026, 3, 31))


def test_cover_tells_a_withdrawn_edition(view: audit.AuditReport) -> None:
    assert [(e.title, e.withdrawn) for e in view.cover.editions] == [("TCVN ISO 9001:2008", "2015-09")]
    assert view.cover.short_commit == "9f2c41ab9f2c"


def test_cover_without_git_or_edition_data(library: Library) -> None:
    cover = audit.build(library, checked(library), ReportOptions(tool_version="0", title="Kỳ I")).cover
    assert (cover.title, cover.commit, cover.editions[0].withdrawn) == ("Kỳ I", "", "")


def test_figures(view: audit.AuditReport) -> None:
    figures = view.figures
    assert (figures.in_force, figures.under_way, figures.reviews_overdue) == (3, 4, 1)
    assert (figures.open, figures.raised, figures.closed) == (1, 1, 0)
    assert (figures.actions_open, figures.actions_overdue) == (1, 1)
    assert (figures.errors, figures.dossiers, figures.dossiers_failing) == (1, 4, 1)


def test_master_list_shows_what_is_in_force_and_what_is_under_way(view: audit.AuditReport) -> None:
    found = row(view, "QT-07")
    assert (found.status, found.revision, found.effective) == ("effective", 1, date(2026, 2, 1))
    assert str(found.under_way.word) == "revision 2: draft"  # type: ignore[union-attr]
    assert (found.owner, found.unit) == ("Đỗ Văn Minh", "Bộ phận Hộ tịch")
    assert (found.review, found.review_overdue) == (date(2026, 5, 1), True)
    assert row(view, "STCL").owner == "Đại diện lãnh đạo"


def test_types_come_in_the_order_of_the_system_and_external_ones_last(view: audit.AuditReport) -> None:
    assert [str(group.label) for group in view.groups] == [
        "Quality manual", "Procedure", "Rule", "Form", "Annex", "External document",
    ]


def test_who_signed_in_which_role_when_and_for_whom(view: audit.AuditReport) -> None:
    signed = row(view, "QT-07").approvals
    (approver,) = signed.approvers
    assert (approver.name, approver.role, approver.day) == ("Lê Quốc Hùng", "Phó Chủ tịch", date(2026, 1, 12))
    assert (str(approver.capacity), approver.on_behalf_of) == ("signed for (KT.)", "Chủ tịch")
    assert [each.name for each in signed.all] == ["Đỗ Văn Minh", "Nguyễn Thị Lan", "Lê Quốc Hùng"]


def test_levels(view: audit.AuditReport) -> None:
    assert row(view, "STCL").approvals.approvers[0].level is Level.EVIDENCED
    assert row(view, "STCL").weakest is Level.DECLARED
    assert row(view, "BM-07.01").weakest is Level.ENTERED
    assert [each.count for each in view.levels] == [1, 5, 1, 0]


def test_evidence_that_was_changed_is_none(library: Library) -> None:
    files = dict(library.outside.data)  # type: ignore[attr-defined]
    files["attachments/QD-12.pdf"] += b"!"
    from tests.office import library_of

    changed = library_of(files, library.today)
    (approval,) = changed.dossiers["STCL"][0].of("approve")
    assert level(approval, library) is Level.EVIDENCED
    assert level(approval, changed) is Level.ENTERED


def test_history_tells_change_and_approver(view: audit.AuditReport) -> None:
    found = {each.id: each for each in view.histories}
    assert [str(each.change) for each in found["QT-07"].revisions] == ["first issue"]
    assert "PL-01" not in found


def test_superseded_revision_is_in_the_history() -> None:
    library = office(
        "\n".join(
            f"```md documents/rules/QC-01.md\n---\nid: QC-01\ntype: rule\ntitle: a\nrevision: {n}\n"
            f"change: lần {n}\nowner: lan\n---\nx\n```\n```dossier QC-01\nauthor minh 2026-0{n}-01T08:00:00+07:00\n"
            f"approve binh director 2026-0{n}-02T08:00:00+07:00\n```"
            for n in (1, 2)
        )
    )
    (found,) = audit.build(library, checked(library), options()).histories
    assert [(r.revision, str(r.state.word), r.change) for r in found.revisions] == [
        (2, "in force", "lần 2"), (1, "superseded", "lần 1"),
    ]


def test_clauses_are_answered_by_documents_kept_records_and_records(view: audit.AuditReport) -> None:
    assert clause(view, "4.1").documents == ("STCL",)
    assert [(k.name, k.document) for k in clause(view, "5.6.1").kept] == [("Biên bản họp", "STCL")]
    assert [kind.ids for kind in clause(view, "8.5.2").records] == [("CA-2026-001",), ("NC-2026-001",)]
    assert [kind.ids for kind in clause(view, "4.2.3").by_type] == [("BM-07.01",)]
    assert str(clause(view, "6.2.2").state.word) == "no record"
    assert str(clause(view, "8.5.3").state.word) == "no document in force"


def test_a_clause_that_is_not_applied_has_its_reason(view: audit.AuditReport) -> None:
    (coverage,) = view.coverage
    assert not any(line.number.startswith("7.3") for line in coverage.lines)
    assert [(each.number, each.reason) for each in coverage.excluded] == [("7.3", "nothing is designed here")]


def test_a_record_outside_the_period_answers_no_clause(library: Library) -> None:
    later = options(start=date(2026, 5, 1), end=date(2026, 5, 31))
    found = audit.build(library, checked(library), later)
    assert clause(found, "8.3").records == ()


def test_open_nonconformities_have_an_age_and_old_closed_ones_are_left_out(view: audit.AuditReport) -> None:
    (found,) = view.nonconformities
    assert (found.id, found.age, found.actions, found.major) == ("NC-2026-001", 90, ("CA-2026-001",), True)
    assert isinstance(found.state.word, Label)


def test_one_closed_in_the_period_is_told(library: Library) -> None:
    period = options(start=date(2024, 1, 1), end=date(2024, 12, 31))
    found = audit.build(library, checked(library), period)
    assert next((n.id, n.closed, n.age) for n in found.nonconformities) == ("NC-2025-009", date(2024, 3, 1), 60)
    assert (found.figures.raised, found.figures.closed) == (1, 1)


def test_one_given_up_is_told_and_counts_as_little_as_in_the_review() -> None:
    library = office(RECORDS.replace("status: closed\nraised: 2024-01-01", "status: cancelled\nraised: 2024-01-01"))
    found = audit.build(library, checked(library), options(start=date(2024, 1, 1), end=date(2024, 12, 31)))
    assert "NC-2025-009" in {each.id for each in found.nonconformities}
    assert (found.figures.raised, found.figures.closed) == (0, 0)


def test_an_extension_moves_the_due_date(view: audit.AuditReport) -> None:
    (found,) = view.actions
    assert (found.due, found.extended, found.late) == (date(2026, 5, 20), 1, 12)


def test_what_is_late_is_listed_longest_first(view: audit.AuditReport) -> None:
    assert [(str(each.what), each.id, each.days) for each in view.late] == [
        ("periodic review", "QT-07", 31), ("action", "CA-2026-001", 12),
    ]


def test_a_rule_set_aside_shows_its_reason_and_what_it_hid(view: audit.AuditReport) -> None:
    (aside,) = view.checked.set_aside
    assert (aside.reason, len(aside.said), aside.expired) == ("the names of the old system", 1, False)
    assert [each.path for each in view.checked.diagnostics] == ["documents/rules/wrong-too.md"]


def test_an_expired_ignore_is_called_expired() -> None:
    library = small_office(date(2027, 1, 2))
    (aside,) = audit.build(library, checked(library), options()).checked.set_aside
    assert (aside.expired, aside.said) == (True, ())


def test_each_signoff_is_verified(view: audit.AuditReport) -> None:
    found = {proof.subject: proof for proof in view.proofs}
    assert found["QT-07"].holds
    assert found["QT-07"].line == f"{found['QT-07'].digest}  {found['QT-07'].folder}/QT-07.md"
    author, approval = found["TLBN-01"].signoffs
    assert (author.faults, approval.matches, approval.held) == ((), True, False)
    assert [str(fault) for fault in approval.faults] == [
        "the role was not held on that day", "the author may not approve",
    ]


def test_a_changed_copy_is_told(library: Library) -> None:
    from tests.office import library_of

    files = dict(library.outside.data)  # type: ignore[attr-defined]
    path = next(path for path in files if path.startswith("signoffs/QT-07/") and path.endswith("/QT-07.md"))
    files[path] += b"\nmore\n"
    changed = library_of(files, library.today)
    proof = next(p for p in audit.build(changed, checked(changed), options()).proofs if p.subject == "QT-07")
    assert [str(fault) for fault in proof.faults] == ["the copy is not the one the folder is named after"]
    assert not any(each.matches for each in proof.signoffs)
    assert proof.line.startswith(proof.signoffs[0].digest)


def test_the_text_in_force_comes_from_the_dossier(view: audit.AuditReport) -> None:
    text = next(each for each in view.texts if each.id == "QT-07")
    assert (text.revision, text.agency) == (1, "UBND phường Tân An")
    assert "Đang sửa" not in text.text.markdown
    assert not text.text.markdown.lstrip().startswith("# ")
    assert audit.build(small_office(), checked(small_office()), options(with_documents=False)).texts == ()


def test_a_data_block_is_a_table_with_the_labels_of_its_type(view: audit.AuditReport) -> None:
    text = next(each for each in view.texts if each.id == "QT-07")
    (block,) = text.text.blocks
    columns = [str(label) for label in block.table.columns]
    assert columns == ["Step", "Task", "Responsible", "Time", "Outputs", "Forms"]
    first, second = block.table.rows
    assert [str(piece.text) for cell in first.cells for piece in cell] == [
        "B1", "Tiếp nhận {{7*7}}", "Công chức", "1 hour", "Giấy hẹn", "Phiếu", "BM-07.01",
    ]
    assert [(str(d.label), [str(p.text) for p in d.pieces]) for d in first.details] == [
        ("Deputy", ["Trưởng đơn vị"]), ("Criterion checked", ["đủ giấy tờ"]), ("Next", ["đủ: B2", "thiếu: B1a"]),
    ]
    assert [(str(d.label), str(d.pieces[0].text)) for d in second.details] == [("Release", "yes")]


def test_the_scope_is_that_of_the_manual_with_its_tables(view: audit.AuditReport) -> None:
    assert view.scope is not None
    assert "### 1.1 Nơi áp dụng" in view.scope.markdown
    assert "Ba quá trình" not in view.scope.markdown
    assert [block.name for block in view.scope.blocks] == ["records"]


def test_register_keeps_external_documents_apart(registered: register.Register) -> None:
    assert [str(group.label) for group in registered.groups][-1] == "Annex"
    (law,) = registered.external
    assert (law.number, law.issuer, str(law.state.word)) == ("60/2014/QH13", "Quốc hội", "in review")


def test_register_tells_where_documents_go_and_what_is_kept(registered: register.Register) -> None:
    assert next((place.unit, place.documents) for place in registered.places) == (
        "Trung tâm Phục vụ hành chính công", ("QT-07", "STCL"),
    )
    (kept,) = registered.kept
    assert [str(piece.text) for piece in (*kept.keeper, *kept.retention)] == ["Đại diện lãnh đạo", "5 years"]
    assert [[row.id for row in group.rows] for group in registered.held] == [
        ["CA-2026-001"], ["NC-2025-009", "NC-2026-001"],
    ]


def test_an_empty_office_has_reports_too() -> None:
    library = office("")
    view = audit.build(library, checked(library), options())
    assert (view.groups, view.scope, view.proofs, view.figures.in_force) == ((), None, (), 0)
    assert register.build(library, checked(library), options()).kept == ()


EXPIRED = """
Today: 2026-06-01
```md documents/external/TLBN-01.md
---
id: TLBN-01
type: external-document
title: Thông tư 01/2018/TT-VPCP
revision: 1
owner: lan
in_force_until: 2026-05-31
superseded_by: [TLBN-02]
---
```
```dossier TLBN-01
author lan 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
"""


def test_a_text_that_is_over_is_told_wherever_it_is_listed() -> None:
    library = office(EXPIRED)
    listed = row(audit.build(library, checked(library), options()), "TLBN-01")
    assert (str(listed.state.word), listed.expired and str(listed.expired.word)) == (
        "in force", "text no longer in force since 2026-05-31",
    )
    (law,) = register.build(library, checked(library), options()).external
    assert law.state == listed.expired
    page = render_report("audit", audit.build(library, checked(library), options()), "vi")
    assert "văn bản hết hiệu lực từ ngày 31/05/2026" in page


REJECTED = """
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Nhầm
status: rejected
---
```
```dossier NC-2026-001
close lan qmr 2026-05-05T08:00:00+07:00
```
"""


def test_a_record_that_was_not_accepted_is_not_called_closed() -> None:
    library = office(REJECTED)
    (proof,) = audit.build(library, checked(library), options()).proofs
    assert [str(each.signature.meaning) for each in proof.signoffs] == ["not accepted"]
