"""Which laws have been amended, by what, and on which day that became known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.value import dataclass

FIELD = "amended_by"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A text that amends another, and the day it was issued, or else came into force."""

    law: Item
    day: date


def amendments(library: Library) -> Mapping[str, tuple[Amendment, ...]]:
    """What amends each law by today, at one or several removes; a text without a day counts from the first."""
    named = {item.id: item.texts(FIELD) for item in library.documents if item.has(FIELD)}
    return {law: found for law in named if (found := tuple(_of(law, named, library)))}


def _of(law: str, named: Mapping[str, tuple[str, ...]], library: Library) -> Iterator[Amendment]:
    seen, waiting = {law}, list(named[law])
    while waiting:
        name = waiting.pop(0)
        if name not in seen:
            seen.add(name)
            waiting += named.get(name, ())
            item = library.by_id.get(name)
            if item is not None and item.is_document and (day := law_of(item)[1]) <= library.today:
                yield Amendment(item, day)


def law_of(item: Item) -> tuple[tuple[str, ...], date]:
    """What amends a text, and the day from which the text itself amends others."""
    return item.texts(FIELD), item.day("issued") or item.day("in_force_from") or date.min
