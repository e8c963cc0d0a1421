"""An office whose cases, nonconformities, surveys and complaints show every part of the pages of figures."""

from __future__ import annotations

from collections.abc import Iterable

from qmsctl.core.library import Library
from tests.office import office
from tests.reports.process_office import HEAD, NEW, OLD, SIGNED

LONG = "x" * 120
EVIL = "<script>alert('{{7*7}}')</script>"

REGISTER = """
```md records/case-registers/SHS-2026-00{number}.md
---
id: SHS-2026-00{number}
type: case-register
title: Sổ {month}
status: open
owner: hoa
procedure: QT-07
month: {month}
data: {{path: attachments/cases/{month}.csv, sha256: {digest}}}
---
```
```text attachments/cases/{month}.csv
case,received,due,B1,B2,B2a,stops,supplements,finished
{rows}
```
"""

JANUARY = (
    "H-01,2026-01-12 08:00,2026-01-14 08:00,2026-01-12 09:00,2026-01-12 16:00,,,0,2026-01-13 16:00",
    "H-02,2026-01-12 09:00,2026-01-20 08:00,2026-01-12 09:30,2026-01-13 10:00,,,1,2026-01-19 16:00",
    "H-03,2026-01-15 09:00,2026-01-16 08:00,2026-01-15 10:30,2026-01-15 16:00,,,0,2026-01-16 10:00",
)
"""In time by both, late by the limit of two days alone, late by the day told alone."""

APRIL = (
    "H-11,2026-04-06 08:00,2026-04-08 08:00,2026-04-06 08:30,2026-04-06 13:30,2026-04-07 09:00,,0,2026-04-07 15:00",
    "H-12,2026-04-06 09:00,2026-04-08 09:00,2026-04-06 10:30,2026-04-06 16:30,2026-04-07 08:30,2026-04-07 08:30..2026-04-08 08:30,1,2026-04-09 08:00",
    "H-13,2026-04-10 09:00,2026-04-14 09:00,,,,,0,",
)
"""Both of them with another agency; the last one is open past its day."""

PROBLEM = """
```md records/nonconformities/{id}.md
---
id: {id}
type: nonconformity
title: {title}
status: {status}
raised: {raised}
raised_by: hoa
about: process
source: {source}
severity: minor
unit: {unit}
owner: minh
requirement: [QT-07]
cause_category: {cause}
---
## 1. Mô tả

Có.
```
"""

SURVEY = """
```md records/surveys/{id}.md
---
id: {id}
type: survey
title: {title}
status: open
owner: hoa
unit: mot-cua
period_from: {first}
period_until: {last}
channel: paper
sample: 20
---
~~~questions
- {{no: 1, question: Thái độ {evil}, about: attitude, score3: {bad}, score4: 5, score5: {good}}}
- {{no: 2, question: Thời gian, about: time, score2: 2, score5: 18}}
~~~
```
"""

COMPLAINT = """
```md records/complaints/{id}.md
---
id: {id}
type: complaint
title: Chậm
status: answered
owner: hoa
received: {received}
channel: counter
sender: citizen
classification: {kind}
due: {due}
answered: {answered}
justified: {justified}
---
```
"""


def register(number: int, month: str, rows: Iterable[str]) -> str:
    """A register of QT-07 and its file."""
    return REGISTER.format(number=number, month=month, rows="\n".join(rows), digest="4" * 64)


PROCEDURE = HEAD.format(1) + OLD + SIGNED.format(1) + HEAD.format(2) + NEW + SIGNED.format(3)
PROBLEMS = (
    PROBLEM.format(id="NC-2026-001", title=EVIL, status="planned", raised="2026-01-10", source="process", unit="mot-cua", cause="people")
    + PROBLEM.format(id="NC-2026-002", title=f"Hai {LONG}", status="planned", raised="2026-03-20", source="complaint", unit="mot-cua", cause="people")
    + PROBLEM.format(id="NC-2026-003", title="Ba", status="planned", raised="2026-05-20", source="process", unit="ho-tich", cause="law")
)
VOICES = (
    SURVEY.format(id="KS-2026-01", title="Quý I", first="2026-01-05", last="2026-03-31", bad=5, good=10, evil=EVIL.replace("{", "").replace("}", "").replace("'", ""))
    + SURVEY.format(id="KS-2026-02", title="Quý II", first="2026-04-05", last="2026-05-31", bad=1, good=14, evil=EVIL.replace("{", "").replace("}", "").replace("'", ""))
    + COMPLAINT.format(id="PA-2026-001", received="2026-02-02", kind="delay", due="2026-02-12", answered="2026-02-20", justified="justified")
    + COMPLAINT.format(id="PA-2026-002", received="2026-04-02", kind="delay", due="2026-04-12", answered="2026-04-10", justified="unjustified")
    + COMPLAINT.format(id="PA-2026-003", received="2026-04-20", kind="attitude", due="2026-05-12", answered="2026-05-10", justified="partly")
)


def figures_office() -> Library:
    """Six cases under two revisions of QT-07, three nonconformities of which one repeats another, two surveys, three complaints."""
    return office(PROCEDURE + register(1, "2026-01", JANUARY) + register(2, "2026-04", APRIL) + PROBLEMS + VOICES)
