"""Rows of documents: a row a revision, and the administrative procedures it serves by their codes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import zip_longest

from qmsctl.core.duties.review_due import kept, review_of
from qmsctl.core.fleet.kinds import Row, row
from qmsctl.core.fleet.subjects import Subjects
from qmsctl.core.library import Library
from qmsctl.core.model import Item
from qmsctl.core.office.time_limit import read_limit
from qmsctl.core.procedures.announced import announced, served
from qmsctl.core.procedures.procedure_figures import figures
from qmsctl.core.procedures.steps import BLOCK
from qmsctl.core.proof.frozen_text import text_of
from qmsctl.core.proof.level import level, weakest
from qmsctl.core.signoffs.round import Round
from qmsctl.value import dataclass

PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of a document with its text; ``ended`` is the day on which another took its place."""

    text: Item
    number: int
    status: str
    found: Round | None = None
    ended: date | None = None


def document_rows(library: Library, subjects: Subjects, *, titles: bool) -> Iterator[Row | None]:
    """A row for each approved revision of each document, and one for the text under way."""
    kept_on = kept(library)
    for each in _revisions(library, subjects):
        due = review_of(library, each.text.id, kept_on) if each.status == "effective" else None
        yield _row(library, subjects, each, due[1].due if due else None, titles=titles)


def tthc_rows(library: Library, subjects: Subjects) -> Iterator[Row | None]:
    """A row for each code of an administrative procedure; one written by its name is none, and none is of a text that was changed after its approval."""
    services, seen = announced(library), set[tuple[str, int]]()
    for each in _revisions(library, subjects):
        name = (each.text.id, each.number)
        if name not in seen:
            seen.add(name)
            for code in dict.fromkeys(map(str.strip, served(each.text, services if each.status == "effective" else {}))):
                yield row("tthc", document=each.text.id, revision=each.number, code=code)


def _revisions(library: Library, subjects: Subjects) -> Iterator[Revision]:
    """Each revision once, of two dossiers of one that which is in force, and behind them the text under way."""
    for subject in library.subjects:
        if subject not in subjects.ids:
            continue
        standing, working = library.standing(subject), library.by_id.get(subject)
        ends = [each.effective_on for each in standing.approved[1:]]
        ended = sorted(zip_longest(standing.approved, ends), key=lambda pair: pair[0] is standing.in_force)
        rounds = ((text_of(each, library), each, end) for each, end in ended)
        found = {each.revision: Revision(text, each.revision, standing.status_of(each), each, each.withdrawn_on or end) for text, each, end in rounds if text}
        yield from found.values()
        if working is not None and standing.working not in ("clean", "absent") and working.revision is not None:
            yield Revision(working, working.revision, standing.working)


def _row(library: Library, subjects: Subjects, each: Revision, next_review: date | None, *, titles: bool) -> Row | None:
    text, found = each.text, each.found
    figured = figures(text) if BLOCK in text.type.blocks else None
    limit = read_limit(text.text("time_limit") or "")
    is_public = text.text("classification") == PUBLIC
    return row(
        "document", id=text.id, type=text.type.name, revision=each.number, status=each.status,
        approved=found and found.approved_on, effective=found and found.effective_on, ended=each.ended, next_review=next_review,
        owner=subjects.role(text.text("owner")), unit=subjects.unit(text.text("unit")),
        level=weakest(tuple(level(s, library) for s in found.signoffs if s.meaning in ("author", "review", "approve", "adopt"))) if found else None,
        public=is_public, title=text.title if titles and is_public else None,
        steps=figured and figured.steps, steps_h=figured and figured.work, limit_h=limit.hours() if limit else None,
    )
