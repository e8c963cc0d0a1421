"""A link leads out of the QMS, or is of a kind that could run something.

## Why
What a document points at has to travel with it: to another computer, onto paper, to the auditor
(ISO 9001:2008, 4.2.3 d and e; ISO 9001:2015, 7.5.3.1). A path such as ``../../../home/…`` or ``C:/Users/…``
works on one computer only, and a ``javascript:`` or ``data:`` link can do harm in a browser. Allowed are
http, https, mailto and relative paths inside the folder of ``qms.yaml``.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

Xem [biểu mẫu](..%2f..%2f..%2fchung/bieu-mau.docx).
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

Xem [biểu mẫu](../../attachments/QT-07/bieu-mau.docx) và [cổng dịch vụ công](https://dichvucong.example/).
```

## Mend
Put the file below ``attachments/`` with ``qmsctl attach ID FILE``, and link to it there. Between the parts
of a path stands ``/``.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.mend import Hole, advice, command
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}


def check(library: Library) -> Iterator[Problem]:
    """Report every target that was refused."""
    for item, link, target in library.links:
        if target.problem:
            message = _("the link “{target}” is not allowed: {problem}", target=link.shown, problem=target.problem)
            kept = command("attach", item.id, Hole("file")).in_order_to(_("put the file below attachments/"))
            yield Problem(item.path, link.line, message, kept.then(advice(_("link to it by a relative path"))))
