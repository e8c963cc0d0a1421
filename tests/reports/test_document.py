"""The paper of a document: what stands on it, and which copy may be stamped."""

from __future__ import annotations

import re
from datetime import date
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from qmsctl.errors import NotSo, Refusal
from qmsctl.message import Label, show
from qmsctl.reports.document import DocumentPaper, build
from qmsctl.reports.parts.head_box import HEIGHT, HeadBox
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.small_office import checked, options

TEXT = """
```md {folder}/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao
revision: {revision}
change: {change}
owner: minh
unit: ho-tich
distribution: [mot-cua, ho-tich]
effective: {effective}
---
# Cấp bản sao

## 1. Mục đích

{purpose}

## 5. Nội dung

### 5.7 Quy trình xử lý

~~~steps
- {{no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h}}
- {{no: B2, task: Ký, responsible: director, time: {time}}}
~~~
```
"""
SCAN = """
```text attachments/QD-86.pdf
bản quét
```
"""
ADOPTED = """
```dossier QT-07
adopt lan qmr 2026-01-07T08:00:00+07:00{more}
```
"""
SIGNED = """
```dossier QT-07
author minh 2026-0{month}-05T08:00:00+07:00
review lan qmr 2026-0{month}-06T08:00:00+07:00
approve binh director 2026-0{month}-07T08:00:00+07:00{more}
```
"""
EVIDENCE = ' basis={"number":"86/QĐ-UBND","date":"2026-01-06","file":"attachments/QD-86.pdf","sha256":"' + sha256("bản quét\n".encode()).hexdigest() + '"}'

HELD = """
```md records/distributions/PP-2026-001.md
---
id: PP-2026-001
type: distribution
title: Bản giấy
status: {status}
document: QT-07
revision: 1
unit: mot-cua
copies: [01, 02]
date: 2026-02-01
received_by: hoa
owner: lan
---
```
"""


def text(revision: int = 1, purpose: str = "Một.", change: str = "lần đầu", effective: str = "2026-01-10", time: str = "2h") -> str:
    return TEXT.format(folder="documents/procedures", revision=revision, purpose=purpose, change=change, effective=effective, time=time)


def signed(month: int = 1, more: str = "") -> str:
    return SIGNED.format(month=month, more=more)


def paper(source: str, **chosen: object) -> DocumentPaper:
    library = office(source)
    return build(library, checked(library), options(lang="vi", subject="QT-07", **{"span": "", **chosen}))


class Words(HTMLParser):
    """The words a reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "title")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "title")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def words(found: DocumentPaper, lang: str = "vi") -> str:
    reader = Words()
    reader.feed(render_report("document", found, lang))
    return " ".join(" ".join(reader.found).split())


def test_the_head_and_the_first_page_say_what_was_signed() -> None:
    said = words(paper(text() + SCAN + signed(more=EVIDENCE)))
    assert "QUY TRÌNH Cấp bản sao Mã hiệu QT-07 Lần ban hành 01 Ngày ban hành 07/01/2026" in said
    assert "Ngày ban hành: 07/01/2026 Ngày có hiệu lực: 10/01/2026" in said
    assert "Công chức hộ tịch" in said or "Đỗ Văn Minh" in said
    assert "ghi nhận trên hệ thống, chưa ký" in said
    assert "có chứng cứ văn bản" in said
    assert "ký số" not in said
    assert "Bảng theo dõi sửa đổi" in said


def test_two_prints_are_the_same() -> None:
    source = text() + signed()
    assert render_report("document", paper(source), "vi") == render_report("document", paper(source), "vi")


def test_a_copy_is_stamped_with_its_record_and_an_approval_that_stands() -> None:
    source = text() + SCAN + signed(more=EVIDENCE) + HELD.format(status="issued")
    assert show(paper(source, copy="2").stamp.words) == "CONTROLLED DOCUMENT – Copy no. 02"
    assert "TÀI LIỆU KIỂM SOÁT – Bản số 02" in words(paper(source, copy="02"))
    assert "BẢN IN KHÔNG KIỂM SOÁT" in words(paper(source))
    assert "Bản giấy số Một cửa" in words(paper(source)) or "01, 02" in words(paper(source))


@pytest.mark.parametrize(
    ("source", "copy", "named"),
    [
        (text() + SCAN + signed(more=EVIDENCE), "02", "new distribution"),
        (text() + SCAN + signed(more=EVIDENCE) + HELD.format(status="issued"), "03", "new distribution"),
        (text() + SCAN + signed(more=EVIDENCE) + HELD.format(status="retrieved"), "02", "PP-2026-001"),
        (text() + SCAN + signed(more=EVIDENCE) + HELD.format(status="lost"), "2", "PP-2026-001"),
        (text() + signed() + HELD.format(status="issued"), "02", "--basis-file"),
        (text() + HELD.format(status="issued"), "02", "history"),
    ],
    ids=["no record", "another number", "taken back", "lost", "a word alone", "a draft"],
)
def test_no_copy_is_stamped_without(source: str, copy: str, named: str) -> None:
    with pytest.raises(NotSo) as refused:
        paper(source, copy=copy)
    assert refused.value.exit_code == 1
    assert named in f"{refused.value} {refused.value.mend}"


def test_a_revision_that_another_replaced_is_stamped_across_and_never_controlled() -> None:
    first = text() + SCAN + signed(more=EVIDENCE)
    source = first + text(2, purpose="Hai.", effective="2026-03-10", time="3h", change="đổi thời gian") + signed(3) + HELD.format(status="issued")
    old = paper(source, span="1")
    assert old.stamp.across
    assert show(old.stamp.words) == "NO LONGER IN FORCE – replaced by revision 02 from 2026-03-10"
    with pytest.raises(NotSo, match="taken back"):
        paper(source, span="1", copy="02")
    now = paper(source)
    assert now.first is not None
    assert [row.revision for row in now.first.amendments] == [1, 2]
    assert [(str(place.name), place.rows) for place in now.first.amendments[1].places] == [("1", ()), ("5.7", ("B2",))]


def test_a_draft_says_so_and_leaves_room_for_those_who_will_sign() -> None:
    found = paper(text())
    assert found.stamp.across
    said = words(found)
    assert "DỰ THẢO" in said
    assert "Chưa ghi quyết định ban hành" in said
    assert found.first is not None
    assert [each.name for each in found.first.signing.approved] == [""]
    assert all(each.ink for each in found.first.signing.approved)


def test_an_adopted_paper_names_its_approver_apart_from_who_took_it_in() -> None:
    found = paper(text() + SCAN + ADOPTED.format(more=EVIDENCE))
    assert found.first is not None
    adopted = found.first.signing.adopted
    assert adopted is not None
    assert adopted.name == "Nguyễn Thị Lan"
    assert adopted.name not in [each.name for each in found.first.signing.approved]
    assert "Tiếp nhận vào kho: Nguyễn Thị Lan" in words(found)


def test_a_record_is_no_paper() -> None:
    library = office(text() + HELD.format(status="issued"))
    with pytest.raises(Refusal, match="is a record"):
        build(library, checked(library), options(subject="PP-2026-001", span=""))


def test_comments_are_left_out_and_what_markdown_lacks_is_shown() -> None:
    said = words(paper(text(purpose="H<sub>2</sub>O 10 m<sup>3</sup>.<!-- nháp -->\n\n- [ ] chưa\n- [x] xong\n")))
    assert "H 2 O 10 m 3 ." in said
    assert "nháp" not in said
    assert "☐ chưa" in said
    assert "☑ xong" in said


@pytest.mark.parametrize("title", ['x"}</style><script>alert(1)</script>', "dài " * 47, "W" * 190, "Từ" * 300, "\\", "@agency", "漢字" * 90])
def test_a_title_is_whole_in_the_head_and_means_nothing_else(title: str) -> None:
    box = HeadBox("UBND phường Tân An", Label({"vi": "QUY TRÌNH"}), title, ((Label({"vi": "Mã hiệu"}), "QT-07"), (Label({"vi": "Ngày"}), date(2026, 1, 7))))
    assert box.height >= HEIGHT
    assert all(4 < size <= 12 for size in box.sizes)


def test_a_hostile_title_stays_a_word_in_the_style_sheet() -> None:
    found = paper(text().replace("title: Cấp bản sao", "title: 'x\"}</style><script>alert(1)</script>'"))
    page = render_report("document", found, "vi")
    assert page.count("</style>") == 1
    assert "<script>" not in page
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    assert 'content: "QUY' not in style[1] or "\\00" in style[1]
