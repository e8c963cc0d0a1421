"""The checklists and findings of one audit, as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_checklists import TYPE as CHECKLIST
from qmsctl.core.model import Item
from qmsctl.core.records.finding import FINDING, SEVERITIES, logged_from
from qmsctl.core.records.record_days import moved_day
from qmsctl.message import Label
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cell import Piece, pieces
from qmsctl.reports.parts.state import BAD, GOOD, OFF, WAIT, State, record_state
from qmsctl.value import dataclass

BLOCK = "lines"
_TONES = {"conform": GOOD, "not": BAD, "note": WAIT, "major": BAD, "minor": BAD, "ofi": WAIT, "observation": WAIT, "strength": GOOD}


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a checklist; ``result`` is ``None`` while nothing was written."""

    number: int
    requirement: tuple[Piece, ...]
    step: str
    question: str
    evidence: str
    result: State | None
    finding: str
    note: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """A checklist, who filled it in and when."""

    id: str
    anchor: str
    title: str
    auditor: str
    day: date | None
    state: State
    lines: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A nonconformity that a finding was logged as, and its state."""

    id: str
    state: State


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding of the audit."""

    id: str
    anchor: str
    title: str
    kind: State
    requirement: tuple[Piece, ...]
    seen: str
    unit: str
    owner: str
    due: date | None
    answer: str
    state: State
    followed: tuple[Followed, ...]


def checklists(audit: Item, library: Library) -> tuple[Checklist, ...]:
    """The checklists of an audit, by id."""
    found = (each for each in library.by_type.get(CHECKLIST, ()) if each.text("audit") == audit.id)
    return tuple(_checklist(each, library) for each in sorted(found, key=lambda each: each.id))


def _checklist(item: Item, library: Library) -> Checklist:
    return Checklist(
        item.id,
        naming.anchor("rec", item.id),
        item.title,
        naming.person(library, item.text("owner") or ""),
        item.day("date"),
        record_state(item, library),
        tuple(_questions(item, library)),
    )


def _questions(item: Item, library: Library) -> Iterator[Question]:
    columns = item.type.blocks[BLOCK].keys
    for number, row in enumerate(item.block_rows(BLOCK), 1):
        result = row.text("result") or ""
        yield Question(
            number,
            pieces(columns["requirement"], row.entries.get("requirement"), library),
            row.text("step") or "",
            row.text("question") or "",
            row.text("evidence") or "",
            toned(columns["result"].values.get(result, result), result) if result else None,
            row.text("finding") or "",
            row.text("note") or "",
        )


def toned(word: Label | str, name: str) -> State:
    """The word for a result or a kind of finding, in its colour."""
    return State(word if isinstance(word, Label) else Label({"en": word}), _TONES.get(name, OFF))


def findings(audit: Item, library: Library) -> tuple[FindingLine, ...]:
    """The findings of an audit, the gravest first; those the auditor took back are left out."""
    found = [each for each in library.by_type.get(FINDING, ()) if each.text("audit") == audit.id and not each.is_given_up]
    ranks = [*reversed(SEVERITIES), "ofi", "observation", "strength"]
    return tuple(_finding(each, library) for each in sorted(found, key=lambda each: (_rank(each, ranks), each.id)))


def _rank(finding: Item, ranks: list[str]) -> int:
    kind = finding.text("kind") or ""
    return ranks.index(kind) if kind in ranks else len(ranks)


def _finding(item: Item, library: Library) -> FindingLine:
    return FindingLine(
        id=item.id,
        anchor=naming.anchor("rec", item.id),
        title=item.title,
        kind=toned(item.value_label("kind"), item.text("kind") or ""),
        requirement=pieces(item.type.fields["requirement"], item.node("requirement"), library),
        seen=item.text("seen") or "",
        unit=naming.unit(library, item.text("unit") or ""),
        owner=naming.person(library, item.text("owner") or ""),
        due=moved_day(item, "due"),
        answer=item.text("answer") or "",
        state=record_state(item, library),
        followed=tuple(Followed(each.id, record_state(each, library)) for each in logged_from(library, item.id)),
    )


def results(found: tuple[Checklist, ...], library: Library) -> tuple[tuple[State | None, int], ...]:
    """How many lines have which result, those without one last."""
    kind = library.types.get(CHECKLIST)
    known = kind.blocks[BLOCK].keys["result"].values if kind else {}
    counts = Counter(str(line.result.word) if line.result else "" for each in found for line in each.lines)
    named = tuple((toned(label, name), counts[str(label)]) for name, label in known.items())
    return (*named, *(((None, counts[""]),) if counts[""] else ()))
