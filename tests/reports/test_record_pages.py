"""Records in the audit report: which are told, and what the page of one says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmsctl.core.library import Library
from qmsctl.message import show
from qmsctl.reports import audit
from qmsctl.store.report_page import render_report
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
    }  # fmt: skip
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


def test_a_table_without_rows_says_so(library: Library) -> None:
    empty = OFFICE.replace("- {date: 2024-01-15, criteria: giá, score: 80, result: accepted, by: hoa, next: 2025-01-15}\n", "# - {date: …}\n")
    found = office(empty)
    html = render_report("audit", audit.build(found, checked(found), replace(options(), with_documents=True)), "en")
    assert "no row yet" in html
    assert "# - {date" not in html
