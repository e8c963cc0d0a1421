"""The front matter has a key that its type does not know.

## Why
A misspelt key looks filled in but counts for nothing: ``efective: 2026-03-02`` sets no date, and the
document takes effect on another day than people think (ISO 9001:2008, 4.2.3; ISO 9001:2015, 7.5.2).
Keys that begin with ``x-`` or ``x_`` are the office's own and are left alone.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
efective: 2026-03-02
---
```

## Good
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
effective: 2026-03-02
x-archive-box: 12
---
```

## Mend
Correct the key, or put ``x-`` before it if it is a note of your own. ``qmsctl schema TYPE`` lists the
fields of a type.
"""

from collections.abc import Iterator, Mapping

from qmsctl.core.asked import states_ahead, way_ahead
from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import meant_keys, respelt
from qmsctl.core.model import Item
from qmsctl.core.narrow import Look, Office
from qmsctl.core.sight import Sight
from qmsctl.core.suspects import suspects
from qmsctl.core.text.suggest import did_you_mean
from qmsctl.core.types.choice import chosen
from qmsctl.mend import Mend, advice
from qmsctl.message import Label, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.FILE
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.2",)}

_TELLING = 5
"""So many letters of a state are more than an accident."""
_EVERY_FILE = frozenset(("id", "type"))
_FEW = 3
_RECORD = _EVERY_FILE | {"status"}


def suspect(_office: Office) -> Look:
    """A key that is no field of the type."""
    return lambda item: not item.fields.entries.keys() <= _names(item)


def _names(item: Item) -> frozenset[str]:
    return (_RECORD if item.type.states else _EVERY_FILE) | item.type.fields.keys()


def check(library: Library) -> Iterator[Problem]:
    """Compare the keys of each file with those of its type."""
    for item in suspects(library, suspect):
        names, labels = _names(item), {name: field.label for name, field in item.type.fields.items()}
        for key, mend in meant_keys(library, item.path, item.fields, names, labels):
            message = _("“{key}” is no field of “{type}”", key=key, type=item.type.label)
            name = _named_elsewhere(key, item, labels, library)
            same = (respelt(library, item.path, item.line(key), key, name) or advice(did_you_mean(key, [name]))) if name else None
            yield Problem(item.path, item.line(key), message, _state_called(key, item) or same or _of_another_type(key, library) or mend)


def _state_called(key: str, item: Item) -> Mend | None:
    """The way to the states ahead that say ``key`` in their names: what is told as a field there may be a state here."""
    return way_ahead(item, [state for state in states_ahead(item) if len(key) >= _TELLING and key in state])


def _of_another_type(key: str, library: Library) -> Mend | None:
    """Which types have the field, as nobody who names it means another one that is spelt like it."""
    found = tuple(each.label for each in library.types.all() if key in each.fields)
    return advice(_("it is a field of {types}; leave it out here", types=(*found[:_FEW], *(["…"] if len(found) > _FEW else [])))) if found else None


def _named_elsewhere(key: str, item: Item, labels: Mapping[str, Label], library: Library) -> str | None:
    """The field that is so called for people, or that means here what ``key`` means in another type: the one with the same words."""
    words = chosen(key, labels)
    if words is not None:
        return words
    called = [each.fields[key].label.texts for each in library.types.all() if key in each.fields]
    found = [name for name, field in item.type.fields.items() if name not in item.fields.entries and field.label.texts in called]
    return found[0] if len(found) == 1 else None
