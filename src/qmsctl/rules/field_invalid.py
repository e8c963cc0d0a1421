"""A field or a data block holds a value of the wrong kind.

## Why
Dates, persons, roles and numbers are worked with: what is due, who may sign, what is in force. A date
written as 3/2/2026 or a person nobody knows makes those answers wrong without anybody noticing
(ISO 9001:2008, 4.2.3 and 4.2.4; ISO 9001:2015, 7.5.2).

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 02/03/2026
owner: minh
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
revision: 1
effective: 2026-03-02
owner: minh
---
```

## Mend
Write the value as the message asks. For a record: ``qmsctl set ID key=value``. People are listed in
``people.yaml``, roles and units in ``qms.yaml``; whoever leaves is ended there, never removed.
"""

from collections.abc import Iterator

from qmsctl.core.diagnostic import Problem, Severity
from qmsctl.core.field import Field
from qmsctl.core.library import Library
from qmsctl.core.mend import mend_field, mend_text
from qmsctl.core.model import Item
from qmsctl.core.nodes import Scalar, is_empty
from qmsctl.core.values import problems
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def check(library: Library) -> Iterator[Problem]:
    """Read every value as the kind its field asks for."""
    good: dict[tuple[str, str], set[str]] = {}
    for item in library.judged:
        for name, node in item.fields.entries.items():
            field = item.type.fields.get(name)
            if field is None:
                continue
            if isinstance(node, Scalar):
                accepted = good.setdefault((item.type.name, name), set())
                if field.kind == "text" or node.text in accepted or is_empty(node):
                    continue
                accepted.add(node.text)
            found = tuple(problems(field, node, library.names)) if not is_empty(node) else ()
            if found and isinstance(node, Scalar):
                good[item.type.name, name].discard(node.text)
            for line, message in found:
                yield Problem(item.path, line, _named(field, message), mend_field(library, item, name))
        yield from _status(library, item)
        if item.body.blocks:
            yield from _blocks(library, item)


def _named(field: Field, message: Message) -> Message:
    return _("“{label}” ({field}): {problem}", label=field.label, field=field.name, problem=message)


def _status(library: Library, item: Item) -> Iterator[Problem]:
    states = item.type.states
    if not states or item.status in states or not item.has("status"):
        return
    yield Problem(
        item.path,
        item.line("status"),
        _("“{text}” is no state of this type; expected one of {states}", text=item.status or "?", states=tuple(states)),
        _("take back the last state in {path}; qmsctl advance {id} STATE moves a record on", path=item.path, id=item.id),
    )


def _blocks(library: Library, item: Item) -> Iterator[Problem]:
    for block in item.body.blocks:
        found = [(block.problem[1], block.problem[0])] if block.problem else []
        field = item.type.blocks.get(block.name)
        if field and block.rows is not None:
            found += problems(field, block.rows, library.names)
        for line, message in found:
            named = _("block “{block}”: {problem}", block=block.name, problem=message)
            yield Problem(item.path, line, named, mend_text(library, item))
