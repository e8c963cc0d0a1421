"""An office that gave out copies of a procedure."""

from __future__ import annotations

from qmsctl.core.library import Library
from tests.office import office

TEXTS = """
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: "Cấp bản sao <b>trích lục</b>"
revision: 1
owner: minh
---
## 5. Nội dung
```
```dossier QT-07
author minh 2026-01-05T08:00:00+07:00
review lan qmr 2026-01-06T08:00:00+07:00
approve binh director 2026-01-07T08:00:00+07:00
```
```md records/distributions/PP-2026-002.md
---
id: PP-2026-002
type: distribution
title: "Bản giấy <script>alert(1)</script>"
status: issued
document: QT-07
revision: 1
unit: mot-cua
copies: [01, 02]
date: 2026-02-01
received_by: hoa
owner: lan
---
```
"""


def slip_office() -> Library:
    """The office of the texts above."""
    return office(TEXTS)
