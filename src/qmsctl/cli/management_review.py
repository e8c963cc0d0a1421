"""``qmsctl management-review``: the inputs from the files, and the decisions as actions."""

from __future__ import annotations

from typing import Annotated

import typer

from qmsctl.cli import options as o
from qmsctl.cli.assignments import assignments
from qmsctl.cli.commands import PlainGroup
from qmsctl.cli.language import LANGUAGES
from qmsctl.cli.making import make_file, speaker
from qmsctl.cli.session import Session
from qmsctl.cli.signing import day
from qmsctl.core.edit import Edit
from qmsctl.core.lifecycle.management_reviews import Wish, prepare
from qmsctl.core.lifecycle.review_decisions import KINDS, Decision, decide
from qmsctl.errors import UsageError
from qmsctl.message import _

app = typer.Typer(cls=PlainGroup, rich_markup_mode=None, add_completion=False, no_args_is_help=True, help="Prepare the management review, and carry out what it decides.")

Review = Annotated[str, typer.Argument(metavar="REVIEW", help="Id of the management review.", autocompletion=o.complete_id)]


@app.command("prepare", epilog="qmsctl management-review prepare")
def prepare_inputs(
    context: typer.Context,
    review: Annotated[str | None, typer.Argument(metavar="[REVIEW]", help="Id of the management review; by default the one under way, else a new one.", autocompletion=o.complete_id)] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of the period; the day after the last review's period by default.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of the period; today by default.")] = None,
    fields: o.Set = None,
    by: o.By = None,
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Compute every input of the review from the files; what people have written stays."""
    session: Session = context.obj
    wish = Wish(review, day(start, "--from"), day(end, "--to"), assignments(fields or []))
    made: list[Edit] = []

    def edit(found: Edit) -> Edit:
        made.append(found)
        return found

    others = [speaker(language) for language in LANGUAGES]
    make_file(session, by, dry_run, commit, lambda library, who, body, say: edit(prepare(library, wish, who, body, (say, *others))))
    for remark in made[-1].remarks:
        session.say(remark)
    if not dry_run:
        session.say(_("look it through, add remarks; then: qmsctl advance {id} inputs-ready, and for the meeting: qmsctl report management-review {id}", id=made[-1].about))


@app.command("action", epilog='qmsctl management-review action XXLD-2026-01 "Bổ sung máy lấy số" --owner thao --due 2027-03-31')
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
    dry_run: o.DryRun = False,
    commit: o.Commit = False,
) -> None:
    """Turn a decision of the review into an action with an owner and a due date."""
    session: Session = context.obj
    if kind is not None and kind not in KINDS:
        raise UsageError(_("--kind is “{kind}”; one of {known} is expected", kind=kind, known=KINDS))
    day(due, "--due")
    wanted, given = Decision(output, number, kind, owner, due), assignments(fields or [])
    made = make_file(session, by, dry_run, commit, lambda library, who, body, say: decide(library, review, wanted, given, who, body, say))
    if made:
        session.say(_("next: qmsctl advance {id} {state}", id=made, state="in-progress"))
