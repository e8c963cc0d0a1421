"""How ``qmsctl nc why`` comes to its answers: from options, or from a person at a terminal."""

from __future__ import annotations

from qmsctl.cli.session import Session
from qmsctl.cli.writing import carry_out
from qmsctl.core.gates.linked import next_step
from qmsctl.core.lifecycle.whys import add_whys, answers_of
from qmsctl.core.tasks.next_step import advance_command
from qmsctl.errors import UsageError
from qmsctl.message import _

ANALYSED = "analysed"


def ask_why(session: Session, subject: str, because: list[str], category: str | None, dry_run: bool, commit: bool) -> None:
    """Write down the answers, and say which state comes next."""
    answers = because
    if not answers and session.terminal.asks:
        answers, category = _asked(session, subject, category)
        if not answers:
            session.say(_("nothing changes: it is so already"))
            return
    if not answers:
        raise UsageError(_("no answer is given, and there is nobody to ask"), _('add --because "…", once for each why'))
    carry_out(session, lambda library: add_whys(library, subject, answers, category), dry_run, commit)
    if not dry_run:
        library = session.library(session.place())
        found = library.by_id[subject]
        step = next_step(found, (ANALYSED,))
        if step is not None:
            session.say(_("next: {command}", command=advance_command(found, found.type.states[step], library)))


def _asked(session: Session, subject: str, category: str | None) -> tuple[list[str], str | None]:
    from qmsctl.cli import nc_questions

    found, known = answers_of(session.library(session.place()), subject)
    answers = nc_questions.whys(session, found.title, known)
    if answers and not category and not found.has("cause_category"):
        category = nc_questions.category(session, found.type)
    return answers, category
