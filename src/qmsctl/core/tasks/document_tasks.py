"""What is to be done about documents: signing what was submitted, mending what was returned, reviewing what is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from qmsctl.core.duties.review_due import REVIEW_TYPE, ReviewDue, kept, review_of
from qmsctl.core.library import Library
from qmsctl.core.mends.signing_command import adopted_on_paper, mended_as_asked, on_from_draft
from qmsctl.core.model import Item
from qmsctl.core.signoffs.approval import MissingSignOff, authors, day_of
from qmsctl.core.signoffs.one_person import sole_holder
from qmsctl.core.signoffs.round import Round
from qmsctl.core.tasks.quiet import Quiet
from qmsctl.core.tasks.task import DRAFT, RETURNED, REVIEW, SIGN, Task
from qmsctl.core.tasks.who import Who
from qmsctl.mend import HOLE, Assignment, Mend, command
from qmsctl.message import Message, _


def document_tasks(library: Library, who: Who, person: str | None, calm: Mapping[str, Quiet]) -> Iterator[Task]:
    """Every document that somebody has to sign, mend or review; of drafts and reviews only those of the ``person``, if one is given. Of the ``calm`` ones no more is asked than their review."""
    kept_on, signed = kept(library), library.dossiers.folders
    for subject in library.subjects:
        working = library.by_id.get(subject)
        if working is not None and subject not in signed and "checked" not in working.type.fields:
            if task := _draft(library, working, who, person):
                yield task
            continue
        if (known := calm.get(subject)) and working is not None and known.holds(kept_on):
            if (due := known.review) and (task := _review(library, working, due, who, person)):
                yield task
            continue
        standing = library.standing(subject)
        under_way = standing.under_way
        if under_way and standing.working == "returned" and under_way.returned:
            yield _returned(library, under_way, who)
        elif under_way and under_way.copy:
            yield from _unsigned(library, under_way, under_way.copy, who)
        elif standing.working == "draft" and working is not None and (task := _draft(library, working, who, person)):
            yield task
        found = review_of(library, subject, kept_on)
        if found and (task := _review(library, found[0], found[1], who, person)):
            yield task


def _unsigned(library: Library, found: Round, copy: Item, who: Who) -> Iterator[Task]:
    """The places of the approval matrix that are open; nobody approves before all have reviewed."""
    first = next(iter(found.open_places), None)
    for number, place in enumerate(each for each in found.open_places if first and each.meaning == first.meaning):
        people, then = _entitled(library, found, place, copy, who), command(place.meaning, copy.id)
        if place.meaning == "approve" and (alone := _alone(library, found, copy)):
            people, then = (alone,), adopted_on_paper(copy.id)
        unit = who.unit(copy.text("unit"), people)
        since = day_of(found.signoffs[-1], library.config) if found.signoffs else None
        key = f"{place.meaning} {number}"
        yield _task(library, SIGN, copy, _signing(place, found), key, (place.roles, people, unit), (None, since), then)


def _alone(library: Library, found: Round, copy: Item) -> str | None:
    """The author, where he alone holds the roles: he signs on paper."""
    person = sole_holder(copy.type.name, library.today, library.config, library.people)
    own = person in authors(found.dossier, library.config) and library.config.is_strict_on(library.today)
    return person if own else None


def _signing(place: MissingSignOff, found: Round) -> Message:
    if place.meaning == "review":
        return _("review of revision {revision}", revision=found.revision)
    return _("approval of revision {revision}", revision=found.revision)


def _entitled(library: Library, found: Round, place: MissingSignOff, copy: Item, who: Who) -> tuple[str, ...]:
    """Who may fill the place: a holder of its roles who neither wrote the text nor has signed for this already."""
    signed = {person for each in found.signoffs if each.meaning == place.meaning for person in each.by}
    barred = signed | authors(found.dossier, library.config) if place.meaning == "approve" else signed
    people = dict.fromkeys(person for role in place.roles for person in who.people(role, copy.text("unit")))
    return tuple(person for person in people if person not in barred)


def _draft(library: Library, item: Item, who: Who, person: str | None) -> Task | None:
    """A text that somebody still has to write, or only to submit; of an owner who is nobody, those who see to that."""
    owner, unit = item.text("owner") or "", item.text("unit")
    people = who.people(owner, unit) or who.keepers
    if person is not None and person not in people:
        return None
    then = on_from_draft(item, library)
    what = _("draft of revision {revision}, to be filled in", revision=item.revision) if item.hints else _("draft of revision {revision}, to be submitted", revision=item.revision)
    return _task(library, DRAFT, item, what, "draft", ((owner,) if owner else (), people, who.unit(unit, people)), (None, None), then)


def _returned(library: Library, found: Round, who: Who) -> Task:
    """A revision that came back to those who wrote it."""
    copy, returned = found.copy, found.returned
    assert copy is not None
    assert returned is not None
    people = tuple(sorted(authors(found.dossier, library.config)))
    working = library.by_id.get(copy.id) or copy
    what = _("revision {revision} was returned by {name}", revision=found.revision, name=library.people.name(returned.person))
    then = mended_as_asked(working, returned, library)
    unit = who.unit(copy.text("unit"), people)
    return _task(library, RETURNED, copy, what, "returned", (people, people, unit), (None, day_of(returned, library.config)), then)


def _review(library: Library, item: Item, found: ReviewDue, who: Who, person: str | None) -> Task | None:
    owner, unit = item.text("owner") or "", item.text("unit")
    people = who.people(owner, unit)
    if person is not None and person not in people:
        return None
    what, then = _("periodic review"), command("new", REVIEW_TYPE, title=HOLE, sets=[Assignment("document", item.id), Assignment("verdict", HOLE)])
    if found.field == "checked":
        what, then = _("check with the issuer"), command("revise", item.id, change=HOLE)
    owners = (owner,) if owner else ()
    return _task(library, REVIEW, item, what, "review", (owners, people, who.unit(unit, people)), (found.due, None), then)


def _task(
    library: Library, kind: str, item: Item, what: Message, key: str,
    whose: tuple[tuple[str, ...], tuple[str, ...], str | None], days: tuple[date | None, date | None], then: Mend,
) -> Task:
    working = library.by_id.get(item.id) or item
    owners, people, unit = whose
    due, since = days
    return Task(kind, item.id, item.type, item.title, what, working.path, partial(working.line, "revision"), due, since, owners, people, unit, then, key)
