"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts import ending as acts
from qmsctl.cli.completion import (
    complete_id,
    complete_owner,
    complete_person,
    complete_role,
    complete_state,
    complete_status,
    complete_type,
    complete_unit,
)
from qmsctl.cli.waiting import seconds
from qmsctl.value import dataclass

Id = Annotated[str, typer.Argument(metavar="ID", help="Id of a document or record.", autocompletion=complete_id)]
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids, one or several.", autocompletion=complete_id)]
TypeName = Annotated[str, typer.Argument(metavar="TYPE", help="A type; qmsctl types lists them.", autocompletion=complete_type)]
StateName = Annotated[str, typer.Argument(metavar="STATE", help="The state to go to.", autocompletion=complete_state)]
Status = Annotated[str | None, typer.Option("--status", help="Only this status, of what is in force or of its draft.", autocompletion=complete_status)]
Unit = Annotated[str | None, typer.Option("--unit", help="Only this unit.", autocompletion=complete_unit)]
Owner = Annotated[str | None, typer.Option("--owner", help="Only this owner.", autocompletion=complete_owner)]
Set = Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set a field; may be repeated.")]
By = Annotated[str | None, typer.Option("--by", metavar="PERSON", help="Who acts, if not you; the sign-off says that you entered it.", autocompletion=complete_person)]
Role = Annotated[str | None, typer.Option("--role", metavar="ROLE", help="The role in which the person signs.", autocompletion=complete_role)]
Comment = Annotated[str, typer.Option("--comment", "-m", metavar="TEXT", help="Words of the signer.")]
Effective = Annotated[str | None, typer.Option("--effective", metavar="DATE", help="Day from which it is in force.")]
BasisNumber = Annotated[str | None, typer.Option("--basis", metavar="NUMBER", help="Number of the decision on paper.")]
BasisDate = Annotated[str | None, typer.Option("--basis-date", metavar="DATE", help="Date of the decision on paper.")]
BasisFile = Annotated[Path | None, typer.Option("--basis-file", metavar="FILE", help="Its scan or signed PDF, kept under attachments/.")]
ApprovedBy = Annotated[str | None, typer.Option("--approved-by", metavar="PERSON|TEXT", help="Who approved the paper: a person's id, or “name, title, body” as the paper has them.", autocompletion=complete_person)]
Capacity = Annotated[str | None, typer.Option("--capacity", metavar="KT|TL|TUQ", help="Signed for, by order, or by delegation.")]
OnBehalfOf = Annotated[str | None, typer.Option("--on-behalf-of", metavar="PERSON", help="Person or role signed for.")]
Sign = Annotated[bool, typer.Option("--sign", help="Sign with your OpenSSH key as well.")]
KeyFile = Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The key to sign with; else git's user.signingKey or the agent.")]
Again = Annotated[bool, typer.Option("--again", help="Sign once more what does not count as it was signed.")]
Together = Annotated[bool, typer.Option("--all", help="Of several ids sign all or none; else those that can be are signed, and the rest is named.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is no output of qmsctl.")]
Excel = Annotated[bool, typer.Option("--excel", help="Of csv: as Excel opens it by a double click, with UTF-8 marked, days and decimals as the office writes them.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show the change and write nothing.")]
Commit = Annotated[bool, typer.Option("--commit", help="Commit exactly what was written.")]
Wait = Annotated[float | None, typer.Option("--wait", metavar="DURATION", parser=seconds, help="How long to wait while others write, such as 0, 90s or 5min; else as long as they get on.")]
@dataclass(frozen=True, slots=True)
class SignOff:
    """The options of a command that signs."""

    by: By = None
    role: Role = None
    comment: Comment = ""
    basis: BasisNumber = None
    basis_date: BasisDate = None
    basis_file: BasisFile = None
    effective: Effective = None
    capacity: Capacity = None
    on_behalf_of: OnBehalfOf = None
    sign: Sign = False
    key: KeyFile = None
    again: Again = False
    together: Together = False


NO_RULING = ("effective", "capacity", "on_behalf_of")
"""Options of a sign-off that only a decision about a document has."""


@dataclass(frozen=True, slots=True)
class Ending(acts.Ending):
    """The options of every command that writes."""

    dry_run: DryRun = False
    commit: Commit = False
    wait: Wait = None


Wide = Annotated[bool, typer.Option("--wide", help="As wide as it takes, whatever the width of the screen.")]
At = Annotated[str | None, typer.Option("--at", metavar="REV", help="Read the tree of a commit.")]
