"""What of an office may be named outside: documents and records by ids of its patterns, roles and units that it has."""

from __future__ import annotations

from functools import cached_property

from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.text.ids import IdPattern
from qmsctl.core.types.record_type import RecordType
from qmsctl.value import dataclass

COMPLAINT, STATUTORY = "complaint", "statutory"


@dataclass(frozen=True)
class Subjects:
    """An id that is not made from the pattern of its type may say anything, so it stays, with all that is about it.

    So does a complaint under the law on complaints: it is counted, and nothing else of it leaves.
    """

    library: Library

    def named(self, item: Item) -> bool:
        """True for what may be named."""
        pattern = IdPattern.parse(item.type.id_pattern) if item.type.id_pattern else None
        known = pattern is not None and pattern.matches(item.id) and (item.is_document or not pattern.takes_any)
        return known and not is_statutory(item)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of all that may be named, and of documents whose dossiers are all that is left."""
        library = self.library
        gone = (each for each in library.subjects if each not in library.by_id)
        copies = (next((d.copy for d in library.dossiers.get(each, ()) if d.copy), None) for each in gone)
        return frozenset(item.id for item in (*library.by_id.values(), *filter(None, copies)) if self.named(item))

    @cached_property
    def left_out(self) -> int:
        """How many documents and records may not be named for their ids; those that take any id are no fault of the office."""
        return sum(1 for item in self.library.by_id.values() if item.id not in self.ids and "{any}" not in item.type.id_pattern and not is_statutory(item))

    def role(self, name: str | None) -> str | None:
        """The role of this id; ``None`` for a person or anything else."""
        return name if name and self.library.config.role(name) else None

    def unit(self, name: str | None) -> str | None:
        """The unit of this id."""
        return name if name and self.library.config.unit(name) else None


def is_statutory(item: Item) -> bool:
    """True for a complaint under the law on complaints."""
    return item.type.is_a(COMPLAINT) and item.text("classification") == STATUTORY


def chosen(item: Item, field: str) -> str | None:
    """The value of a field that takes one of few, if it is one of them."""
    text = item.text(field)
    return text if text and is_choice(item.type, field, text) else None


def is_choice(kind: RecordType, field: str, text: str) -> bool:
    """True if a type has ``text`` among the few values of a field."""
    described = kind.fields.get(field)
    return described is not None and text in described.values
