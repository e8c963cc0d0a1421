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

from collections.abc import Iterator, Mapping
from functools import partial

from qmsctl.core.asked import way_on
from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.day_turned import TurnedDays
from qmsctl.core.mends.field_mend import mend_field, mend_text
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.fences import Block
from qmsctl.core.text.nodes import Node, Scalar, Sequence, is_empty, texts
from qmsctl.core.types.acceptance import Accept, acceptance
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import Names, meant_value
from qmsctl.core.types.validation import problems
from qmsctl.mend import HOLE, Mend
from qmsctl.message import _, named

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}


def suspect(office: Office) -> Look:
    """A value that its kind does not accept, or a state that is none."""
    tests = _Tests(office.names)

    def look(item: Item) -> bool:
        fields, blocks = tests.of(item)
        return (
            any(name in fields and not fields[name](node) for name, node in item.fields.entries.items())
            or any(block.problem or (block.name in blocks and block.rows and not blocks[block.name](block.rows)) for block in item.blocks)
            or (bool(item.type.states) and item.status not in item.type.states)
        )

    return look


def check(library: Library) -> Iterator[Problem]:
    """Read every value as the kind its field asks for."""
    for item in suspects(library, suspect):
        found = item.type
        for name, node in item.fields.entries.items():
            if name in found.fields and not is_empty(node):
                yield from _field(library, item, found.fields[name], node)
        for block in item.blocks:
            yield from _block(library, item, block)
        if found.states and item.status not in found.states and item.has("status"):
            yield _status(item)


class _Tests:
    """The tests for the fields and blocks of types, each made once."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._known: dict[str, tuple[dict[str, Accept], dict[str, Accept]]] = {}

    def of(self, item: Item) -> tuple[dict[str, Accept], dict[str, Accept]]:
        """Those of its fields and of its blocks."""
        found = item.type
        if found.name not in self._known:
            self._known[found.name] = self._made(found.fields), self._made(found.blocks)
        return self._known[found.name]

    def _made(self, fields: Mapping[str, Field]) -> dict[str, Accept]:
        return {name: acceptance(field, self._names) for name, field in fields.items()}


def _field(library: Library, item: Item, field: Field, node: Node) -> Iterator[Problem]:
    days = TurnedDays(library, item.path, field, node)
    for line, message in problems(field, node, library.names):
        named = _("“{label}” ({field}): {problem}", label=field.label, field=field.name, problem=message)
        yield Problem(item.path, line, named, days.on(line) or partial(_meant, library, item, field, node))


def _meant(library: Library, item: Item, field: Field, node: Node) -> Mend:
    whole = isinstance(node, Scalar) or (isinstance(node, Sequence) and all(isinstance(each, Scalar) for each in node.items))
    words = texts(node) if whole else ()
    near = [meant_value(field, each, library.names) or _id_meant(library, field, each) for each in words]
    return mend_field(library, item, field.name, ", ".join(filter(None, near)) if near and all(near) else HOLE)


def _id_meant(library: Library, field: Field, text: str) -> str | None:
    """The one id that is meant by what is none, such as “QT 01”; what is one stays as it is."""
    kinds = {each.kind for each in (field, *field.of, *(part for each in field.of for part in each.of))}
    if "reference" not in kinds:
        return None
    found = (text,) if library.names.is_id(text) else library.known_ids.near(text)
    return found[0] if len(found) == 1 else None


def _block(library: Library, item: Item, block: Block) -> Iterator[Problem]:
    found = [(block.problem[1], block.problem[0])] if block.problem else []
    if block.rows is not None:
        found += problems(item.type.blocks[block.name], block.rows, library.names)
    days = TurnedDays(library, item.path, item.type.blocks.get(block.name), block.rows)
    for line, message in found:
        named = _("block “{block}”: {problem}", block=block.name, problem=message)
        yield Problem(item.path, line, named, days.on(line) or mend_text(library, item))


def _status(item: Item) -> Problem:
    return Problem(
        item.path,
        item.line("status"),
        _("“{text}” is no state of this type; expected one of {states}",
          text=item.status or "?", states=named({name: each.label for name, each in item.type.states.items()})),
        way_on(item),
    )
