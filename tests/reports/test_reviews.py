"""What the pages on an audit and on a management review say, before any of it is HTML."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmsctl.core.library import Library
from qmsctl.errors import Refusal
from qmsctl.reports import build
from qmsctl.reports.audit_results import AuditResults
from qmsctl.reports.management_review import ManagementReview
from qmsctl.reports.parts.bars import FULL, pareto
from tests.office import library_of, office
from tests.reports.review_office import AUDIT, REVIEW, review_office
from tests.reports.small_office import checked, options


def audit_page(library: Library, subject: str = "DG-2026-01") -> AuditResults:
    found = build("audit-results", library, checked(library), options(subject=subject))
    assert isinstance(found, AuditResults)
    return found


def review_page(library: Library, subject: str = "XXLD-2026-01") -> ManagementReview:
    found = build("management-review", library, checked(library), options(subject=subject))
    assert isinstance(found, ManagementReview)
    return found


@pytest.fixture(scope="module")
def audit() -> AuditResults:
    return audit_page(review_office())


@pytest.fixture(scope="module")
def review() -> ManagementReview:
    return review_page(review_office())


# -- an audit --------------------------------------------------------------------------------------


def test_findings_the_gravest_first_without_those_taken_back(audit: AuditResults) -> None:
    assert [(each.id, str(each.kind.word)) for each in audit.findings] == [("PH-2026-001", "minor nonconformity"), ("PH-2026-002", "opportunity for improvement")]
    assert {str(word.word): count for word, count in audit.counts} == {
        "major nonconformity": 0, "minor nonconformity": 1, "opportunity for improvement": 1, "observation": 0, "strength": 0,
    }
    assert [(each.id, str(each.state.word)) for each in audit.findings[0].followed] == [("NC-2026-001", "analysed")]


def test_lines_by_result_those_without_one_last(audit: AuditResults) -> None:
    assert [(str(word.word) if word else None, count) for word, count in audit.asked] == [("conforms", 1), ("does not conform", 1), ("to be noted", 1), (None, 1)]
    (checklist,) = audit.checklists
    assert [line.finding for line in checklist.lines] == ["", "PH-2026-001", "", ""]
    assert [line.number for line in checklist.lines] == [1, 2, 3, 4]


def test_a_guest_is_named_with_the_organization(audit: AuditResults) -> None:
    assert audit.facts.auditors == ("Lê Văn Khách (Sở Khoa học và Công nghệ)",)
    assert audit.facts.lead == "Nguyễn Thị Lan"


def test_a_section_that_is_only_a_hint_is_left_out(audit: AuditResults) -> None:
    assert audit.plan is not None
    assert audit.report is not None
    assert audit.notes is None


def test_who_signed_the_report(audit: AuditResults) -> None:
    assert [(str(each.state), each.signature.name, each.undone) for each in audit.signatures] == [("reported", "Nguyễn Thị Lan", False)]


def test_what_is_no_audit_is_refused() -> None:
    library = review_office()
    with pytest.raises(Refusal, match="PH-2026-001 is no audit"):
        audit_page(library, "PH-2026-001")
    with pytest.raises(Refusal, match="is no management review"):
        review_page(library, "DG-2026-01")


# -- a management review ---------------------------------------------------------------------------


def test_the_numbers_leaders_see_first(review: ManagementReview) -> None:
    told = {str(tile.words): (str(tile.value), tile.bad) for tile in review.tiles}
    assert told == {
        "of the cases in time": ("97.0 %", False),
        "of the answers in surveys content": ("90.0 %", False),
        "complaints": ("2", False),
        "nonconformities raised": ("9", False),
        "nonconformities open": ("2", False),
        "nonconformities that repeat an earlier one": ("1", True),
        "actions late": ("1", True),
        "objectives reached": ("1/3", True),
        "decisions of the last review done": ("1/2", True),
    }


def test_causes_add_up(review: ManagementReview) -> None:
    assert [(str(bar.label), bar.value, bar.length, str(bar.note)) for bar in review.causes] == [
        ("people", "5", 100, "56 %"), ("procedure", "3", 60, "89 %"), ("change of law", "1", 20, "100 %"),
    ]


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 10_000), max_size=9))
def test_a_pareto_falls_in_bars_and_rises_in_shares(counts: dict[str, int]) -> None:
    bars = pareto((name, count) for name, count in counts.items() if count)
    assert [int(bar.value) for bar in bars] == sorted((count for count in counts.values() if count), reverse=True)
    assert all(1 <= bar.length <= FULL for bar in bars)
    shares = [int(str(bar.note).removesuffix(" %")) for bar in bars]
    assert shares == sorted(shares)
    assert not shares or shares[-1] == 100


def test_every_month_of_the_period_is_there(review: ManagementReview) -> None:
    assert [each.month for each in review.months] == [f"2025-{n:02}" for n in range(6, 13)] + [f"2026-{n:02}" for n in range(1, 6)]
    assert [(each.raised, each.closed) for each in review.months if each.raised or each.closed] == [(2, 0), (7, 5)]


def test_months_before_the_office_began_are_left_out() -> None:
    began_later = REVIEW.replace('2025-07: "2", ', "")
    library = office(AUDIT + began_later)
    files = dict(library.outside.data)  # type: ignore[attr-defined]
    files["qms.yaml"] = files["qms.yaml"].replace(b"from: 2025-01-01", b"from: 2026-02-10")
    assert [each.month for each in review_page(library_of(files, library.today)).months] == [f"2026-{n:02}" for n in range(2, 6)]


def test_cases_and_targets(review: ManagementReview) -> None:
    assert [(row.id, str(row.in_time), row.bar, str(row.first_pass)) for row in review.kept] == [("QT-07", "97.0 %", 97, "92.1 %")]
    assert [(row.id, str(row.value), str(row.target), row.reached) for row in review.targets] == [
        ("MT-2026-01", "97.5 %", "95 %", True), ("MT-2026-02", "nhiều", "3", False), ("MT-2026-03", "–", "–", None),
    ]


def test_decisions_of_this_review_and_what_is_open_of_the_one_before(review: ManagementReview) -> None:
    assert [(each.no, each.owner, each.action, each.late, each.done) for each in review.outputs] == [
        ("1", "Phạm Thị Hoa", "CA-2026-009", 12, False), ("2", "Lãnh đạo", "", 0, False),
    ]
    assert [(each.review, each.no, each.late) for each in review.earlier] == [("XXLD-2025-01", "2", 30)]


def test_rows_of_people_stand_beside_what_was_computed(review: ManagementReview) -> None:
    lines = {str(line.name): line for line in review.inputs}
    assert lines["whether resources suffice"].content == ("Thiếu một máy lấy số",)
    assert lines["nonconformities and corrective and preventive actions"].note == "Hai điểm do đổi phần mềm"
    assert review.facts.recorded
    assert review.facts.attendees == ("Trần Thị Bình", "Nguyễn Thị Lan", "Đại diện công đoàn")


def test_without_a_record_the_inputs_are_computed() -> None:
    found = review_page(office(AUDIT), "")
    assert not found.facts.recorded
    assert (found.facts.id, found.outputs, found.signatures) == ("", (), ())
    audits = next(line for line in found.inputs if str(line.name) == "results of audits")
    assert [str(each) for each in audits.content] == [
        "Audits carried out: 1 (DG-2026-01).", "Findings: minor nonconformity: 1, opportunity for improvement: 1.", "Findings not closed yet: PH-2026-001.",
    ]


def test_figures_that_somebody_spoiled_stop_nothing() -> None:
    library = review_office()
    files = dict(library.outside.data)  # type: ignore[attr-defined]
    path = "records/management-reviews/XXLD-2026-01.md"
    files[path] = files[path].replace(b'raised: "9"', b"raised: [a, {b: c}]").replace(b'QT-07: "100"', b"QT-07: x").replace(b'young: "1"', b"young: [1]")
    found = review_page(library_of(files, library.today))
    assert [(row.finished, str(row.in_time)) for row in found.kept] == [(0, "–")]
