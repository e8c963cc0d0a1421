"""What an office may not call the sections of its types, and what was meant."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.diagnostic import Later
from qmsctl.core.library import Library
from qmsctl.core.mends.respelling import meant
from qmsctl.core.reading import CONFIG_PATH
from qmsctl.core.sections.section_title import readings
from qmsctl.core.sections.sections import by_title
from qmsctl.core.text.nodes import Mapping, Node, texts
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.section_names import frozen
from qmsctl.mend import Mend
from qmsctl.message import Message, _
from qmsctl.value import replace

Found = Iterator[tuple[int, Message, Mend | Later | None]]


def own_names_problems(library: Library, given: Node | None) -> Found:
    """Words for sections that a type does not have, that keep their own because a signature freezes them, or that mean another one."""
    for name, own in given.entries.items() if isinstance(given, Mapping) else ():
        kind = library.types.get(name)
        if kind is not None and isinstance(own, Mapping):
            yield from _of_type(library, kind, own)


def _of_type(library: Library, kind: RecordType, own: Mapping) -> Found:
    known = tuple(each.id for each in kind.sections)
    titles = by_title(replace(each, aliases=()) for each in kind.sections)
    for key, node in own.entries.items():
        line = own.key_lines[key]
        if key not in known:
            message = _("“{type}” has no section “{section}”; it has {known}", type=kind.name, section=key, known=known)
            yield line, message, meant(library, CONFIG_PATH, line, key, known)
        elif key in frozen(kind):
            yield line, _("the section “{section}” of “{type}” is frozen by a signature and keeps its name", section=key, type=kind.name), None
        others = ((text, found.id) for text in texts(node) for words in readings(text).whole if (found := titles.get(words)) and found.id != key)
        yield from ((line, _("“{name}” is the name of the section “{section}”", name=text, section=other), None) for text, other in dict(others).items())
