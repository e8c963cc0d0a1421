"""A small office that shows every part of a report."""

from __future__ import annotations

import hashlib
from datetime import date

from qmsctl.core.engine import CheckResult, run
from qmsctl.core.library import Library
from qmsctl.reports.options import ReportOptions
from qmsctl.rules import load_rule
from qmsctl.store.shipped.resources import read_text
from tests.office import QMS_YAML, library_of, office

COMMIT = "9f2c41ab" * 5

DOCUMENTS = """
```yaml qms.yaml
%s
not_applicable: [{standard: iso9001-2008, clause: "7.3", reason: nothing is designed here}]
ignore: [{rule: id-not-file-name, path: documents/annexes/, reason: the names of the old system, until: 2026-12-31}]
```
```text attachments/QD-12.pdf
the signed decision
```
```md documents/manual/STCL.md
---
id: STCL
type: manual
title: Sổ tay chất lượng
revision: 1
owner: qmr
unit: lanh-dao
clauses: [4.1, 4.2.2, 5.1]
distribution: [mot-cua, ho-tich, lanh-dao]
---
# Sổ tay chất lượng

## 1. Phạm vi áp dụng

### 1.1 Nơi áp dụng

Các thủ tục của [QT-07](../procedures/QT-07.md).

~~~records
- name: Biên bản họp
  place: Văn phòng
  keeper: qmr
  retention: 5y
  clauses: [5.6.1]
~~~

## 2. Các quá trình và sự tương tác

Ba quá trình.
```
```dossier STCL
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00 entered_by=hoa
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục
revision: 1
owner: minh
unit: ho-tich
clauses: [7.5.1, 8.2.4]
distribution: [mot-cua]
review_by: 2026-05-01
---
# Cấp bản sao trích lục

## 1. Mục đích

Trả kết quả đúng hẹn. Xem <b>đậm</b> và [trang ngoài](https://example.org/x).

~~~steps
- {no: B1, task: "Tiếp nhận {{7*7}}", responsible: clerk, time: 1h, outputs: [Giấy hẹn, Phiếu], forms: [BM-07.01], check: đủ giấy tờ, next: {đủ: B2, thiếu: B1a}, deputy: unit-head}
- {no: B2, task: Ký, responsible: director, time: 2d, outputs: [Bản sao], forms: [BM-07.01], release: yes}
~~~
```
```dossier QT-07
author minh 2026-01-10T08:00:00+07:00
review lan qmr 2026-01-11T08:00:00+07:00
approve hung deputy-director 2026-01-12T08:00:00+07:00 effective=2026-02-01 capacity=KT on_behalf_of=director
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục
revision: 2
change: bớt một bước
owner: minh
---
# Cấp bản sao trích lục

Đang sửa.
```
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: "Giấy hẹn <script>alert('{{7*7}}')</script>"
revision: 1
owner: hoa
parent: QT-07
---
# Giấy hẹn
```
```dossier BM-07.01
author hoa 2026-03-01T08:00:00+07:00
approve binh director 2026-03-02T08:00:00+07:00 entered_by=lan
```
```md documents/external/TLBN-01.md
---
id: TLBN-01
type: external-document
title: Luật Hộ tịch
revision: 1
owner: lan
issuer: Quốc hội
number: 60/2014/QH13
issued: 2014-11-20
in_force_from: 2016-01-01
checked: 2026-05-01
---
Xem bản gốc.
```
```dossier TLBN-01
author hoa 2026-05-01T08:00:00+07:00
approve hoa director 2026-05-02T08:00:00+07:00
```
```md documents/annexes/wrong.md
---
id: PL-01
type: annex
title: Phụ lục
revision: 1
owner: lan
parent: QT-07
---
Dự thảo.
```
```md documents/rules/wrong-too.md
---
id: QC-01
type: rule
title: Quy chế
revision: 1
owner: lan
---
Dự thảo.
```
"""

RECORDS = """
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Trả sai tên <img src=x onerror=alert(1)>
status: planned
raised: 2026-03-03
raised_by: hoa
severity: major
source: complaint
requirement: [QT-07, 8.2.4]
unit: ho-tich
owner: minh
actions: [CA-2026-001]
---
## Mô tả

Sai tên.
```
```md records/nonconformities/NC-2025-009.md
---
id: NC-2025-009
type: nonconformity
title: Việc cũ đã đóng
status: closed
raised: 2024-01-01
owner: minh
verified: 2024-03-01
---
## Mô tả

Cũ.
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Đối chiếu hai lần
status: in-progress
kind: corrective
of: [NC-2026-001]
raised: 2026-03-05
owner: minh
unit: ho-tich
due: 2026-04-01
---
## Mô tả

Thêm một bước.

~~~extensions
- {until: 2026-05-20, at: 2026-04-01, by: lan, reason: chờ phần mềm}
~~~
```
"""

def small_office(today: date = date(2026, 6, 1)) -> Library:
    """The office of the texts above, the approval of its manual evidenced by an attached decision."""
    files = dict(office(DOCUMENTS % QMS_YAML + RECORDS).outside.data)  # type: ignore[attr-defined]
    path = next(path for path in files if path.endswith("/approve.binh.md") and "/STCL/" in path)
    digest = hashlib.sha256(files["attachments/QD-12.pdf"]).hexdigest()
    basis = f"basis: {{number: 12/QĐ-UBND, date: 2026-01-06, file: attachments/QD-12.pdf, sha256: {digest}}}\n---\n"
    files[path] = files[path].removesuffix(b"---\n") + basis.encode()
    return library_of(files, today)


def checked(library: Library) -> CheckResult:
    """The result of one rule, of which one diagnostic is set aside."""
    return run(library, [load_rule("id-not-file-name")])


def options(**changed: object) -> ReportOptions:
    """Options of a report of a commit, with the texts of the documents."""
    given = {"tool_version": "0.1.0", "commit": COMMIT, "with_documents": True, **changed}
    return ReportOptions(editions=read_text("standards/editions.yaml"), **given)  # type: ignore[arg-type]
