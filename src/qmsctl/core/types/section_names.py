"""An office's own words for the sections of a type."""

from __future__ import annotations

from collections.abc import Mapping

from qmsctl.core.types.record_type import RecordType
from qmsctl.value import replace

SectionNames = Mapping[str, Mapping[str, tuple[str, ...]]]
"""By type and section."""

NO_NAMES: SectionNames = {}


def frozen(found: RecordType) -> frozenset[str]:
    """The sections that a signature freezes: what they are called does not change."""
    return frozenset(name for state in found.states.values() for name in state.freezes)


def with_names(found: RecordType, names: Mapping[str, tuple[str, ...]]) -> RecordType:
    """The type with the words that an office has for its sections, by their ids."""
    kept = frozen(found)
    sections = (replace(each, aliases=names[each.id]) if each.id in names and each.id not in kept else each for each in found.sections)
    return replace(found, sections=tuple(sections))
