"""The reports that are laid out as letters of an office: their head, what they count, and what they lack."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from qmsctl.core.library import Library
from qmsctl.core.office.config import Config
from qmsctl.core.office.office_hours import NO_COUNTRY, VIET_NAM, Timetable
from qmsctl.errors import Refusal
from qmsctl.message import show
from qmsctl.reports import build
from qmsctl.reports.audit_results import AuditResults
from qmsctl.reports.declaration import Declaration
from qmsctl.reports.parts.letterhead import NATIONAL, PLAIN, heading, letterhead
from qmsctl.store.pages.report_page import render_report
from qmsctl.store.shipped.catalogue import translator
from tests.office import library_of, office
from tests.reports.review_office import AUDIT, DECLARATION, REVIEW, review_office
from tests.reports.small_office import checked, options


def audit(text: str = AUDIT) -> AuditResults:
    library = office(text)
    found = build("audit-results", library, checked(library), options(subject="DG-2026-01"))
    assert isinstance(found, AuditResults)
    return found


def declaration(library: Library, subject: str = "") -> Declaration:
    found = build("declaration", library, checked(library), options(subject=subject))
    assert isinstance(found, Declaration)
    return found


def page(name: str, view: object, lang: str = "vi") -> str:
    text = render_report(name, view, lang)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)))


# -- the head --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("profile", "language", "country", "wanted"), [
    ("agency", "vi", VIET_NAM, NATIONAL), ("agency", "en", VIET_NAM, NATIONAL), ("agency", "en", "IE", PLAIN), ("agency", "vi", NO_COUNTRY, PLAIN),
    ("company", "vi", VIET_NAM, PLAIN), ("company", "en", "IE", PLAIN), ("", "vi", VIET_NAM, NATIONAL), ("", "en", VIET_NAM, PLAIN),
])
def test_a_state_agency_in_viet_nam_writes_under_the_name_of_the_state(profile: str, language: str, country: str, wanted: str) -> None:
    config = Config(profile=profile, language=language, timetable=Timetable(country=country))
    assert heading(config) == wanted
    for said in (NATIONAL, PLAIN):
        assert heading(replace(config, heading=said)) == said


@pytest.mark.parametrize(("day", "vi", "en"), [
    (date(2026, 1, 5), "Tân An, ngày 05 tháng 01 năm 2026", "Tân An, 05 January 2026"),
    (date(2026, 3, 15), "Tân An, ngày 15 tháng 3 năm 2026", "Tân An, 15 March 2026"),
    (None, "Tân An, ngày …… tháng …… năm ………", "Tân An, date …………"),
])
def test_place_and_day_as_the_decree_writes_them(day: date | None, vi: str, en: str) -> None:
    library = configured("name: UBND phường Tân An", "name: UBND phường Tân An, place: Tân An, parent: UBND tỉnh")
    head = letterhead(None, day, library)
    assert (head.parent, head.agency) == ("UBND tỉnh", "UBND phường Tân An")
    assert show(head.dated, translator("vi"), "vi") == vi
    assert show(head.dated, lang="en") == en


def configured(old: str, new: str) -> Library:
    library = review_office()
    files = dict(library.outside.data)  # type: ignore[attr-defined]
    assert old.encode() in files["qms.yaml"]
    files["qms.yaml"] = files["qms.yaml"].replace(old.encode(), new.encode())
    return library_of(files, library.today)


def test_a_company_writes_without_the_name_of_the_state() -> None:
    library = configured("language: vi", "language: vi\nprofile: company")
    text = page("audit-results", build("audit-results", library, checked(library), options(subject="DG-2026-01", lang="vi")))
    assert "UBND PHƯỜNG TÂN AN DG-2026-01" in text
    assert not re.search("CỘNG HÒA|Số: …|hủ trưởng cơ quan", text)
    with pytest.raises(Refusal, match="made by state agencies"):
        declaration(library)


# -- the report of an audit ------------------------------------------------------------------------


def counted(view: AuditResults) -> dict[str, tuple[tuple[int, ...], tuple[int, ...]]]:
    return {line.name: (line.asked, line.found) for line in view.by_unit.lines}


def test_an_audit_of_one_unit_counts_everything_there() -> None:
    view = audit()
    assert [str(each) for each in view.by_unit.results] == ["conforms", "does not conform", "to be noted"]
    assert counted(view) == {"Bộ phận Hộ tịch": ((1, 1, 1, 1), (0, 1, 1, 0, 0))}
    assert (view.by_unit.total.asked, view.by_unit.total.found) == ((1, 1, 1, 1), (0, 1, 1, 0, 0))


def test_a_line_is_counted_at_its_unit_else_at_that_of_its_finding_else_at_none() -> None:
    text = AUDIT.replace("units: [ho-tich]", "units: [ho-tich, mot-cua]").replace('requirement: "8.2.4", question', 'requirement: "8.2.4", unit: mot-cua, question')
    assert counted(audit(text)) == {
        "Bộ phận Hộ tịch": ((0, 1, 0, 0), (0, 1, 0, 0, 0)),
        "Trung tâm Phục vụ hành chính công": ((0, 0, 1, 0), (0, 0, 0, 0, 0)),
        "": ((1, 0, 0, 1), (0, 0, 1, 0, 0)),
    }


def test_the_day_is_that_on_which_the_lead_auditor_signed_and_a_draft_has_none() -> None:
    view = audit()
    assert view.stamp is None
    assert "22 April 2026" in str(view.head.dated)
    draft = audit(AUDIT.replace("confirm lan 2026-04-22T09:00:00+07:00\n", ""))
    assert draft.stamp is not None
    assert "DỰ THẢO" in page("audit-results", draft)
    assert "ngày …… tháng …… năm ………" in page("audit-results", draft)


def test_what_the_record_lacks_is_said_in_its_place() -> None:
    bare = re.sub(r"^(scope|criteria|units|processes|lead|auditors|auditees|performed|conclusion): .*\n", "", AUDIT.partition("```md records/audits")[2], flags=re.MULTILINE)
    text = page("audit-results", audit("```md records/audits" + bare.partition("```md records/audit-checklists")[0]))
    assert text.count("chưa ghi") >= 8
    assert "Chưa ghi kết luận" in text
    assert "Hồ sơ không ghi điểm nào khác với kế hoạch." in text
    assert "Không chương trình nào dự kiến cuộc đánh giá này" in text
    assert "Hồ sơ chưa ghi đơn vị, phiếu ghi chép hay phát hiện nào." in text


def test_basis_differences_and_receivers_are_those_of_the_record() -> None:
    written = AUDIT.replace("performed: 2026-04-21", "decision: Quyết định 15/QĐ-UBND\ndifferences: Đổi buổi sáng sang buổi chiều\nsent_to: [Chủ tịch, Phòng Nội vụ]\nperformed: 2026-04-21")
    text = page("audit-results", audit(written))
    assert "Quyết định 15/QĐ-UBND" in text
    assert "Đổi buổi sáng sang buổi chiều" in text
    assert "Nơi nhận: Chủ tịch; Phòng Nội vụ; Lưu: VT, hồ sơ DG-2026-01." in text
    assert "Nơi nhận: Bộ phận Hộ tịch; Lưu" in page("audit-results", audit())


# -- the declaration -------------------------------------------------------------------------------


def test_the_latest_declaration_is_the_one_that_is_posted() -> None:
    view = declaration(review_office())
    assert (view.id, view.decision, view.replaces, view.stamp) == ("CB-2025-01", "34/QĐ-UBND", "CB-2024-01", None)
    assert view.signed is not None
    assert view.signed.name == "Trần Thị Bình"


def test_the_annex_names_the_revision_in_force_and_says_where_there_is_none() -> None:
    view = declaration(review_office())
    assert [(each.name.partition(" <")[0], [(one.id, one.revision) for one in each.documents]) for each in view.services] == [
        ("Cấp bản sao trích lục", [("QT-08", 1), ("QT-07", None)]), ("Chứng thực", []),
    ]
    text = page("declaration", view)
    assert "QT-08 lần ban hành 1, có hiệu lực từ 07/01/2026" in text
    assert "QT-07 chưa có lần ban hành nào có hiệu lực" in text
    assert "chưa nêu quy trình" in text
    assert "theo QT-07" in text
    assert ".md" not in text


def test_procedures_in_force_that_no_service_names_stand_apart() -> None:
    library = office(DECLARATION.replace("documents: [QT-08, QT-07]", "documents: [QT-07]"))
    assert [(each.id, each.revision) for each in declaration(library).others] == [("QT-08", 1)]


def test_what_is_replaced_or_not_declared_is_stamped_across() -> None:
    library = review_office()
    replaced = declaration(library, "CB-2024-01")
    assert replaced.stamp is not None
    assert replaced.stamp.across
    assert "ĐÃ ĐƯỢC THAY THẾ bởi CB-2025-01" in page("declaration", replaced)
    draft = declaration(office(DECLARATION.replace("approve binh director 2026-05-20T09:00:00+07:00\n", "").replace("status: declared", "status: drafted")))
    assert "DỰ THẢO" in page("declaration", draft)
    assert draft.position == "Chủ tịch"


def test_receivers_written_in_one_text_are_told_apart() -> None:
    assert declaration(review_office(), "CB-2024-01").sent_to == ("Sở Khoa học và Công nghệ", "niêm yết tại quầy")


def test_what_is_no_declaration_and_an_office_without_one_are_refused() -> None:
    with pytest.raises(Refusal, match="DG-2026-01 is no declaration"):
        declaration(review_office(), "DG-2026-01")
    with pytest.raises(Refusal, match="there is no declaration of conformity yet") as refused:
        declaration(office(AUDIT + REVIEW))
    assert "qmsctl new declaration" in str(refused.value.mend)
