"""``qmsctl adopt --from``: what a plan of an import put into force by which paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qmsctl.acts.importing import earlier
from qmsctl.acts.several import LeftOut
from qmsctl.acts.signing import DECISIONS, Given, Paper, sign
from qmsctl.cli.arguments import inside, read_given
from qmsctl.cli.commands.import_apply import folder_of, plan_in
from qmsctl.cli.commands.import_plan import document_labels
from qmsctl.cli.options import Ending, SignOff
from qmsctl.cli.session import Session
from qmsctl.cli.signing import given
from qmsctl.cli.telling import tell_signed
from qmsctl.core.incoming.adopting import by_paper
from qmsctl.core.incoming.earlier import adopt_with_earlier
from qmsctl.core.incoming.plan import Plan
from qmsctl.errors import Refusal, UsageError
from qmsctl.message import _
from qmsctl.store.incoming.papers import paper_at
from qmsctl.store.place import Place
from qmsctl.value import replace


def adopt_plan(session: Session, file: Path, ids: Sequence[str], options: SignOff, ending: Ending, approved_by: str | None) -> None:
    """Adopt the drafts of a plan, those of one paper together; what the command line says goes before what the plan says.

    Raises :class:`LeftOut` where some could not be adopted, and what is against a whole paper at once; what was adopted before that stands.
    """
    plan = plan_in(file)
    occasion = session.occasion()
    labels = document_labels()
    left: dict[str, Refusal] = {}
    done = 0
    groups = by_paper(occasion.library(), plan, ids)
    if not groups:
        session.say(_("no draft of the plan is to be adopted"))
    for paper, subjects in groups:
        own = _given(session, options, occasion.place, file, plan, dict(paper), approved_by)
        try:
            originals = earlier(occasion.library(), plan, folder_of(file, plan), labels, subjects)
            tell_signed(session, sign(occasion.anew(), subjects, own, adopt_with_earlier(plan, originals, labels), ending))
            done += len(subjects)
        except LeftOut as error:
            left.update(error.left)
            done += len(subjects) - len(error.left)
    if left:
        raise LeftOut(left, done)


def _given(session: Session, options: SignOff, place: Place, file: Path, plan: Plan, paper: Mapping[str, str], approved_by: str | None) -> Given:
    """What is said of the sign-off. Raises :class:`UsageError` for a day or a scan that is none."""
    own = given(session, options, place)
    day = session.writing.day(paper["decision_date"]) if paper["decision_date"] else None
    if paper["decision_date"] and day is None:
        raise UsageError(_("the plan has the day “{day}” for the decision {decision}; {expected} is expected", day=paper["decision_date"], decision=paper["decision"], expected=session.writing.example))
    scan = paper_at(folder_of(file, plan), paper["decision_file"]) if paper["decision_file"] else None
    return replace(
        own,
        basis=own.basis or paper["decision"] or None,
        basis_date=own.basis_date or day,
        paper=own.paper or (Paper(scan.name, read_given(scan, None), inside(place, scan), DECISIONS) if scan else None),
        approved_by=approved_by or paper["approved_by"] or None,
    )
