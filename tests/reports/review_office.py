"""A small office with an audit and a management review, for the pages on them."""

from __future__ import annotations

from qmsctl.core.library import Library
from tests.office import office

HOSTILE = "<script>alert('{{7*7}}')</script>"

AUDIT = f"""
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục
revision: 1
owner: minh
unit: ho-tich
---
```
```md records/audit-programmes/CTDG-2026-01.md
---
id: CTDG-2026-01
type: audit-programme
title: Chương trình đánh giá nội bộ năm 2026
status: draft
owner: lan
year: 2026
cycle: 1y
---

## 1. Mục tiêu, phạm vi

Mọi đơn vị.

~~~grid
- {{unit: ho-tich, month: 2026-04, clauses: ["7.5.1", "7.5.2", "8.2.4"], processes: [QT-07], audit: DG-2026-01}}
- {{unit: mot-cua, month: 2026-10, clauses: ["8.3"]}}
~~~
```
```md records/auditors/DGV-02.md
---
id: DGV-02
type: auditor
title: Lê Văn Khách
status: current
owner: lan
organization: Sở Khoa học và Công nghệ
---
```
```md records/audits/DG-2026-01.md
---
id: DG-2026-01
type: audit
title: "Đánh giá nội bộ: Bộ phận Hộ tịch"
status: reported
owner: lan
kind: internal
date: 2026-04-20
scope: Cấp trích lục, chứng thực
criteria: [7.5.1, 8.2.4, QT-07]
units: [ho-tich]
processes: [QT-07]
lead: lan
auditors: [DGV-02]
auditees: [minh]
own_unit_reason: Chỉ có một đánh giá viên đã qua đào tạo
performed: 2026-04-21
conclusion: Phù hợp, trừ một điểm nhẹ về phiếu hẹn
---

# Đánh giá nội bộ: Bộ phận Hộ tịch

## 1. Kế hoạch đánh giá

- 08:00 họp khai mạc
- 08:30 đánh giá tại quầy

## 2. Ghi chép đánh giá

*(Ghi chép tại chỗ.)*

## 3. Báo cáo đánh giá

### Điểm mạnh

Niêm yết đầy đủ. {HOSTILE}
```
```dossier DG-2026-01
confirm lan 2026-04-22T09:00:00+07:00
```
```md records/audit-checklists/PGC-2026-001.md
---
id: PGC-2026-001
type: audit-checklist
title: Phiếu ghi chép đánh giá DG-2026-01
status: filled
owner: lan
audit: DG-2026-01
date: 2026-04-21
---

## 1. Nội dung đánh giá

~~~lines
- {{requirement: "7.5.1", question: Theo dõi ba hồ sơ từ tiếp nhận đến trả kết quả, evidence: "HS-01, HS-02, HS-03", result: conform}}
- {{requirement: QT-07, step: B2, question: Giấy hẹn có ghi giờ trả không?, evidence: 3 trên 5 hồ sơ thiếu, result: not, finding: PH-2026-001, note: "{HOSTILE}"}}
- {{requirement: "8.2.4", question: Ai cho phép phát hành?, evidence: Chủ tịch ký, result: note}}
- {{requirement: QT-07, question: Hồ sơ lưu có đủ không?}}
~~~
```
```md records/findings/PH-2026-001.md
---
id: PH-2026-001
type: finding
title: "Ba hồ sơ thiếu giờ trả {HOSTILE}"
status: answered
owner: minh
unit: ho-tich
audit: DG-2026-01
kind: minor
raised: 2026-04-21
requirement: [QT-07, 7.5.1]
seen: 3 trên 5 hồ sơ
due: 2026-05-05
---
```
```md records/findings/PH-2026-002.md
---
id: PH-2026-002
type: finding
title: Nên kê thêm ghế chờ
status: closed
owner: hoa
audit: DG-2026-01
kind: ofi
raised: 2026-04-21
requirement: [6.4]
seen: Sáu người đứng chờ
answer: Đã kê thêm
---
```
```md records/findings/PH-2026-003.md
---
id: PH-2026-003
type: finding
title: Nêu nhầm
status: cancelled
owner: hoa
audit: DG-2026-01
kind: major
raised: 2026-04-21
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ thiếu giờ trả
status: analysed
raised: 2026-04-22
of: [PH-2026-001]
severity: minor
unit: ho-tich
cause_category: people
owner: minh
---
```
"""

REVIEW = f"""
```md records/management-reviews/XXLD-2025-01.md
---
id: XXLD-2025-01
type: management-review
title: Xem xét của lãnh đạo năm 2025
status: minuted
owner: lan
date: 2025-06-10
period_from: 2024-06-01
period_until: 2025-05-31
chair: binh
held: 2025-06-10
---

## 3. Đầu ra, kết luận

~~~outputs
- {{no: "1", kind: resource, output: Mua máy lấy số, owner: hoa, due: 2025-09-30, result: Đã lắp}}
- {{no: "2", kind: change, output: Sửa bảng niêm yết, owner: mot-cua, due: 2026-05-01}}
~~~
```
```md records/management-reviews/XXLD-2026-01.md
---
id: XXLD-2026-01
type: management-review
title: Xem xét của lãnh đạo năm 2026
status: minuted
owner: lan
date: 2026-06-01
period_from: 2025-06-01
period_until: 2026-05-31
chair: binh
held: 2026-06-01
attendees: [binh, lan, Đại diện công đoàn]
next: 2027-06-01
---

# Xem xét của lãnh đạo năm 2026

## 1. Đầu vào xem xét

~~~inputs
- {{input: previous-actions, content: Đã thực hiện 1 trên 2 kết luận., source: Xem xét của lãnh đạo, figures: {{review: XXLD-2025-01, decisions: "2", done: "1", open: [XXLD-2025-01/2], late: [XXLD-2025-01/2]}}}}
- {{input: customer-feedback, content: "Hài lòng 90 %. {HOSTILE}", figures: {{complaints: "2", surveys: [KS-2026-01], answers: {{KS-2026-01: "40"}}, content: {{KS-2026-01: "36"}}}}}}
- {{input: process-performance, content: Đúng hạn 97.0 %., figures: {{received: {{QT-07: "101"}}, finished: {{QT-07: "100"}}, late: {{QT-07: "3"}}, supplemented: {{QT-07: "8"}}}}}}
- input: actions-status
  content: Chín điểm không phù hợp.
  note: Hai điểm do đổi phần mềm
  figures: {{raised: "9", closed: "5", open: [NC-2026-001, NC-2026-002], oldest: "95", ages: {{young: "1", old: "1"}}, causes: {{people: "5", procedure: "3", law: "1"}}, repeats: [NC-2026-002], actions_late: [CA-2026-004], raised_by_month: {{2025-07: "2", 2026-03: "7"}}, closed_by_month: {{2026-03: "5"}}}}
- {{input: objectives, content: Một đạt., figures: {{objectives: "3", reached: [MT-2026-01], missed: [MT-2026-02], unmeasured: [MT-2026-03], values: {{MT-2026-01: "97.50", MT-2026-02: nhiều}}, targets: {{MT-2026-01: "95", MT-2026-02: "3"}}, units: {{MT-2026-01: "%"}}}}}}
- {{input: resources, content: Thiếu một máy lấy số}}
~~~

## 2. Diễn biến cuộc họp

Chủ tịch kết luận hệ thống *phù hợp*.

## 3. Đầu ra, kết luận

~~~outputs
- {{no: "1", kind: improvement, output: Nhắn tin cho người dân, owner: hoa, due: 2026-05-20, action: CA-2026-009}}
- {{no: "2", kind: resource, output: Bố trí thêm một quầy, owner: lanh-dao, due: 2026-09-30}}
~~~
```
```dossier XXLD-2026-01
approve binh director 2026-06-01T10:00:00+07:00
```
```md records/actions/CA-2026-009.md
---
id: CA-2026-009
type: action
title: Nhắn tin cho người dân
status: in-progress
kind: improvement
of: [XXLD-2026-01]
owner: hoa
due: 2026-05-20
---
```
"""


DECLARATION = f"""
```md records/declarations/CB-2024-01.md
---
id: CB-2024-01
type: declaration
title: Công bố HTQLCL
status: declared
owner: lan
because: first
edition: iso9001-2008
decision: 12/QĐ-UBND
date: 2024-12-22
sent_to: [Sở Khoa học và Công nghệ; niêm yết tại quầy]
---

## 1. Phạm vi công bố

Hai thủ tục.
```
```md records/declarations/CB-2025-01.md
---
id: CB-2025-01
type: declaration
title: Công bố HTQLCL sau khi đổi phạm vi
status: declared
owner: lan
because: scope
edition: iso9001-2015
replaces: CB-2024-01
decision: 34/QĐ-UBND
date: 2026-05-20
sent_to: [Sở Khoa học và Công nghệ]
---

## 1. Phạm vi công bố

Cấp trích lục, theo [QT-07](../../documents/procedures/QT-07.md). {HOSTILE}

## 2. Danh mục thủ tục hành chính trong phạm vi

~~~services
- {{no: "1", name: "Cấp bản sao trích lục {HOSTILE}", field: hộ tịch, documents: [QT-08, QT-07]}}
- {{no: "2", name: Chứng thực, field: chứng thực}}
~~~
```
```dossier CB-2025-01
approve binh director 2026-05-20T09:00:00+07:00
```
```md documents/procedures/QT-08.md
---
id: QT-08
type: procedure
title: Chứng thực bản sao
revision: 1
owner: lan
unit: mot-cua
---

Nội dung.
```
```dossier QT-08
author lan 2026-01-05T09:00:00+07:00
review lan qmr 2026-01-06T09:00:00+07:00
approve binh director 2026-01-07T09:00:00+07:00
```
"""


def review_office() -> Library:
    """The office on 1 June 2026."""
    return office(AUDIT + REVIEW + DECLARATION)
