"""The text has HTML in it.

## Why
HTML is not shown: a page made from the file prints it as it stands, so that nobody can smuggle a script,
a form or an invisible passage into a document that others approve and open
(ISO 9001:2008, 4.2.3 e; ISO 9001:2015, 7.5.3.1 b). What a document needs can be said in Markdown, but for
three tags that are no error with nothing else in them: ``<br>`` ends a line within a cell of a table, ``<sub>`` and
``<sup>`` set H₂O and m². A comment, ``<!-- … -->``, is a word to whoever edits the text: it is not shown, and whoever compares
two revisions sees it. It stands on one line, or is a passage by itself.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

Tiếp nhận hồ sơ <b>và hẹn trả</b> kết quả.
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
---

Tiếp nhận hồ sơ **và hẹn trả** kết quả.

| Bước | Giấy tờ |
|---|---|
| 1 | Tờ khai<br>Giấy hẹn, 10 m<sup>2</sup> |

<!-- Đối chiếu lại khi thông tư thay đổi. -->
```

## Mend
Write it as Markdown: an empty line for a new paragraph, ``**bold**``, a table with ``|``, and ``<br>`` for
a new line within a cell. To show a sign
such as ``<ngày>``, put it between backticks.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_text
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.message import _

SEVERITY = Severity.ERROR
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}


def suspect(_office: Office) -> Look:
    """HTML in the text."""
    return lambda item: bool(item.body.html_line)


def check(library: Library) -> Iterator[Problem]:
    """Report the first line the reader saw."""
    for item in suspects(library, suspect, library.items):
        if item.body.html_line:
            message = _("HTML stands here; only Markdown is shown")
            yield Problem(item.path, item.body.html_line, message, mend_text(library, item))
