"""Who has to know which revision, and does: documents in force against the people of each unit; training that is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from qmsctl.core.duties.knowing import ACKNOWLEDGED, Knowing, Subject, subjects
from qmsctl.core.duties.training_due import Gap, TrainingDue, gaps, trainings_due
from qmsctl.core.engine import CheckResult
from qmsctl.core.library import Library
from qmsctl.core.office.people import Person
from qmsctl.message import Message, _
from qmsctl.reports.options import About, ReportOptions
from qmsctl.reports.parts import naming
from qmsctl.reports.parts.cover import Cover, cover
from qmsctl.reports.parts.state import BAD, GOOD, OFF, WAIT, State, record_state
from qmsctl.value import dataclass

ABOUT = About.OFFICE

MOST_COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Need:
    """One person and one document: ``state`` is ``None`` where the person need not know it, ``day`` since when it is known."""

    state: State | None
    day: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A person, with a need for each document of the sheet."""

    name: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A document in force."""

    id: str
    title: str
    revision: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """The people of one unit against as many documents as fit beside each other."""

    unit: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """How far a revision is known; ``due`` is the first day by which somebody had or has to know it."""

    id: str
    title: str
    revision: int
    effective: date | None
    state: State
    missing: tuple[str, ...]
    due: date | None
    late: bool


@dataclass(frozen=True, slots=True)
class Course:
    """A training that is planned, to be judged, or to be repeated."""

    id: str
    title: str
    state: State
    due: date | None
    late: bool
    documents: tuple[str, ...]
    people: tuple[str, ...]
    owner: str


@dataclass(frozen=True, slots=True)
class Lack:
    """A competence somebody has not, and the record of what is done about it."""

    id: str
    position: str
    person: str
    competence: str
    remedy: str


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """The training matrix and what is due."""

    cover: Cover
    known: tuple[Known, ...]
    matrix: tuple[Sheet, ...]
    courses: tuple[Course, ...]
    lacks: tuple[Lack, ...]
    anchors: Mapping[str, str]


def build(library: Library, result: CheckResult, options: ReportOptions) -> TrainingReport:
    """The training matrix of the office today."""
    found = tuple(subjects(library))
    return TrainingReport(
        cover=cover(_("Training matrix"), library, options),
        known=tuple(_known(each, library.today) for each in found),
        matrix=tuple(_sheets(found, library)),
        courses=tuple(_course(each, library) for each in trainings_due(library)),
        lacks=tuple(_lack(each, library) for each in gaps(library)),
        anchors={},
    )


def _known(subject: Subject, today: date) -> Known:
    missing, count = subject.unknown, len(subject.people)
    tone = GOOD if not missing else BAD if len(missing) == count else WAIT
    due = min((each.due for each in missing if each.due), default=None)
    return Known(
        id=subject.id,
        title=subject.text.title,
        revision=subject.round.revision,
        effective=subject.round.effective_on,
        state=State(_("{count} of {all}", count=count - len(missing), all=count), tone),
        missing=tuple(each.person.name for each in missing),
        due=due,
        late=due is not None and due < today,
    )


def _sheets(found: Sequence[Subject], library: Library) -> Iterator[Sheet]:
    """A sheet for each unit and each few documents that somebody there has to know; people without a unit last."""
    for unit in (*(unit.id for unit in library.config.units), None):
        people = [p for p in library.people.all if _is_of(p, unit, library.today) and p.is_present(library.today)]
        ids = {person.id for person in people}
        own = [subject for subject in found if any(each.person.id in ids for each in subject.people)]
        for start in range(0, len(own), MOST_COLUMNS):
            some = own[start : start + MOST_COLUMNS]
            columns = tuple(Column(each.id, each.text.title, each.round.revision) for each in some)
            rows = (Row(person.name, tuple(_need(each, person, library.today) for each in some)) for person in people)
            kept = tuple(row for row in rows if any(need.state for need in row.needs))
            yield Sheet(naming.unit(library, unit) if unit else "", columns, kept)


def _is_of(person: Person, unit: str | None, day: date) -> bool:
    """Of several units a person is on the sheet of each."""
    own = person.units_on(day)
    return unit in own if unit else not own


def _need(subject: Subject, person: Person, today: date) -> Need:
    found = next((each for each in subject.people if each.person.id == person.id), None)
    return Need(_need_state(found, today), found.known) if found else Need(None, None)


def _need_state(found: Knowing, today: date) -> State:
    if found.is_known:
        word: Message = _("signed") if found.by == ACKNOWLEDGED else _("trained")
        return State(word, GOOD)
    if found.due is None:
        return State(_("not yet"), OFF)
    return State(_("late"), BAD) if found.due < today else State(_("not yet"), WAIT)


def _course(each: TrainingDue, library: Library) -> Course:
    record = each.record
    return Course(
        id=record.id,
        title=record.title,
        state=record_state(record, library),
        due=each.due,
        late=each.due is not None and each.due < library.today,
        documents=record.texts("documents"),
        people=tuple(naming.person(library, person) for person in each.people),
        owner=naming.person(library, record.text("owner") or ""),
    )


def _lack(each: Gap, library: Library) -> Lack:
    return Lack(each.record.id, each.record.title, naming.person(library, each.person), each.competence, each.remedy)
