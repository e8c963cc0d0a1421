"""``qmsctl management-review``: the inputs from the files, and the decisions as actions."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.acts.making import make, speaker
from qmsctl.cli import options as o
from qmsctl.cli.arguments import day
from qmsctl.cli.assignments import assignments
from qmsctl.cli.language import LANGUAGES
from qmsctl.cli.program import PlainGroup
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.lifecycle.management_reviews import Wish, prepare
from qmsctl.core.lifecycle.review_decisions import KINDS, Decision, decide
from qmsctl.mend import advice, command
from qmsctl.message import _

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Prepare the management review, and carry out what it decides.")

Review = Annotated[str, typer.Argument(metavar="REVIEW", help="Id of the management review.", autocompletion=o.complete_id)]


@app.command("prepare", epilog="qmsctl management-review prepare")
@spread()
def prepare_inputs(
    context: typer.Context,
    review: Annotated[str | None, typer.Argument(metavar="[REVIEW]", help="Id of the management review; by default the one under way, else a new one.", autocompletion=o.complete_id)] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; the day after the last review's period by default.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    fields: o.Set = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Compute every input of the review from the files; what people have written stays."""
    session: Session = context.obj
    wish = Wish(review, day(session, start, "--from"), day(session, end, "--to"), assignments(fields or []))
    others = [speaker(language) for language in LANGUAGES]
    done = make(session.occasion(), by, lambda library, who, body, say: prepare(library, wish, who, body, (say, *others)), ending)
    tell(session, done)
    if not done.proposed:
        named = done.edit.about
        session.say_next(advice(_("look it through, add remarks")).then(command("advance", named, "inputs-ready")))
        session.say_next(command("report", "management-review", named).in_order_to(_("for the meeting")))


@app.command("action", epilog='qmsctl management-review action XXLD-2026-01 "Bổ sung máy lấy số" --owner thao --due 2027-03-31')
@spread()
def action(
    context: typer.Context,
    review: Review,
    output: Annotated[str | None, typer.Argument(metavar="[DECISION]", help="What was decided.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="PERSON", help="Who carries it out.", autocompletion=o.complete_person)] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DATE", help="By when.")] = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="|".join(KINDS), help="An improvement, a change of the system, or resources.", autocompletion=lambda incomplete: [each for each in KINDS if each.startswith(incomplete)])] = None,
    number: Annotated[str | None, typer.Option("--no", metavar="NUMBER", help="The number of a decision that stands in the record already.")] = None,
    fields: o.Set = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Turn a decision of the review into an action with an owner and a due date."""
    session: Session = context.obj
    when = day(session, due, "--due")
    wanted, given = Decision(output, number, kind, owner, when.isoformat() if when else None), assignments(fields or [])
    tell(session, done := make(session.occasion(), by, lambda library, who, body, say: decide(library, review, wanted, given, who, body, say), ending))
    if not done.proposed:
        session.say_next(command("advance", done.made[0], "in-progress"))
