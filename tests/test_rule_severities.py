"""Rules whose severity depends on what they find."""

from __future__ import annotations

import pytest

from qmsctl.core.engine import run
from qmsctl.rules import load_rule
from tests.office import office

DRAFT = """\
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-05-31
owner: minh
legal_basis: [TLBN-01]
---
```
"""
HALF_APPROVED = """\
```dossier QT-07
author minh 2026-05-05T08:00:00+07:00
approve binh director 2026-05-31T08:00:00+07:00
```
"""
APPROVED = """\
```dossier QT-07
author minh 2026-05-05T08:00:00+07:00
review lan qmr 2026-05-06T08:00:00+07:00
approve binh director 2026-05-31T08:00:00+07:00
```
"""
LAW = """\
```md documents/external/TLBN-01.md
---
id: TLBN-01
type: external-document
title: Luật Hộ tịch
in_force_until: 2026-05-30
---
```
"""


CALIBRATED = """\
Stricter from: {}

```md records/equipment/TB-001.md
---
id: TB-001
type: equipment
status: in-service
kind: measuring
cycle: 12m
---

~~~calibration
- {{date: 2026-05-02, result: pass, certificate: KĐ-1, next: 2027-05-03}}
~~~
```
"""


HINT = """\
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
owner: clerk
---

## 1. Mục đích

*(Giúp ai làm đúng việc gì.)*

## 2. Nội dung
```
"""
SUBMITTED = "```dossier HD-01\nauthor minh 2026-05-05T08:00:00+07:00\n{}```\n"
RETURNED = SUBMITTED.format("return binh director 2026-05-06T08:00:00+07:00\n")
CONFIRMED = """\
```md records/nonconformities/NC-2026-001.md
---
id: NC-2026-001
type: nonconformity
title: Ba hồ sơ trả quá hẹn
status: {}
---

## Mô tả
{}
## Năm câu hỏi vì sao

*(Hỏi đến điều đơn vị thay đổi được.)*
```
"""


def severities(rule: str, text: str) -> list[str]:
    return [str(found.severity) for found in run(office(text), [load_rule(rule)]).diagnostics]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("approval-incomplete", DRAFT, "warning"),
        ("approval-incomplete", DRAFT + HALF_APPROVED + "Today: 2026-05-31\n", "warning"),
        ("approval-incomplete", DRAFT + HALF_APPROVED + "Today: 2026-06-01\n", "error"),
        ("legal-basis-expired", DRAFT + LAW, "error"),
        ("placeholder-left", HINT, "warning"),
        ("placeholder-left", HINT + SUBMITTED.format(""), "error"),
        ("placeholder-left", HINT + RETURNED, "warning"),
        ("placeholder-left", CONFIRMED.format("reported", ""), "warning"),
        ("placeholder-left", CONFIRMED.format("confirmed", ""), "warning"),
        ("placeholder-left", CONFIRMED.format("closed", ""), "error"),
        ("section-missing", HINT, "warning"),
        ("section-missing", HINT + SUBMITTED.format(""), "error"),
        ("section-missing", CONFIRMED.format("reported", ""), "warning"),
        ("section-missing", CONFIRMED.format("confirmed", ""), "error"),
        ("legal-basis-expired", DRAFT + APPROVED + LAW, "warning"),
    ],
)
def test_severity(rule: str, text: str, expected: str) -> None:
    assert severities(rule, text) == [expected]


@pytest.mark.parametrize("state", ["rejected", "cancelled"])
@pytest.mark.parametrize("rule", ["placeholder-left", "section-missing"])
def test_what_is_given_up_may_stay_unwritten(rule: str, state: str) -> None:
    assert severities(rule, CONFIRMED.format(state, "")) == []


def test_what_is_confirmed_says_what_is_wrong() -> None:
    text = CONFIRMED.format("confirmed", "\n*(Thực tế thấy gì.)*\n")
    assert severities("placeholder-left", text) == ["error", "warning"]


def test_a_second_approver_is_not_refused_on_the_day_of_the_first() -> None:
    """A writing command is refused where its edit brings an error; late approvers come one by one."""
    same_day = DRAFT + HALF_APPROVED.replace("2026-05-31T", "2026-06-01T")
    assert severities("approval-incomplete", same_day) == ["warning"]


def test_a_next_day_after_the_cycle_is_an_error_in_what_is_new() -> None:
    severities = [run(office(CALIBRATED.format(day)), [load_rule("day-impossible")]).diagnostics[0].severity for day in ("2026-05-02", "2026-05-03")]
    assert severities == ["error", "warning"]
