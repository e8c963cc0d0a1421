"""A question for the value of one field or column, by what its type says of it."""

from __future__ import annotations

from qmsctl.cli.questions import Interview, Problem
from qmsctl.cli.session import Session
from qmsctl.core.library import Library
from qmsctl.core.types.field import Field
from qmsctl.core.types.kinds import scalar_problem
from qmsctl.core.types.typed_value import filed
from qmsctl.message import Message, _


def value_asked(session: Session, library: Library, name: str, field: Field | None, *, needed: bool) -> str:
    """What the person answers: of a choice the id, of a day ``YYYY-MM-DD``; nothing where they pass it over."""
    asked = Interview(session)
    question = _("{label} ({name}):", label=field.label, name=name) if field else _("{name}:", name=name)
    match field.kind if field else "text":
        case "one-of" if field:
            options = [(key, session.label(label)) for key, label in field.values.items()]
            return asked.choice(question, options, needed=needed)
        case "bool":
            return asked.choice(question, [("yes", session.words(_("yes"))), ("no", session.words(_("no")))], needed=needed)
        case "person":
            return asked.choice(question, [(each.id, each.name) for each in library.people.all if each.is_present(library.today)], needed=needed)
        case "unit":
            return asked.choice(question, [(each.id, each.name) for each in library.config.units], needed=needed)
        case "date" if needed:
            return asked.day(question, library.today)
        case _:
            return asked.line(question, _fits(library, field), needed=needed)


def _fits(library: Library, field: Field | None) -> Problem | None:
    if field is None or field.kind in ("list", "table", "map", "any"):
        return None
    writing = library.config.writing

    def problem(answer: str) -> Message | None:
        if field.kind == "reference" and not library.knows(answer):
            return _("there is no document or record “{id}”", id=answer)
        wrong = scalar_problem(field, str(filed(field, answer, writing)), library.names)
        return writing.typed(wrong) if wrong else None

    return problem
