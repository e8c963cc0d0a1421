"""``qmsctl audit plan`` and ``audit open``: a programme for a year, and the audits it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from qmsctl.core.asked import item, way_on
from qmsctl.core.auditing.programme import TYPE, Programme, Row, propose
from qmsctl.core.auditing.questions import Say
from qmsctl.core.edit import Edit, FileChange
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.creation import Body, create
from qmsctl.core.lifecycle.logging import log
from qmsctl.core.model import Item
from qmsctl.core.records.finding import AUDIT
from qmsctl.core.records.notes import Noted
from qmsctl.core.text.block_rows import Cell, with_cell, with_rows
from qmsctl.core.text.nodes import Mapping as MappingNode
from qmsctl.core.text.nodes import texts
from qmsctl.core.text.splice import Value, flow
from qmsctl.core.text.suggest import instead
from qmsctl.core.types.kinds import meant_id
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Mend, advice, command, git
from qmsctl.message import Message, _
from qmsctl.regex import regex
from qmsctl.value import replace

GRID = "grid"
_MONTH = regex(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
OPEN = ("approved", "running")
"""States in which the audits of a programme may be opened."""


def plan(
    library: Library, year: int, months: Sequence[str], given: Mapping[str, str], person: str | None, body: Body, say: Say
) -> Edit:
    """A proposed programme for ``year``; ``say`` puts words into the language of the file.

    Raises :class:`Refusal` where there is one already, or nothing to audit.
    """
    months = [library.config.writing.filed_period(month) for month in months]
    _possible(library, year, months)
    found = propose(library, year, sorted(dict.fromkeys(months)))
    facts = {"title": say(_("Internal audit programme {year}", year=year)), "year": str(year), **given}
    edit = log(library, TYPE, [Noted(facts, _sections(found, library, say))], person, body)
    change, *further = edit.changes
    assert change.after is not None  # log makes a file
    rows = [_row(row, say) for row in found.rows]
    heading = library.types.get(TYPE)
    label = heading.blocks[GRID].label.in_language(library.config.language) if heading else GRID
    return replace(edit, changes=(replace(change, after=with_rows(change.after, GRID, rows, label)), *further))


def _possible(library: Library, year: int, months: Sequence[str]) -> None:
    if year < library.today.year:
        raise UsageError(_("the year {year} has passed", year=year), command("audit plan", year=str(library.today.year)))
    for month in months:
        if not _MONTH.fullmatch(month) or not month.startswith(f"{year:04}-"):
            raise UsageError(_("--months has “{text}”; months of the year such as {month} are expected", text=month, month=f"{year:04}-05"))
    if not library.standards:
        raise Refusal(_("no edition of the standard is chosen"), advice(_("write it into qms.yaml, such as: standards: [iso9001-2015]")))
    if not library.config.units:
        raise Refusal(_("qms.yaml names no unit that could be audited"), advice(_("write the units into qms.yaml under units:")))
    known = next((each for each in library.by_type.get(TYPE, ()) if each.integer("year") == year), None)
    if known is not None:
        raise Refusal(_("there is a programme for {year} already: {id}", year=year, id=known.id), _instead(known))


def _instead(known: Item) -> Mend:
    if known.status == known.type.first_state:
        deleted = git("rm", known.path).in_order_to(_("for a new proposal first delete it"))
        return advice(_("change it in {path}", path=known.path)).or_else(deleted)
    return command("show", known.id)


def _sections(found: Programme, library: Library, say: Say) -> Mapping[str, str]:
    return {"objectives": "\n\n".join(map(say, _objectives(found, library))), "basis": "\n".join(_basis(found, library, say))}


def _objectives(found: Programme, library: Library) -> Iterator[Message]:
    titles = tuple(each.called(library.config.language) for each in library.standards)
    yield _("To find out whether the quality management system conforms to {standards} and to the rules of the organization, and whether it is carried out, kept up and effective.", standards=titles)
    yield _("Scope: {units} units, {clauses} clauses, {texts} processes, procedures and instructions in force.",
            units=len(found.scope.units), clauses=len(found.scope.clauses), texts=len(found.scope.texts))
    if library.config.not_applicable:
        yield _("Not applied: {clauses}.", clauses=tuple(each.clause for each in library.config.not_applicable))


def _basis(found: Programme, library: Library, say: Say) -> Iterator[str]:
    yield say(_("As the records stand on {day}; the unit with most to speak for it comes first.", day=library.today))
    yield ""
    for row in found.rows:
        yield f"- {_named(row.unit, library)}: {_reasons(row, say)}."


def _reasons(row: Row, say: Say) -> str:
    return "; ".join(map(say, row.reasons)) or say(_("nothing out of the ordinary"))


def _named(unit: str, library: Library) -> str:
    found = library.config.unit(unit)
    return " ".join((found.name if found else unit).split())


def _row(row: Row, say: Say) -> Mapping[str, Value]:
    made: dict[str, Value] = {"unit": row.unit, "month": row.month, "clauses": row.clauses}
    if row.texts:
        made["processes"] = tuple(text.id for text in row.texts)
    return {**made, "weight": _reasons(row, say)}


def open_audit(
    library: Library, subject: str, unit: str, given: Mapping[str, str], person: str | None, body: Body, say: Say
) -> Edit:
    """The audit of a unit that a programme foresees; the programme's row names it in turn."""
    programme = _programme(library, subject)
    number, row = _foreseen(library, programme, unit)
    named = {
        "programme": subject,
        "title": say(_("Internal audit: {unit}", unit=_named(unit, library))),
        "scope": say(_("{unit}: the clauses and texts foreseen by {id}", unit=_named(unit, library), id=subject)),
        "criteria": flow(texts(row.entries.get("clauses"))),
        "units": flow([unit]),
        **({"processes": flow(texts(row.entries.get("processes")))} if row.entries.get("processes") else {}),
    }
    edit = create(library, AUDIT, named | dict(given), person, body)
    before = library.outside.read(programme.path)
    known = FileChange(programme.path, before, with_cell(before, Cell(GRID, number, "audit"), edit.made[0]))
    return replace(edit, changes=(*edit.changes, known), subjects=(*edit.subjects, programme.path))


def _programme(library: Library, subject: str) -> Item:
    found = item(library, subject)
    if found.type.name != TYPE:
        raise Refusal(_("{id} is no audit programme", id=subject), command("list", TYPE).in_order_to(_("to see them all")))
    if found.status not in OPEN:
        state = found.type.states.get(found.status or "")
        raise Refusal(
            _("{id} is “{status}”; audits are opened once it is approved", id=subject, status=state.label if state else found.status),
            way_on(found),
        )
    return found


def _foreseen(library: Library, programme: Item, unit: str) -> tuple[int, MappingNode]:
    """The first row of a unit that has no audit yet, and its number from 1."""
    rows = [(number, row) for number, row in enumerate(programme.block_rows(GRID), 1) if row.text("unit") == unit]
    if not rows:
        known = tuple(dict.fromkeys(row.text("unit") or "" for row in programme.block_rows(GRID)))
        near = meant_id(unit, frozenset(known), library.names)
        raise Refusal(_("{id} foresees no audit of “{unit}”", id=programme.id, unit=unit), instead(unit, near) if near else advice(_("use one of {known}", known=known)))
    free = next((each for each in rows if not each[1].text("audit")), None)
    if free is None:
        raise Refusal(
            _("the audit of “{unit}” that {id} foresees is open already: {audit}", unit=unit, id=programme.id, audit=rows[-1][1].text("audit")),
            command("show", rows[-1][1].text("audit") or ""),
        )
    return free
