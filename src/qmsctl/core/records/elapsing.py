"""The first day on which something may have been judged, as the gates ``elapsed`` of a type have it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.types.record_type import Gate
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Wait:
    """``days`` that have to go by after the day ``since``."""

    since: date
    days: int

    @property
    def end(self) -> date:
        """The first day after them."""
        return self.since + timedelta(days=self.days)


def is_asked(gate: Gate, library: Library) -> bool:
    """True for a gate of the criteria that the office has taken up."""
    return gate.format <= library.config.format


def applies(gate: Gate, item: Item) -> bool:
    """True if the fields have the values under which the gate counts."""
    return all(set(item.texts(name)) & set(values) for name, values in gate.when.items())


def reach(item: Item, name: str, library: Library) -> Iterator[Item]:
    """The item itself, or the records it names in the field before the dot."""
    link, dot, _field = name.rpartition(".")
    if not dot:
        yield item
        return
    for linked_id in item.texts(link):
        linked = library.by_id.get(linked_id)
        if linked:
            yield linked


def wait(item: Item, arguments: Mapping[str, Any], library: Library) -> Wait | None:
    """What a gate has wait, counted from the latest day ``since``; ``None`` while there is no such day, as in cancelled records."""
    field = arguments["since"].rpartition(".")[2]
    latest = max((day for holder in reach(item, arguments["since"], library) if (day := holder.day(field))), default=None)
    return Wait(latest, library.config.settings.get(arguments.get("setting", ""), int(arguments["days"]))) if latest else None


def first_day(record: Item, name: str, library: Library) -> date | None:
    """The first day that all gates of the type allow in a field; ``None`` where no gate has it wait."""
    gates = (gate for state in record.type.states.values() for gate in state.gates if gate.operator == "elapsed" and gate.arguments["until"] == name)
    waits = (wait(record, gate.arguments, library) for gate in gates if is_asked(gate, library) and applies(gate, record))
    return max((each.end for each in waits if each), default=None)
