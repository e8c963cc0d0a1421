"""What ``qmsctl nc`` asks a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from qmsctl.cli.questions import Interview, Problem
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.records.notes import Noted
from qmsctl.core.sections.section_text import text_problem
from qmsctl.core.standards.applicability import is_clause
from qmsctl.core.text.values import by_commas
from qmsctl.core.types.field import Field
from qmsctl.core.types.record_type import RecordType
from qmsctl.message import Message, _
from qmsctl.value import replace


def completed(session: Session, library: Library, found: RecordType, noted: Noted, person: str | None) -> Noted:
    """What is noted so far, and what the reporter answers to the rest."""
    asked = Interview(session)
    session.say(_("A few questions; Ctrl-C leaves, and nothing is written."))
    fields, texts = dict(noted.fields), dict(noted.texts)

    def wanted(name: str) -> Field | None:
        return found.fields.get(name) if name not in fields else None

    if wanted("title"):
        fields["title"] = asked.line(_("What is wrong? One sentence, without names of citizens."), needed=True)
    if "description" not in texts and noted.body is None:
        texts["description"] = asked.lines(_("What was seen, where, when, and in how many cases?"), text_problem)
    if wanted("raised"):
        fields["raised"] = asked.day(_("On which day was it seen?"), library.today)
    if wanted("unit") and library.config.units:
        own = library.people.get(person or "")
        units = [(unit.id, unit.name) for unit in library.config.units]
        fields["unit"] = asked.choice(_("In which unit?"), units, (own.unit_on(library.today) if own else None) or "")
    if wanted("requirement"):
        fields["requirement"] = asked.line(_("Which document or clause was not met, if you know? Several with commas."), problem=_requirement(library))
    if field := wanted("severity"):
        fields["severity"] = asked.choice(_("How bad is it, as far as you can tell?"), _options(session, field), field.default or "")
    if field := wanted("source"):
        fields["source"] = asked.choice(_("Where did it come to light?"), _options(session, field), field.default or "")
    if "seen" not in texts and noted.body is None:
        texts["seen"] = asked.lines(_("What shows it? Numbers of cases, files, figures."), text_problem)
    return replace(noted, fields={key: text for key, text in fields.items() if text}, texts=texts)


def whys(session: Session, title: str, known: Sequence[str]) -> list[str]:
    """The answers to one why after another, until the person sees the root."""
    asked = Interview(session)
    session.say(_("Answer why, again and again, until you come to a cause that the office can change. An empty answer ends it."))
    for number, answer in enumerate(known, 1):
        session.say(_("{number}. {answer}", number=number, answer=answer))
    answers: list[str] = []
    while True:
        last = [title, *known, *answers][-1]
        why = _("{number}. Why: {what}?", number=len(known) + len(answers) + 1, what=last.rstrip(" .?"))
        answer = asked.line(why, needed=not (known or answers), empty=_("Enter: this is the root cause"))
        if not answer:
            return answers
        answers.append(answer)


def category(session: Session, found: RecordType) -> str | None:
    """The kind of cause, chosen from a list; nothing where the person does not know."""
    field = found.fields.get("cause_category")
    return Interview(session).choice(_("Which kind of cause is it?"), _options(session, field)) or None if field else None


def _options(session: Session, field: Field) -> list[tuple[str, str]]:
    return [(key, session.label(label)) for key, label in field.values.items()]


def _requirement(library: Library) -> Problem:
    """Judges documents and clauses, several with commas."""

    def problem(answer: str) -> Message | None:
        parts = by_commas(answer)
        wrong = next((part for part in parts if not (library.knows(part) or is_clause(part, library.standards))), None)
        return _("“{text}” is neither a document of yours nor a clause of the standard", text=wrong) if wrong else None

    return problem
