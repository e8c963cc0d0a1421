"""A verification for people: a table for each dossier, below it the keys, the papers and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qmsctl.cli.formats.check_text import diagnostic_lines
from qmsctl.cli.formats.pdf_text import pdf_lines
from qmsctl.cli.formats.table import table, wrapped
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD, GREEN, RED, YELLOW
from qmsctl.core.diagnostic import Severity
from qmsctl.core.keys.pdf_signature import PdfSeals
from qmsctl.core.proof.level import LEVELS
from qmsctl.core.signoffs.status_labels import level_words
from qmsctl.message import Message, _
from qmsctl.reports.parts.verification import (
    Verification,
    VerifiedDossier,
    VerifiedFile,
    VerifiedSignOff,
    VerifiedSubject,
)

_HEADINGS = (_("Sign-off"), _("Signed, in git"), _("Digest"), _("Level"))


def verify_text(session: Session, found: Verification, seals: Mapping[str, PdfSeals]) -> str:
    """The whole verification; ``seals`` is what signed PDFs say of themselves, by path."""
    lines = [line for subject in found.subjects for line in _subject(session, subject, seals)]
    lines += [session.words(_("incomplete: {what}", what=each)) for each in found.incomplete]
    return "\n".join([*lines, _summary(session, found, seals)])


def _subject(session: Session, found: VerifiedSubject, seals: Mapping[str, PdfSeals]) -> Iterator[str]:
    yield session.colour(wrapped(session.terminal, f"{session.words(found.id)}  {session.words(found.title)}"), BOLD)
    if not found.dossiers and not found.problems:
        yield f"  {session.words(_('nobody has signed anything of it'))}"
    for dossier in found.dossiers:
        yield from _dossier(session, dossier, seals)
    for each in found.problems:
        yield from diagnostic_lines(session, each)
    yield ""


def _dossier(session: Session, found: VerifiedDossier, seals: Mapping[str, PdfSeals]) -> Iterator[str]:
    proof = found.proof
    what = _("Revision {number}", number=proof.revision) if proof.revision is not None else _("State “{state}”", state=found.state)
    yield wrapped(session.terminal, f"{session.words(what)}: {session.words(proof.folder)}", "", "  ")
    for fault in proof.faults:
        yield f"  {session.colour(session.words(fault), RED)}"
    if found.signoffs:
        yield table(session.terminal, [session.words(each) for each in _HEADINGS], [_row(session, each) for each in found.signoffs])
    for each in found.signoffs:
        yield from _details(session, each, seals)
    for file in found.files:
        yield wrapped(session.terminal, f"  {session.words(_('names {path};', path=file.path))} {_state(session, file)}", "    ", "    ")


def _state(session: Session, file: VerifiedFile) -> str:
    """Whether a file that a copy names is there as it was."""
    if file.place is not None:
        moved = _("its digest matches, at {path}", path=file.place)
        return session.words(_("its digest matches") if file.place == file.path else moved)
    if file.gone is not None:
        return session.words(_("gone by {disposal}", disposal=file.gone))
    return session.colour(session.words(_("its digest differs, or the file is missing")), RED)


def _row(session: Session, found: VerifiedSignOff) -> Sequence[str]:
    shown = found.proof.signature
    role = shown.role if found.proof.held else session.words(_("{role}: not held then", role=shown.role))
    capacity = f"{session.words(shown.capacity)} {shown.on_behalf_of}".rstrip() if shown.capacity else ""
    by = ",\n".join(filter(None, (shown.name, " ".join(filter(None, (capacity, role))))))
    return [
        f"{session.words(shown.meaning)}:\n{by}",
        f"{session.words(shown.moment)},\n" + "\n".join(map(session.words, _committed(found))),
        session.words(_("matches") if found.proof.matches else _("differs")),
        session.words(shown.level_state.word),
    ]


def _committed(found: VerifiedSignOff) -> Iterator[Message]:
    """When it was first committed, and how long after it was signed."""
    commit = found.committed
    if commit is None:
        yield _("not in git yet") if found.coming else _("in git since: not known")
        return
    yield _("in git {day},", day=commit.day)
    if commit.later == 0:
        yield _("the same day")
    elif commit.later < 0:
        yield _("{count} day(s) earlier", count=-commit.later)
    else:
        yield _("{count} day(s) later", count=commit.later)


def _details(session: Session, found: VerifiedSignOff, seals: Mapping[str, PdfSeals]) -> Iterator[str]:
    """The key and the paper of a sign-off, under its meaning and name."""
    shown, said = found.proof.signature, list(_facts(session, found, seals))
    name = f"{session.words(shown.meaning)}, {session.words(shown.name)}:"
    for number, line in enumerate(said):
        yield wrapped(session.terminal, line if number else f"{name} {line}", "    " if number else "  ", "    ")


def _facts(session: Session, found: VerifiedSignOff, seals: Mapping[str, PdfSeals]) -> Iterator[str]:
    shown = found.proof.signature
    if shown.again is not None:
        yield session.words(_("signed again on {day}", day=shown.again))
    if shown.entered_by:
        yield session.words(_("entered by {name}", name=shown.entered_by))
    if shown.approver:
        yield session.words(_("paper approved by {name}", name=shown.approver.words))
    if shown.one_person:
        yield session.words(shown.one_person)
    yield from _from_git(session, found)
    if found.witnessed is not None:
        yield session.words(_("witnessed: existed on or before {day}: {how}", day=found.witnessed.day, how=found.witnessed.how))
    if shown.key is not None:
        days = session.words(shown.key.valid)
        yield ", ".join(filter(None, (session.words(_("key {key}", key=shown.key.fingerprint or "?")), days)))
        if shown.key.fault is not None:
            yield session.colour(session.words(_("the signature proves nothing: {why}", why=shown.key.fault)), RED)
    if found.evidence is not None:
        basis = found.evidence.basis
        words = [shown.basis, basis.file if basis.number else None]
        yield f"{session.words(_('basis:'))} {', '.join(session.words(each) for each in words if each)}{_holds(session, found)}"
        if basis.file and basis.file in seals:
            yield from pdf_lines(session, seals[basis.file])


def _from_git(session: Session, found: VerifiedSignOff) -> Iterator[str]:
    """Who brought it in, and how late."""
    if found.committed and found.committed.by and found.proof.signature.key is None:
        yield session.words(_("brought into git by {name}", name=found.committed.by))
    if found.is_late:
        late = _("it came into git so late that it may have been signed then") if found.committed else _("it is not in git so long after its day that it may have been signed just now")
        yield session.colour(session.words(late), RED)
    if found.is_older:
        yield session.words(_("older than this history; git says nothing of it"))


def _holds(session: Session, found: VerifiedSignOff) -> str:
    holds = found.evidence.holds if found.evidence else None
    if holds is None:
        return ""
    word = session.words(_("its digest matches") if holds else _("its digest differs, or the file is missing"))
    return f"; {word if holds else session.colour(word, RED)}"


def _summary(session: Session, found: Verification, seals: Mapping[str, PdfSeals]) -> str:
    reached = [each.proof.signature.level for each in found.signoffs]
    levels = [(level, reached.count(level)) for level in reversed(LEVELS) if level in reached]
    parts = "; ".join(f"{count} {session.words(level_words(level))}" for level, count in levels)
    words = session.words(_("{count} sign-off(s) verified", count=len(reached)))
    faulty = (
        any(each.severity is Severity.ERROR for each in found.problems)
        or any(not each.hold for each in seals.values())
        or any(each.is_lost for each in found.files)
        or any(each.is_late for each in found.signoffs)
    )
    warned = any(each.severity is Severity.WARNING for each in found.problems)
    unseen = not reached or bool(found.incomplete) or found.older > 0
    told = "; ".join(session.words(each) for each in _verdict(found, faulty=faulty, warned=warned, unseen=unseen))
    line = f"{words}{': ' if parts else ''}{parts} – {told}"
    return session.colour(line, RED if faulty else YELLOW if warned or unseen else GREEN)


def _verdict(found: Verification, *, faulty: bool, warned: bool, unseen: bool) -> Iterator[Message]:
    """What it comes to: never more than was seen."""
    if faulty:
        yield _("something is wrong, see above")
    elif warned:
        yield _("something is to be looked at, see above")
    elif not any(found.signoffs):
        yield _("there was no sign-off here to verify")
    else:
        yield _("what could be seen of them shows no problem") if unseen else _("no problem found")
    if found.older:
        yield _("{count} are older than this history; git says nothing of them", count=found.older)
    if found.by_others:
        yield _("{count} came into git by somebody else's commit", count=found.by_others)
