"""A given file of cases taken in: read whole or refused whole, its promises counted, filed under its register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from qmsctl.core.asked import item, way_back
from qmsctl.core.cases.case import Case, Due
from qmsctl.core.cases.contradictions import Judge
from qmsctl.core.cases.difference import Difference
from qmsctl.core.cases.register import (
    DATA,
    TYPE,
    Month,
    clock_of,
    data_path,
    month_of,
    registers,
    steps_ever,
    table_of,
    text_on,
)
from qmsctl.core.cases.table import Fault, write_table
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create
from qmsctl.core.model import Item
from qmsctl.core.office.period_words import period_words
from qmsctl.core.office.time_limit import TimeLimit, read_limit
from qmsctl.core.procedures.steps import Step
from qmsctl.core.records.named_files import signed_digests
from qmsctl.core.text.splice import flow, set_fields
from qmsctl.errors import Refusal
from qmsctl.mend import Hole, advice, command
from qmsctl.message import Message, _
from qmsctl.value import dataclass, replace

FOLDER = "attachments/cases"
SOURCE = "source"
_NAMED = 10


class FaultyTable(Refusal):
    """A file that is not taken in, with what is wrong on its lines."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            _("refused: the file has {count} fault(s); nothing was taken in", count=len(faults)),
            advice(_("correct these lines and give the file again")),
        )
        self.faults = faults


class _Filed(NamedTuple):
    """The record, its data file, and the ids that were made for them."""

    record: FileChange
    file: FileChange
    made: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """The cases of a procedure received in a month, as a list has them.

    ``columns`` and ``steps`` are what the list has columns for; where it is the ``whole`` month, cases that it has not are none any more.
    """

    procedure: str
    month: Month
    cases: tuple[Case, ...]
    columns: frozenset[str]
    steps: tuple[str, ...]
    whole: bool


def file_batch(library: Library, batch: Batch, source: Mapping[str, str], person: str | None, body: Body) -> Edit | None:
    """The register of a batch with its cases, made where there is none; ``None`` where it is closed and has them all.

    ``source`` is what is kept of the list itself. A remark names the cases that the register had and the list has not.
    Raises :class:`FaultyTable`, and :class:`Refusal` where the register is closed on others.
    """
    found, _steps = procedure_of(library, batch.procedure)
    month = batch.month
    register = next((each for each in registers(library, found.id) if month_of(each) == month), None)
    table = table_of(register, library) if register else None
    if table and table.faults and not batch.whole:
        raise Refusal(
            _("the cases of {id} cannot be read whole, so nothing can be added to them", id=register.id if register else ""),
            command("cases import", found.id, str(month), Hole("file")).in_order_to(_("take in all of the month anew")),
        )
    old = table.cases if table else ()
    cases, unknown = _promised(library, found.id, updated(old, batch))
    faults = (*Judge(library, found.id, month).contradictions(case for case in cases if case.line), *unknown)
    if faults:
        raise FaultyTable(tuple(sorted(faults, key=lambda fault: fault.line)))
    difference = Difference.between(old, cases)
    if register is not None and library.is_closed(register):
        if not difference:
            return None
        raise _closed(register, found.id, month)
    if old and not cases:
        raise Refusal(
            _("the file holds no case, and the register of {month} has {count}", month=period_words(str(month)), count=len(old)),
            advice(_("export the month again, with all its cases")),
        )
    steps = tuple(dict.fromkeys((*(table.steps if table and not batch.whole else ()), *batch.steps, *(step for case in cases for step, _at in case.steps))))
    named = register is None or bool(difference)
    record, file, made = _filed(library, found, month, register, write_table(cases, steps), {**source, "cases": f"{len(batch.cases)}"} if named else {}, person, body)
    return Edit((record, file), difference.said(found.id, month), (record.path,), made=made, remarks=tuple(_missing(batch, difference, cases)))


def updated(old: Iterable[Case], batch: Batch) -> tuple[Case, ...]:
    """The cases of a register with those of a list in them; where a case comes from the list alone it has its line there, else none."""
    before = {case.key: replace(case, line=0) for case in old}
    given = {case.key: case for case in batch.cases}
    if len(given) < len(batch.cases) or batch.whole:  # cases that are there twice are told by whoever judges
        return tuple(_merged(before.get(case.key), case, batch) for case in batch.cases)
    kept = (_merged(case, given[key], batch) if key in given else case for key, case in before.items())
    return (*kept, *(case for key, case in given.items() if key not in before))


def _merged(old: Case | None, new: Case, batch: Batch) -> Case:
    """A case as the list has it, and of what the list has no column for, as it was."""
    if old is None:
        return new
    steps = dict(old.steps) | dict.fromkeys(batch.steps) | dict(new.steps)
    stops = new.stops if "stops" in batch.columns else old.stops
    counted = "due" in batch.columns or stops != old.stops
    return replace(
        new, due=new.due or (None if counted else old.due), stops=stops,
        supplements=new.supplements if {"stops", "supplements"} & batch.columns else old.supplements,
        released_by=new.released_by if "released_by" in batch.columns else old.released_by,
        steps=tuple((step, at) for step, at in steps.items() if at is not None),
    )


def _missing(batch: Batch, difference: Difference, cases: Sequence[Case]) -> Iterator[Message]:
    """What the list does not have of what the register has, or had."""
    if difference.changed:
        yield _("changed: {cases}", cases=_some(difference.changed))
    if difference.gone:
        yield _("no longer in the file: {cases}", cases=difference.gone)
    given = {case.key for case in batch.cases}
    kept = tuple(case.id for case in cases if case.key not in given)
    if kept:
        yield _("in the register of {month} and not in the file, kept as they are: {cases}", month=period_words(str(batch.month)), cases=_some(kept))


def _some(cases: Sequence[str]) -> tuple[object, ...]:
    """The first of them, and how many there are besides."""
    return (*cases[:_NAMED], *((_("{count} more", count=len(cases) - _NAMED),) if len(cases) > _NAMED else ()))


def _closed(register: Item, procedure: str, month: Month) -> Refusal:
    return Refusal(
        _("{id}, the case register of {procedure} for {month}, is closed", id=register.id, procedure=procedure, month=period_words(str(month))),
        way_back(register.id),
    )


def procedure_of(library: Library, procedure: str) -> tuple[Item, Mapping[str, Step]]:
    """A procedure and all the steps it ever had. Raises :class:`Refusal` where it has none."""
    found = item(library, procedure)
    steps = steps_ever(procedure, library)
    if not steps:
        raise Refusal(
            _("{id} has no steps, so there are no cases to follow", id=procedure),
            command("list", "procedure").in_order_to(_("name a procedure with a data block “steps”")),
        )
    return found, steps


def _promised(library: Library, procedure: str, cases: Iterable[Case]) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """The cases with their due moments, counted from the limit where none was given, and where that cannot be."""
    clock = clock_of(library)
    known: list[Case] = []
    faults: list[Fault] = []
    for case in cases:
        if case.due is not None or not case.line:
            known.append(case)
            continue
        text = text_on(procedure, case.received.date(), library)
        limit = read_limit((text.text("time_limit") if text else None) or "")
        at = clock.due(case.received, limit, case.stops) if limit else None
        if at is None and (limit is None or not case.standing):
            faults.append(Fault(case.line, _no_promise(case, procedure, limit)))
        known.append(replace(case, due=Due(at) if at else None))
    return tuple(known), tuple(faults)


def _no_promise(case: Case, procedure: str, limit: TimeLimit | None) -> Message:
    if limit is None:
        return _("case {case}: “due” is empty, and {procedure} has no time_limit to count it from", case=case.id, procedure=procedure)
    return _("case {case}: “due” is empty, and a limit of {limit} has no end that can be foreseen", case=case.id, limit=limit)


def _filed(
    library: Library, procedure: Item, month: Month, register: Item | None, written: bytes, source: Mapping[str, str], person: str | None, body: Body
) -> _Filed:
    """The record, made where there is none, and its data file with these bytes; ``source`` where they come from another list than before."""
    sha256 = hashlib.sha256(written).hexdigest()
    path = _unsigned(library, (data_path(register) if register else None) or f"{FOLDER}/{procedure.id}/{month}.csv", sha256)
    named = {"path": path, "sha256": sha256}
    file = FileChange(path, library.outside.read(path) if path in library.files else None, written)
    if register is None:
        title = f"{procedure.title or procedure.id}, {month.number:02}/{month.year}"
        given = {"title": title, "procedure": procedure.id, "month": str(month), DATA: flow(named), SOURCE: flow(source)}
        edit = create(library, TYPE, given, person, body)
        (record,) = edit.changes
        return _Filed(record, file, edit.made)
    before = library.outside.read(register.path)
    return _Filed(FileChange(register.path, before, set_fields(before, {DATA: named, **({SOURCE: source} if source else {})}, register.type.field_order)), file, ())


def _unsigned(library: Library, path: str, sha256: str) -> str:
    """``path``, or the next one with a number where a register was closed on other bytes there, and reopened since."""
    stem = path.removesuffix(".csv")
    names = (path, *(f"{stem}.{number}.csv" for number in range(2, 1000)))
    return next(name for name in names if not signed_digests(name, library) - {sha256})
