"""How ``qmsctl nc why`` comes to its answers: from options, or from a person at a terminal."""

from __future__ import annotations

from qmsctl.acts.carrying_out import carry_out
from qmsctl.acts.ending import Ending
from qmsctl.acts.occasion import Occasion
from qmsctl.cli.session import Session
from qmsctl.cli.telling import tell
from qmsctl.core.gates.linked import next_step
from qmsctl.core.lifecycle.whys import add_whys, answers_of
from qmsctl.core.mends.advancing import advance_command
from qmsctl.errors import UsageError
from qmsctl.mend import HOLE, addition
from qmsctl.message import _

ANALYSED = "analysed"


def ask_why(session: Session, subject: str, because: list[str], category: str | None, ending: Ending) -> None:
    """Write down the answers, and say which state comes next."""
    occasion = session.occasion()
    answers = because
    if not answers and session.terminal.asks:
        answers, category = _asked(session, occasion, subject, category)
        if not answers:
            session.say(_("nothing changes: it is so already"))
            return
    if not answers:
        raise UsageError(_("no answer is given, and there is nobody to ask"), addition(because=HOLE).in_order_to(_("once for each why")))
    tell(session, done := carry_out(occasion, lambda library: add_whys(library, subject, answers, category), ending))
    found = done.library.by_id[subject]
    step = next_step(found, (ANALYSED,))
    if step is not None and not done.proposed:
        session.say_next(advance_command(found, found.type.states[step], done.library))


def _asked(session: Session, occasion: Occasion, subject: str, category: str | None) -> tuple[list[str], str | None]:
    from qmsctl.cli import nc_questions

    found, known = answers_of(session.library(occasion.place), subject)
    answers = nc_questions.whys(session, found.title, known)
    if answers and not category and not found.has("cause_category"):
        category = nc_questions.category(session, found.type)
    return answers, category
