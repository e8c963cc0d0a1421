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


def severities(rule: str, text: str) -> list[str]:
    return [str(found.severity) for found in run(office(text), [load_rule(rule)]).diagnostics]


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        ("approval-incomplete", DRAFT, "warning"),
        ("approval-incomplete", DRAFT + HALF_APPROVED + "Today: 2026-05-31\n", "warning"),
        ("approval-incomplete", DRAFT + HALF_APPROVED + "Today: 2026-06-01\n", "error"),
        ("legal-basis-expired", DRAFT + LAW, "error"),
        ("legal-basis-expired", DRAFT + APPROVED + LAW, "warning"),
    ],
)
def test_severity(rule: str, text: str, expected: str) -> None:
    assert severities(rule, text) == [expected]


def test_a_second_approver_is_not_refused_on_the_day_of_the_first() -> None:
    """A writing command is refused where its edit brings an error; late approvers come one by one."""
    same_day = DRAFT + HALF_APPROVED.replace("2026-05-31T", "2026-06-01T")
    assert severities("approval-incomplete", same_day) == ["warning"]
