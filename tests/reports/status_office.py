"""An office in which much is not as it should be: every list, every unit, and a month ago that was better."""

from __future__ import annotations

from qmsctl.core.library import Library
from tests.office import office

EVIL = "<script>alert('{{7*7}}')</script>"

OFFICE = """
Today: 2026-06-01
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: "Cấp bản sao EVIL"
revision: 1
owner: lan
unit: ho-tich
---
```
```dossier QT-07
author minh 2025-03-03T08:00:00+07:00
review lan qmr 2025-03-04T08:00:00+07:00
approve binh director 2025-03-05T08:00:00+07:00
```
```md documents/procedures/QT-08.md
---
id: QT-08
type: procedure
title: Chứng thực bản sao
revision: 1
owner: hoa
unit: mot-cua
---
```
```dossier QT-08
author hoa 2026-05-25T08:00:00+07:00
```
```md records/case-registers/SHS-2026-001.md
---
id: SHS-2026-001
type: case-register
title: Cấp bản sao, 5/2026
status: open
owner: hoa
procedure: QT-07
month: 2026-05
data: {path: attachments/cases/QT-07-2026-05.csv, sha256: aa}
---
```
```text attachments/cases/QT-07-2026-05.csv
case,received,due,stops,supplements,finished,released_by
HT-1,2026-05-04 08:00,2026-05-05 16:00,,0,2026-05-06 09:00,director
HT-2,2026-05-25 08:00,2026-05-26 16:00,,0,,
HT-3,2026-05-25 08:00,2026-06-26 16:00,,0,,
HT-4,2026-05-25 08:00,2026-05-26 16:00,,0,2026-05-26 09:00,director
```
```md records/actions/CA-2026-001.md
---
id: CA-2026-001
type: action
title: Kèm người mới
status: planned
kind: corrective
raised: 2026-02-10
owner: minh
unit: ho-tich
due: 2026-04-15
---

~~~escalations
- {date: 2026-04-20, from: minh, to: qmr, reason: Không có người kèm, answered: 2026-05-10, by: lan, answer: Cử người}
- {date: 2026-05-20, from: minh, to: director, reason: "Vẫn không có người EVIL"}
~~~
```
```md records/actions/CA-2026-002.md
---
id: CA-2026-002
type: action
title: In lại biểu mẫu
status: planned
kind: correction
raised: 2026-05-10
owner: hoa
unit: mot-cua
due: 2026-05-20
---
```
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Trả quá hẹn
status: confirmed
raised: 2026-02-03
owner: minh
unit: ho-tich
---
```
```md records/nonconformities/NC-2026-002.md
---
id: NC-2026-002
type: nonconformity
title: Lại trả quá hẹn
status: reported
raised: 2026-05-12
owner: minh
unit: ho-tich
---
```
```md records/objectives/MT-2026-01.md
---
id: MT-2026-01
type: objective
title: Trả đúng hẹn
status: active
owner: hoa
unit: mot-cua
target: 98
direction: at-least
unit_of_measure: "%"
period_from: 2026-01-01
due: 2026-12-31
every: 1m
---

~~~measurements
- {period: 2026-03, date: 2026-04-01, value: 99}
- {period: 2026-04, date: 2026-05-04, value: 97}
- {period: 2026-05, date: 2026-06-01, value: 96.5}
- {period: 2026-06, date: 2026-06-01, value: 99}
~~~
```
""".replace("EVIL", EVIL)


def status_office(more: str = "") -> Library:
    """The library of that office, with ``more`` in it."""
    return office(OFFICE + more)
