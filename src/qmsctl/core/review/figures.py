"""Figures as data: numbers, ids, and counts by a name, as they are written beside what is said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Plain, plain
from qmsctl.core.text.splice import Value
from qmsctl.core.text.values import read_date, read_integer
from qmsctl.message import Label, Message, _

if TYPE_CHECKING:
    from qmsctl.core.library import Library

Given = int | str | Decimal | date | Iterable[str] | Mapping[str, int | str | Decimal]
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures by name; what is zero or empty is left out, and is zero or empty when it is asked for."""

    values: Mapping[str, Value]

    @classmethod
    def of(cls, **given: Given | None) -> Figures:
        """The figures with these values."""
        written = {name: _written(value) for name, value in given.items() if value is not None}
        return cls({name: value for name, value in written.items() if value and value != "0"})

    @classmethod
    def read(cls, node: object) -> Figures:
        """The figures in a row of a file; none where there is no mapping."""
        return cls(_values(plain(node)) if isinstance(node, MappingNode) else {})

    def __bool__(self) -> bool:
        return bool(self.values)

    def count(self, name: str) -> int:
        """A number, or how many ids there are."""
        value = self.values.get(name, "")
        return (read_integer(value) or 0) if isinstance(value, str) else len(value)

    def text(self, name: str) -> str:
        """A value as it is written."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        """A day."""
        return read_date(self.text(name))

    def ids(self, name: str) -> tuple[str, ...]:
        """Ids, in their order."""
        value = self.values.get(name, ())
        return () if isinstance(value, str) else tuple(each for each in value if isinstance(each, str))

    def texts(self, name: str) -> Mapping[str, str]:
        """Values by a name."""
        value = self.values.get(name)
        return {key: text for key, text in value.items() if isinstance(text, str)} if isinstance(value, Mapping) else {}

    def counts(self, name: str) -> Mapping[str, int]:
        """Counts by a name."""
        return {key: read_integer(text) or 0 for key, text in self.texts(name).items()}


def _written(value: Given) -> Value:
    if isinstance(value, Mapping):
        return {key: str(part) for key, part in value.items() if part or isinstance(part, Decimal)}
    if isinstance(value, (int, str, Decimal)):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return tuple(value)


def _values(found: Plain) -> Mapping[str, Value]:
    return dict(found) if isinstance(found, dict) else {}


def some(ids: Iterable[str]) -> tuple[str | Message, ...]:
    """The first ten, and how many more there are."""
    names = tuple(ids)
    more = len(names) - _SHOWN
    return (*names[:_SHOWN], _("{count} more", count=more)) if more > 0 else names


def by_label(counts: Mapping[str, int], library: Library, type_name: str, field: str) -> tuple[Message, ...]:
    """Counts by the values of a field, the greatest first, with the labels of the type."""
    kind = library.types.get(type_name)
    described = kind.fields.get(field) if kind else None
    labels: Mapping[str, Label] = described.values if described else {}
    ordered = sorted(counts, key=lambda name: -counts[name])
    return tuple(_("{name}: {value}", name=labels.get(name, name), value=counts[name]) for name in ordered)


def percent(part: int, whole: int) -> str:
    """A share in percent with one digit; a dash where there is no whole."""
    return f"{Decimal(100 * part) / whole:.1f} %" if whole else "–"
