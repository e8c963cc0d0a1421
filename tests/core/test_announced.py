"""What a procedure serves: as its own head says, else as the decision in force announced it."""

from __future__ import annotations

import pytest

from qmsctl.core.procedures.announced import announced, field_of, served
from tests.office import office

DECISION = """
```md documents/external/TLBN-01.md
---
id: TLBN-01
type: external-document
title: Quyết định công bố
revision: 1
owner: hoa
classification: public
issuer: Chủ tịch UBND tỉnh
number: 1127/QĐ-UBND
issued: 2025-07-22
in_force_until: 2026-06-30
checked: 2026-01-05
---
# Quyết định công bố

~~~services
- {code: 1.000001, name: Thủ tục A, field: Hộ tịch, documents: [QT-01]}
- {code: 1.000002, name: Thủ tục B, documents: [QT-01, QT-02]}
- {code: 1.000003, name: Chưa có quy trình}
~~~
```
"""
IN_FORCE = """
```dossier TLBN-01
author hoa 2026-01-05T08:00:00+07:00
approve binh director 2026-01-06T08:00:00+07:00
```
"""


def procedure(name: str, head: str = "") -> str:
    return f"\n```md documents/procedures/{name}.md\n---\nid: {name}\ntype: procedure\ntitle: A\nrevision: 1\nowner: minh\n{head}---\n# A\n```\n"


def test_the_decision_speaks_for_a_procedure_that_says_nothing_itself() -> None:
    library = office("Today: 2026-06-30\n" + DECISION + IN_FORCE + procedure("QT-01") + procedure("QT-02", "tthc: [9.9]\nfield: Chứng thực\n"))
    found = announced(library)
    assert {name: [each.code for each in services] for name, services in found.items()} == {"QT-01": ["1.000001", "1.000002"], "QT-02": ["1.000002"]}
    first, second = (library.by_id[name] for name in ("QT-01", "QT-02"))
    assert (served(first, found), field_of(first, found)) == (("1.000001", "1.000002"), "Hộ tịch")
    assert (served(second, found), field_of(second, found)) == (("9.9",), "Chứng thực")


@pytest.mark.parametrize("text", ["Today: 2026-07-01\n" + DECISION + IN_FORCE, "Today: 2026-06-30\n" + DECISION], ids=["no longer", "draft"])
def test_a_decision_that_is_not_in_force_says_nothing(text: str) -> None:
    assert announced(office(text + procedure("QT-01"))) == {}
