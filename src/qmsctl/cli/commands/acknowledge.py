"""``qmsctl acknowledge``: sign that a revision has been read and understood."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from qmsctl.acts.signing import DECISIONS, Sign, sign
from qmsctl.cli import options as o
from qmsctl.cli.completion import complete_unit
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.spread import spread
from qmsctl.cli.telling import tell_signed
from qmsctl.cli.wanted import wanted_units
from qmsctl.core.edit import Edit
from qmsctl.core.library import Library
from qmsctl.core.lifecycle.acknowledgement import acknowledge_sheet, present_people
from qmsctl.core.lifecycle.actor import Act
from qmsctl.core.lifecycle.document_way import acknowledge
from qmsctl.errors import UsageError
from qmsctl.mend import Hole, addition
from qmsctl.message import _
from qmsctl.value import replace

EXAMPLE = "qmsctl acknowledge STCL"

SHEETS = "attachments/acknowledgements"


@spread("by", *o.NO_RULING)
def command(
    context: typer.Context,
    ids: o.Ids,
    by: o.By = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Everybody of this unit who has not done so yet; with --list.", autocompletion=complete_unit)] = None,
    sheet: Annotated[Path | None, typer.Option("--list", metavar="FILE", help="Scan of the sheet they signed, kept under attachments/.")] = None,
    *,
    options: o.SignOff,
    ending: o.Ending,
) -> None:
    """Sign that the revision in force has been read and understood; --by a,b or --unit U for several people."""
    _check_words(by, unit, sheet, options.basis_file)
    session: Session = context.obj
    occasion = session.occasion()
    whole = replace(options, by=by, basis_file=sheet or options.basis_file)
    said = given(session, whole, occasion.place, SHEETS if sheet else DECISIONS)
    tell_signed(session, sign(occasion, ids, said, _of_unit(unit) if unit else acknowledge, ending))


def _of_unit(word: str) -> Sign:
    """The acknowledgement of everybody who belongs to the unit that ``word`` names."""

    def acknowledged(library: Library, subject: str, act: Act) -> Edit:
        (unit, *_others) = sorted(wanted_units(library, word, ()))
        return acknowledge_sheet(library, subject, present_people(library, unit, act))

    return acknowledged


def _check_words(by: str | None, unit: str | None, sheet: Path | None, basis_file: Path | None) -> None:
    """Raise ``UsageError`` where options contradict each other, or the sheet of a unit is missing."""
    if unit and by:
        raise UsageError(_("--unit and --by both say who has read it; give one of them"))
    if sheet and basis_file:
        raise UsageError(_("--list and --basis-file are the same; give one of them"))
    if unit and not (sheet or basis_file):
        raise UsageError(
            _("--unit signs for other people, so the sheet they signed has to be shown"),
            addition(list=Hole("file")).in_order_to(_("its scan or photograph")),
        )
