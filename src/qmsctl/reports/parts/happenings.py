"""What happened to documents and records in a period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qmsctl.core.comparison.chronicle import Chapter, chapters
from qmsctl.core.dossier import SignOff
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.config import Period
from qmsctl.core.records.record_days import closed_on
from qmsctl.core.signoffs.approval import day_of
from qmsctl.core.text.text_file import cut
from qmsctl.core.types.type_order import type_rank
from qmsctl.mend import Mend, command
from qmsctl.message import Label, Message
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.revision_chain import reason
from qmsctl.reports.parts.signatures import Signature, approvals, signature
from qmsctl.reports.parts.state import State, document_state
from qmsctl.value import dataclass

FIRST, LATER, NOT_YET = "first", "later", "not-yet"


@dataclass(frozen=True, slots=True)
class Issued:
    """A revision that was approved.

    ``group`` is ``first`` for the first of its document, ``later`` for the others, ``not-yet`` where it takes
    effect only after the period. ``command`` shows what it changed; ``None`` where nothing came before.
    """

    id: str
    anchor: str
    title: str
    type_label: Label
    group: str
    revision: int
    state: State
    approved: date
    effective: date
    change: Message | str
    answers: tuple[str, ...]
    signatures: tuple[Signature, ...]
    command: Mend | None


@dataclass(frozen=True, slots=True)
class Gone:
    """A document that was taken out of force: from when, by whom, and why."""

    id: str
    anchor: str
    title: str
    type_label: Label
    revision: int
    day: date
    reason: str
    signature: Signature


@dataclass(frozen=True, slots=True)
class Count:
    """The records of one type: opened and closed in the period, and open at its end of those opened by then."""

    label: Label
    opened: int
    closed: int
    open: int


def issued(library: Library, period: Period) -> tuple[Issued, ...]:
    """The revisions that took effect in the period, and those approved in it that had not by its end; by day."""
    found = (row for subject in library.subjects for row in _issued(library, subject, period))
    return tuple(sorted(found, key=lambda row: (row.effective, row.id, row.revision)))


def _issued(library: Library, subject: str, period: Period) -> Iterator[Issued]:
    earlier: Chapter | None = None
    for chapter in chapters(library, subject):
        approved, effective = chapter.round.approved_on, chapter.round.effective_on
        if approved is None or effective is None:
            continue
        later = period.end is not None and effective > period.end
        if period.covers(effective) or (later and period.covers(approved)):
            group = NOT_YET if later else LATER if earlier else FIRST
            yield _row(library, subject, chapter, group, approved, effective, earlier)
        earlier = chapter


def _row(
    library: Library, subject: str, chapter: Chapter, group: str, approved: date, effective: date, earlier: Chapter | None
) -> Issued:
    found = chapter.round
    copy = found.copy
    assert copy is not None  # a round counts as approved by sign-offs on its copy
    span = f"{earlier.round.revision}..{found.revision}" if earlier else None
    return Issued(
        id=subject,
        anchor=naming.anchor(f"revision-{found.revision}", subject),
        title=copy.title,
        type_label=copy.type.label,
        group=group,
        revision=found.revision,
        state=document_state(chapter.status),
        approved=approved,
        effective=effective,
        change=reason(found),
        answers=copy.texts("answers"),
        signatures=approvals(found, library).all,
        command=command("report", "redline", subject, span) if span else None,
    )


def gone(library: Library, period: Period) -> tuple[Gone, ...]:
    """The documents that were withdrawn from a day of the period on, by that day."""
    found = (row for subject in library.subjects for row in _gone(library, subject, period))
    return tuple(sorted(found, key=lambda row: (row.day, row.id)))


def _gone(library: Library, subject: str, period: Period) -> Iterator[Gone]:
    for found in library.standing(subject).approved:
        day, copy = found.withdrawn_on, found.copy
        if day is None or copy is None or not period.covers(day):
            continue
        signoff = next(each for each in found.signoffs if each.meaning == "withdraw" and _takes_effect(each, day, library))
        yield Gone(
            id=subject,
            anchor=naming.anchor("withdrawn", subject),
            title=copy.title,
            type_label=copy.type.label,
            revision=found.revision,
            day=day,
            reason=" ".join(cut(library.outside.read(signoff.path)).body.split()),
            signature=signature(signoff, library),
        )


def _takes_effect(signoff: SignOff, day: date, library: Library) -> bool:
    """True for the withdrawal that holds from ``day`` on."""
    signed = day_of(signoff, library.config)
    return max(signed, signoff.effective or signed) == day


def counts(library: Library, period: Period) -> tuple[Count, ...]:
    """The records by type, those types of which something happened or is open."""
    names = sorted(library.by_type, key=lambda name: type_rank(library.types.get(name), name))
    found = (_count(library, library.by_type[name], period) for name in names)
    return tuple(each for each in found if each and (each.opened or each.closed or each.open))


def _count(library: Library, records: Iterable[Item], period: Period) -> Count | None:
    days = [(opened_on(record), closed_on(record, library)) for record in records if record.type.kind == "record"]
    if not days:
        return None
    label = next(iter(records)).type.label
    return Count(
        label,
        sum(opened is not None and period.covers(opened) for opened, _closed in days),
        sum(closed is not None and period.covers(closed) for _opened, closed in days),
        sum(_is_open(opened, closed, period.end) for opened, closed in days),
    )


def _is_open(opened: date | None, closed: date | None, end: date | None) -> bool:
    """True on the last day of the period; a record without a day counts as opened before."""
    begun = opened is None or end is None or opened <= end
    return begun and (closed is None or (end is not None and closed > end))


def opened_on(record: Item) -> date | None:
    """The day a record was opened: the first date its type asks for."""
    dates = (record.day(field.name) for field in record.type.fields.values() if field.kind == "date")
    return next((day for day in dates if day is not None), None)
