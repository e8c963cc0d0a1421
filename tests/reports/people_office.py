"""An office whose people have much to know, and whose objectives are measured: every part of those two pages."""

from __future__ import annotations

from qmsctl.core.library import Library
from tests.office import QMS_YAML, office

EVIL = "<script>alert('{{7*7}}')</script>"

OFFICE = """
Today: 2026-06-01
```yaml qms.yaml
QMS_YAML
acknowledge_within: {procedure: 10d}
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: "Cấp bản sao EVIL"
revision: 1
owner: unit-head
distribution: [ho-tich]
---

~~~steps
- {no: B1, task: Tiếp nhận, responsible: mot-cua, time: 1h, outputs: [Giấy hẹn]}
- {no: B2, task: Soạn, responsible: clerk, deputy: unit-head, time: 4h, outputs: [Dự thảo]}
~~~
```
```dossier QT-07
author lan 2026-05-05T08:00:00+07:00
review lan qmr 2026-05-06T08:00:00+07:00
approve binh director 2026-05-07T08:00:00+07:00
acknowledge minh clerk 2026-05-11T08:00:00+07:00
```
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Sắp xếp hồ sơ
revision: 1
owner: lan
---

~~~steps
- {no: B1, task: Xếp, responsible: clerk, time: 1h, outputs: [Hộp]}
~~~
```
```dossier HD-01
author lan 2026-05-05T08:00:00+07:00
approve binh director 2026-05-06T08:00:00+07:00
```
```md records/trainings/DT-2026-001.md
---
id: DT-2026-001
type: training
title: Phổ biến HD-01
status: held
owner: lan
documents: [HD-01]
due: 2026-05-12
held: 2026-05-12
---

~~~participants
- {person: hoa, attended: yes, result: passed}
- {person: minh, attended: no}
~~~
```
```md records/trainings/DT-2026-002.md
---
id: DT-2026-002
type: training
title: "EVIL"
status: planned
owner: hoa
documents: [QT-07]
due: 2026-05-20
---

~~~participants
- {person: minh}
~~~
```
```md records/competences/NL-001.md
---
id: NL-001
type: competence
title: Công chức hộ tịch
status: current
owner: lan
reviewed: 2026-01-05
next: 2027-01-05
---

~~~people
- {person: minh, competence: Nghiệp vụ hộ tịch, met: yes, evidence: chứng chỉ}
- {person: hoa, competence: Nghiệp vụ hộ tịch, met: no, training: DT-2026-002}
~~~
```
""".replace("QMS_YAML", QMS_YAML).replace("EVIL", EVIL)


def objective(subject: str, fields: str, rows: str = "") -> str:
    block = f"\n~~~measurements\n{rows}\n~~~\n" if rows else ""
    return f"""
```md records/objectives/{subject}.md
---
id: {subject}
type: objective
{fields}
---
{block}```
"""


OBJECTIVES = (
    objective(
        "MT-2026-01",
        'title: Trả hồ sơ đúng hẹn\nstatus: active\nowner: hoa\nunit: mot-cua\nmeasure: hồ sơ đúng hẹn\nunit_of_measure: "%"\n'
        "target: 98\ndirection: at-least\nperiod_from: 2026-01-01\ndue: 2026-12-31\nevery: 1m",
        "- {period: 2026-01, date: 2026-02-02, value: 95}\n- {period: 2026-03, date: 2026-04-02, value: 98.5}\n- {period: 2026-02, date: 2026-04-02, value: 96.5}",
    )
    + objective(
        "MT-2026-02",
        f'title: "{EVIL}"\nstatus: active\nowner: lan\nmeasure: hồ sơ bổ sung\nunit_of_measure: "%"\n'
        "target: 5\ndirection: at-most\nbaseline: 9\nperiod_from: 2026-01-01\ndue: 2026-12-31\nevery: 3m",
        "- {period: 2026-Q1, date: 2026-04-02, value: 10}",
    )
    + objective("MT-2026-03", 'title: Chưa đo\nstatus: draft\nowner: lan\nmeasure: x\nunit_of_measure: "%"\ntarget: 1\nperiod_from: 2026-01-01\ndue: 2026-12-31\nevery: 12m')
    + objective("MT-2024-01", 'title: Cũ\nstatus: archived\nowner: lan\nmeasure: x\nunit_of_measure: "%"\ntarget: 1\nperiod_from: 2024-01-01\ndue: 2024-12-31\nevery: 12m')
    + objective("MT-2026-04", 'title: Thôi\nstatus: cancelled\nowner: lan\nmeasure: x\nunit_of_measure: "%"\ntarget: 1\nperiod_from: 2026-01-01\ndue: 2026-12-31\nevery: 12m')
)


def people_office() -> Library:
    return office(OFFICE + OBJECTIVES)
