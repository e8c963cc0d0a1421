"""The editions of ISO 9001 as data: clauses, and the documents and records they ask for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Sequence, texts
from qmsctl.core.text.yaml_reader import read_yaml
from qmsctl.message import Label

DATA_LIMIT = 1024 * 1024
"""The most characters that a data file of ours may have."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause; its summary is in our own words, in English."""

    number: str
    title: Label
    requires_document: bool
    requires_record: bool
    summary: str


@dataclass(frozen=True, slots=True)
class Event:
    """What makes a record necessary: a record of ``type`` whose fields have one of these values."""

    type: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RequiredItem:
    """A document or record an edition asks for, and the types that answer it.

    ``kind`` is ``document``, ``procedure`` or ``record``. ``when`` is ``always``, ``conditional``, ``as-needed``,
    ``as-applicable`` or ``on-event``; ``events`` are those that leave a trace in other records.
    """

    clause: str
    kind: str
    when: str
    name: Label
    served_by: tuple[str, ...]
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class Standard:
    """One edition: ``iso9001-2008`` or ``iso9001-2015``."""

    id: str
    title: str
    national: str
    clauses: Mapping[str, Clause]
    required: tuple[RequiredItem, ...]

    @cached_property
    def leaves(self) -> tuple[Clause, ...]:
        """The clauses without a clause below them, from 4 on: those that set requirements."""
        parents = {number.rpartition(".")[0] for number in self.clauses}
        return tuple(
            clause
            for number, clause in self.clauses.items()
            if number not in parents and int(number.partition(".")[0]) >= 4
        )


def read_standard(edition: str, editions: str, clauses: str, required: str) -> Standard | None:
    """The edition from the texts of its data files, or ``None`` if ``edition`` is not listed."""
    about = next((row for row in _rows(editions) if row.text("id") == edition), None)
    if about is None or about.text("title") is None:
        return None
    year = edition.rpartition("-")[2]
    return Standard(
        edition,
        about.text("title") or "",
        about.text("national") or "",
        {clause.number: clause for clause in map(_clause, _rows(clauses))},
        tuple(_required(row) for row in _rows(required) if row.text("edition") == year),
    )


def _rows(text: str) -> list[MappingNode]:
    node = read_yaml(text, limit=DATA_LIMIT)
    items = node.items if isinstance(node, Sequence) else ()
    return [item for item in items if isinstance(item, MappingNode)]


def words_of(row: MappingNode, name: str) -> Label:
    """The text ``<name>_<language>`` of a row in every language."""
    return Label({"en": row.text(f"{name}_en") or "", "vi": row.text(f"{name}_vi") or ""})


def _clause(row: MappingNode) -> Clause:
    return Clause(
        row.text("id") or "",
        words_of(row, "title"),
        row.text("requires_document") == "true",
        row.text("requires_record") == "true",
        row.text("summary") or "",
    )


def _required(row: MappingNode) -> RequiredItem:
    served = row.entries["served_by"]
    types = texts(served)
    kind = {"maintain": "document", "retain": "record"}.get(row.text("kind") or "", row.text("kind") or "")
    events = tuple(_event(part) for part in row.sequence("event") if isinstance(part, MappingNode))
    return RequiredItem(row.text("clause") or "", kind, row.text("when") or "", words_of(row, "name"), types, events)


def _event(row: MappingNode) -> Event:
    where = {key: texts(node) for key, node in row.entries.items() if key != "type"}
    return Event(row.text("type") or "", where)
