"""``qmsctl training``: who has to know which document in which revision, who does, and which training is due."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from qmsctl.cli.choices import one_of
from qmsctl.cli.formats.table import as_csv, as_json, table
from qmsctl.cli.later import options as o
from qmsctl.cli.later import typer
from qmsctl.cli.session import Session
from qmsctl.cli.terminal import BOLD
from qmsctl.cli.wanted import wanted_units
from qmsctl.core.duties.knowing import Knowing, Subject, subjects
from qmsctl.core.duties.training_due import TrainingDue, trainings_due
from qmsctl.core.library import Library
from qmsctl.message import _

EXAMPLE = "qmsctl training --unit ho-tich"

FORMATS = ("table", "json", "csv")
_NAMED = 3
_COLUMNS = ("id", "revision", "title", "person", "name", "unit", "roles", "known", "by", "due")


def command(
    context: typer.Context,
    unit: o.Unit = None,
    format_: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print it.")] = "table",
    wide: o.Wide = False,
    at: o.At = None,
) -> None:
    """Show who has to know which revision, who has signed for it or was trained, and which training is due."""
    session: Session = context.obj
    session.terminal = session.terminal.widened(wide)
    one_of(format_, "--format", FORMATS)
    library = session.library(session.place(at))
    units = wanted_units(library, unit, ()) if unit else None
    found = [(each, _people(each, units)) for each in subjects(library)]
    found = [(each, people) for each, people in found if people]
    due = [each for each in trainings_due(library) if units is None or _is_of(library, each, units)]
    match format_:
        case "json":
            session.print(as_json({"documents": [_document(*each) for each in found], "trainings": [_training(each) for each in due]}))
        case "csv":
            session.print(as_csv(_COLUMNS, [_cells(subject, each) for subject, people in found for each in people]))
        case _:
            session.print("\n".join(_text(session, library, found, due)))


def _people(subject: Subject, units: frozenset[str] | None) -> list[Knowing]:
    return [each for each in subject.people if units is None or units.intersection((each.unit, *each.units))]


def _is_of(library: Library, each: TrainingDue, units: frozenset[str]) -> bool:
    """True if the record is of one of the units, or somebody of them takes part."""
    people = (library.people.get(person) for person in each.people)
    return each.record.text("unit") in units or any(person and units.intersection(person.units_on(library.today)) for person in people)


def _document(subject: Subject, people: list[Knowing]) -> dict[str, Any]:
    return {
        "id": subject.id,
        "title": subject.text.title,
        "revision": subject.round.revision,
        "effective": _day(subject.round.effective_on),
        "people": [
            {"id": each.person.id, "name": each.person.name, "unit": each.unit, "roles": list(each.roles),
             "units": list(each.units), "known": _day(each.known), "by": each.by, "due": _day(each.due)}
            for each in people
        ],
    }


def _training(each: TrainingDue) -> dict[str, Any]:
    record = each.record
    return {
        "id": record.id, "title": record.title, "status": record.status, "due": _day(each.due), "owner": record.text("owner"),
        "documents": list(record.texts("documents")), "people": list(each.people),
    }


def _day(day: object) -> str | None:
    return str(day) if day else None


def _cells(subject: Subject, each: Knowing) -> list[str]:
    person = each.person
    known = (_day(each.known) or "", each.by or "", _day(each.due) or "")
    return [subject.id, str(subject.round.revision), subject.text.title, person.id, person.name, each.unit or "", ", ".join(each.roles), *known]


def _text(
    session: Session, library: Library, found: list[tuple[Subject, list[Knowing]]], due: list[TrainingDue]
) -> Iterator[str]:
    if found:
        headings = (_("Id"), _("Revision"), _("Title"), _("Know it"), _("Do not know it yet"), _("To be known by"))
        yield table(session.terminal, [session.words(each) for each in headings], [_row(session, *each) for each in found])
    else:
        session.say(_("no document in force names units or roles that have to know it"))
    if due:
        yield ""
        yield session.colour(session.words(_("Training that is due")), BOLD)
        headings = (_("Id"), _("Due"), _("Title"), _("Status"), _("Documents"), _("In charge"))
        yield table(session.terminal, [session.words(each) for each in headings], [_due_row(session, library, each) for each in due])


def _row(session: Session, subject: Subject, people: list[Knowing]) -> list[str]:
    missing = [each for each in people if not each.is_known]
    days = [each.due for each in missing if each.due]
    names = ", ".join(each.person.name for each in missing[:_NAMED]) + (f" +{len(missing) - _NAMED}" if len(missing) > _NAMED else "")
    last = session.words(min(days)) if days else ""
    return [subject.id, str(subject.round.revision), subject.text.title, f"{len(people) - len(missing)}/{len(people)}", names, last]


def _due_row(session: Session, library: Library, each: TrainingDue) -> list[str]:
    record = each.record
    state = record.type.states.get(record.status or "")
    owner = library.people.name(record.text("owner") or "")
    told = (each.due or "", record.title, state.label if state else record.status or "", record.texts("documents"), owner)
    return [record.id, *map(session.words, told)]
