"""An office full of traps: whatever must not come out says so by one word."""

from __future__ import annotations

from qmsctl.core.library import Library
from tests.office import office

INSIDE = "khongralgoai"
"""The word that stands in everything that is for the office alone."""

TRAPS = f"""
Today: 2026-06-01
```text attachments/decisions/{INSIDE}-QD-12.pdf
x
```
```text attachments/ban-ve-{INSIDE}.png
x
```
```yaml .qms/types/guide/type.yaml
type: guide
kind: document
extends: document
label: {{en: Guide, vi: Sổ tay {INSIDE}}}
id: SO-{{number:2}}
folder: documents/guides
```
```md documents/manual/STCL.md
---
id: STCL
type: manual
title: Sổ tay chất lượng theo NC-2026-001 của Đỗ Văn Minh
revision: 1
owner: qmr
---
# Sổ tay

{INSIDE} một câu dài hơn tám từ chỉ có trong sổ tay nội bộ.
```
```dossier STCL
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00
```
```md documents/guides/SO-01.md
---
id: SO-01
type: guide
title: Cẩm nang {INSIDE}
revision: 1
owner: lan
classification: public
---
{INSIDE}
```
```dossier SO-01
author minh 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T09:00:00+07:00
```
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Phiếu kiểm soát nội bộ
revision: 1
owner: hoa
parent: QT-07
classification: internal
---
{INSIDE}
```
```dossier BM-07.01
author hoa 2026-03-01T08:00:00+07:00
approve binh director 2026-03-02T08:00:00+07:00
```
```md documents/forms/BM-07.02.md
---
id: BM-07.02
type: form
title: Tờ khai <b>yêu cầu</b>
revision: 1
owner: hoa
parent: QT-07
classification: public
issued_with: Mẫu 01, Thông tư 03/2025/TT-VPCP
x-note: {INSIDE}
keywords: [{INSIDE}]
---
# Tờ khai yêu cầu

<!-- {INSIDE} -->

- Họ và tên: ……
  <!-- {INSIDE}
  nhiều dòng -->
- Theo [Phiếu](BM-07.01.md "{INSIDE}") và ![hình](../../attachments/ban-ve-{INSIDE}.png)

[//]: # ({INSIDE})
[cu]: ../../attachments/decisions/{INSIDE}-QD-12.pdf "{INSIDE}"

~~~records
- {{name: {INSIDE}, place: kho, keeper: clerk, retention: 5y}}
~~~

```text
{INSIDE}
```
```
""".replace("```text\n" + INSIDE + "\n```\n", "~~~text\n" + INSIDE + "\n~~~\n") + f"""
```dossier BM-07.02
author hoa 2026-03-01T08:00:00+07:00
approve binh director 2026-03-02T08:00:00+07:00
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao
revision: 1
change: {INSIDE}
answers: [NC-2026-001]
owner: minh
unit: ho-tich
classification: public
distribution: [mot-cua]
keywords: [{INSIDE}]
tthc: "2.000635"
field: Hộ tịch
announced: Quyết định 2228/QĐ-BTP
portal_checked: 2026-05-20
time_limit: 3d
x-{INSIDE}: {INSIDE}
---
# Cấp bản sao

## 1. Mục đích

{INSIDE}

### Số lượng

{INSIDE} dưới một mục không công khai.

## 5. Nội dung

{INSIDE}

### 5.1 Cơ sở pháp lý

{INSIDE}

### 5.2 Thành phần hồ sơ

Tờ khai BM-07.02, không phải BM-07.**01** hay [{INSIDE} BM-07.01](../forms/BM-07.01.md "{INSIDE}"), hay bm–07.01, hay STCL.
Hỏi Đỗ **Văn Minh**, minh@tan-an.example, [thư](mailto:hoa@tan-an.example); hồ sơ NC-2026-001, tệp attachments/decisions/{INSIDE}-QD-12.pdf
hoặc {INSIDE}-QD-12.pdf. <!-- {INSIDE} --> ![](data:image/png;base64,{INSIDE})

<!-- {INSIDE}

- {INSIDE} -->

#### Ghi chú nội bộ

{INSIDE}

### 5.3 Số lượng

01 bộ.

**7. Hồ sơ lưu**

{INSIDE}

### 5.4 Thời gian xử lý

3 ngày.

~~~steps
- {{no: B1, task: {INSIDE}, responsible: clerk, time: 1h, note: {INSIDE}, forms: [BM-07.01]}}
~~~

### 5.6 Phí, lệ phí

~~~costs
- {{item: Nộp tại quầy, fee: 8.000 đồng, papers: [Tờ khai BM-07.02, Phiếu BM-07.01], copies: 1, visits: 1}}
~~~

### 5.7 Quy trình xử lý

#### Lệ phí

{INSIDE}

### Các bước ông/bà cần thực hiện

1. Điền [tờ khai](../forms/BM-07.02.md#to-khai-yeu-cau), xem [sổ tay](../manual/STCL.md) và [quy định](https://example.org/x).

## 7. Hồ sơ lưu

### Thời hạn giải quyết

{INSIDE}
```
```dossier QT-07
author minh 2026-01-10T08:00:00+07:00
review lan qmr 2026-01-11T08:00:00+07:00
approve binh director 2026-01-12T08:00:00+07:00
```
```md documents/procedures/QT-08.md
---
id: QT-08
type: procedure
title: Dự thảo {INSIDE}
revision: 1
owner: minh
classification: public
---
# Dự thảo

## Phí, lệ phí

{INSIDE}
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: {INSIDE}
status: reported
raised: 2026-03-03
raised_by: hoa
owner: minh
classification: public
---
{INSIDE}
```
```md records/complaints/PA-2026-001.md
---
id: PA-2026-001
type: complaint
title: Khiếu nại {INSIDE}
status: received
received: 2026-05-03
channel: counter
sender: citizen
classification: statutory
owner: lan
due: 2026-06-03
---
## Nội dung

{INSIDE}
```
"""


def portal_office() -> Library:
    """The office, on its day."""
    return office(TRAPS)
