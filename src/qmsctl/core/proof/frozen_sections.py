"""The sections that sign-offs of a record froze, and what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.opening import opened_on
from qmsctl.core.proof.closing import StateSignOff, last_closing, signed_states
from qmsctl.core.proof.frozen_text import file_of
from qmsctl.core.sections.section_text import section_named, whole_text
from qmsctl.core.sections.sections import section_of
from qmsctl.core.types.record_type import RecordType
from qmsctl.core.types.section import Section
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class FrozenSection:
    """A section and the sign-off that froze it; ``line`` is that of its heading now.

    ``copy`` is the path of the signed text by which it is judged, ``None`` where that is the text before the change.
    """

    section: Section
    signed: StateSignOff
    copy: str | None
    line: int
    is_changed: bool


def frozen_sections(record: Item, library: Library) -> Iterator[FrozenSection]:
    """Each section by the copy of the latest sign-off that froze it, then by the text before the change; none of a closed record."""
    signed_ones = signed_states(record, library)
    closing = last_closing(signed_ones)
    if closing and not closing.reopened:
        return
    chain = {state.id for state in record.type.chain(record.status or "")}
    latest = {each.state.id: each for each in signed_ones if not each.state.final and each.state.id in chain}
    for state, signed in latest.items():
        for name in _frozen_by(state, record, library):
            section = section_named(record.type, name)
            if section is not None:
                yield from _against(section, signed, record, library)


def was_so(record: Item, found: FrozenSection, library: Library) -> bool:
    """True if the change that is judged found the section as it is."""
    return any(not _differs(found.section, each, (record, library)) for each in _earlier(record, library))


def _against(section: Section, signed: StateSignOff, record: Item, library: Library) -> Iterator[FrozenSection]:
    line = next((each.line for each in record.body.headings if section_of(each, record.type.sections) == section), 0)
    yield FrozenSection(section, signed, signed.copy.path, line, _differs(section, (signed.copy, library), (record, library)))
    if not _leads_back(record.type, signed.state.id):
        for earlier, home in _earlier(record, library):
            if any(each.state.id == signed.state.id for each in signed_states(earlier, home)):
                yield FrozenSection(section, signed, None, line, _differs(section, (earlier, home), (record, library)))


def _frozen_by(state: str, record: Item, library: Library) -> tuple[str, ...]:
    """What a state freezes now, and by the types of what the change began from."""
    homes = library.base.asking if library.base else ()
    accepted = (found.as_of(opened_on(record)) for home in homes if (found := home.types.get(record.type.name)) is not None)
    return tuple(dict.fromkeys(name for each in (record.type, *accepted) if state in each.states for name in each.states[state].freezes))


def _earlier(record: Item, library: Library) -> Iterator[tuple[Item, Library]]:
    """The record before the change that is judged, with the library that held it."""
    homes = (library.before,) if library.before is not None else library.base.libraries if library.base else ()
    yield from ((home.by_id[record.id], home) for home in homes if record.id in home.by_id)


def _leads_back(kind: RecordType, state: str) -> bool:
    """True where a record may come from a state to one before it, to be signed anew."""
    seen: set[str] = set()
    waiting = [state, *((kind.reopening.to,) if kind.reopening else ())]
    while waiting:
        name = waiting.pop()
        if name in kind.states and name not in seen:
            seen.add(name)
            waiting += kind.states[name].to
    return any(not kind.states[name].final and state not in {each.id for each in kind.chain(name)} for name in seen)


def _differs(section: Section, before: tuple[Item, Library], now: tuple[Item, Library]) -> bool:
    return before[0].sha256 != now[0].sha256 and _text(*before, section) != _text(*now, section)


def _text(item: Item, library: Library, section: Section) -> str:
    return whole_text(file_of(item, library).body.replace("\r\n", "\n"), item.type, section)
