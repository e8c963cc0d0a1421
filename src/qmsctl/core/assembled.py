"""A library made of files, or of another one of which some files are others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qmsctl.core.contents import Contents, contents, counted_until
from qmsctl.core.edited import Files, names_at, revised
from qmsctl.core.source import EntryKind
from qmsctl.value import replace

if TYPE_CHECKING:
    from qmsctl.core.library import Library


def assemble(frame: Library, files: Mapping[str, EntryKind], parsed: Files) -> Library:
    """A library of these parsed files; everything else is taken from ``frame``."""
    return _with(frame, files, parsed, contents(parsed, frame.types, counted_until(frame.now, frame.clock)))


def with_others(library: Library, files: Mapping[str, EntryKind], parsed: Files, paths: frozenset[str]) -> Library:
    """The library of which the files at ``paths`` are others: those that are ``parsed``. What lies elsewhere is found out once for both."""
    was = Contents(library.config, library.people, library.types, library.items, library.signoff_items, library.dossiers, library.configuration_signoffs)
    found = revised(was, paths, parsed, counted_until(library.now, library.clock))
    made = _with(library, files, parsed, found)
    if found.config is not library.config:
        return made
    return replace(made, origin=library.origin or library, moved=library.moved | names_at(paths, library.parsed, parsed))


def _with(frame: Library, files: Mapping[str, EntryKind], parsed: Files, found: Contents) -> Library:
    return replace(
        frame, config=found.config, people=found.people, types=found.types, files=files, parsed=parsed,
        items=found.items, signoff_items=found.signoff_items, dossiers=found.dossiers, configuration_signoffs=found.configuration, origin=None, _standings={},
    )
