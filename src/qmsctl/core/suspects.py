"""The files of a library in which a rule that looks at one file sees something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.narrow import Office, Suspect


def office_of(library: Library) -> Office:
    """What of a library a narrow look is given."""
    return Office(library.config, library.names, library.standards)


def suspects(library: Library, suspect: Suspect, among: Iterable[Item] | None = None) -> Iterator[Item]:
    """Those that are judged, or those ``among`` others, in which ``suspect`` sees something. A file that was looked at under this office is not looked at again."""
    office = office_of(library)
    rule, look, is_kept = suspect.__module__, suspect(office), library.seen_by == office
    for item in library.judged if among is None else among:
        known = item.verdicts if is_kept else None
        if known is None:
            found = look(item)
        elif rule in known:
            found = known[rule]
        else:
            found = known[rule] = look(item)
        if found:
            yield item
