"""One document or record for people: its facts by their labels, its sign-offs, and the draft beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qmsctl.cli.formats.progress_text import progress_lines
from qmsctl.cli.formats.related_text import related_lines
from qmsctl.cli.formats.rows_text import rows_text
from qmsctl.cli.formats.table import wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, GREEN, YELLOW
from qmsctl.core.dossier import SignOff
from qmsctl.core.duties.readers import readers
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.holders import who_may
from qmsctl.core.records.disposal import Destruction, destroyed
from qmsctl.core.records.distribution import copies_out, held_by
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status_labels import document_status, status_words
from qmsctl.core.text.nodes import is_empty
from qmsctl.core.text.text_file import cut
from qmsctl.message import _
from qmsctl.reports.parts.cell import pieces
from qmsctl.reports.parts.signatures import Signature, signature


def item_text(
    session: Session, library: Library, shown: Item, round_: Round | None, signoffs: Sequence[SignOff]
) -> Iterator[str]:
    """The lines of ``shown``, the text of ``round_`` where it is a revision."""
    yield heading(session, shown)
    if shown.is_document:
        yield in_force_line(session, library, shown.id)
    elif shown.id not in library.by_id:
        yield _destroyed_line(session, destroyed(library)[shown.id])
    yield from _facts(session, library, shown, round_)
    yield from progress_lines(session, shown)
    if not shown.is_document:
        yield from related_lines(session, library, shown)
    if not shown.is_document:
        yield from rows_text(session, library, shown)
    yield from _signed(session, library, signoffs)
    yield from _draft(session, library, shown, round_)


def heading(session: Session, shown: Item) -> str:
    """The id and the title."""
    return session.colour(wrapped(session.terminal, f"{session.words(shown.id)}  {session.words(shown.title)}"), BOLD)


def in_force_line(session: Session, library: Library, subject: str) -> str:
    """Which revision of a document is in force on the day it is: the answer people come for."""
    found = library.standing(subject).in_force
    if found is None:
        return session.colour(wrapped(session.terminal, session.words(_("No revision is in force on {day}.", day=library.today)), "  ", "    "), YELLOW)
    message = _("In force on {day}: revision {revision}, since {start}.",
                day=library.today, revision=found.revision, start=found.effective_on)
    return session.colour(wrapped(session.terminal, session.words(message), "  ", "    "), GREEN)


def _destroyed_line(session: Session, found: Destruction) -> str:
    message = _("Destroyed on {day} by {disposal}; below is what was signed last.", day=found.day, disposal=found.disposal.id)
    return session.colour(wrapped(session.terminal, session.words(message), "  ", "    "), YELLOW)


def _facts(session: Session, library: Library, shown: Item, round_: Round | None) -> Iterator[str]:
    standing = library.standing(shown.id)
    of_document = standing.status_of(round_) if round_ else standing.status
    status = of_document if shown.is_document else shown.status or ""
    yield fact(session, _("Type of document") if shown.is_document else _("Type of record"), shown.type.label)
    yield fact(session, _("Status"), status_words(shown.type, status))
    if shown.is_document:
        yield from _round(session, library, shown, round_)
    said = ("revision",) if shown.is_document else ()
    hidden = ("title", *said, *(("effective",) if round_ and round_.effective_on == shown.day("effective") else ()))
    for name, field in shown.type.fields.items():
        node = shown.node(name)
        if name not in hidden and node is not None and not is_empty(node):
            yield fact(session, field.label, ", ".join(session.words(piece.text) for piece in pieces(field, node, library)))
    yield fact(session, _("File"), shown.path)


def _round(session: Session, library: Library, shown: Item, round_: Round | None) -> Iterator[str]:
    """The revision, its days, and who has still to sign."""
    revision = round_.revision if round_ else shown.revision
    if revision is not None:
        yield fact(session, _("Revision"), revision)
    if round_ and round_.effective_on:
        yield fact(session, _("In force from"), round_.effective_on)
    if round_ and round_.withdrawn_on:
        yield fact(session, _("Withdrawn from"), round_.withdrawn_on)
    standing = library.standing(shown.id)
    if round_ and round_ is standing.in_force:
        yield from _read(session, library, round_)
    submitted = round_ or standing.under_way
    if submitted and standing.status_of(submitted) == "in-review":
        yield from _still_to_sign(session, library, submitted)


def _read(session: Session, library: Library, found: Round) -> Iterator[str]:
    """Who of its readers has signed that they read it, and who has its paper copies."""
    people = readers(library, found)
    if people.asked:
        count = len(people.asked) - len(people.unread)
        missing = tuple(person.name for person in people.unread)
        words = _("{count} of {all}; missing: {missing}", count=count, all=len(people.asked), missing=missing)
        yield fact(session, _("Read by"), words if missing else _("all {all}", all=len(people.asked)))
    for record in copies_out(library, found.dossier.subject):
        words = _("{copies} with {holder}, revision {revision} ({record})", copies=record.texts("copies"),
                  holder=held_by(library, record), revision=record.revision or "?", record=record.id)
        yield fact(session, _("Paper copies"), words)


def _still_to_sign(session: Session, library: Library, found: Round) -> Iterator[str]:
    for place in found.open_places:
        yield fact(session, _("Still to sign"), who_may(place, found, library))


def _draft(session: Session, library: Library, shown: Item, round_: Round | None) -> Iterator[str]:
    """What is under way beside the revision shown, with its sign-offs so far."""
    standing = library.standing(shown.id)
    beside = (standing.in_force, standing.withdrawn, standing.coming)
    if standing.draft is None or round_ is None or round_ not in beside:
        return
    state = document_status(standing.working)
    yield ""
    title = _("Draft under way: revision {revision}, {state}", revision=standing.draft, state=state)
    yield session.colour(session.words(title), BOLD)
    working = library.by_id[shown.id]
    change = working.type.fields.get("change")
    if change and working.has("change"):
        yield fact(session, change.label, working.text("change"))
    yield fact(session, _("File"), working.path)
    found = standing.under_way
    if found is not None:
        yield from _still_to_sign(session, library, found)
        yield from _signed(session, library, found.dossier.signoffs)


def fact(session: Session, label: object, value: object) -> str:
    """A labelled value, as wide as the terminal."""
    return wrapped(session.terminal, f"{session.words(label)}: {session.words(value)}", "  ", "    ")


def _signed(session: Session, library: Library, signoffs: Sequence[SignOff]) -> Iterator[str]:
    if signoffs:
        yield ""
        yield session.colour(session.words(_("Sign-offs")), BOLD)
    for signoff in signoffs:
        yield from signoff_lines(session, library, signoff)


def signoff_lines(session: Session, library: Library, signoff: SignOff) -> Iterator[str]:
    """When, what, who, in which role and how strongly backed; below it what it rests on and the comment."""
    found = signature(signoff, library)
    at = session.words(found.moment)
    below = " " * (len(at) + 4)
    who = ", ".join(filter(None, (found.name, _capacity(session, found), found.role)))
    level = session.words(found.level_state.word)
    yield wrapped(session.terminal, f"{session.words(found.meaning)}: {session.words(who)} ({level})", f"  {at}  ", below)
    if found.again is not None:
        yield wrapped(session.terminal, session.words(_("signed again on {day}", day=found.again)), below, below)
    if found.entered_by:
        yield wrapped(session.terminal, session.words(_("entered by {name}", name=found.entered_by)), below, below)
    if found.approver:
        yield wrapped(session.terminal, session.words(_("paper approved by {name}", name=found.approver.words)), below, below)
    if found.one_person:
        yield wrapped(session.terminal, session.words(found.one_person), below, below)
    if signoff.basis:
        file = signoff.basis.file if signoff.basis.number else None
        basis = ", ".join(filter(None, (session.words(found.basis), session.words(file or ""))))
        yield wrapped(session.terminal, f"{session.words(_('basis:'))} {basis}", below, below)
    comment = session.words(" ".join(cut(library.outside.read(signoff.path)).body.split()))
    if comment:
        yield wrapped(session.terminal, comment, below, below)


def _capacity(session: Session, found: Signature) -> str:
    return f"{session.words(found.capacity)} {found.on_behalf_of}".rstrip() if found.capacity else ""
