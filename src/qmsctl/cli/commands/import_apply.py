"""``qmsctl import apply``: carries a plan out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.importing import Arrived, bring_in
from qmsctl.cli import options as o
from qmsctl.cli.arguments import read_given
from qmsctl.cli.commands.import_plan import document_labels
from qmsctl.cli.session import Session
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell
from qmsctl.core.incoming.plan import Plan, read_plan
from qmsctl.errors import Refusal, UsageError
from qmsctl.mend import Hole, advice, command
from qmsctl.message import Message, _
from qmsctl.store.machine.address import check_here

PlanFile = Annotated[Path, typer.Argument(metavar="PLAN", help="The plan, as you have corrected it.")]


@spread()
def apply(
    context: typer.Context,
    file: PlanFile = Path("import.yaml"),
    only: Annotated[list[str] | None, typer.Option("--only", metavar="ID", help="Only this document; may be repeated.")] = None,
    by: o.By = None,
    *,
    ending: o.Ending,
) -> None:
    """Make a draft of every paper in the plan, its original kept beside it with its digest."""
    session: Session = context.obj
    found = plan_in(file)
    arrived = bring_in(
        session.occasion(), found, folder_of(file, found), document_labels(), tuple(only or ()), by, ending,
        lambda number, count, path: session.say(_("reading {number} of {all}: {path}", number=number, all=count, path=(Path(found.folder) / path).as_posix())),
    )  # fmt: skip
    _tell(session, file, arrived)


def plan_in(file: Path) -> Plan:
    """The plan in a file. Raises :class:`UsageError` where it is none."""
    check_here(file)
    if not file.exists():
        raise UsageError(_("there is no file {path}", path=str(file)), command("import plan", Hole("folder")).in_order_to(_("make the plan first")))
    try:
        text = read_given(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(_("{path} is not in UTF-8", path=str(file))) from None
    return read_plan(text)


def folder_of(file: Path, found: Plan) -> Path:
    """Where the papers lie, as seen from the plan."""
    return file.resolve().parent / found.folder


def _tell(session: Session, file: Path, arrived: Arrived) -> None:
    """Say what came in, and what did not. Raises :class:`Refusal` where a file was left."""
    if arrived.done:
        tell(session, arrived.done)
    if arrived.there:
        session.say(_("{count} documents were there already and are left as they are", count=arrived.there))
    for path, why in arrived.left.items():
        session.say(_("{path}: {problem}", path=path, problem=why))
    if arrived.left:
        raise Refusal(_left(arrived), advice(_("correct the plan")).then(command("import apply", str(file))))
    if arrived.done and not arrived.done.proposed:
        session.say_next(command("check").then(command("adopt", from_=str(file))))


def _left(arrived: Arrived) -> Message:
    """How many files were left; of others only what is so."""
    count = len(arrived.left)
    if not arrived.done:
        return _("{count} files were not taken in", count=count)
    return _("{count} files would not be taken in; the others would", count=count) if arrived.done.proposed else _("{count} files were not taken in; the others were", count=count)
