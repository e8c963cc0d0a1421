"""A reference or link names something that does not exist, or is of another kind.

## Why
A reader who follows a procedure to a form has to arrive there, and an auditor who follows a
nonconformity to its action too (ISO 9001:2008, 4.2.3 d and 4.2.4; ISO 9001:2015, 7.5.3.1 a). A link whose
file name is an id finds that document wherever it lies, so folders may be rearranged; every other link
has to name a file. Where the file was deleted and the last commit still holds it, that is said once, and not at every
place that names it. One that an approved disposal has erased may be gone: the text goes on to say what it showed.

## Bad
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
legal_basis: [TLBN-03]
---

Ghi [giấy hẹn](../forms/BM-07.01.md).
```

## Good
```md documents/forms/BM-07.01.md
---
id: BM-07.01
type: form
title: Giấy tiếp nhận hồ sơ và hẹn trả kết quả
---
```
```md documents/external/TLBN-03.md
---
id: TLBN-03
type: external-document
title: Nghị định về hộ tịch
---
```
```md documents/procedures/QT-07.md
---
id: QT-07
type: procedure
title: Cấp bản sao trích lục hộ tịch
legal_basis: [TLBN-03]
---

Ghi [giấy hẹn](../forms/BM-07.01.md).
```

## Mend
Correct the id or the link, or lay down what is missing with ``qmsctl new TYPE``. ``qmsctl list`` shows
all ids. A field such as ``legal_basis`` takes only certain types; the message names them.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial

from qmsctl.core.diagnostic import About, Problem, Severity
from qmsctl.core.library import Library
from qmsctl.core.link_target import Reach
from qmsctl.core.mends.field_mend import mend_mention, mend_text
from qmsctl.core.mends.respelling import respelt
from qmsctl.core.mentions import Mention, mentions
from qmsctl.core.model import Item
from qmsctl.core.records.disposal import erased
from qmsctl.core.records.gone_files import gone_file
from qmsctl.core.sight import Sight
from qmsctl.core.standards.applicability import looks_like_clause
from qmsctl.core.text.nodes import Scalar
from qmsctl.core.types.kinds import scalar_problem
from qmsctl.mend import Mend, advice, take_back
from qmsctl.message import Message, _

SEVERITY = Severity.ERROR
ABOUT = About.FORM
SEES = Sight.LINKED
CLAUSES = {"iso9001-2008": ("4.2.3", "4.2.4"), "iso9001-2015": ("7.5.3.1",)}


def check(library: Library) -> Iterator[Problem]:
    """Follow every reference and every link of the texts that are judged."""
    judged = [item for item in library.items if item.is_document or not library.is_exempt(item)]
    good: set[tuple[str, str, str]] = set()
    gone: Counter[tuple[str, str]] = Counter()
    for mention in mentions(judged, "reference"):
        item, name, field, value = mention
        place = (f"{item.type.name}.{name}", field.name, value.text)
        if place in good:
            continue
        message = _reference(library, mention)
        if message is None:
            good.add(place)
            continue
        if path := gone_file(library, value.text):
            gone[value.text, path] += 1
            continue
        yield Problem(item.path, value.line, message, partial(_mend_field, library, item, value, name))
    for reach, target in _broken_links(library):
        named = reach.target.id
        if named and (missing := gone_file(library, named)):
            gone[named, missing] += 1
        else:
            yield _link(library, reach, target)
    for (name, path), count in gone.items():
        message = _("{id} is in the last commit, but its file is not here; it is named in {count} place(s)", id=name, count=count)
        yield Problem(path, 0, message, take_back(path))


def _broken_links(library: Library) -> Iterator[tuple[Reach, str]]:
    """The links that lead nowhere, but to what an approved disposal has erased."""
    broken = [(reach, path) for reach in library.links if (path := reach.target.path) and _is_nowhere(reach, path, library)]
    let_go = erased(library) if broken else {}
    return ((reach, path) for reach, path in broken if path not in let_go)


def _is_nowhere(reach: Reach, path: str, library: Library) -> bool:
    return not library.knows(reach.target.id) and path not in library.files


def _reference(library: Library, mention: Mention) -> Message | None:
    """What is wrong with a reference, if anything."""
    text, field = mention.value.text, mention.field
    parts = [part for part in field.of if part.kind == "reference"] or [field]
    if not library.knows(text):
        return None if _is_other(library, mention) else _("“{name}” names {id}, which does not exist", name=mention.name, id=text)
    wanted = tuple(name for part in parts for name in part.to)
    found = library.type_of(text)
    if not wanted or found is None or library.types.matches(found.name, wanted):
        return None
    return _("“{name}” names {id}, which is of the type “{found}”; expected: {wanted}",
             name=mention.name, id=text, found=found.label, wanted=tuple(_label(library, each) for each in wanted))


def _is_other(library: Library, mention: Mention) -> bool:
    """True for a value that is, or is meant as, something else the field allows; or no id at all."""
    text, field = mention.value.text, mention.field
    if field.kind == "reference":
        return scalar_problem(field, text, library.names) is not None
    return any(
        looks_like_clause(text) if part.kind == "clause" else scalar_problem(part, text, library.names) is None
        for part in field.of
        if part.kind != "reference"
    )


def _link(library: Library, reach: Reach, path: str) -> Problem:
    message = _("the link “{target}” leads to {path}, which does not exist", target=reach.link.shown, path=path)
    return Problem(reach.item.path, reach.link.line, message, partial(_mend_link, library, reach))


def _mend_link(library: Library, reach: Reach) -> Mend:
    return _meant(library, reach.item, reach.link.line, reach.target.id or "") or mend_text(library, reach.item)


def _mend_field(library: Library, item: Item, value: Scalar, name: str) -> Mend:
    return _meant(library, item, value.line, value.text) or mend_mention(library, item, name, value)


def _meant(library: Library, item: Item, line: int, text: str) -> Mend | None:
    """The one id that is near, in the place of the one that stands there; of several, which they are."""
    near = library.known_ids.near(text)
    if len(near) != 1:
        return advice(_("did you mean {ids}?", ids=near)) if near else None
    return respelt(library, item.path, line, text, near[0]) or advice(_("did you mean “{word}”?", word=near[0]))


def _label(library: Library, name: str) -> object:
    found = library.types.get(name)
    return found.label if found else name
