"""A clause of the edition that an office goes to: where it comes from, what answers it already, what has to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from qmsctl.core.coverage.evidence import Evidence, Found, Kept, covers, serves
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.standards.applicability import is_applied
from qmsctl.core.standards.correspondence import REMOVED, WIDENED, Correspondence, Move
from qmsctl.core.standards.standard import Clause, Standard
from qmsctl.mend import HOLE, Assignment, Mend, command
from qmsctl.message import Label, _
from qmsctl.reports.parts.clauses import OfType, by_type
from qmsctl.reports.parts.state import BAD, GOOD, OFF, WAIT, State
from qmsctl.value import dataclass

_MOST_COMMANDS = 3


class Kind(StrEnum):
    """What has to be done about a clause."""

    THERE = "there"
    CARRIES = "carries-over"
    EXTEND = "extend"
    MISSING = "missing"
    DECIDE = "decide"


STATES = {
    Kind.THERE: State(_("there already"), GOOD),
    Kind.CARRIES: State(_("carries over"), GOOD),
    Kind.EXTEND: State(_("to be extended"), WAIT),
    Kind.MISSING: State(_("missing"), BAD),
    Kind.DECIDE: State(_("not applied so far: decide again"), OFF),
}


@dataclass(frozen=True, slots=True)
class Have:
    """What the office has for a clause, or for those it comes from."""

    documents: tuple[str, ...]
    by_type: tuple[OfType, ...]
    kept: tuple[Kept, ...]
    records: tuple[OfType, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause of the edition to come; ``notes`` say what is new in it, ``commands`` begin what is missing."""

    number: str
    title: Label
    sources: tuple[str, ...]
    notes: tuple[Label, ...]
    have: Have
    kind: Kind
    commands: tuple[Mend, ...]

    @property
    def state(self) -> State:
        """What has to be done, in words."""
        return STATES[self.kind]


@dataclass(frozen=True, slots=True)
class Editions:
    """The two editions, how they answer to each other, and what the office has."""

    source: Standard
    target: Standard
    table: Correspondence
    evidence: Evidence
    library: Library

    def passages(self) -> tuple[Passage, ...]:
        """Every clause of the target that sets requirements and is not declared inapplicable already."""
        applied = (c for c in self.target.leaves if is_applied(c.number, self.target, self.library.config))
        return tuple(self._passage(clause) for clause in applied)

    def _passage(self, clause: Clause) -> Passage:
        moves = self.table.into(clause.number)
        there = self.evidence.of(clause.number, self.target)
        before = [self.evidence.of(move.source, self.source) for move in moves]
        kind = self._kind(clause, moves, there, before)
        notes = [move.note for move in moves if move.relation in (WIDENED, REMOVED, "split")]
        notes += [self.table.new[clause.number]] if clause.number in self.table.new else []
        begin = kind is Kind.MISSING or clause.number in self.table.new
        return Passage(
            clause.number,
            clause.title,
            tuple(move.source for move in moves),
            tuple(note for note in notes if any(note.texts.values())),
            have((there, *before)),
            kind,
            tuple(self._commands(clause, there))[:_MOST_COMMANDS] if begin else (),
        )

    def _kind(self, clause: Clause, moves: tuple[Move, ...], there: Found, before: Iterable[Found]) -> Kind:
        new = clause.number in self.table.new
        if moves and not new and not any(is_applied(move.source, self.source, self.library.config) for move in moves):
            return Kind.DECIDE
        if there.documents or (new and there.records and clause.number not in self.table.partly):
            return Kind.THERE
        if not there and not any(before):
            return Kind.MISSING
        if new and clause.number not in self.table.partly:
            return Kind.MISSING if not there else Kind.EXTEND
        widened = new or any(move.relation in (WIDENED, REMOVED) for move in moves)
        return Kind.EXTEND if widened else Kind.CARRIES

    def _commands(self, clause: Clause, there: Found) -> Iterator[Mend]:
        """Commands that begin what the clause asks for and is not there yet; a procedure where no type is made for it."""
        present = {item.type.name for item in (*there.records, *there.by_type, *there.documents)}
        wanted = self._made_for(clause.number) if clause.number in self.table.new else self._asked(clause.number)
        found = [name for name in wanted if name not in present]
        yield from map(new_command, found)
        if not found and not present:
            yield new_command("procedure", Assignment("clauses", f"{self.target.id}:{clause.number}"))

    def _asked(self, number: str) -> tuple[str, ...]:
        """The types of what the clause asks for by name, what belongs to an event aside."""
        asked = (each for each in self.target.required if each.clause == number and each.when != "on-event")
        return tuple(dict.fromkeys(name for each in asked for name in each.served_by if self.library.types.get(name)))

    def _made_for(self, number: str) -> tuple[str, ...]:
        """The types of record whose first clause this is, the narrowest first; else any that serve it."""
        kinds = [k for k in self.library.types.all() if k.kind == "record" and serves(k, number, self.target)]
        main = [k for k in kinds if covers(k.clauses[self.target.id][0], number)]
        return tuple(k.name for k in sorted(main or kinds, key=lambda k: (len(k.clauses[self.target.id]), k.name)))


def new_command(type_name: str, *sets: Assignment) -> Mend:
    """The command that begins a document or record of a type, with what is given."""
    return command("new", type_name, title=HOLE, sets=sets)


def have(found: Iterable[Found]) -> Have:
    """Several findings as one, each document, line and record once."""
    parts = tuple(found)
    documents = {item.id for each in parts for item in each.documents}
    typed = {i.id: i for each in parts for i in each.by_type if i.id not in documents}
    records: dict[str, Item] = {item.id: item for each in parts for item in each.records}
    kept = dict.fromkeys(line for each in parts for line in each.kept)
    return Have(tuple(sorted(documents)), by_type(typed.values()), tuple(kept), by_type(records.values()))
