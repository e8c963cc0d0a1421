"""The editions of ISO 9001 as data: clauses, and the documents and records they ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import Node, Sequence, texts
from qmsctl.message import Label
from qmsctl.value import dataclass

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
    """What makes a record necessary: a record of ``type`` whose fields have one of these values.

    With ``worse``, one whose measured values have moved away from the target twice in a row.
    """

    type: str
    where: Mapping[str, tuple[str, ...]]
    worse: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """Records that answer: those of ``type`` whose fields have one of these values."""

    type: str
    where: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RequiredItem:
    """A document or record an edition asks for, and what answers it: of each of ``needed`` any one.

    ``asked_since`` is the format of an office from which on it is asked for. ``kind`` is ``document``, ``procedure`` or ``record``. ``when`` is ``always``, ``conditional``, ``as-needed``,
    ``as-applicable`` or ``on-event``; ``events`` are those that leave a trace in other records.
    """

    clause: str
    kind: str
    when: str
    name: Label
    needed: tuple[tuple[Answer, ...], ...]
    events: tuple[Event, ...] = ()
    asked_since: int = 1

    @property
    def served_by(self) -> tuple[str, ...]:
        """The types of all that answers, each once."""
        return tuple(dict.fromkeys(answer.type for part in self.needed for answer in part))


@dataclass(frozen=True)
class Standard:
    """One edition: ``iso9001-2008`` or ``iso9001-2015``."""

    id: str
    title: str
    national: str
    clauses: Mapping[str, Clause]
    required: tuple[RequiredItem, ...]

    def called(self, language: str) -> str:
        """Its title in an office of this language: a Vietnamese one follows the national edition."""
        return self.national if self.national and language == "vi" else self.title

    @cached_property
    def leaves(self) -> tuple[Clause, ...]:
        """The clauses without a clause below them, from 4 on: those that set requirements."""
        parents = {number.rpartition(".")[0] for number in self.clauses}
        return tuple(
            clause
            for number, clause in self.clauses.items()
            if number not in parents and int(number.partition(".")[0]) >= 4
        )


def read_standard(edition: str, editions: Node | None, clauses: Node | None, required: Node | None) -> Standard | None:
    """The edition from its data files, or ``None`` if ``edition`` is not listed."""
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


def _rows(node: Node | None) -> list[MappingNode]:
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
    needed = tuple(_needed(row.entries["served_by"]))
    kind = {"maintain": "document", "retain": "record"}.get(row.text("kind") or "", row.text("kind") or "")
    events = tuple(_event(part) for part in row.sequence("event") if isinstance(part, MappingNode))
    return RequiredItem(row.text("clause") or "", kind, row.text("when") or "", words_of(row, "name"), needed, events, int(row.text("asked_since") or 1))


def _event(row: MappingNode) -> Event:
    return Event(row.text("type") or "", _where(row), row.text("trend") == "worse")


def _needed(node: Node) -> Iterator[tuple[Answer, ...]]:
    """Each part of a list; in a list of its own, any one of it."""
    for part in node.items if isinstance(node, Sequence) else (node,):
        choices = part.items if isinstance(part, Sequence) else (part,)
        yield tuple(_answer(each) for each in choices)


def _answer(node: Node) -> Answer:
    if isinstance(node, MappingNode):
        return Answer(node.text("type") or "", _where(node))
    (name,) = texts(node)
    return Answer(name, {})


def _where(row: MappingNode) -> Mapping[str, tuple[str, ...]]:
    return {key: texts(node) for key, node in row.entries.items() if key not in ("type", "trend")}
