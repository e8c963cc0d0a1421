"""A given file of cases taken in: read whole or refused whole, its promises counted, filed under its register."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple

from qmsctl.core.asked import item, way_back
from qmsctl.core.cases.case import Case, Due
from qmsctl.core.cases.contradictions import Judge
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
from qmsctl.core.cases.table import Fault, read_table, write_table
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create
from qmsctl.core.model import Item
from qmsctl.core.office.time_limit import TimeLimit, read_limit
from qmsctl.core.procedures.steps import Step
from qmsctl.core.records.named_files import signed_digests
from qmsctl.core.text.splice import flow, set_fields
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import advice, command
from qmsctl.message import Message, _
from qmsctl.value import dataclass

FOLDER = "attachments/cases"


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


def take_in(library: Library, procedure: str, month: str, data: bytes, person: str | None, body: Body) -> Edit:
    """The register of ``procedure`` and ``month`` with the cases in ``data``; made where there is none.

    A remark names the cases that the register had and the file has not.
    Raises :class:`FaultyTable`, and :class:`Refusal` where the procedure has no steps or the register is closed.
    """
    found, steps = _procedure(library, procedure)
    writing = library.config.writing
    span = Month.parse(writing.filed_period(month))
    if span is None:
        raise UsageError(_("the month is “{text}”; {expected} is expected", text=month, expected=writing.month_example))
    if span.first > library.today:
        raise UsageError(_("the month {month} begins on {day}; there are no cases to take in yet", month=str(span), day=span.first))
    register = _open_register(library, procedure, span)
    table = read_table(data, steps, library.config.zone, day_first=writing.day_first)
    cases, unknown = _promised(library, found.id, table.cases)
    faults = (*table.faults, *Judge(library, procedure, span).contradictions(table.cases), *unknown)
    if faults:
        raise FaultyTable(tuple(sorted(faults, key=lambda fault: fault.line)))
    old = table_of(register, library) if register else None
    if old and old.cases and not cases:
        raise Refusal(
            _("the file holds no case, and the register of {month} has {count}", month=str(span), count=len(old.cases)),
            advice(_("export the month again, with all its cases")),
        )
    difference = _Difference.between(old.cases if old else (), cases)
    record, file, made = _filed(library, found, span, register, write_table(cases, table.steps), person, body)
    remarks = (_("no longer in the file: {cases}", cases=difference.gone),) if difference.gone else ()
    return Edit((record, file), difference.said(found.id, span), (record.path,), made=made, remarks=remarks)


def _procedure(library: Library, procedure: str) -> tuple[Item, Mapping[str, Step]]:
    found = item(library, procedure)
    steps = steps_ever(procedure, library)
    if not steps:
        raise Refusal(
            _("{id} has no steps, so there are no cases to follow", id=procedure),
            command("list", "procedure").in_order_to(_("name a procedure with a data block “steps”")),
        )
    return found, steps


def _open_register(library: Library, procedure: str, month: Month) -> Item | None:
    found = next((each for each in registers(library, procedure) if month_of(each) == month), None)
    if found is not None and library.is_closed(found):
        raise Refusal(
            _("{id}, the case register of {procedure} for {month}, is closed", id=found.id, procedure=procedure, month=str(month)),
            way_back(found.id),
        )
    return found


def _promised(library: Library, procedure: str, cases: Iterable[Case]) -> tuple[tuple[Case, ...], tuple[Fault, ...]]:
    """The cases with their due moments, counted from the limit where none was given, and where that cannot be."""
    clock = clock_of(library)
    known: list[Case] = []
    faults: list[Fault] = []
    for case in cases:
        if case.due is not None:
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
    library: Library, procedure: Item, month: Month, register: Item | None, written: bytes, person: str | None, body: Body
) -> _Filed:
    """The record, made where there is none, and its data file with these bytes."""
    sha256 = hashlib.sha256(written).hexdigest()
    path = _unsigned(library, (data_path(register) if register else None) or f"{FOLDER}/{procedure.id}/{month}.csv", sha256)
    named = {"path": path, "sha256": sha256}
    file = FileChange(path, library.outside.read(path) if path in library.files else None, written)
    if register is None:
        title = f"{procedure.title or procedure.id}, {month.number:02}/{month.year}"
        given = {"title": title, "procedure": procedure.id, "month": str(month), DATA: flow(named)}
        edit = create(library, TYPE, given, person, body)
        (record,) = edit.changes
        return _Filed(record, file, edit.made)
    before = library.outside.read(register.path)
    return _Filed(FileChange(register.path, before, set_fields(before, {DATA: named}, register.type.field_order)), file, ())


def _unsigned(library: Library, path: str, sha256: str) -> str:
    """``path``, or the next one with a number where a register was closed on other bytes there, and reopened since."""
    stem = path.removesuffix(".csv")
    names = (path, *(f"{stem}.{number}.csv" for number in range(2, 1000)))
    return next(name for name in names if not signed_digests(name, library) - {sha256})


@dataclass(frozen=True, slots=True)
class _Difference:
    """What a file does to the cases of a register: how many it has, and the ids of those that differ."""

    cases: int
    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]

    @classmethod
    def between(cls, old: Iterable[Case], new: Iterable[Case]) -> _Difference:
        before = {case.key: replace(case, line=0) for case in old}
        after = {case.key: replace(case, line=0) for case in new}
        both = before.keys() & after.keys()
        return cls(
            cases=len(after),
            new=tuple(case.id for key, case in after.items() if key not in both),
            changed=tuple(case.id for key, case in after.items() if key in both and case != before[key]),
            gone=tuple(case.id for key, case in before.items() if key not in both),
        )

    def said(self, procedure: str, month: Month) -> Message:
        return _("cases of {procedure} received in {month}: {cases} (new: {new}, changed: {changed}, gone: {gone})",
                 procedure=procedure, month=str(month), cases=self.cases,
                 new=len(self.new), changed=len(self.changed), gone=len(self.gone))
