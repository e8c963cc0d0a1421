"""An image is fetched from the internet when the text is opened.

## Why
A document has to look the same in ten years and without a network, and nobody outside should see who
opens it when (ISO 9001:2008, 4.2.3 e; ISO 9001:2015, 7.5.3.1). An image on another server can change or
vanish after the document was approved.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

![Lưu đồ](https://cdn.example/luu-do.png)
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

![Lưu đồ](../../attachments/QT-07/luu-do.png)
```

## Mend
Save the image below ``attachments/`` with ``qmsctl attach ID FILE``, and name it by a relative path.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.sight import Sight
from qmsctl.mend import Hole, advice, command
from qmsctl.message import _

SEVERITY = Severity.WARNING
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}


def check(library: Library) -> Iterator[Problem]:
    """Report every image with a target on the web."""
    for item, link, target in library.links:
        if link.image and target.remote:
            message = _("the image “{target}” is fetched from another server", target=link.shown)
            kept = command("attach", item.id, Hole("file")).in_order_to(_("save it below attachments/"))
            yield Problem(item.path, link.line, message, kept.then(advice(_("name it by a relative path"))))
