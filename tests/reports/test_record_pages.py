"""Records in the audit report: which are told, and what the page of one says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmsctl.core.library import Library
from qmsctl.message import show
from qmsctl.reports import audit
from qmsctl.store.pages.report_page import render_report
from tests.office import office
from tests.reports.small_office import checked, options

OFFICE = """
Today: 2026-06-01

```md records/suppliers/NCC-001.md
---
id: NCC-001
type: supplier
title: Công ty <b>Máy quét</b>
status: candidate
owner: hoa
unit: mot-cua
kind: service
scope: bảo trì
criticality: high
cycle: 12m
---
# Công ty <b>Máy quét</b>

## 1. Kết quả đánh giá

~~~evaluation
- {date: 2024-01-15, criteria: giá, score: 80, result: accepted, by: hoa, next: 2025-01-15}
~~~
```
```md records/change-requests/YC-2024-001.md
---
id: YC-2024-001
type: change-request
title: Yêu cầu cũ
status: refused
owner: minh
raised: 2024-02-01
kind: revise
why: lỗi chính tả
reason: đã sửa
---
```
```dossier YC-2024-001
close lan qmr 2024-02-05T08:00:00+07:00
```
```md records/change-requests/YC-2026-001.md
---
id: YC-2026-001
type: change-request
title: Yêu cầu mới
status: refused
owner: minh
raised: 2026-02-01
kind: revise
why: lỗi chính tả
reason: đã sửa
---

## 1. Nội dung đề nghị

Như cũ.
```
```dossier YC-2026-001
close lan qmr 2026-02-05T08:00:00+07:00
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Làm ngay
status: planned
raised: 2026-02-03
owner: minh
due: 2026-03-31
---
```
"""


@pytest.fixture(scope="module")
def library() -> Library:
    return office(OFFICE)


@pytest.fixture(scope="module")
def view(library: Library) -> audit.AuditReport:
    return audit.build(library, checked(library), replace(options(), with_documents=True))


def test_what_is_open_or_of_the_period_is_told(view: audit.AuditReport) -> None:
    assert {str(group.label): [row.id for row in group.rows] for group in view.held} == {
        "Document change request": ["YC-2026-001"], "Supplier": ["NCC-001"],
    }
    assert [page.id for page in view.pages] == ["CA-2026-001", "YC-2026-001", "NCC-001"], "actions have a page as well"


def test_pages_are_there_only_when_asked_for(library: Library) -> None:
    short = audit.build(library, checked(library), replace(options(), with_documents=False))
    assert short.pages == ()
    assert short.held
    assert short.anchors["NCC-001"].startswith("rec")


def test_a_page_says_everything_in_words(view: audit.AuditReport) -> None:
    page = next(page for page in view.pages if page.id == "NCC-001")
    facts = {show(each.label): [show(piece.text) for piece in each.pieces] for each in page.facts}
    assert facts["Owner"] == ["Phạm Thị Hoa"]
    assert facts["Influence on the service"] == ["high"]
    assert facts["Evaluated every"] == ["12 months"]
    assert "Name" not in facts, "the title stands above"
    [block] = page.text.blocks
    assert [str(column) for column in block.table.columns][:2] == ["Date", "Criteria"]
    closed = next(page for page in view.pages if page.id == "YC-2026-001")
    assert [each.name for each in closed.signatures] == ["Nguyễn Thị Lan"]


def test_the_page_in_html(view: audit.AuditReport) -> None:
    html = render_report("audit", view, "vi")
    page = html.partition('<section id="pages">')[2]
    assert "Công ty &lt;b&gt;Máy quét&lt;/b&gt;" in page
    assert "đạt" in page
    assert html.count(f'id="{view.anchors["NCC-001"]}"') == 1
    assert f'href="#{view.anchors["NCC-001"]}"' in html.partition('<section id="pages">')[0]


def test_ids_and_names_stand_in_one_line_and_texts_in_lines_of_their_own() -> None:
    found = office("""
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: Đợt một
status: planned
owner: lan
kind: internal
date: 2026-05-12
scope: toàn bộ
criteria: ["4.1", "8.2.2"]
auditees: [minh, hoa]
---
```
```md records/distributions/PP-2026-001.md
---
id: PP-2026-001
type: distribution
title: Bản giấy
status: issued
owner: lan
document: QT-07
revision: 1
copies: [bản số một, bản số hai]
date: 2026-05-12
received_by: minh
---
```
""")
    pages = {page.id: page for page in audit.build(found, checked(found), replace(options(), with_documents=True)).pages}
    facts = {str(each.label): each.pieces for page in pages.values() for each in page.facts}
    assert all(piece.brief for name in ("Criteria", "Auditees") for piece in facts[name])
    assert not any(piece.brief for piece in facts["Numbers of the copies"])
    html = render_report("audit", audit.build(found, checked(found), replace(options(), with_documents=True)), "en")
    assert "<dd>4.1, 8.2.2</dd>" in html
    assert '<div class="line">bản số một</div><div class="line">bản số hai</div>' in html


def test_the_running_text_has_the_wide_column_and_a_caption_is_not_said_twice() -> None:
    found = office("""
```md records/audit-programmes/CTDG-2026-01.md
---
id: CTDG-2026-01
type: audit-programme
title: Chương trình 2026
status: draft
owner: lan
year: 2026
cycle: 1y
---

## 3. Các cuộc đánh giá trong chu kỳ

~~~grid
- {unit: mot-cua, month: 2026-05, clauses: ["4.1"], weight: nhiều phản ánh trong quý một}
~~~

## 4. Khác

~~~grid
- {unit: mot-cua, month: 2026-06, clauses: ["4.1"]}
~~~
```
""")
    [page] = audit.build(found, checked(found), replace(options(), with_documents=True)).pages
    first, second = (block.table for block in page.text.blocks)
    assert str(first.columns[first.main]).startswith("Why now"), "not the month, which is required but short"
    assert (first.announced, second.announced) == (True, False)
    assert str(second.columns[second.main]) == "Month", "the only text there is"


def test_the_day_of_its_next_review_is_not_the_day_of_a_record() -> None:
    lesson = "---\nid: TT-001\ntype: knowledge\ntitle: Bài học\nstatus: current\nowner: lan\nkind: lesson\nkept: tủ sổ\nnext: 2027-05-21\n---"
    found = office(f"```md records/knowledge/TT-001.md\n{lesson}\n```")
    [group] = audit.build(found, checked(found), options()).held
    assert [row.day for row in group.rows] == [None]


def test_how_strongly_a_record_is_signed_stands_beside_its_signers(view: audit.AuditReport) -> None:
    [signature] = next(page for page in view.pages if page.id == "YC-2026-001").signatures
    html = render_report("audit", view, "en")
    assert f'<span class="note">({show(signature.level_state.word)})</span>' in html.partition('id="pages"')[2]


def test_a_table_without_rows_says_so(library: Library) -> None:
    empty = OFFICE.replace("- {date: 2024-01-15, criteria: giá, score: 80, result: accepted, by: hoa, next: 2025-01-15}\n", "# - {date: …}\n")
    found = office(empty)
    html = render_report("audit", audit.build(found, checked(found), replace(options(), with_documents=True)), "en")
    assert "no row yet" in html
    assert "# - {date" not in html
