"""The master list: every document, what is in force of it, and what is under way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from qmsctl.core.duties.review_due import check_due, kept, next_review
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.proof.level import Level, weakest
from qmsctl.core.records.succession import successors
from qmsctl.core.signoffs.round import Round
from qmsctl.core.signoffs.status import Standing
from qmsctl.core.types.type_order import type_rank
from qmsctl.message import Label, _
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.signatures import Approvals, approvals
from qmsctl.reports.parts.state import BAD, WAIT, State, document_state, level_state
from qmsctl.value import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """One document of the master list. ``revision`` is the one in force, else the next or the last.

    ``under_way`` tells of a newer revision that is not in force yet, ``expired`` that an external text has ceased
    to be in force, ``everywhere`` that every unit is to have the document. ``superseded_by`` are the texts in force that took
    its place.
    """

    id: str
    anchor: str
    title: str
    type: str
    type_label: Label
    state: State
    status: str
    revision: int | None
    effective: date | None
    under_way: State | None
    expired: State | None
    superseded_by: tuple[str, ...]
    owner: str
    unit: str
    approvals: Approvals
    level: State | None
    weakest: Level | None
    review: date | None
    review_overdue: bool
    distribution: tuple[str, ...]
    everywhere: bool
    classification: Label | None
    parent: str
    path: str


@dataclass(frozen=True, slots=True)
class Group:
    """The documents of one type."""

    anchor: str
    label: Label
    rows: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit and the documents that are distributed to it."""

    unit: str
    documents: tuple[str, ...]


def places(rows: tuple[Listed, ...], library: Library) -> tuple[Place, ...]:
    """Every unit with what it must have, in the order of ``qms.yaml``."""
    names = [unit.name for unit in library.config.units]
    given = {name: [row.id for row in rows if row.status == "effective" and name in row.distribution] for name in names}
    return tuple(Place(name, tuple(ids)) for name, ids in given.items() if ids)


def groups(library: Library, rows: Iterable[Listed]) -> tuple[Group, ...]:
    """The rows by type, in the order of :func:`type_rank`."""
    by_type: dict[str, list[Listed]] = {}
    for row in rows:
        by_type.setdefault(row.type, []).append(row)
    names = sorted(by_type, key=lambda name: type_rank(library.types.get(name), name))
    return tuple(
        Group(naming.anchor("type", name), by_type[name][0].type_label, tuple(by_type[name])) for name in names
    )


def master_list(library: Library) -> tuple[Listed, ...]:
    """Every document, by id; those of which only dossiers are left included."""
    kept_on, replaced = kept(library), successors(library)
    found = (_listed(subject, library, kept_on, replaced.get(subject, ())) for subject in library.subjects)
    return tuple(row for row in found if row is not None)


def shown_round(standing: Standing) -> Round | None:
    """The approved revision a list shows: in force, else coming, else withdrawn."""
    return standing.in_force or standing.coming or standing.withdrawn


def _listed(subject: str, library: Library, kept_on: Mapping[str, date], superseded_by: tuple[str, ...]) -> Listed | None:
    standing = library.standing(subject)
    found = shown_round(standing)
    last = found or (standing.rounds[-1] if standing.rounds else None)
    item = (found.copy if found else None) or library.by_id.get(subject) or (last.copy if last else None)
    if item is None:
        return None
    review = _review(standing, library, kept_on)
    signed = approvals(found, library)
    backed = weakest(tuple(each.level for each in signed.all))
    return Listed(
        id=subject,
        anchor=naming.anchor("doc", subject),
        title=item.title,
        type=item.type.name,
        type_label=item.type.label,
        state=document_state(standing.status),
        status=standing.status,
        revision=found.revision if found else None,
        effective=found.effective_on if found else None,
        under_way=_under_way(standing, found),
        expired=_expired(item, library.today),
        superseded_by=superseded_by,
        owner=naming.holder(library, item.text("owner") or ""),
        unit=naming.unit(library, item.text("unit") or ""),
        approvals=signed,
        level=level_state(backed) if backed else None,
        weakest=backed,
        review=review,
        review_overdue=review is not None and review < library.today,
        distribution=tuple(naming.unit(library, name) for name in item.texts("distribution")),
        everywhere=len(library.names.units) > 1 and library.names.units <= set(item.texts("distribution")),
        classification=_classification(item),
        parent=item.text("parent") or "",
        path=item.path,
    )


def _review(standing: Standing, library: Library, kept_on: Mapping[str, date]) -> date | None:
    """The next review of what is in force; an external document is compared with its issuer's too."""
    found = standing.in_force
    if found is None or found.copy is None:
        return None
    dues = [next_review(library, found, kept_on)]
    if found.copy.has("checked"):
        dues.append(check_due(library, found.copy, library.config.review_period(found.copy.type.name)))
    return min((each.due for each in dues if each), default=None)


def _under_way(standing: Standing, found: Round | None) -> State | None:
    """What stands beside the revision shown: a newer one, or text that has no business there."""
    coming = standing.coming
    if coming is not None and coming is not found:
        word = _("revision {revision}: in force from {day}", revision=coming.revision, day=coming.effective_on)
        return State(word, WAIT)
    if standing.draft is not None:
        state = document_state(standing.working)
        return State(_("revision {revision}: {state}", revision=standing.draft, state=state.word), state.tone)
    if standing.working in ("changed", "absent") and standing.status not in ("withdrawn", standing.working):
        return document_state(standing.working)
    return None


def _expired(item: Item, today: date) -> State | None:
    """An external document stays in force in the office until withdrawn, whatever became of the text itself."""
    end = item.day("in_force_until")
    return State(_("text no longer in force since {day}", day=end), BAD) if end is not None and end < today else None


def _classification(item: Item) -> Label | None:
    field = item.type.fields.get("classification")
    value = item.text("classification") or (field.default if field else None)
    return field.values.get(value) if field and value else None
