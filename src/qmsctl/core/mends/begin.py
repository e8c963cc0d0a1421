"""The command that begins a record which something else has to name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.mend import HOLE, Assignment, Mend, Value, command

_MONTH = timedelta(days=30)


def begin(made: RecordType, given: Mapping[str, Value], library: Library, title: str | None = None) -> Mend:
    """``qmsctl new TYPE …`` with what is ``given`` and what else the type asks for from the beginning."""
    sets = tuple(Assignment(name, value) for name, value in needed(made, given, library).items())
    return command("new", made.name, title=title or HOLE, sets=sets)


def begin_linked(item: Item, name: str, where: Mapping[str, Sequence[str]], library: Library) -> Mend | None:
    """``qmsctl new TYPE …`` for a record that the field ``name`` of ``item`` then names by itself.

    ``where`` are values its fields have to have. ``None`` where the field names no single type that names
    ``item`` in turn.
    """
    field, kinds = item.type.fields.get(name), kinds_of(item, name)
    made = library.types.get(kinds[0]) if len(kinds) == 1 else None
    if field is None or field.back is None or made is None:
        return None
    given: dict[str, Value] = {key: values[0] for key, values in where.items()}
    return begin(made, {**needed(made, given, library), field.back: item.id}, library)


def needed(made: RecordType, given: Mapping[str, Value], library: Library) -> dict[str, Value]:
    """What is ``given`` for a new file of a type, and whatever else it has to have from the beginning, its title aside."""
    found = dict(given)
    for each in made.fields.values():
        if each.required and each.state in (None, made.first_state) and each.default is None and each.name != "title":
            found.setdefault(each.name, _some(each, library))
    return found


def kinds_of(item: Item, name: str) -> tuple[str, ...]:
    """The types that the field ``name`` of ``item`` may name."""
    field = item.type.fields.get(name)
    return tuple(each for part in (field, *field.of) for each in part.to) if field else ()


def _some(field: Field, library: Library) -> Value:
    """A value the field may have: of a day to come, one a month ahead."""
    return (library.today + _MONTH).isoformat() if field.kind == "date" else HOLE
