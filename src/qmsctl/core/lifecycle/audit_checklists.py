"""``qmsctl audit checklist``: the questions of one audit, made from its clauses and from the procedures themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from qmsctl.core.asked import item, way_back
from qmsctl.core.auditing.programme import TYPE as PROGRAMME
from qmsctl.core.auditing.questions import Questions, Say, lines
from qmsctl.core.auditing.scope import scope
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.audit_programmes import GRID
from qmsctl.core.lifecycle.creation import Body, create, usable_type
from qmsctl.core.lifecycle.made_from import Source, first_filled
from qmsctl.core.mends.field_mend import give
from qmsctl.core.model import Item
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.records.finding import AUDIT
from qmsctl.core.standards.applicability import looks_like_clause
from qmsctl.core.text.block_rows import with_rows
from qmsctl.core.text.nodes import texts
from qmsctl.core.text.splice import flow
from qmsctl.errors import Refusal
from qmsctl.mend import HOLE, addition, advice, command
from qmsctl.message import _
from qmsctl.value import replace

TYPE = "audit-checklist"
BLOCK = "lines"


def make_checklist(
    library: Library, subject: str, given: Mapping[str, str], person: str | None, body: Body,
    ask: Callable[[str], Questions], say: Say,
) -> Edit:
    """A checklist of an audit with a line for each question; ``ask`` gives the questions of an edition.

    Raises :class:`Refusal` for an audit that is over, and for one without anything to ask about.
    """
    audit = open_one(library, subject)
    _only_one(library, audit, given.get("owner") or person)
    chosen = tuple(_texts(audit, library))
    rows = tuple(lines(library, clauses_of(audit, library), [each.item for each in chosen], audit.texts("units"), ask, say))
    if not rows:
        raise Refusal(
            _("{id} names no clause and no document with steps, so there is nothing to ask", id=subject),
            give(audit, "criteria", more=True),
        )
    found = usable_type(library, TYPE)
    spec = found.made_from
    named = {"audit": subject, "title": f"{say(found.label)} {subject}"}
    if spec is not None:
        named["title"] = first_filled([say(spec.title or found.label)], {"id": subject}) or named["title"]
        if chosen:
            named[spec.field] = flow([each.item.id for each in chosen])
        if chosen and spec.proof:
            named[spec.proof] = flow([each.proof for each in chosen])
    edit = create(library, TYPE, named | dict(given), person, body)
    change, *further = edit.changes
    assert change.after is not None  # create makes a file
    heading = say(found.blocks[BLOCK].label)
    return replace(edit, changes=(replace(change, after=with_rows(change.after, BLOCK, rows, heading)), *further))


def open_one(library: Library, subject: str) -> Item:
    """An audit that is not over. Raises :class:`Refusal` for anything else."""
    audit = item(library, subject)
    if audit.type.name != AUDIT:
        raise Refusal(_("{id} is no audit", id=subject), command("list", AUDIT).in_order_to(_("to see them all")))
    if audit.is_given_up:
        raise Refusal(_("{id} was cancelled", id=subject), command("list", AUDIT).in_order_to(_("to see them all")))
    if library.is_closed(audit):
        raise Refusal(_("{id} is closed", id=subject), way_back(subject))
    return audit


def _only_one(library: Library, audit: Item, owner: str | None) -> None:
    """Refuse a second checklist for the same auditor while the first is not filled in."""
    for known in library.by_type.get(TYPE, ()):
        if known.text("audit") == audit.id and known.text("owner") == owner and not library.is_closed(known):
            raise Refusal(
                _("{name} has a checklist for {audit} already: {id}", name=library.people.name(owner or "?"), audit=audit.id, id=known.id),
                advice(_("fill in {path}", path=known.path)).or_else(addition(by=HOLE).in_order_to(_("for another auditor"))),
            )


def clauses_of(audit: Item, library: Library) -> tuple[str, ...]:
    """The clauses an audit is about: its criteria, and the rows of programmes that name it."""
    named = [text for text in audit.texts("criteria") if looks_like_clause(text)]
    for row in (row for each in library.by_type.get(PROGRAMME, ()) for row in each.block_rows(GRID)):
        if row.text("audit") == audit.id:
            named += texts(row.entries.get("clauses"))
    return tuple(dict.fromkeys(named))


def _texts(audit: Item, library: Library) -> Iterator[Source]:
    """The texts in force an audit names; where it names none, those of the units audited."""
    named = [text for text in (*audit.texts("processes"), *audit.texts("criteria")) if library.knows(text)]
    if not named:
        found = scope(library)
        named = [text.id for text in found.texts if set(found.doers[text.id]) & set(audit.texts("units"))]
    for name in dict.fromkeys(named):
        in_force = library.standing(name).in_force
        text = text_of(in_force, library)
        if in_force is not None and text is not None:
            yield Source(text, in_force)
