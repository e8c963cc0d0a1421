"""How ``qmsctl audit answer`` comes to its answers: from the command line, or from an auditor at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.ending import Ending
from qmsctl.cli.session import Session
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.audit_answers import Answer, answer, next_after_answers, open_checklist, unanswered
from qmsctl.core.lifecycle.table_rows import Table, row_number
from qmsctl.core.text.nodes import Mapping
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, command
from qmsctl.message import _
from qmsctl.value import replace

if TYPE_CHECKING:
    from qmsctl.cli.questions import Interview

_STOP = "stop"


def answer_all(session: Session, subject: str, given: Answer, ending: Ending) -> None:
    """Write down what was seen, and say what comes next."""
    occasion = session.occasion()
    answers: list[Answer] = [given] if given.line and given.result else []
    if session.terminal.asks and not (answers and given.evidence):
        answers = _asked(session, open_checklist(session.library(occasion.place), subject), given)
        if not answers:
            session.say(_("nothing changes: it is so already"))
            return
    if not answers:
        whole = command("audit answer", subject, given.line or Hole("line"), Hole("result"), Hole("evidence"))
        raise UsageError(_("which line is answered, and how, is not said"), whole)
    tell(session, done := carry_out(occasion, lambda library: answer(library, subject, answers), ending))
    mend = None if done.proposed else next_after_answers(done.library, subject)
    if mend is not None:
        session.say_next(mend)


def _asked(session: Session, found: Table, given: Answer) -> list[Answer]:
    """The answers to the line that is named, else to each line that is open, until the auditor stops."""
    from qmsctl.cli.questions import Interview

    asked = Interview(session)
    numbers = (row_number(found, given.line),) if given.line else unanswered(found)
    session.say(_("{count} line(s) to answer. Enter passes a line over; Ctrl-C leaves, and nothing is written.", count=len(numbers)))
    results = [(key, session.label(label)) for key, label in found.columns["result"].values.items()]
    options = results if given.line else [*results, (_STOP, session.words(_("stop here, and write down what is answered")))]
    answers: list[Answer] = []
    for number in numbers:
        row = found.rows[number - 1]
        texts = {key: row.text(key) or "" for key in ("requirement", "step", "question", "evidence")} if isinstance(row, Mapping) else {}
        place = " ".join(filter(None, (texts.get("requirement"), texts.get("step"))))
        session.say(_("{number} of {count}. {place}: {question}", number=number, count=len(found.rows), place=place, question=texts.get("question", "")))
        result = given.result or asked.choice(_("What is the result?"), options)
        if result == _STOP:
            break
        if result:
            answers.append(replace(given, line=str(number), result=result, **_seen(asked, result, given, texts.get("evidence", ""))))
    return answers


def _seen(asked: Interview, result: str, given: Answer, known: str) -> dict[str, str]:
    """Evidence, and a note on what does not simply conform."""
    from qmsctl.cli.questions import PASS_OVER

    said = _("Enter for: {default}", default=known) if known else PASS_OVER
    evidence = given.evidence or asked.line(_("What was seen: which cases, how many of how many?"), needed=not known, empty=said)
    note = given.note or (asked.line(_("What does not conform, or is to be noted? A finding can be written down afterwards.")) if result != "conform" else "")
    return {"evidence": evidence, "note": note}
