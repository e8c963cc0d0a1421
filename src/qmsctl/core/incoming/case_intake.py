"""A list of cases taken in: each case to its procedure and month, all of them or none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce

from qmsctl.core.asked import item
from qmsctl.core.cases.case import Case
from qmsctl.core.cases.register import Month, month_of, registers, table_of
from qmsctl.core.cases.table import Fault
from qmsctl.core.edit import Edit
from qmsctl.core.incoming.case_lists import CaseList, Export, Office, chosen_map, read_cases
from qmsctl.core.incoming.columns import ColumnMap
from qmsctl.core.incoming.sheet import Workbook
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.case_filing import Batch, FaultyTable, file_batch, procedure_of
from qmsctl.core.lifecycle.creation import Body
from qmsctl.core.office.period_words import period_words
from qmsctl.core.procedures.announced import TTHC, Announced, announced, served
from qmsctl.core.text.labels import plain_label
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import HOLE, Assignment, advice, command
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import dataclass, replace

_CODE = regex(r"[\w.-]{1,40}", re.ASCII)
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Given:
    """A list as somebody gives it: its tables and maps that may read it, and of which procedure and month it is, if that is said.

    ``source`` is what is kept of the file itself: its name and its digest.
    """

    workbook: Workbook
    maps: tuple[ColumnMap, ...]
    source: Mapping[str, str]
    procedure: str | None = None
    month: str | None = None


def take_in(library: Library, given: Given, person: str | None, body: Body) -> Edit:
    """The registers with the cases of a list in them, made where there are none; remarks say what was left of the list.

    Where a month is named the list is all of it; else it adds to the months of its cases. Raises :class:`FaultyTable`, and
    :class:`Refusal` where a procedure is not known or a register is closed.
    """
    month = _month(library, given.month)
    steps = procedure_of(library, given.procedure)[1] if given.procedure else {}
    found = read_cases(given.workbook.sheets, chosen_map(given.workbook.sheets, given.maps), steps, _office(library))
    if found.faults and not found.exports:
        raise FaultyTable(found.faults)
    allotted, others = _allotted(library, found.exports, given.procedure)
    batches = tuple(_batches(allotted, found, month, given))
    if not batches:
        raise FaultyTable(found.faults) if found.faults else _nothing(found, others, given.procedure)
    edits = tuple(_filed(library, batches, found.faults, given, person, body))
    remarks = (*_left(found, given.workbook), *_not_ours(others))
    whole = reduce(Edit.merge, edits) if edits else Edit((), _("all of these cases are in registers that are closed, as they are"))
    return _told(whole, edits, remarks)


def _told(whole: Edit, edits: Sequence[Edit], remarks: Iterable[Message]) -> Edit:
    several = tuple(edit.summary for edit in edits) if len(edits) > 1 else ()
    summary = _("cases of {count} registers taken in", count=len(edits)) if several else whole.summary
    return replace(whole, summary=summary, remarks=(*several, *whole.remarks, *remarks))


def _month(library: Library, text: str | None) -> Month | None:
    if text is None:
        return None
    writing = library.config.writing
    month = Month.parse(writing.filed_period(text))
    if month is None:
        raise UsageError(_("the month is “{text}”; {expected} is expected", text=text, expected=writing.month_example))
    if month.first > library.today:
        raise UsageError(_("the month {month} begins on {day}; there are no cases to take in yet", month=period_words(str(month)), day=month.first))
    return month


def _office(library: Library) -> Office:
    named: defaultdict[str, set[str]] = defaultdict(set)
    for person in library.people.all:
        named[plain_label(person.name)].add(person.id)

    def who(text: str) -> str | None:
        if library.people.get(text) is not None or library.config.role(text) is not None:
            return text
        found = named.get(plain_label(text), set())
        return next(iter(found)) if len(found) == 1 else None

    return Office(library.config.zone, library.config.writing.day_first, who)


def _allotted(library: Library, exports: Iterable[Export], wanted: str | None) -> tuple[Mapping[str, list[Case]], Counter[str]]:
    """The cases by the id of their procedure, and how many there are of administrative procedures that are nobody's, by code."""
    services = announced(library)
    known = _known(library, services)
    exports = tuple(exports)
    kinds = {(each.tthc, each.tthc_name) for each in exports}
    alone = wanted is not None and len(kinds) <= 1 and not served(item(library, wanted), services)
    found: defaultdict[str, list[Case]] = defaultdict(list)
    others: Counter[str] = Counter()
    for each in exports:
        told = bool(each.tthc or each.tthc_name)
        procedure = wanted if wanted is not None and (alone or not told) else _procedure(known, each)
        if procedure is None or wanted not in (None, procedure):
            others[each.tthc] += 1
        else:
            found[procedure].append(each.case)
    return found, others


def _known(library: Library, services: Mapping[str, tuple[Announced, ...]]) -> Mapping[str, str]:
    """The procedures by the codes and names they serve, and by their titles. Raises :class:`Refusal` where two serve one."""
    found: dict[str, str] = {}
    procedures = sorted((each for each in library.by_id.values() if TTHC in each.type.fields), key=lambda each: each.id)
    for procedure in procedures:
        for name in served(procedure, services):
            other = found.setdefault(plain_label(name), procedure.id)
            if other != procedure.id:
                raise Refusal(
                    _("{first} and {second} are both of the administrative procedure {tthc}", first=other, second=procedure.id, tthc=name),
                    command("set", procedure.id, sets=[Assignment(TTHC, HOLE)]).in_order_to(_("leave it to one of them")) if procedure.has(TTHC)
                    else advice(_("leave it to one of them in the block “services” of the decision")),
                )
    return {**{plain_label(each.title): each.id for each in reversed(procedures) if each.title}, **found}


def _procedure(known: Mapping[str, str], each: Export) -> str | None:
    """The procedure of a case: by its code, also where one of the two goes on with the code of the agency; else by name."""
    code = plain_label(each.tthc)
    if code in known:
        return known[code]
    if code:
        longer = {procedure for name, procedure in known.items() if name.startswith(f"{code}.") or code.startswith(f"{name}.")}
        if len(longer) == 1:
            return next(iter(longer))
    return known.get(plain_label(each.tthc_name)) if each.tthc_name else None


def _batches(allotted: Mapping[str, Sequence[Case]], found: CaseList, month: Month | None, given: Given) -> Iterator[Batch]:
    for procedure, cases in allotted.items():
        if month is not None:
            yield Batch(procedure, month, tuple(cases), found.columns, found.steps, whole=True)
            continue
        months: defaultdict[Month, list[Case]] = defaultdict(list)
        for case in cases:
            months[Month(case.received.year, case.received.month)].append(case)
        for each in sorted(months, key=str):
            yield Batch(procedure, each, tuple(months[each]), found.columns, found.steps, whole=False)
    if month is not None and given.procedure and not allotted:
        yield Batch(given.procedure, month, (), found.columns, found.steps, whole=True)


def _filed(library: Library, batches: Iterable[Batch], known: Sequence[Fault], given: Given, person: str | None, body: Body) -> Iterator[Edit]:
    """The edits of all batches. Raises :class:`FaultyTable` with what is ``known`` to be wrong, and what is wrong in any of them."""
    faults = list(known)
    for batch in batches:
        faults += _elsewhere(library, batch)
        try:
            edit = file_batch(library, batch, given.source, person, body)
        except FaultyTable as error:
            faults += error.faults
            continue
        if edit is not None:
            library = library.after(edit)
            yield edit
    if faults:
        raise FaultyTable(tuple(sorted(faults, key=lambda fault: fault.line)))


def _elsewhere(library: Library, batch: Batch) -> Iterator[Fault]:
    """The cases that stand in the register of another month: a case is received once."""
    if batch.whole:
        return
    others = [each for each in registers(library, batch.procedure) if month_of(each) != batch.month]
    stand = {case.key: register for register in others if (table := table_of(register, library)) for case in table.cases}
    for case in batch.cases:
        if case.key in stand:
            yield Fault(case.line, _("case {case} stands in {id}, the register of {month}, already", case=case.id, id=stand[case.key].id, month=period_words(stand[case.key].text("month") or "")))


def _nothing(found: CaseList, others: Counter[str], wanted: str | None) -> Refusal:
    if not found.exports:
        return Refusal(_("the file holds no case"), advice(_("export the month again, with all its cases")))
    return Refusal(
        _("none of the {count} cases is of {procedure}: no field “tthc” names {tthc}", count=len(found.exports), procedure=wanted or _("a procedure here"), tthc=_codes(others)),
        advice(_("name it with the code in the block “services” of the external document with the decision that announced it"))
        .or_else(advice(_("write the codes of its administrative procedures under “tthc” into the head of the procedure, with its next revision")))
        .or_else(advice(_("name the procedure before the file, where all cases are of one"))),
    )


def _codes(others: Counter[str]) -> tuple[object, ...]:
    """The codes that look like codes; what else stands there is not repeated."""
    known = [code for code, _count in others.most_common() if _CODE.fullmatch(code) and any(each.isdigit() for each in code)]
    more = len(others) - len(known[:_NAMED])
    return (*known[:_NAMED], *((_("{count} more", count=more),) if more else ()))


def _not_ours(others: Counter[str]) -> Iterator[Message]:
    if others:
        yield _("not taken: {count} case(s) of other administrative procedures: {tthc}", count=others.total(), tthc=_codes(others))


def _left(found: CaseList, workbook: Workbook) -> Iterator[Message]:
    if found.personal:
        yield _("left, for they are about persons, and kept nowhere: {columns}", columns=found.personal)
    if found.left:
        yield _("left, for nothing is made of them: {columns}", columns=found.left)
    if found.passed:
        yield _("rows that are no cases: {count}", count=found.passed)
    yield from (_("of the file nothing was taken of this: {what}", what=each) for each in workbook.notes)
