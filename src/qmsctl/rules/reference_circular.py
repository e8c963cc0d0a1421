"""A file comes before itself: what it replaces, follows or belongs to leads back to it.

## Why
Which document is to be used is told by what replaces what (ISO 9001:2008, 4.2.3 g; ISO 9001:2015, 7.5.3.2 c): where
each of two replaces the other, neither is the valid one, and where a form belongs to what belongs to the form, nobody
answers for it. The rule follows the fields to which a type gives an `order`, such as `supersedes`, `superseded_by`,
`replaces`, `after` and `parent`, through any number of files. What is withdrawn or given up says what once was.

## Bad
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
supersedes: [HD-02]
---
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Tiếp nhận hồ sơ tại một cửa
revision: 1
supersedes: [HD-01]
---
```

## Good
```md documents/instructions/HD-01.md
---
id: HD-01
type: instruction
title: Tiếp nhận hồ sơ
revision: 1
---
```
```md documents/instructions/HD-02.md
---
id: HD-02
type: instruction
title: Tiếp nhận hồ sơ tại một cửa
revision: 1
supersedes: [HD-01]
---
```

## Mend
Take out the reference that is not so. A new revision replaces the earlier one by itself: `supersedes` names other documents.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.field_mend import mend_field
from qmsctl.core.records.circles import Step, steps_in_circles
from qmsctl.core.sight import Sight
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3",), "iso9001-2015": ("7.5.3.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Every reference of a circle; closed records keep theirs."""
    for step in steps_in_circles(library):
        if step.holder.is_document or not library.is_exempt(step.holder):
            yield Problem(step.holder.path, step.named.line, _message(step), mend_field(library, step.holder, step.field.name))


def _message(step: Step) -> Message:
    if step.holder.id == step.other.id:
        return _("“{field}” names {id} itself", field=step.field.label, id=step.holder.id)
    return _("“{field}” names {other}, and from {other} the way leads back to {id}", field=step.field.label, other=step.other.id, id=step.holder.id)
