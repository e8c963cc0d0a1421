"""Figures of a review: what an input counts, as values, and as they are written beside what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self, get_type_hints

from qmsctl.core.office.measuring_period import MeasuringPeriod, read_period
from qmsctl.core.records.counted import types_of
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Plain, plain
from qmsctl.core.text.quantity import percent, rounded
from qmsctl.core.text.splice import Value
from qmsctl.core.text.values import read_integer, read_number
from qmsctl.message import Label, Message, Translate, Worded, _, untranslated
from qmsctl.value import dataclass

if TYPE_CHECKING:
    from qmsctl.core.library import Library
    from qmsctl.core.types.field import Field

Ids = tuple[str, ...]
Counts = Mapping[str, int]
ByMonth = Mapping[MeasuringPeriod, int]
Numbers = Mapping[str, Decimal | str]
"""Numbers by a name; one that a person wrote in words stays as it stands."""

Words = Mapping[str, str]
_SHOWN = 10
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Figures:
    """What an input counts; ``INPUT`` is its name in the record. Every figure is zero or empty where nothing is said.

    Each field of an input is an ``int``, a text, or of one of the kinds above.
    """

    INPUT: ClassVar[str]

    def written(self) -> Mapping[str, Value]:
        """The figures as they stand in a row of a file; what is zero or empty is left out."""
        found = {each.name: _written(getattr(self, each.name)) for each in fields(self)}
        return {name: value for name, value in found.items() if value and value != "0"}

    @classmethod
    def read(cls, node: object) -> Self:
        """The figures in a row of a file; none where there is no mapping, and zero for what is none of its kind."""
        found = plain(node) if isinstance(node, MappingNode) else {}
        values = found if isinstance(found, dict) else {}
        return cls(**{name: read(values[name]) for name, read in _readers(cls).items() if name in values})

    def __bool__(self) -> bool:
        return bool(self.written())


@dataclass(frozen=True, slots=True)
class Share(Worded):
    """A part of a whole."""

    part: int
    whole: int

    def render(self, translate: Translate = untranslated, lang: str = "en") -> str:
        """The number; a dash where there is no whole."""
        number = self.number
        return "–" if number is None else percent(number).render(translate, lang)

    @property
    def number(self) -> Decimal | None:
        """In percent with one digit, never 100 or 0 where something is wanting; ``None`` where there is no whole."""
        if not self.whole:
            return None
        near = rounded(Decimal(100 * self.part) / self.whole, 1)
        low, high = (_TENTH if self.part else near), (100 - _TENTH if self.part < self.whole else near)
        return max(low, min(near, high))

    def __str__(self) -> str:
        return self.render()

    @property
    def percent(self) -> int:
        """In whole percents; 0 where there is no whole."""
        return round(100 * self.part / self.whole) if self.whole else 0


def _written(value: int | str | Ids | ByMonth | Numbers | Counts | Words) -> Value:
    if isinstance(value, Mapping):
        return {_name(key): str(part) for key, part in value.items() if part or isinstance(part, Decimal)}
    return str(value) if isinstance(value, (int, str)) else tuple(value)


def _name(key: str | MeasuringPeriod) -> str:
    return key.text if isinstance(key, MeasuringPeriod) else key


def _readers(cls: type[Figures]) -> Mapping[str, Callable[[Plain], Any]]:
    hints = get_type_hints(cls)
    return {each.name: _READERS[hints[each.name]] for each in fields(cls)}


def _integer(value: Plain) -> int:
    return (read_integer(value) or 0) if isinstance(value, str) else 0


def _text(value: Plain) -> str:
    return value if isinstance(value, str) else ""


def _ids(value: Plain) -> Ids:
    return () if isinstance(value, str) else tuple(each for each in value if isinstance(each, str))


def _words(value: Plain) -> Words:
    return {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, dict) else {}


def _counts(value: Plain) -> Counts:
    return {key: read_integer(text) or 0 for key, text in _words(value).items()}


def _by_month(value: Plain) -> ByMonth:
    return {month: count for key, count in _counts(value).items() if (month := read_period(key))}


def _numbers(value: Plain) -> Numbers:
    numbers = {key: (text, read_number(text)) for key, text in _words(value).items()}
    return {key: text if number is None else number for key, (text, number) in numbers.items()}


_READERS: Mapping[object, Callable[[Plain], Any]] = {
    int: _integer,
    str: _text,
    Ids: _ids,
    Counts: _counts,
    ByMonth: _by_month,
    Numbers: _numbers,
    Words: _words,
}


def some(ids: Iterable[str]) -> tuple[str | Message, ...]:
    """The first ten, and how many more there are."""
    names = tuple(ids)
    more = len(names) - _SHOWN
    return (*names[:_SHOWN], _("{count} more", count=more)) if more > 0 else names


def by_label(counts: Counts, labels: Mapping[str, Label]) -> tuple[Message, ...]:
    """Counts by the values of a field, the greatest first, with the labels of the values."""
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple(_("{name}: {value}", name=labels.get(name, name), value=counts[name]) for name in ordered)


def labels_of(library: Library, consumer: str, figure: str, field: str, block: str | None = None) -> Mapping[str, Label]:
    """What the types that count for a figure call the values of a field, or of a column of a block."""
    labels: dict[str, Label] = {}
    for each in types_of(library, consumer, figure):
        described: Field | None = each.fields.get(field)
        if block is not None:
            described = each.blocks[block].keys.get(field) if block in each.blocks else None
        labels = {**(described.values if described else {}), **labels}
    return labels
